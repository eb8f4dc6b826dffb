"""`--log-file`: the log of a run as JSON lines in a file that is its owner's alone, added to and never replaced.

The screen may be quiet or verbose, or left to `--json`: the file gets everything.
"""

import contextlib
import errno
import json
import logging
import os
import platform
import stat
from collections.abc import Callable, Generator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from memory_imports._version import __version__
from memory_imports.cli.report import Report
from memory_imports.cli.screen import Screen
from memory_imports.cli.stops import DETAILS, UsageError

_LOGGERS = ("memory_imports", "memory_imports_sandbox")
_COMMAND = "memory_imports.cli"
_ERROR = ("kind", *DETAILS)
# What the first and the last line of a run say besides what every line may; of an error, as `--json` does.
OWN = ("command", "version", "python", "platform", "exit_code", "kind", "code")
# Where users have no number, every file has that of the one there is.
_me: Callable[[], int] = getattr(os, "geteuid", lambda: 0)
# Where the system can: a link in place of a file of ours may have been laid by somebody else; a pipe would block.
_FLAGS = os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


@contextlib.contextmanager
def kept(path: Path | None, command: str, report: Report, screen: Screen) -> Generator[None]:
    """Keep the log in a file, if there is to be one, from what was asked for to how it ended.

    Raises:
        UsageError: The file cannot be written.
    """
    if path is None:
        yield
        return
    with _handler(path, command, screen) as handler, _attached(handler):
        machine = {"python": platform.python_version(), "platform": platform.platform()}
        handler.say(logging.INFO, f"{command} begins", event="begin", command=command, version=__version__, **machine)
        try:
            yield
        except BrokenPipeError:
            _say_end(handler, command, report, "nobody reads on")
            raise
        except BaseException as problem:
            at_end = Report(fields=report.fields, goes_on=report.goes_on)
            at_end.stopped_by(problem)
            _say_end(handler, command, at_end, at_end.told_of(problem))
            raise
        _say_end(handler, command, report, "done")


class _Lines(logging.Handler):
    """Writes each record as one line, at once; says so once if that fails, for a full disk must not end an import."""

    def __init__(self, descriptor: int, path: Path, screen: Screen) -> None:
        super().__init__(logging.DEBUG)
        self._descriptor, self._path, self._screen = descriptor, path, screen
        self._failed = False
        self._whole = _is_whole(descriptor)

    def emit(self, record: logging.LogRecord) -> None:
        """Write one, on a line of its own, although a disk that was full has left half of the one before."""
        left = (b"" if self._whole else b"\n") + f"{line_of(record)}\n".encode()
        try:
            while left:
                left = left[os.write(self._descriptor, left) :]
                self._whole = not left
        except OSError as problem:
            if not self._failed:
                self._failed = True
                words = f"The log file {self._path} cannot be written any more ({problem.strerror}); the run goes on."
                self._screen.tell(words, "warning")

    def say(self, level: int, words: str, **facts: object) -> None:
        """Write a line of the command's own; the screen has its own words for it."""
        made = {"name": _COMMAND, "levelno": level, "levelname": logging.getLevelName(level), "msg": words}
        self.handle(logging.makeLogRecord(made | facts))


def line_of(record: logging.LogRecord) -> str:
    """Return a record as one line of JSON in ASCII, scrubbed of whatever might sign a URL."""
    from memory_imports._log import FIELDS  # noqa: PLC0415 - most runs keep no file
    from memory_imports._quoted import clean  # noqa: PLC0415 - the same

    known: dict[str, Any] = {name: getattr(record, name, None) for name in (*FIELDS, *OWN)}
    at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    head = {"time": at, "pid": record.process, "level": record.levelname, "logger": record.name}
    whole = head | {"message": record.getMessage()} | {name: fact for name, fact in known.items() if fact is not None}
    cleaned = {name: clean(fact) if isinstance(fact, str) else fact for name, fact in whole.items()}
    return json.dumps(cleaned, default=str)


def _say_end(handler: _Lines, command: str, report: Report, words: object) -> None:
    error = report.error or {}
    facts = {"command": command, "exit_code": report.exit_code, "outcome": report.outcome}
    facts |= {name: error.get(name) for name in _ERROR}
    handler.say(logging.ERROR if error else logging.INFO, f"{command} ends: {words}", event="end", **facts)


@contextlib.contextmanager
def _handler(path: Path, command: str, screen: Screen) -> Generator[_Lines]:
    try:
        descriptor = os.open(path, _FLAGS, 0o600)
    except OSError as problem:
        # Where a path is too long, its own method raises.
        why = "it is a symbolic link" if os.path.islink(path) else problem.strerror  # noqa: PTH114 - see above
        raise _unusable(path, command, why) from None
    try:
        try:
            _make_private(descriptor)
            handler = _Lines(descriptor, path, screen)
        except OSError as problem:
            raise _unusable(path, command, problem.strerror) from None
        yield handler
    finally:
        os.close(descriptor)


def _make_private(descriptor: int) -> None:
    """Make sure that an open file is one, is ours, and is nobody else's to look into; may raise OSError."""
    found = os.fstat(descriptor)
    if not stat.S_ISREG(found.st_mode):
        raise OSError(errno.EINVAL, "it is no file")
    if found.st_uid != _me():
        raise OSError(errno.EPERM, "it belongs to another user")
    if found.st_mode & 0o077 and os.chmod in os.supports_fd:
        os.chmod(descriptor, 0o600)


def _is_whole(descriptor: int) -> bool:
    """Say whether what a file holds ends with a line."""
    size = os.lseek(descriptor, 0, os.SEEK_END)
    if not size:
        return True
    os.lseek(descriptor, -1, os.SEEK_END)
    return os.read(descriptor, 1) == b"\n"


def _unusable(path: Path, command: str, why: object) -> UsageError:
    return UsageError(f"The log file {path} cannot be used ({why}); name another with --log-file.", command=command)


@contextlib.contextmanager
def _attached(handler: logging.Handler) -> Generator[None]:
    loggers = {log: log.level for log in map(logging.getLogger, _LOGGERS)}
    for log in loggers:
        log.addHandler(handler)
        log.setLevel(logging.DEBUG)
    try:
        yield
    finally:
        for log, level in loggers.items():
            log.removeHandler(handler)
            log.setLevel(level)

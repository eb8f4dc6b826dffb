"""The command line: words, colours and exit codes; what is done is decided below. One module a command.

What only some commands need is imported by them, when they run: `--help` has to be quick.
"""

import contextlib
import errno
import io
import os
import re
import signal
import sys
import threading
from collections.abc import Generator, Sequence

from memory_imports import errors
from memory_imports.cli import parser
from memory_imports.cli.extras import need
from memory_imports.cli.logfile import kept
from memory_imports.cli.logplace import log_place
from memory_imports.cli.report import Report
from memory_imports.cli.screen import Ready, Screen
from memory_imports.cli.stops import DeclinedError, OutputLostError, UsageError, sentence_of

__all__ = ["main"]

# What may lie at the store's id, the credentials, the address or the way there, and is not told from here.
_OF_THE_SERVICE = (
    errors.NotFound,
    errors.CredentialsRefused,
    errors.RateLimited,
    errors.ServiceUnavailable,
    errors.ConnectionLost,
)


# Not every system knows the second.
_ENDS = (signal.SIGTERM, *((signal.SIGHUP,) if hasattr(signal, "SIGHUP") else ()))


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command that the words name, by default those of the process, and return its exit code."""
    with _open_streams(), _sensible_size(), _few_threads():
        return _main(sys.argv[1:] if argv is None else argv)


def _main(words: Sequence[str]) -> int:
    screen, report = Screen(json=parser.asks_for_json(words)), Report()
    try:
        with _ended_like_interrupted():
            options = parser.parse(words)
            screen = Screen(json=options.json, quiet=options.quiet, verbose=options.verbose)
            command = parser.COMMANDS[options.command]
            report.fields.update(command.FIELDS)
            with screen.logging(), kept(log_place(options), options.command, report, screen):
                need(*command.EXTRAS)
                command.execute(options, report, screen)
    except parser.Shown as shown:
        report.fields[shown.what] = shown.text
        _close(report, screen, Ready(f"{shown.text.rstrip()}\n"))
    except BrokenPipeError:
        _abandon_output()
    except UsageError as problem:
        report.fields.update(parser.fields_of(problem.command))
        if problem.help and not screen.json:
            screen.tell(problem.help.rstrip())
        _stop(problem, report, screen)
    except (KeyboardInterrupt, Exception) as problem:  # noqa: BLE001 - there is nobody above to see it
        _stop(problem, report, screen)
    else:
        _close(report, screen)
    return report.exit_code


def _stop(problem: BaseException, report: Report, screen: Screen) -> None:
    report.stopped_by(problem)
    screen.explain(problem)
    # Who says no has made no mistake.
    screen.tell(report.told_of(problem), "" if isinstance(problem, DeclinedError) else "error")
    # The doctor itself has looked already.
    if isinstance(problem, _OF_THE_SERVICE) and "ticket" not in report.fields and not screen.json:
        screen.note("memory-imports doctor looks at all that an import rests on, and says what to do.")
    _close(report, screen)


def _close(report: Report, screen: Screen, *asked_for: str) -> None:
    """Print what is left to print; a reader who has gone away has seen enough, a full disk has not."""
    try:
        screen.out(*asked_for)
        if screen.json and not report.told:
            screen.print(report.as_json())
    except BrokenPipeError:
        _abandon_output()
    except OutputLostError as problem:
        report.stopped_by(problem)
        screen.tell(sentence_of(problem), "error")
        _abandon_output()


def _abandon_output() -> None:
    """Lead standard output nowhere: what it still holds would fail once more, with a traceback, at the very end."""
    with contextlib.suppress(OSError, ValueError), open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - no path of ours
        os.dup2(nowhere.fileno(), sys.stdout.fileno())


class _Closed(io.TextIOBase):
    """Stands for standard output where there is none: whoever wanted results has to learn that they are lost."""

    encoding = "utf-8"

    def write(self, _: str) -> int:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))


@contextlib.contextmanager
def _open_streams() -> Generator[None]:
    """Put something where the shell has closed a stream: Python has none there, and the next file would get its number.

    What nobody reads of standard error is no loss.
    """
    with contextlib.ExitStack() as stack:
        for name in ("stdout", "stderr"):
            if getattr(sys, name) is None:
                nowhere = stack.enter_context(open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123 - no path of ours
                setattr(sys, name, _Closed() if name == "stdout" else nowhere)
                stack.callback(setattr, sys, name, None)
        yield


@contextlib.contextmanager
def _sensible_size() -> Generator[None]:
    """Take no notice of a size of the terminal that is none: what draws on it takes any digit for a number."""
    named = {name: os.environ[name] for name in ("COLUMNS", "LINES") if name in os.environ}
    odd = {name: size for name, size in named.items() if not re.fullmatch("[1-9][0-9]{0,3}", size)}
    for name in odd:
        del os.environ[name]
    try:
        yield
    finally:
        os.environ.update(odd)


@contextlib.contextmanager
def _few_threads() -> Generator[None]:
    """Let numpy start no threads for linear algebra, of which there is none: they take a core from what reads files."""
    name = "OPENBLAS_NUM_THREADS"
    given = os.environ.get(name)
    os.environ.setdefault(name, "1")
    try:
        yield
    finally:
        if given is None:
            os.environ.pop(name, None)


@contextlib.contextmanager
def _ended_like_interrupted() -> Generator[None]:
    """Take for Ctrl-C what ends a service, and the end of the terminal, so that they leave as little behind."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    # Who has it ignored, as nohup has, means that.
    taken = [each for each in _ENDS if signal.getsignal(each) is signal.SIG_DFL]
    for each in taken:
        signal.signal(each, signal.default_int_handler)
    try:
        yield
    finally:
        for each in taken:
            signal.signal(each, signal.SIG_DFL)

"""Where the log of a command may be kept: in no file that the command reads or writes for something else."""

import argparse
import os
from collections.abc import Iterator
from pathlib import Path

from memory_imports.cli.given import STANDARD_INPUT, files_of
from memory_imports.cli.stops import UsageError

# What may name a file, of any command, and how to call it. A folder stands for all that is in it.
_FILES = {
    "files": "a file to read",
    "file": "the file to read",
    "new": "the specification to look at",
    "mapping": "--mapping",
    "base": "--base",
    "ignore": "--ignore",
    "rejects": "--rejects",
    "output": "--output",
    "journal": "the journal",
    "data": "--data",
}
# What SQLite lays beside a database.
_BESIDE = ("", "-journal", "-wal", "-shm")


def log_place(options: argparse.Namespace) -> Path | None:
    """Return where the log is to be kept, if it is, before anything is opened.

    Raises:
        UsageError: It would be added to a file of another use.
    """
    path: Path | None = options.log_file
    if path is not None:
        for file, what in _named(options):
            if _is_same(path, file) or (what == _FILES["data"] and _is_same(path.parent, file)):
                message = f"The log file {path} is {what} as well; give the log a file of its own."
                raise UsageError(message, command=options.command)
    return path


def _named(options: argparse.Namespace) -> Iterator[tuple[str, str]]:
    for name, what in _FILES.items():
        given: list[str] | Path | str | None = getattr(options, name, None)
        files = [] if given is None else given if isinstance(given, list) else [str(given)]
        if name == "journal" and hasattr(options, name):
            files = [f"{file}{end}" for file in files or _default_journal() for end in _BESIDE]
        for file in files:
            yield from ((each, what) for each in _meant(file))


def _meant(word: str) -> list[str]:
    if word == STANDARD_INPUT:
        return ["/dev/stdin"]
    try:
        return files_of([word])
    except UsageError:  # the command itself says so
        return []


def _default_journal() -> list[str]:
    from memory_imports.errors import JobConflict  # noqa: PLC0415 - few keep a log
    from memory_imports.jobs import default_path  # noqa: PLC0415 - the same

    try:
        return [str(default_path())]
    except JobConflict:  # the command itself says so
        return []


def _is_same(path: Path, file: str) -> bool:
    try:
        # Where one of them is not there, their names are all there is to compare.
        return os.path.realpath(path) == os.path.realpath(file) or path.samefile(file)
    except (OSError, ValueError):
        return False

"""This machine: Python and what is installed, the journal, room on the disk."""

import os
import platform
import shutil
import stat
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from memory_imports._version import __version__
from memory_imports.cli.amounts import plural, size
from memory_imports.cli.checkup.finding import Finding
from memory_imports.cli.extras import NEEDED
from memory_imports.cli.stops import ExtraMissingError
from memory_imports.errors import how_to_install

_FOR_OTHERS = 0o077
# What each is for that not everybody needs.
FOR = {
    "contract": "for drift",
    "data": "for Excel, Parquet, Arrow and Zstandard files",
    "sandbox": "for demo and sandbox",
}
# Parts of the largest size that are written before they are sent, some of them at once.
_COMFORTABLE = 10


def versions() -> Iterator[Finding]:
    """Say what runs here."""
    words = f"memory-imports {__version__}, Python {platform.python_version()}, {platform.platform()}"
    yield Finding("version", "ok", words)


def extras() -> Iterator[Finding]:
    """Say what is not installed; only what the command line cannot do without is a problem."""
    missing = [name for name, modules in NEEDED.items() if not all(map(find_spec, modules))]
    optional = [name for name in missing if name != "cli"]
    if "cli" in missing:
        words = "what the command line needs is not installed"
        advice = how_to_install("cli")
        yield Finding("extras", "problem", words, advice, ExtraMissingError(f"{words.capitalize()}: {advice}."))
    elif optional:
        named = ", ".join(f"{name} ({FOR[name]})" for name in optional)
        yield Finding("extras", "ok", f"not installed, and not always needed: {named}")
    else:
        yield Finding("extras", "ok", "all that there are")


def place(given: Path | None) -> Iterator[Finding]:
    """Say whether the journal can be kept, and whether there is room beside it."""
    from memory_imports._endpoints import RULES  # noqa: PLC0415 - most commands need none of this
    from memory_imports.errors import MemoryImportsError  # noqa: PLC0415 - the same
    from memory_imports.jobs import default_path  # noqa: PLC0415 - the same

    try:
        path = given or default_path()
        yield _journal(path)
        yield _room(path, RULES.max_bytes)
    except MemoryImportsError as problem:
        yield Finding("journal", "problem", problem.fact, problem.advice, problem)
    except OSError as problem:
        words = f"its place cannot be looked at ({problem.strerror})"
        yield Finding("journal", "problem", words, "see whose folder that is, and who may look into it")


def _journal(path: Path) -> Finding:
    from memory_imports.jobs import Journal  # noqa: PLC0415 - as above

    is_there = _is_there(path)
    folder = path.parent if is_there else _nearest(path.parent)
    if not (folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)):
        # Copies and locks are beside it.
        advice = "see to it that it can" if is_there else "name another place with --journal"
        return Finding("journal", "problem", f"{folder} cannot be written to", advice)
    if not is_there:
        return Finding("journal", "ok", f"none yet; there will be one at {path}")
    was_open = bool(stat.S_IMODE(path.stat().st_mode) & _FOR_OTHERS)
    with Journal(path) as opened:
        unfinished = [one for one in opened.standings() if one.state != "finished"]
    if was_open:
        words = f"others could look into {path}; it is its owner's alone again"
        return Finding("journal", "warning", words, "see what had opened it: it names files and imports")
    if unfinished:
        return Finding("journal", "ok", f"{plural(len(unfinished), 'run')} unfinished", "see memory-imports jobs")
    return Finding("journal", "ok", f"{path}, nothing unfinished")


def _is_there(path: Path) -> bool:
    """Whether anything stands there, a link that leads nowhere included; raises OSError where that cannot be seen."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True


def _room(path: Path, part: int) -> Finding:
    """Say whether there is room for what has to be rewritten before it is sent, ``part`` bytes at most each."""
    free = shutil.disk_usage(_nearest(path.parent)).free
    words = f"{size(free)} free for copies of what has to be rewritten"
    if free >= part * _COMFORTABLE:
        return Finding("disk", "ok", words)
    advice = "make room, or name a journal on another disk with --journal: the copies are beside it"
    return Finding("disk", "problem" if free < part else "warning", words, advice)


def _nearest(folder: Path) -> Path:
    """Return the folder, or the nearest one above it that is there."""
    return next(place for place in (folder, *folder.parents) if place.exists())

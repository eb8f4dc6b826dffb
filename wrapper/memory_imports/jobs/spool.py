"""A private folder for copies of what is sent: gone when the run has ended, and swept by the next if it was killed."""

import secrets
import shutil
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from memory_imports.errors import JobConflict
from memory_imports.jobs.places import make_private_folder

# Seconds: so long others may take to remove what was left behind.
_PATIENCE = 60.0


@contextmanager
def spool(journal: Path) -> Generator[Path]:
    """Give a folder of its own beside the journal, and remove those of runs that are no more.

    Raises:
        JobConflict: There is no place for it.
    """
    folder = journal.parent / "spool" / secrets.token_hex(8)
    lock = _lock(folder)
    try:
        make_private_folder(folder.parent)
        # One after the other: whoever sweeps must not find a lock that is there and not held yet.
        with FileLock(folder.parent.with_suffix(".lock"), timeout=_PATIENCE, mode=0o600):
            _sweep(folder.parent)
            lock.acquire()
            folder.mkdir(mode=0o700)
    except (OSError, NotImplementedError) as problem:
        raise JobConflict(
            f"What is to be sent cannot be kept in {folder.parent} ({problem}); "
            "name a journal in another place with --journal."
        ) from None
    try:
        yield folder
    finally:
        _remove(folder)
        lock.release()


def _sweep(root: Path) -> None:
    for left in root.glob("*.lock"):
        # Whoever holds the lock is still at work.
        with suppress(Timeout), _lock(left.with_suffix("")):
            _remove(left.with_suffix(""))


def _remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    with suppress(OSError):
        folder.with_suffix(".lock").unlink()


def _lock(folder: Path) -> FileLock:
    return FileLock(folder.with_suffix(".lock"), timeout=0, mode=0o600)

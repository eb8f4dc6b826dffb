"""The data folder: whether what lies in it was made by a sandbox of the same user.

Somebody else may have laid something there, a link above all, and a person may name a folder that is full of their own
work. What cannot be proved to be a sandbox's is neither used nor changed nor removed.
"""

import os
import stat
from collections.abc import Callable
from pathlib import Path

from memory_imports_sandbox import ids
from memory_imports_sandbox.settings import SandboxError

DATABASE, WHOLE, UNFINISHED = "sandbox.sqlite3", "objects", "unfinished"
# SQLite opens these beside it by itself.
_BESIDE = ("-wal", "-shm", "-journal")
# Where users have no number, every file has that of the one there is.
_me: Callable[[], int] = getattr(os, "geteuid", lambda: 0)


def prepare(folder: Path) -> None:
    """Makes the folder, unless it is there, and sees that nothing in it is in the way.

    Raises:
        SandboxError: It cannot be made, or what lies in it is no sandbox's or another user's.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise SandboxError(f"The data folder {folder} cannot be made: {error.strerror}.") from error
    ours = [_is_ours(folder / (DATABASE + end), stat.S_ISREG) for end in ("", *_BESIDE)]
    for name in (WHOLE, UNFINISHED):
        if _is_ours(folder / name, stat.S_ISDIR) and not ours[0]:
            raise _refused(folder / name, "it was not made by a sandbox")


def own(path: Path) -> None:
    """Makes a folder for its owner alone, or closes to others the one that is there.

    Raises:
        SandboxError: It cannot be made, or is no folder, or another user's.
    """
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        _is_ours(path, stat.S_ISDIR)
        path.chmod(0o700)
    except OSError as error:
        raise _refused(path, f"it cannot be made: {error.strerror}") from error


def objects(path: Path) -> list[str]:
    """The names of the objects in a folder: of the files that are called as only a sandbox calls them."""
    return [found.name for found in path.iterdir() if _is_object(found.name) and stat.S_ISREG(found.lstat().st_mode)]


def sweep(path: Path) -> None:
    """Removes what an earlier process was writing when it ended."""
    for found in path.iterdir():
        name, _, number = found.name.rpartition(".")
        if _is_object(name) and number.isdecimal() and stat.S_ISREG(found.lstat().st_mode):
            found.unlink()


def _is_object(name: str) -> bool:
    return ids.read("mem_import_", name) is not None


def _is_ours(path: Path, is_kind: Callable[[int], bool]) -> bool:
    """Whether it is there; raises where it is something else or somebody else's."""
    try:
        found = path.lstat()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise _refused(path, f"it cannot be looked at: {error.strerror}") from error
    if not is_kind(found.st_mode):
        raise _refused(path, "a link or something else is in its place")
    if found.st_uid != _me():
        raise _refused(path, "it belongs to another user")
    return True


def _refused(path: Path, why: str) -> SandboxError:
    return SandboxError(f"{path} is not used, because {why}; name another folder for the data.")

"""Where jobs keep what they know, and that nobody but its owner can look into it."""

import errno
import os
import stat
from collections.abc import Callable, Mapping
from pathlib import Path

from memory_imports.errors import JobConflict, advised

ELSEWHERE = "name another place with --journal"
# Where the system can: a link in place of a file of ours may have been laid by somebody else.
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
# Where users have no number, every file has that of the one there is.
_me: Callable[[], int] = getattr(os, "geteuid", lambda: 0)


def default_path(environ: Mapping[str, str] = os.environ) -> Path:
    """Return where the journal is kept unless told otherwise.

    Raises:
        JobConflict: There is no home folder.
    """
    state = Path(environ.get("XDG_STATE_HOME", ""))
    # The specification of these folders says to take no notice of a relative one.
    if not state.is_absolute():
        state = _home(environ) / ".local" / "state"
    return state / "memory-imports" / "journal.sqlite3"


def make_private(path: Path) -> None:
    """Make a file that is its owner's alone, and the folder that it is in, unless they are there.

    Raises:
        JobConflict: It cannot be made, or is somebody else's.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(path, os.O_CREAT | os.O_RDWR | _NO_FOLLOW, 0o600)
        try:
            _take(handle, os.fstat(handle), is_kind=stat.S_ISREG, mode=0o600)
        finally:
            os.close(handle)
    except OSError as problem:
        raise advised(JobConflict(f"The journal {path} cannot be written ({problem.strerror})."), ELSEWHERE) from None


def make_private_folder(path: Path) -> None:
    """Make a folder that is its owner's alone, and the one that it is in, unless they are there; may raise OSError."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.mkdir(mode=0o700, exist_ok=True)
    _take(path, path.lstat(), is_kind=stat.S_ISDIR, mode=0o700)


def _take(path: Path | int, found: os.stat_result, *, is_kind: Callable[[int], bool], mode: int) -> None:
    """Make sure that what is there is what it should be, is ours, and is nobody else's to look into."""
    if not is_kind(found.st_mode):
        raise OSError(errno.EINVAL, "what is there is something else")
    if found.st_uid != _me():
        raise OSError(errno.EPERM, "it belongs to another user")
    if found.st_mode & 0o077 and (isinstance(path, Path) or os.chmod in os.supports_fd):
        os.chmod(path, mode)  # noqa: PTH101 - an open file has no path


def _home(environ: Mapping[str, str]) -> Path:
    try:
        # An empty HOME would be taken for the root of the file system.
        home = Path.home() if environ.get("HOME", "set by the system") else Path()
    except RuntimeError:
        home = Path()
    if not home.is_absolute():
        raise advised(JobConflict("There is no home folder to keep the journal in."), "name a place with --journal")
    return home

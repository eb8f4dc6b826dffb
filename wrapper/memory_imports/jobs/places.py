"""Where jobs keep what they know, and that nobody but its owner can look into it."""

import os
from collections.abc import Mapping
from pathlib import Path

from memory_imports.errors import JobConflict

# Where the system can: a link in place of a file of ours may have been laid by somebody else.
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)


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
        JobConflict: It cannot be made.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR | _NO_FOLLOW, 0o600))
    except OSError as problem:
        raise JobConflict(
            f"The journal {path} cannot be written ({problem.strerror}); name another place with --journal."
        ) from None


def _home(environ: Mapping[str, str]) -> Path:
    try:
        # An empty HOME would be taken for the root of the file system.
        home = Path.home() if environ.get("HOME", "set by the system") else Path()
    except RuntimeError:
        home = Path()
    if not home.is_absolute():
        raise JobConflict("There is no home folder to keep the journal in; name a place with --journal.")
    return home

"""Where a report may be written: in the place of nothing, of an empty file or of an earlier report. Writes nothing."""

import errno
import re
import stat
from collections.abc import Iterable
from pathlib import Path

from memory_imports_contract.errors import DriftUnavailable

# How a report begins in each of the formats; a test holds this to what they write.
_OURS = re.compile(
    rb"""(?x)
    Contract\ against\ (?:specification|server):[ ]
    | \#\#\#\ Contract\ against\ (?:specification|server)
    | ::notice\ title=Contract::Contract\ against[ ]
    | \{\s*"verdict":\ "(?:none|compatible|breaking|drift)",
    | \{\s*"\$schema":\ "[^"]*sarif[^"]*",\s*"version":\ "[^"]*",\s*"runs":\ \[\s*\{\s*"tool":\ \{\s*"driver":\ \{
      \s*"name":\ "memory-imports",
    | <\?xml\ [^>]*>\s*<testsuites\ name="memory-imports"[ ]
    """
)
_BEGINNING = 1024


def see(path: Path, used: Iterable[str | Path | None]) -> None:
    """Sees that nothing is lost if a report is written to a file.

    Args:
        path: The file.
        used: What is read or written besides; URLs, and None, stand for no file.

    Raises:
        DriftUnavailable: It is one of those, or holds something else than a report.
        OSError: It cannot be looked at, or is no file.
    """
    for other in used:
        if other is not None and "://" not in str(other) and _is_same(path, Path(other)):
            raise DriftUnavailable(f"{path} is in use by this very check; name another file for the report.")
    if mode_of(path) is not None:
        with path.open("rb") as file:
            beginning = file.read(_BEGINNING)
        if beginning and not _OURS.match(beginning):
            raise DriftUnavailable(f"{path} holds something else than an earlier report; remove it or name another.")


def mode_of(target: Path) -> int | None:
    """Return the permissions of a file that is there; None where nothing is. Raises OSError at what is no file."""
    try:
        found = target.lstat().st_mode
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(found):
        raise OSError(errno.EINVAL, "What is there is no regular file")
    return stat.S_IMODE(found)


def _is_same(path: Path, other: Path) -> bool:
    try:
        return path.samefile(other)
    except OSError:
        return path.resolve() == other.resolve()

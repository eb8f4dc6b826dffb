"""Files that people are given: for their owner's eyes alone, whole or not there, and never written through a link.

What stands in their place may only be a file: whoever may write anywhere would otherwise replace a device.
"""

import errno
import os
import secrets
import stat
from pathlib import Path
from typing import TextIO

# Where the system can: a link that somebody else has laid is not followed.
NEW = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0)


class Private:
    """A text in the making, beside its ``path`` until it is kept. All of it may raise OSError or ValueError."""

    def __init__(self, path: Path, *, errors: str = "strict") -> None:
        self.path = path
        _refuse_other(path)
        self._beside = path.with_name(f".memory-imports.{secrets.token_hex(8)}")
        handle = os.open(self._beside, NEW, 0o600)
        self.out: TextIO = os.fdopen(handle, "w", encoding="utf-8", errors=errors, newline="")

    def keep(self) -> None:
        """Put it in its place."""
        self.out.close()
        self._beside.replace(self.path)

    def drop(self) -> None:
        """Leave nothing of it, unless it was kept."""
        try:
            self.out.close()
        finally:
            self._beside.unlink(missing_ok=True)


def _refuse_other(path: Path) -> None:
    try:
        found = path.lstat().st_mode
    except FileNotFoundError:
        return
    if not stat.S_ISREG(found):
        raise OSError(errno.EINVAL, "What is there is no regular file")

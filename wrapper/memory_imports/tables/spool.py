"""Where the content of a part goes while it is made: to a private file, or nowhere but its length and its digest."""

import hashlib
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from memory_imports.errors import InvalidRequest, unreadable
from memory_imports.tables.private import NEW


class Sheet:
    """One part in the making: ``size`` in bytes, ``rows`` without its header. Without a path nothing is written."""

    def __init__(self, header: bytes, path: Path | None) -> None:
        self.path = path
        self.expected: object = None
        self.size: int = 0
        self.rows: int = 0
        self._digest = hashlib.sha256()
        self._file: BinaryIO | None = None
        if path is not None:
            try:
                self._file = os.fdopen(os.open(path, NEW, 0o600), "wb", 1024 * 1024)
            except OSError as problem:
                raise _full(path, problem) from None
        self._write(header)

    def add(self, records: bytes, rows: int) -> None:
        """Add so many records.

        Raises:
            InvalidRequest: There is no room for it on the disk.
        """
        self._write(records)
        self.rows += rows

    def close(self) -> str:
        """End it and return its digest.

        Raises:
            InvalidRequest: There is no room for it on the disk.
        """
        if self._file is not None and self.path is not None:
            try:
                self._file.close()
            except OSError as problem:
                raise _full(self.path, problem) from None
        return self._digest.hexdigest()

    def open(self) -> BinaryIO:
        """Open what was written."""
        try:
            return Path(str(self.path)).open("rb")
        except OSError as problem:
            raise unreadable(str(self.path), problem) from None

    def stamp(self, stream: BinaryIO) -> object:  # noqa: ARG002 - others look at it
        """Tell one version of it from another: nobody but us has it."""
        return None

    def discard(self) -> None:
        """Remove what was written, if anything was; what cannot be removed goes with its folder."""
        if self.path is not None:
            with suppress(OSError):
                self.path.unlink()

    def _write(self, some: bytes) -> None:
        self._digest.update(some)
        self.size += len(some)
        if self._file is not None and self.path is not None:
            try:
                self._file.write(some)
            except OSError as problem:
                raise _full(self.path, problem) from None


def sheets(folder: Path | None) -> Callable[[bytes], Sheet]:
    """Return what makes parts, each in a file of its own in ``folder``; None for none."""
    number = 0

    def make(header: bytes) -> Sheet:
        nonlocal number
        number += 1
        return Sheet(header, None if folder is None else folder / f"{number:06}.csv")

    return make


def _full(path: Path, problem: OSError) -> InvalidRequest:
    message = f"What is to be sent cannot be written to {path.parent}: {problem.strerror}; make room there."
    return InvalidRequest(message, field="spool")

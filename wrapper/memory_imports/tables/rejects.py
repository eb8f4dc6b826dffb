"""The rows that stay out, with the reasons, as a CSV of their own: for its owner's eyes only, whole or not at all.

People open it in a spreadsheet, so that what would run there is spelled as text; importing the file again reads that
back as it was.
"""

import csv
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from memory_imports.errors import InvalidRequest
from memory_imports.tables.formulas import COLUMNS, spelled
from memory_imports.tables.private import Private


class Rejects:
    """A file of rejected rows at ``path``; it takes its place when `keep` is called, and leaves nothing otherwise.

    Raises:
        InvalidRequest: It cannot be written, or is one of the sources.
    """

    def __init__(self, path: Path, sources: Iterable[str]) -> None:
        self.path = path
        if any(_same(path, source) for source in sources):
            raise InvalidRequest(f"{path} is what is to be imported; give rejected rows another file.", field="rejects")
        if os.path.isdir(path):  # noqa: PTH112 - where a path is too long, its own method raises
            raise InvalidRequest(f"{path} is a folder; give rejected rows a file.", field="rejects")
        self._header: Sequence[str] | None = None
        try:
            # What no encoding can hold is still written, in a form that can be read.
            self._file = Private(path, errors="backslashreplace")
        except (OSError, ValueError) as problem:
            raise self._unwritable(problem) from None
        self._writer = csv.writer(self._file.out, lineterminator="\n")
        # Not every Python quotes a lone carriage return, which ends a line for whoever reads it.
        self._careful = csv.writer(self._file.out, lineterminator="\n", quoting=csv.QUOTE_ALL)

    def begin(self, header: Sequence[str]) -> None:
        """Start with the rows of a file; its header is written where it differs from the one before."""
        if header != self._header:
            self._header = header
            self._write((*COLUMNS, *header))

    def add(self, place: tuple[str, int, int], codes: Iterable[str], cells: Sequence[str]) -> None:
        """Write a row: its file, row and line, the codes of its problems, and its cells."""
        self._write((*place, " ".join(dict.fromkeys(codes)), *cells))

    def keep(self) -> None:
        """Put the file in its place."""
        try:
            self._file.keep()
        except OSError as problem:
            raise self._unwritable(problem) from None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._file.drop()
        except OSError as problem:
            # What is on its way already says more than that the rest could not be written either.
            if error is None:
                raise self._unwritable(problem) from None

    def _write(self, cells: Sequence[object]) -> None:
        try:
            writer = self._careful if any("\r" in str(cell) for cell in cells) else self._writer
            writer.writerow([spelled(cell) if isinstance(cell, str) else cell for cell in cells])
        except OSError as problem:
            raise self._unwritable(problem) from None

    def _unwritable(self, problem: OSError | ValueError) -> InvalidRequest:
        reason = getattr(problem, "strerror", None) or type(problem).__name__
        return InvalidRequest(f"{self.path} cannot be written: {reason}.", field="rejects")


def _same(path: Path, source: str) -> bool:
    try:
        return path.samefile(source)
    except (OSError, ValueError):
        return False

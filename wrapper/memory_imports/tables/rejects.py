"""The rows that stay out, with the reasons, as a CSV of their own: for its owner's eyes only, whole or not at all.

It takes the place of nothing but an earlier one, so that the same command can be run again. People open it in a
spreadsheet, so that what would run there is spelled as text; importing the file again reads that back as it was, and
what of it is rejected once more comes with its new reasons and without the old.
"""

import csv
import os
import stat
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from memory_imports.errors import InvalidRequest
from memory_imports.tables.formulas import COLUMNS, is_spelled, spelled
from memory_imports.tables.private import Private

# Both spellings of what goes before the columns of the file; there is always one.
_STARTS = tuple("".join(f"{quote}{name}{quote}," for name in COLUMNS).encode() for quote in ("", '"'))


class Rejects:
    """A file of rejected rows at ``path``; it takes its place when `keep` is called, and leaves nothing otherwise.

    Raises:
        InvalidRequest: It cannot be written, is one of the sources, or stands where something else does already.
    """

    def __init__(self, path: Path, sources: Iterable[str]) -> None:
        self.path = path
        if any(_same(path, source) for source in sources):
            raise InvalidRequest(f"{path} is what is to be imported; give rejected rows another file.", field="rejects")
        if os.path.isdir(path):  # noqa: PTH112 - where a path is too long, its own method raises
            raise InvalidRequest(f"{path} is a folder; give rejected rows a file.", field="rejects")
        self._refuse_other()
        self._header: Sequence[str] | None = None
        self._old = 0
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
            self._old = len(COLUMNS) if is_spelled(header) else 0
            self._write((*COLUMNS, *header[self._old :]))

    def add(self, place: tuple[str, int, int], codes: Iterable[str], cells: Sequence[str]) -> None:
        """Write a row: its file, row and line, the codes of its problems, and its cells."""
        self._write((*place, " ".join(dict.fromkeys(codes)), *cells[self._old :]))

    def keep(self) -> None:
        """Put the file in its place.

        Raises:
            InvalidRequest: It cannot be written, or something else has been put there meanwhile.
        """
        self._refuse_other()
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

    def _refuse_other(self) -> None:
        if _is_other(self.path):
            raise InvalidRequest(
                f"{self.path} is there already and holds something else; give rejected rows another file.",
                field="rejects",
            )

    def _write(self, cells: Sequence[object]) -> None:
        try:
            writer = self._careful if any("\r" in str(cell) for cell in cells) else self._writer
            writer.writerow([spelled(cell) if isinstance(cell, str) else cell for cell in cells])
        except OSError as problem:
            raise self._unwritable(problem) from None

    def _unwritable(self, problem: OSError | ValueError) -> InvalidRequest:
        reason = getattr(problem, "strerror", None) or type(problem).__name__
        return InvalidRequest(f"{self.path} cannot be written: {reason}.", field="rejects")


def _is_other(path: Path) -> bool:
    """Whether there is a file with anything in it but rejected rows as they are written here."""
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return False
    except (OSError, ValueError):
        return False
    # All else that may be wrong with a place is found out, and said, when it is written.
    try:
        with path.open("rb") as file:
            start = file.read(max(map(len, _STARTS)))
    except OSError:
        return True
    return bool(start) and not start.startswith(_STARTS)


def _same(path: Path, source: str) -> bool:
    try:
        return path.samefile(source)
    except (OSError, ValueError):
        return False

"""Lines that are a record each, all of equally many cells: split at once, by plain Python."""

import csv
import re
from collections.abc import Sequence
from typing import ClassVar

from attrs import frozen

from memory_imports.tables.block import Whole
from memory_imports.tables.blocks import end_of
from memory_imports.tables.facts import Dialect
from memory_imports.tables.reader import Spot


class Regular(Whole):
    """Records of a line each, of equally many cells."""

    def __init__(self, rows: Sequence[Sequence[str]], text: bytes, at: Spot) -> None:
        row, line, offset = at
        before = len(rows) - 1
        self.first: Spot = at
        self.last: Spot = Spot(row + before, line + before, offset + text.rfind(b"\n", 0, -1) + 1)
        self.length: int = len(text)
        self.end: Spot = Spot(row + len(rows), line + len(rows), offset + len(text))
        self.sound: Sequence[int] = range(len(rows))
        self._rows, self._columns = rows, list(zip(*rows, strict=True))

    def __len__(self) -> int:
        """Say how many records there are."""
        return len(self._rows)

    def lines(self) -> Sequence[int]:
        """Return the line on which each record starts."""
        return range(self.first.line, self.end.line)

    def line(self, place: int) -> int:
        """Return the line on which a record starts."""
        return self.first.line + place

    def cells(self, place: int) -> Sequence[str]:
        """Return what is in a record."""
        return self._rows[place]

    def texts(self, at: int) -> Sequence[str]:
        """Return the cells of the column at this place."""
        return self._columns[at]


@frozen
class Splitter:
    """Reads texts whose lines end with LF or CRLF, for a header of ``width`` columns, two at least."""

    # More does not stay in the caches of a processor.
    size: ClassVar[int] = 1 << 15
    dialect: Dialect
    width: int

    def __call__(self, text: bytes, at: Spot) -> Regular | None:
        """Return the records that end within a text, None if there is none or they are not all regular."""
        text = text[: end_of(text)]
        if not text or not is_plain(text):
            return None
        try:
            lines = text.decode().split("\n")
        except UnicodeDecodeError:
            return None
        delimiter = self.dialect.delimiter
        lines.pop()
        if b"\r" in text:
            lines = [line.removesuffix("\r") for line in lines]
        rows = [line.split(delimiter) for line in lines]
        if b'"' in text:
            places = [place for place, line in enumerate(lines) if '"' in line]
            quoted = [lines[place] for place in places]
            if not all(map(_quoting(delimiter).fullmatch, quoted)):
                return None
            try:
                for place, cells in zip(places, csv.reader(quoted, delimiter=delimiter, strict=True), strict=True):
                    rows[place] = cells
            except csv.Error:
                return None
        return Regular(rows, text, at) if set(map(len, rows)) == {self.width} else None


def is_plain(text: bytes) -> bool:
    """Say whether no character stands in a text that stands in no cell without quotes."""
    return b"\0" not in text and (b"\r" not in text or text.count(b"\r") == text.count(b"\r\n"))


def _quoting(delimiter: str) -> re.Pattern[str]:
    parted = re.escape(delimiter)
    cell = rf'(?:"[^"]*+(?:""[^"]*+)*+"|[^"{parted}]*+)'
    return re.compile(f"{cell}(?:{parted}{cell})*+")

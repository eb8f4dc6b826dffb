"""Records of equally many cells as arrays: where in the text each cell begins and ends."""

import csv
from collections.abc import Sequence
from functools import cached_property

import numpy as np

from memory_imports.tables.block import Whole
from memory_imports.tables.cells import Column, Seen
from memory_imports.tables.reader import Spot
from memory_imports.tables.rules import Blank, Rules
from memory_imports.tables.vector.arrays import Numbers
from memory_imports.tables.vector.hashing import Hashing
from memory_imports.tables.vector.screening import look
from memory_imports.tables.vector.text import Cells, Text

_CR, _QUOTE = b'\r"'


class Grid(Whole):
    """A text of whole records; ``ends`` says where each cell of each ends, at a delimiter or a line end."""

    def __init__(self, text: Text, ends: Numbers, hashing: Hashing) -> None:
        self._text, self._ends, self._hashing = text, ends, hashing
        self._row_ends: Numbers = np.ascontiguousarray(ends[:, -1])
        row, line, offset = text.at
        rows = len(ends)
        self.length: int = len(text.text)
        self.sound: Sequence[int] = range(rows)
        self.first: Spot = text.at
        last = int(self._row_ends[-2]) + 1 if rows > 1 else 0
        self.last: Spot = Spot(row + rows - 1, self.line(rows - 1), offset + last)
        lines = rows if text.line_ends is None else len(text.line_ends)
        self.end: Spot = Spot(row + rows, line + lines, offset + self.length)

    def __len__(self) -> int:
        """Say how many records there are."""
        return len(self._ends)

    def lines(self) -> Sequence[int]:
        """Return the line on which each record starts."""
        return [self.first.line + before for before in self._lines_before]

    def line(self, place: int) -> int:
        """Return the line on which a record starts."""
        return self.first.line + self._lines_before[place]

    def cells(self, place: int) -> Sequence[str]:
        """Return what is in a record."""
        begin = int(self._row_ends[place - 1]) + 1 if place else 0
        text = self._text.text[begin : int(self._row_ends[place])].decode().removesuffix("\r")
        return next(csv.reader([text], delimiter=self._text.dialect.delimiter, strict=True))

    def texts(self, at: int) -> Sequence[str]:
        """Return the cells of the column at this place."""
        return self._column(at).texts()

    def look(self, column: Column, rules: Rules, blank: Blank) -> Seen:
        """Return what is to be known of the cells of a column."""
        return look(self._column(column.at), column, rules, blank, self._hashing)

    def _column(self, at: int) -> Cells:
        """Return the cells of a column."""
        end = self._ends[:, at].copy()
        begin = np.empty_like(end)
        if at:
            np.add(self._ends[:, at - 1], 1, out=begin)
        else:
            begin[0] = 0
            np.add(self._row_ends[:-1], 1, out=begin[1:])
        data = self._text.data
        if at == self._ends.shape[1] - 1 and b"\r" in self._text.text:
            end -= data[end - 1] == _CR
        quoted = data[begin] == _QUOTE if self._text.quoted else None
        if quoted is None or not quoted.any():
            return Cells(self._text, begin, end, None)
        begin += quoted
        end -= quoted
        return Cells(self._text, begin, end, quoted)

    @cached_property
    def _lines_before(self) -> Sequence[int]:
        if self._text.line_ends is None:
            return range(len(self))
        behind = np.searchsorted(self._text.line_ends, self._row_ends) + 1
        return [0, *behind[:-1].tolist()]

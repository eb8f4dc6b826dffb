"""From a text to a grid, if it is one: every quote, line end and character where it may be, as many cells a record."""

import csv
from typing import ClassVar

import numpy as np
from attrs import frozen

from memory_imports.tables.facts import Dialect
from memory_imports.tables.reader import Spot
from memory_imports.tables.regular import is_plain
from memory_imports.tables.vector.arrays import Bytes, Numbers, bytes_of
from memory_imports.tables.vector.grid import Grid
from memory_imports.tables.vector.hashing import Hashing
from memory_imports.tables.vector.text import LONGEST, Text

_LF, _CR, _QUOTE = b'\n\r"'


@frozen
class Parser:
    """Reads texts whose lines end with LF or CRLF, for a header of ``width`` columns, two at least."""

    # Less costs more calls than it saves.
    size: ClassVar[int] = 1 << 20
    dialect: Dialect
    width: int
    hashing: Hashing

    def __call__(self, text: bytes, at: Spot) -> Grid | None:
        """Return the grid that a text is, None if it is none."""
        if not is_plain(text) or not _is_utf8(text):
            return None
        data = bytes_of(text, LONGEST)
        quoted = b'"' in text
        found = self._ends(data[: len(text)], quoted=quoted)
        if found is None:
            return None
        ends, line_ends = found
        return Grid(
            Text(text=text, data=data, at=at, dialect=self.dialect, quoted=quoted, line_ends=line_ends),
            ends,
            self.hashing,
        )

    def _ends(self, data: Bytes, *, quoted: bool) -> tuple[Numbers, Numbers | None] | None:
        """Return where each cell ends, and, if some stand inside of cells, where all lines end."""
        marks = (data == ord(self.dialect.delimiter)) | (data == _LF)
        if quoted:
            marks |= data == _QUOTE
        places = np.flatnonzero(marks)
        kinds = data[places]
        line_ends = None
        if quoted:
            is_quote = kinds == _QUOTE
            if not self._are_quotes(data, places[is_quote]):
                return None
            # How many quotes stand before: the lowest bit survives even where the number does not fit.
            is_inside = (np.cumsum(is_quote, dtype=np.uint8) & 1).view(np.bool_)
            outside = ~(is_quote | is_inside)
            if (is_inside & (kinds == _LF)).any():
                line_ends = places[kinds == _LF]
            places, kinds = places[outside], kinds[outside]
        is_end = kinds == _LF
        rows = np.count_nonzero(is_end)
        if len(places) != rows * self.width or not is_end[self.width - 1 :: self.width].all():
            return None
        ends = places.reshape(rows, self.width)
        # The csv module takes no cell that is longer.
        is_long = np.diff(ends[:, -1], prepend=-1).max() > csv.field_size_limit()
        return None if is_long else (ends, line_ends)

    def _are_quotes(self, data: Bytes, quotes: Numbers) -> bool:
        """Say whether each quote opens a cell, closes it, or is one of two within it."""
        delimiter = ord(self.dialect.delimiter)
        if len(quotes) % 2:
            return False
        before = data[quotes[::2] - 1]
        if quotes[0] == 0:
            before[0] = _LF
        after = data[quotes[1::2] + 1]
        opens = (before == delimiter) | (before == _LF) | (before == _QUOTE)
        closes = (after == delimiter) | (after == _LF) | (after == _CR) | (after == _QUOTE)
        return bool(opens.all() and closes.all())


def _is_utf8(text: bytes) -> bool:
    if not text.isascii():
        try:
            text.decode()
        except UnicodeDecodeError:
            return False
    return True

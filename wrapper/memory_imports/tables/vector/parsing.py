"""From a text to a grid, if it is one: every quote, line end and character where it may be, as many cells a record."""

import csv
from typing import ClassVar

import numpy as np
from attrs import frozen

from memory_imports.tables.facts import Dialect
from memory_imports.tables.reader import Spot
from memory_imports.tables.regular import is_plain
from memory_imports.tables.vector.arrays import Bytes, Flags, Numbers, bytes_of
from memory_imports.tables.vector.grid import Grid
from memory_imports.tables.vector.hashing import Hashing
from memory_imports.tables.vector.text import LONGEST, Text

_LF, _CR, _QUOTE = b'\n\r"'
_BEYOND_ASCII, _STARTS_CHARACTER = 0x80, 0xC0


@frozen
class Parser:
    """Reads texts whose lines end with LF or CRLF, for a header of ``width`` columns, two at least."""

    # Less costs more calls than it saves.
    size: ClassVar[int] = 1 << 20
    dialect: Dialect
    width: int
    hashing: Hashing

    def __call__(self, text: bytes, at: Spot) -> Grid | None:
        """Return the grid of the records that end within a text, None if it is none."""
        quoted = b'"' in text
        found = self._ends(np.frombuffer(text, np.uint8), quoted=quoted)
        if found is None:
            return None
        ends, line_ends = found
        text = text[: int(ends[-1, -1]) + 1]
        data = bytes_of(text, LONGEST)
        beyond_ascii = beyond_ascii_of(text, data)
        if beyond_ascii is None or not is_plain(text):
            return None
        return Grid(
            Text(
                text=text,
                data=data,
                at=at,
                dialect=self.dialect,
                quoted=quoted,
                line_ends=line_ends,
                beyond_ascii=beyond_ascii,
            ),
            ends,
            self.hashing,
        )

    def _ends(self, data: Bytes, *, quoted: bool) -> tuple[Numbers, Numbers | None] | None:
        """Return where each cell ends, and, if some stand inside of cells, where all lines end."""
        marks = data == ord(self.dialect.delimiter)
        marks |= data == _LF
        if quoted:
            marks |= data == _QUOTE
        places = np.flatnonzero(marks)
        kinds, line_ends = data[places], None
        if quoted:
            outside = self._outside(data, places, kinds)
            if outside is None:
                return None
            places, kinds, line_ends = outside
        is_end = kinds == _LF
        count = _up_to_last(is_end)
        places, is_end = places[:count], is_end[:count]
        rows = np.count_nonzero(is_end)
        if not rows or count != rows * self.width or not is_end[self.width - 1 :: self.width].all():
            return None
        ends = places.reshape(rows, self.width)
        # The csv module takes no cell that is longer.
        is_long = np.diff(ends[:, -1], prepend=-1).max() > csv.field_size_limit()
        return None if is_long else (ends, line_ends)

    def _outside(self, data: Bytes, places: Numbers, kinds: Bytes) -> tuple[Numbers, Bytes, Numbers | None] | None:
        """Return those of these marks that part cells, up to the last record that ends, and the line ends as above."""
        is_quote, is_line_end = kinds == _QUOTE, kinds == _LF
        # How many quotes stand before: the lowest bit survives even where the number does not fit.
        is_inside = (np.cumsum(is_quote, dtype=np.uint8) & 1).view(np.bool_)
        count = _up_to_last(is_line_end & ~is_inside)
        places, kinds, is_quote, is_inside = places[:count], kinds[:count], is_quote[:count], is_inside[:count]
        if not self._are_quotes(data, places[is_quote]):
            return None
        is_line_end = is_line_end[:count]
        line_ends = places[is_line_end] if (is_inside & is_line_end).any() else None
        parts = ~(is_quote | is_inside)
        return places[parts], kinds[parts], line_ends

    def _are_quotes(self, data: Bytes, quotes: Numbers) -> bool:
        """Say whether each quote opens a cell, closes it, or is one of two within it."""
        delimiter = ord(self.dialect.delimiter)
        before = data[quotes[::2] - 1]
        if len(quotes) and quotes[0] == 0:
            before[0] = _LF
        after = data[quotes[1::2] + 1]
        opens = (before == delimiter) | (before == _LF) | (before == _QUOTE)
        closes = (after == delimiter) | (after == _LF) | (after == _CR) | (after == _QUOTE)
        return bool(opens.all() and closes.all())


def _up_to_last(flags: Flags) -> int:
    """Return how many there are up to the last one that is set."""
    return len(flags) - int(flags[::-1].argmax()) if flags.any() else 0


def beyond_ascii_of(text: bytes, data: Bytes) -> Numbers | None:
    """Return where bytes stand that are no ASCII, None if they are no UTF-8 either."""
    if text.isascii():
        return np.empty(0, np.int64)
    places = np.flatnonzero(data >= _BEYOND_ASCII)
    some = data[places]
    try:
        some.tobytes().decode()
    except UnicodeDecodeError:
        return None
    # Together they are UTF-8, and they are where they stand if nothing comes between those of one character.
    goes_on = some[1:] < _STARTS_CHARACTER
    return places if (np.diff(places)[goes_on] == 1).all() else None

"""The rows that share a profile, kept in their order; all but the last few wait in a private, nameless file."""

import tempfile
import weakref
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import BinaryIO

from memory_imports.tables.aside import put_aside
from memory_imports.tables.resolution import Forest

# So many rows are kept, and read again, at a time: a mebibyte.
AT_ONCE = 1 << 16


class Clusters:
    """The rows that share a profile with another row, ascending, and the number of that profile for each.

    A row is added with one of the identifiers that ``together`` joins; whoever belongs together has the same number.
    """

    def __init__(self, together: Forest, at_once: int = AT_ONCE) -> None:
        self._together = together
        self._at_once = at_once
        self._firsts = array("q")
        self._file: BinaryIO | None = None
        self._rows, self._links = array("q"), array("q")
        # Which run of rows has been read, and it.
        self._number, self._run = -1, (self._rows, self._links)

    def add(self, row: int, link: int) -> None:
        """Add a row behind all others."""
        self._rows.append(row)
        self._links.append(link)
        if len(self._rows) >= self._at_once:
            self._put_aside()

    def of(self, row: int) -> int | None:
        """Return the number of the profile that this row shares, None if it shares none."""
        return next((profile for _, profile in self.between(row, row)), None)

    def between(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        """Yield the rows from one to another that share a profile, counted over the whole job, and its number."""
        find = self._together.find
        begin, end = bisect_right(self._firsts, first), bisect_right(self._firsts, last)
        # Behind the last run that was put aside come the rows that were not.
        for number in range(max(0, begin - 1), end + (end == len(self._firsts))):
            rows, links = self._read(number)
            for at in range(bisect_left(rows, first), bisect_right(rows, last)):
                yield rows[at], find(links[at])

    def _read(self, number: int) -> "tuple[array[int], array[int]]":
        if self._file is None or number == len(self._firsts):
            return self._rows, self._links
        if self._number != number:
            rows, links = array("q"), array("q")
            length = self._at_once * rows.itemsize
            self._file.seek(2 * number * length)
            rows.frombytes(self._file.read(length))
            links.frombytes(self._file.read(length))
            self._number, self._run = number, (rows, links)
        return self._run

    def _put_aside(self) -> None:
        with put_aside():
            if self._file is None:
                self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the last who looks at it
                weakref.finalize(self, self._file.close)
            self._rows.tofile(self._file)
            self._links.tofile(self._file)
            self._file.flush()
        self._firsts.append(self._rows[0])
        del self._rows[:], self._links[:]

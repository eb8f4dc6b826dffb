"""Records a thousand at a time, fewer where they are long, and the stretches of the file that they come from."""

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from memory_imports.tables.block import Block, Listed
from memory_imports.tables.facts import Extent
from memory_imports.tables.reader import Record, Spot

_MOST_ROWS = 1024
_LARGE = 16 << 10
_EXTENT = 1 << 20


def batches(records: Iterable[Record], width: int) -> Iterator[Listed]:
    """Yield the records in blocks, for a header of so many columns."""
    some: list[Record] = []
    for record in records:
        some.append(record)
        if len(some) == _MOST_ROWS or record.length > _LARGE:
            yield Listed(some, width)
            some = []
    if some:
        yield Listed(some, width)


class Extents:
    """Collects runs of whole records of about one MiB each."""

    def __init__(self) -> None:
        self.found: list[Extent] = []
        self._first: Spot | None = None
        self._length = self._rows = 0

    def add(self, block: Block) -> None:
        """Add records that follow the ones before."""
        self._first = self._first or block.first
        self._length += block.length
        self._rows += len(block)
        if self._length >= _EXTENT:
            self.close()

    def close(self) -> None:
        """End the run."""
        if self._first is None:
            return
        row, line, offset = self._first
        self.found.append(Extent(offset=offset, length=self._length, first_row=row, first_line=line, rows=self._rows))
        self._first = None
        self._length = self._rows = 0


class Lines:
    """On which line each row starts; unknown, rather than costly, after a million rows that have several lines."""

    def __init__(self, most: int = 1 << 20) -> None:
        self._most = most
        # The rows at which the distance between row and line grows, and the distance from there on.
        self._rows = array("q")
        self._distances = array("q")

    def add(self, block: Block) -> None:
        """Add records that follow the ones before."""
        first, last = block.first, block.last
        known = self._distances[-1] if self._distances else None
        # Distances only grow: with the same at both ends nothing has happened between.
        if known == first.line - first.row == last.line - last.row:
            return
        for row, line in enumerate(block.lines(), first.row):
            if line - row != known and len(self._rows) <= self._most:
                known = line - row
                self._rows.append(row)
                self._distances.append(known)

    def of(self, row: int) -> int | None:
        """Return the line of a row, None if it is not known."""
        if len(self._rows) > self._most and row >= self._rows[-1]:
            return None
        return row + self._distances[bisect_right(self._rows, row) - 1]

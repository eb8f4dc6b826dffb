"""Records a thousand at a time, fewer where they are long, and the stretches of the file that they come from."""

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from memory_imports.tables.facts import Extent

if TYPE_CHECKING:
    from memory_imports.tables.sources import Record

_MOST_ROWS = 1024
_LARGE = 16 << 10
_EXTENT = 4 << 20


def batches(records: Iterable["Record"]) -> Iterator[list["Record"]]:
    """Yield the records in lists."""
    some: list[Record] = []
    for record in records:
        some.append(record)
        if len(some) == _MOST_ROWS or record.length > _LARGE:
            yield some
            some = []
    if some:
        yield some


class Extents:
    """Collects runs of whole records of about four MiB each."""

    def __init__(self) -> None:
        self.found: list[Extent] = []
        self._first: Record | None = None
        self._last: Record | None = None

    def add(self, some: "list[Record]") -> None:
        """Add records that follow the ones before."""
        self._first = self._first or some[0]
        self._last = some[-1]
        if self._last.offset + self._last.length - self._first.offset >= _EXTENT:
            self.close()

    def close(self) -> None:
        """End the run."""
        if self._first is None or self._last is None:
            return
        first, last = self._first, self._last
        self.found.append(
            Extent(
                offset=first.offset,
                length=last.offset + last.length - first.offset,
                first_row=first.row,
                first_line=first.line,
                rows=last.row - first.row + 1,
            )
        )
        self._first = self._last = None


class Lines:
    """On which line each row starts; unknown, rather than costly, after a million rows that have several lines."""

    def __init__(self, most: int = 1 << 20) -> None:
        self._most = most
        # The rows at which the distance between row and line grows, and the distance from there on.
        self._rows = array("q")
        self._distances = array("q")

    def add(self, some: "list[Record]") -> None:
        """Add records that follow the ones before."""
        first, last = some[0], some[-1]
        known = self._distances[-1] if self._distances else None
        # Distances only grow: with the same at both ends nothing has happened between.
        if known == first.line - first.row == last.line - last.row:
            return
        for record in some:
            if record.line - record.row != known and len(self._rows) <= self._most:
                known = record.line - record.row
                self._rows.append(record.row)
                self._distances.append(known)

    def of(self, row: int) -> int | None:
        """Return the line of a row, None if it is not known."""
        if len(self._rows) > self._most and row >= self._rows[-1]:
            return None
        return row + self._distances[bisect_right(self._rows, row) - 1]

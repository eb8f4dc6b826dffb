"""Records that follow each other, to be looked at column by column."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from memory_imports.tables.cells import Column, Finding, Seen, look
from memory_imports.tables.reader import Record, Spot
from memory_imports.tables.rules import Blank, Rules

if TYPE_CHECKING:
    from memory_imports.errors import Severity

# A line without anything on it is no record: it stays behind, and nothing is lost.
BLANK_LINE = "blank_line"


class Block(ABC):
    """Records of one table; ``first`` and ``last`` say where the outer ones stand, ``length`` is that of all in bytes.

    ``sound`` are the places, within the block, of the records that have a cell for each column: what is looked at
    is numbered among those.
    """

    first: Spot
    last: Spot
    length: int
    sound: Sequence[int]

    @abstractmethod
    def __len__(self) -> int:
        """Say how many records there are."""

    @abstractmethod
    def lines(self) -> Iterable[int]:
        """Return the line on which each record starts."""

    @abstractmethod
    def line(self, place: int) -> int:
        """Return the line on which a record starts."""

    @abstractmethod
    def cells(self, place: int) -> Sequence[str]:
        """Return what is in a record."""

    @abstractmethod
    def texts(self, at: int) -> Sequence[str]:
        """Return the cells of the column at this place, of the sound records."""

    @abstractmethod
    def faults(self) -> Iterable[tuple[int, Finding]]:
        """Return what is wrong with the records that are not sound."""

    def look(self, column: Column, rules: Rules, blank: Blank) -> Seen:
        """Return what is to be known of the cells of a column."""
        return look(column, self.texts(column.at), rules, blank)


class Listed(Block):
    """Records that were read one by one, for a header of ``width`` columns."""

    def __init__(self, records: Sequence[Record], width: int) -> None:
        first, last = records[0], records[-1]
        self.first: Spot = Spot(first.row, first.line, first.offset)
        self.last: Spot = Spot(last.row, last.line, last.offset)
        self.length: int = last.offset + last.length - first.offset
        self._records, self._width = records, width
        self.sound: Sequence[int] = range(len(records))
        rows = [record.cells for record in records]
        if any(record.fault for record in records) or set(map(len, rows)) != {width}:
            self.sound = [at for at, record in enumerate(records) if not record.fault and len(record.cells) == width]
            rows = [rows[at] for at in self.sound]
        self._columns: Sequence[Sequence[str]] = list(zip(*rows, strict=True))

    def __len__(self) -> int:
        """Say how many records there are."""
        return len(self._records)

    def lines(self) -> Iterator[int]:
        """Return the line on which each record starts."""
        return (record.line for record in self._records)

    def line(self, place: int) -> int:
        """Return the line on which a record starts."""
        return self._records[place].line

    def cells(self, place: int) -> Sequence[str]:
        """Return what is in a record."""
        return self._records[place].cells

    def texts(self, at: int) -> Sequence[str]:
        """Return the cells of the column at this place, of the sound records."""
        return self._columns[at]

    def faults(self) -> Iterator[tuple[int, Finding]]:
        """Return what is wrong with the records that are not sound."""
        if len(self.sound) == len(self._records):
            return
        for place, record in enumerate(self._records):
            if record.fault is not None:
                severity: Severity = "warning" if record.fault.code == BLANK_LINE else "error"
                yield place, Finding(record.fault.code, severity, record.fault.message)
            elif len(record.cells) != self._width:
                yield place, Finding("ragged_row", "error", _ragged(record.cells, self._width))


def _ragged(cells: Sequence[str], width: int) -> str:
    have = f"the row has {len(cells)} cells and the header {width}"
    if len(cells) > width and not any(map(str.strip, cells[width:])):
        return f"{have}: it ends in delimiters that the header has not; take them out."
    return f"{have}; make them equal."


class Whole(Block):
    """Records that were read at once; ``end`` is where the next one stands."""

    end: Spot

    def faults(self) -> Sequence[tuple[int, Finding]]:
        """Return nothing: each record has a cell for each column."""
        return ()

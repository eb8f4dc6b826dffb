"""A table made of cells, for what asks only for records: no file, no bytes, nothing to detect."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from memory_imports.tables.facts import Dialect
from memory_imports.tables.sources import Fault, Record, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Made(Table):
    """A header and rows as a file of strict CSV would give them; a fault in place of cells is a faulty record."""

    def __init__(self, header: Sequence[str], rows: Sequence[Sequence[str] | Fault], name: str = "people.csv") -> None:
        # None of what a file needs: only what can be asked of a table.
        self.name = name
        self.dialect, self.as_is, self.notes = Dialect(), True, ()
        self.header = tuple(header)
        self.header_bytes = len(written([header]))
        self._rows = rows
        self.size = self.header_bytes + sum(len(_bytes(row)) for row in rows)

    def rows(self) -> Iterator[Record]:
        """Every record in order."""
        offset, line = self.header_bytes, 2
        for row, cells in enumerate(self._rows, 1):
            raw = _bytes(cells)
            fault = cells if isinstance(cells, Fault) else None
            yield Record(row, line, offset, len(raw), [] if isinstance(cells, Fault) else list(cells), fault)
            offset += len(raw)
            line += raw.count(b"\n")


def _bytes(row: Sequence[str] | Fault) -> bytes:
    return b"?\n" if isinstance(row, Fault) else written([row])


def written(rows: Sequence[Sequence[str]]) -> bytes:
    """These rows as CSV."""
    out = io.StringIO(newline="")
    # Every cell in quotes: the csv module of Python 3.11 leaves a carriage return bare where lines end with LF.
    csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
    return out.getvalue().encode()

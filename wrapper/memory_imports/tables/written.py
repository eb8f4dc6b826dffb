"""Rows as they are sent: their mapped cells as lines of UTF-8, parted by commas."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import compress, groupby
from typing import TYPE_CHECKING, NamedTuple

from memory_imports.models import ColumnMapping
from memory_imports.tables.blanks import blanks, deleting
from memory_imports.tables.blocks import Parse
from memory_imports.tables.facts import Scanned
from memory_imports.tables.identifiers import completed, reader
from memory_imports.tables.rules import Options, Rules

if TYPE_CHECKING:
    from memory_imports.tables.table import Table

# The csv module of Python 3.11 leaves a carriage return bare where lines end with LF.
_SPECIAL = '",\r\n'


class Run(NamedTuple):
    """Rows in the order of the file, with their lines; ``filled`` has a bit for each mapping that all of them go to."""

    filled: int
    rows: Sequence[int]
    lines: Sequence[str]


class Writer:
    """Writes down what goes in of files that were scanned."""

    def __init__(self, mappings: Sequence[ColumnMapping], rules: Rules, options: Options) -> None:
        self._names = [mapping.column_name for mapping in mappings]
        self._rules, self._options = rules, options
        region = options.region
        self._completing: dict[int, Callable[[str], str]] = {}
        for at, mapping in enumerate(mappings):
            if region is not None and mapping.trait_name in rules.identifiers:
                self._completing[at] = partial(completed, region=reader(mapping.trait_name, region))

    def runs(self, table: "Table", file: Scanned, parse: Parse | None) -> Iterator[Run]:
        """Yield all rows of a table that go in."""
        places = [table.header.index(name) for name in self._names]
        for block in table.blocks(parse):
            rows: Sequence[int] = [block.first.row + place for place in block.sound]
            columns = [block.texts(at) for at in places]
            if file.rejects:
                going = [not file.rejected(row) for row in rows]
                rows = list(compress(rows, going))
                columns = [list(compress(column, going)) for column in columns]
            for at, complete in self._completing.items():
                columns[at] = list(map(complete, columns[at]))
            if rows:
                yield from self._written(rows, columns)

    def _written(self, rows: Sequence[int], columns: Sequence[Sequence[str]]) -> Iterator[Run]:
        every = (1 << len(columns)) - 1
        if self._options.blank == "delete":
            columns = [deleting(column, self._rules.delete_marker) for column in columns]
        written = list(map(_quoted, columns))
        if self._options.blank != "keep":
            yield Run(every, rows, _lines(written))
            return
        filled = [every] * len(rows)
        for at, column in enumerate(columns):
            for place in blanks(column):
                filled[place] -= 1 << at
        end = 0
        for bits, some in groupby(filled):
            begin, end = end, end + len(list(some))
            kept = [column[begin:end] for at, column in enumerate(written) if bits >> at & 1]
            yield Run(bits, rows[begin:end], _lines(kept))


def _lines(columns: Sequence[Sequence[str]]) -> Sequence[str]:
    return list(map(",".join, zip(*columns, strict=True)))


def line(cells: Iterable[str]) -> str:
    """Return cells as a line, without its end."""
    return ",".join(_quoted(list(cells)))


def _quoted(cells: Sequence[str]) -> Sequence[str]:
    text = "".join(cells)
    special = [each for each in _SPECIAL if each in text]
    if not special:
        return cells
    found = list(cells)
    for at in {at for each in special for at, cell in enumerate(cells) if each in cell}:
        found[at] = '"' + cells[at].replace('"', '""') + '"'
    return found

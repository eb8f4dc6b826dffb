"""From files as people have them to a plan: opened, read once, and cut. Nothing is sent."""

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TypeAlias, cast

from memory_imports.errors import InvalidRequest
from memory_imports.models import ColumnMapping
from memory_imports.tables.block import Block
from memory_imports.tables.blocks import Parse
from memory_imports.tables.facts import Extent, Plan
from memory_imports.tables.mapping import parse_mapping
from memory_imports.tables.plan import make_plan
from memory_imports.tables.rules import Options, Rules, Source
from memory_imports.tables.scan import scan
from memory_imports.tables.sources import Table, open_table

Tell: TypeAlias = Callable[[int, int], None]


@contextmanager
def opened(sources: Sequence[Source], options: Options, *, spool: Path | None = None) -> Generator[list[Table]]:
    """Give the files as tables, and remove at the end what was copied of them.

    Args:
        sources: The files.
        options: How they are written, where that is not to be found out.
        spool: A private folder for copies of what can be read only once.

    Raises:
        FileRefused: One of them cannot be read as a table.
        InvalidRequest: There are none, or one of them cannot be read at all.
    """
    if not sources:
        raise InvalidRequest("There is nothing to import: no file is given; give at least one.", field="source")
    with ExitStack() as stack:
        tables: list[Table] = []
        for source in sources:
            table = open_table(
                source,
                encoding=options.encoding,
                delimiter=options.delimiter,
                sheet=options.sheet,
                spool=spool,
            )
            stack.callback(table.close)
            tables.append(table)
        yield tables


def plan_of(
    tables: Sequence[Table], columns: Mapping[str, str], rules: Rules, options: Options, *, spool: Path | None = None
) -> Plan:
    """Read the tables and return what is to be sent of them; raises as `scan` and `make_plan`."""
    mappings = _in_order(parse_mapping(columns), tables[0].header)
    found = scan(tables, mappings, rules, options)
    found.refuse()
    return make_plan(tables, found, mappings, rules, options, spool=spool)


def _in_order(mappings: Sequence[ColumnMapping], header: Sequence[str]) -> list[ColumnMapping]:
    """Return mappings in the order of the columns, so that what is written does not depend on how they were told."""
    at = {name: number for number, name in enumerate(header)}
    return sorted(mappings, key=lambda mapping: at.get(mapping.column_name, len(header)))


def watched(tables: Sequence[Table], tell: Tell) -> list[Table]:
    """Return the tables so that they tell, whenever they are gone through, how many bytes of all have been read."""
    return [cast("Table", _Watched(table, _part_of(tables, number, tell))) for number, table in enumerate(tables)]


def _part_of(tables: Sequence[Table], number: int, tell: Tell) -> Callable[[int], None]:
    before = sum(table.size for table in tables[:number])
    total = sum(table.size for table in tables)
    return lambda done: tell(min(before + done, total), total)


class _Watched:
    """A table that says how far it has been read each time that it is gone through."""

    def __init__(self, table: Table, tell: Callable[[int], None]) -> None:
        self._table = table
        self._tell = tell

    def __getattr__(self, name: str) -> object:
        return getattr(self._table, name)

    def blocks(self, parse: Parse | None) -> Iterator[Block]:
        self._tell(0)
        for block in self._table.blocks(parse):
            self._tell(block.first.offset)
            yield block
        self._tell(self._table.size)

    def runs(self, extents: Iterable[Extent]) -> Iterator[tuple[Extent, bytes]]:
        self._tell(0)
        for extent, some in self._table.runs(extents):
            self._tell(extent.offset)
            yield extent, some
        self._tell(self._table.size)

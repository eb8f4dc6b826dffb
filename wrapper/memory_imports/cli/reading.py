"""Reading files with somebody watching: how far it is, on standard error. What is read is decided elsewhere."""

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from pathlib import PurePath
from typing import TYPE_CHECKING, cast

from memory_imports.cli.amounts import plural
from memory_imports.cli.progress import shown
from memory_imports.cli.screen import Screen

if TYPE_CHECKING:
    from memory_imports.models import Progress
    from memory_imports.tables.sources import Record, Table

# Records between two looks at how far it is.
_STRIDE = 4096


@contextmanager
def watched(tables: "Sequence[Table]", screen: Screen) -> "Generator[list[Table]]":
    """Give the tables so that they show how far they have been read, and take away at the end what was shown."""
    with shown(title([table.name for table in tables]), screen) as tell:
        yield [cast("Table", _Watched(table, _told(tables, number, tell))) for number, table in enumerate(tables)]


def title(files: Sequence[str]) -> str:
    """Return what to call these files in a line: the name of one, the number of more."""
    return PurePath(files[0]).name if len(files) == 1 else plural(len(files), "file")


def _told(tables: "Sequence[Table]", number: int, tell: "Callable[[Progress], None]") -> Callable[[int], None]:
    from memory_imports.models import Progress  # noqa: PLC0415 - with what reads files

    before = sum(table.size for table in tables[:number])
    total = sum(table.size for table in tables)
    return lambda done: tell(Progress(phase="checking", bytes_sent=min(before + done, total), bytes_total=total))


class _Watched:
    """A table that says how far it has been read each time that its rows are gone through."""

    def __init__(self, table: "Table", tell: Callable[[int], None]) -> None:
        self._table = table
        self._tell = tell

    def __getattr__(self, name: str) -> object:
        return getattr(self._table, name)

    def rows(self) -> "Iterator[Record]":
        self._tell(0)
        for number, record in enumerate(self._table.rows()):
            if number % _STRIDE == 0:
                self._tell(record.offset)
            yield record
        self._tell(self._table.size)

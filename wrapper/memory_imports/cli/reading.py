"""Reading files with somebody watching: how far it is, on standard error. What is read is decided elsewhere."""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import PurePath
from typing import TYPE_CHECKING

from memory_imports.cli.amounts import plural
from memory_imports.cli.progress import shown
from memory_imports.cli.screen import Screen

if TYPE_CHECKING:
    from memory_imports.tables.sources import Table


@contextmanager
def watched(tables: "Sequence[Table]", screen: Screen) -> "Generator[list[Table]]":
    """Give the tables so that they show how far they have been read, and take away at the end what was shown."""
    from memory_imports.models import Progress  # noqa: PLC0415 - with what reads files
    from memory_imports.tables import preparation  # noqa: PLC0415 - the same

    with shown(title([table.name for table in tables]), screen) as tell:

        def read(done: int, total: int) -> None:
            tell(Progress(phase="checking", bytes_sent=done, bytes_total=total))

        yield preparation.watched(tables, read)


def title(files: Sequence[str]) -> str:
    """Return what to call these files in a line: the name of one, the number of more."""
    return PurePath(files[0]).name if len(files) == 1 else plural(len(files), "file")

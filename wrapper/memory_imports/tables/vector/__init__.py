"""Many records at once, by numpy: what is beyond doubt. The rest goes the way of plain Python, which decides."""

from collections.abc import Sequence

from memory_imports.tables.blocks import Parse
from memory_imports.tables.clusters import Links
from memory_imports.tables.engine import Engine
from memory_imports.tables.facts import Dialect
from memory_imports.tables.vector.hashing import Hashing
from memory_imports.tables.vector.links import VectorLinks
from memory_imports.tables.vector.parsing import Parser


class Vector(Engine):
    """Reads by numpy; all that is read for one job must be read by one of these."""

    def __init__(self) -> None:
        self._hashing = Hashing()

    def parser(self, dialect: Dialect, width: int) -> Parse | None:
        """Return what reads many records of so many columns at once."""
        return Parser(dialect, width, self._hashing) if dialect.line_end != "\r" and width > 1 else None

    def links(self, kinds: Sequence[str]) -> Links:
        """Return what finds out which rows share a profile."""
        return VectorLinks(kinds, self._hashing)

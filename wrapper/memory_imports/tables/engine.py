"""What reads files: plain Python, or a library of arrays where there is one and the files are large enough for it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeAlias

from memory_imports.tables.block import Block
from memory_imports.tables.blocks import Parse
from memory_imports.tables.cells import Seen
from memory_imports.tables.clusters import Links
from memory_imports.tables.facts import Dialect
from memory_imports.tables.regular import Splitter

# Below this it takes longer to import the library than it saves.
_LARGE = 3 << 20

# Says what is to be known of the columns of a block.
Look: TypeAlias = Callable[[Block], list[Seen]]


class Engine:
    """Plain Python, with which any other engine has to agree."""

    def parser(self, dialect: Dialect, width: int) -> Parse | None:
        """Return what reads many records of so many columns at once, None if nothing does."""
        return self._parser(dialect, width) if dialect.line_end != "\r" and width > 1 else None

    def looked_at(self, blocks: Iterable[Block], look: Look) -> Iterator[tuple[Block, list[Seen]]]:
        """Yield the blocks in their order, each with what is seen in it."""
        return ((block, look(block)) for block in blocks)

    def links(self, kinds: Sequence[str]) -> Links:
        """Return what finds out which rows share a profile."""
        return Links(kinds)

    def _parser(self, dialect: Dialect, width: int) -> Parse:
        return Splitter(dialect, width)


def engine_for(size: int) -> Engine:
    """Return the engine that reads so many bytes soonest."""
    if size >= _LARGE:
        try:
            from memory_imports.tables.vector import Vector  # noqa: PLC0415 - an extra, and slow to import
        except ImportError:
            return Engine()
        return Vector()
    return Engine()

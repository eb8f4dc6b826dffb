"""Many records at once, by numpy: what is beyond doubt. The rest goes the way of plain Python, which decides."""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from memory_imports.tables.block import Block
from memory_imports.tables.blocks import Parse
from memory_imports.tables.cells import Seen
from memory_imports.tables.clusters import Links
from memory_imports.tables.engine import Engine, Look
from memory_imports.tables.facts import Dialect
from memory_imports.tables.vector.hashing import Hashing
from memory_imports.tables.vector.links import VectorLinks
from memory_imports.tables.vector.parsing import Parser

# Threads that look at blocks, and blocks that wait to be looked at: arrays let others run meanwhile.
_LOOKING = 2


class Vector(Engine):
    """Reads by numpy; all that is read for one job must be read by one of these."""

    def __init__(self) -> None:
        self._hashing = Hashing()

    def looked_at(self, blocks: Iterable[Block], look: Look) -> Iterator[tuple[Block, list[Seen]]]:
        """Yield the blocks in their order, each with what is seen in it: another thread looks while this one parses."""
        ahead: deque[tuple[Block, Future[list[Seen]]]] = deque()
        with ThreadPoolExecutor(_LOOKING) as pool:
            for block in blocks:
                ahead.append((block, pool.submit(look, block)))
                if len(ahead) > _LOOKING:
                    yield _first(ahead)
            while ahead:
                yield _first(ahead)

    def links(self, kinds: Sequence[str]) -> Links:
        """Return what finds out which rows share a profile."""
        return VectorLinks(kinds, self._hashing)

    def _parser(self, dialect: Dialect, width: int) -> Parse:
        return Parser(dialect, width, self._hashing)


def _first(ahead: "deque[tuple[Block, Future[list[Seen]]]]") -> tuple[Block, list[Seen]]:
    block, seen = ahead.popleft()
    return block, seen.result()

"""What reads files: plain Python, or a library of arrays where there is one and the files are large enough for it."""

from collections.abc import Sequence

from memory_imports.tables.blocks import Parse
from memory_imports.tables.clusters import Links
from memory_imports.tables.facts import Dialect

# Below this the library costs more than it saves: a fifth of a second to import it.
_LARGE = 3 << 20


class Engine:
    """Plain Python: it reads records one by one, and is what any other engine has to agree with."""

    def parser(self, dialect: Dialect, width: int) -> Parse | None:  # noqa: ARG002 - others look at them
        """Return what reads many records of so many columns at once, None if nothing does."""
        return None

    def links(self, kinds: Sequence[str]) -> Links:
        """Return what finds out which rows share a profile."""
        return Links(kinds)


def engine_for(size: int) -> Engine:
    """Return the engine that reads so many bytes soonest."""
    if size >= _LARGE:
        try:
            from memory_imports.tables.vector import Vector  # noqa: PLC0415 - an extra, and slow to import
        except ImportError:
            return Engine()
        return Vector()
    return Engine()

"""Which rows share a profile, found by whole arrays of identifiers."""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from memory_imports.tables.clusters import KIND, ROW, Clusters, Links
from memory_imports.tables.occurrences import BUCKETS, IN_MEMORY
from memory_imports.tables.vector.arrays import Numbers
from memory_imports.tables.vector.hashing import Hashing

if TYPE_CHECKING:
    from array import array

# So many identifiers are put into buckets at a time.
_WAITING = 1 << 17


class VectorLinks(Links):
    """The same of identifiers that one `Hashing` has made numbers of."""

    def __init__(self, kinds: Sequence[str], hashing: Hashing, in_memory: int = IN_MEMORY) -> None:
        super().__init__(kinds, in_memory)
        self._hashing = hashing
        self._waiting: list[tuple[Numbers, Numbers]] = []
        self._held = 0

    def add(self, kind: str, rows: Iterable[int], values: Sequence[str], deleted: Iterable[int] | None = None) -> None:
        """Add identifiers of one kind: whose rows they are and, as bits, the kinds that those rows delete."""
        # What keeps kinds apart among texts is in the hash.
        hashes = self._hashing.of(kind, [value.removeprefix(f"{kind}:") for value in values])
        bits = None if deleted is None else np.fromiter(deleted, np.int64, len(values))
        self.add_hashes(kind, np.fromiter(rows, np.int64, len(values)), hashes, bits)

    def add_hashes(self, kind: str, rows: Numbers, hashes: Numbers, deleted: Numbers | None) -> None:
        """Add identifiers of one kind by their hashes."""
        words = (rows << ROW) + (self.kinds.index(kind) << KIND)
        if deleted is not None:
            words += deleted
        self._waiting.append((hashes, words))
        self._held += len(hashes)
        if self._held > _WAITING:
            self._flush()

    def resolve(self, last_row: int, tell: Callable[[int, int], None]) -> Clusters:
        """Return who shares a profile, and tell of each such row, in order, how many profiles it finds."""
        self._flush()
        return super().resolve(last_row, tell)

    def _flush(self) -> None:
        if not self._held:
            return
        hashes, words = (np.concatenate(some) for some in zip(*self._waiting, strict=True))
        self._waiting.clear()
        self._held = 0
        buckets = hashes.astype(np.uint8)
        order = np.argsort(buckets, kind="stable")
        pairs = np.stack((hashes[order], words[order]), axis=1)
        ends = np.cumsum(np.bincount(buckets, minlength=BUCKETS))
        self._pairs.extend_sorted(pairs.tobytes(), ends.tolist())

    def _repeats(self, hashes: "array[int]", words: "array[int]") -> "tuple[Sequence[int], Sequence[int]]":
        found = np.frombuffer(hashes, np.int64)
        in_order = np.sort(found)
        if (in_order[1:] != in_order[:-1]).all():
            return (), ()
        order = np.argsort(found, kind="stable")
        is_same = np.diff(found[order]) == 0
        some = np.sort(order[np.append(is_same, False) | np.append(False, is_same)])
        return found[some].tolist(), np.frombuffer(words, np.int64)[some].tolist()

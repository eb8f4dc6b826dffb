"""Which rows share a profile, found by whole arrays of identifiers."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from memory_imports.tables.clusters import KIND, ROW, Links
from memory_imports.tables.occurrences import BUCKETS, IN_MEMORY, Pairs
from memory_imports.tables.sharing import Clusters
from memory_imports.tables.vector.arrays import Numbers
from memory_imports.tables.vector.hashing import Hashing
from memory_imports.tables.vector.repeats import numbered, rows_of
from memory_imports.tables.vector.runs import Runs

if TYPE_CHECKING:
    from array import array

# So many identifiers are put into buckets at a time.
_WAITING = 1 << 17
# Some of the bits that do not name the bucket.
_NOT_OF_BUCKET, _FEW_BITS = 8, 0xFFFF


class VectorLinks(Links):
    """The same of identifiers that one `Hashing` has made numbers of."""

    def __init__(self, kinds: Sequence[str], hashing: Hashing, in_memory: int = IN_MEMORY) -> None:
        super().__init__(kinds, in_memory)
        self._hashing = hashing
        self._runs = Runs()
        self._is_packed = False
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
            self._deletes = True
        self._waiting.append((hashes, words))
        self._held += len(hashes)
        if self._held > _WAITING:
            self._flush()

    def resolve(self, last_row: int, tell: Callable[[int, int], None]) -> Clusters:
        """Return who shares a profile, and tell of each such row, in order, how many profiles it finds."""
        self._flush()
        return super().resolve(last_row, tell)

    def _number(self, repeated: Pairs, last_row: int, kinds: "array[int]") -> None:
        """Give each identifier of several rows a number, and put the words of its entries with it."""
        for hashes, words in self._buckets():
            # Nearly all are alone: what shares no number of few bits with another need not be sorted to know that.
            few = hashes >> _NOT_OF_BUCKET & _FEW_BITS
            where = np.flatnonzero(np.bincount(few)[few] > 1)
            found = hashes[where]
            in_order = np.sort(found)
            if (in_order[1:] != in_order[:-1]).all():
                continue
            order = np.argsort(found, kind="stable")
            entries, links, of_each = numbered(found[order], words[where[order]], len(kinds))
            kinds.frombytes(of_each.tobytes())
            buckets = (entries >> ROW) * BUCKETS // (last_row + 1)
            order = np.argsort(buckets, kind="stable")
            pairs = np.stack((entries[order], links[order]), axis=1)
            repeated.extend_sorted(pairs.tobytes(), np.cumsum(np.bincount(buckets, minlength=BUCKETS)).tolist())

    @staticmethod
    def _rows(words: "array[int]", links: "array[int]") -> Iterator[tuple[int, list[int], int]]:
        """Yield each row, its identifiers and the kinds that it deletes, in order."""
        return rows_of(np.asarray(words), np.asarray(links))

    def _buckets(self) -> Iterator[tuple[Numbers, Numbers]]:
        if not self._is_packed:
            yield from self._runs.buckets()
            return
        self._pack()
        for hashes, words in self._pairs:
            yield np.asarray(hashes), np.asarray(words)

    def _flush(self) -> None:
        if not self._held:
            return
        self._runs.add(*(np.concatenate(some) for some in zip(*self._waiting, strict=True)))
        self._waiting.clear()
        self._held = 0
        if self._runs.count > self._in_memory:
            self._pack()

    def _pack(self) -> None:
        self._is_packed = True
        for pairs, ends in self._runs.take():
            self._pairs.extend_sorted(pairs, ends)

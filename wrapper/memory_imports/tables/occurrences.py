"""Pairs of 64-bit numbers, sorted into buckets; beyond half a million they wait in a private, nameless file."""

import tempfile
from array import array
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from memory_imports.tables.aside import put_aside

BUCKETS = 256
IN_MEMORY = 1 << 19
_LISTED = 1 << 15
# The length of a pair in bytes.
_PAIR = 16


class Pairs:
    """Pairs put into numbered buckets, and given back a bucket at a time, in the order of its number."""

    def __init__(self, in_memory: int = IN_MEMORY) -> None:
        self._in_memory = in_memory
        self._buckets = [array("q") for _ in range(BUCKETS)]
        self._held = 0
        # Pairs go into lists first: one by one these take them sooner.
        self._lists: list[list[int]] = [[] for _ in range(BUCKETS)]
        self._extend = [some.extend for some in self._lists]
        self._listed = 0
        self._file: BinaryIO | None = None
        # Where in the file each bucket's runs are, and how long, in bytes.
        self._runs: list[list[tuple[int, int]]] = [[] for _ in range(BUCKETS)]

    def extend(self, places: Iterable[int], pairs: Iterable[tuple[int, int]], count: int) -> None:
        """Put so many pairs into the buckets of these numbers."""
        extend = self._extend
        for place, pair in zip(places, pairs, strict=True):
            extend[place](pair)
        self._listed += count
        if self._listed > min(_LISTED, self._in_memory):
            self._pack()

    def extend_sorted(self, pairs: bytes, ends: Iterable[int]) -> None:
        """Put pairs into the buckets that come sorted by bucket; ``ends`` counts those up to the end of each."""
        self._pack()
        begin = 0
        for bucket, end in zip(self._buckets, ends, strict=True):
            if end > begin:
                bucket.frombytes(pairs[begin * _PAIR : end * _PAIR])
                begin = end
        self._held += begin
        if self._held > self._in_memory:
            self._spill()

    def __iter__(self) -> "Iterator[tuple[array[int], array[int]]]":
        """Yield the first and the second numbers of each bucket's pairs, as they were put in."""
        self._pack()
        for bucket, runs in zip(self._buckets, self._runs, strict=True):
            both = array("q")
            for offset, length in runs:
                assert self._file is not None  # noqa: S101 - there are no runs without it
                self._file.seek(offset)
                both.frombytes(self._file.read(length))
            both += bucket
            yield both[::2], both[1::2]

    def close(self) -> None:
        """Forget everything."""
        if self._file is not None:
            self._file.close()

    def _pack(self) -> None:
        for bucket, some in zip(self._buckets, self._lists, strict=True):
            bucket.fromlist(some)
            some.clear()
        self._held += self._listed
        self._listed = 0
        if self._held > self._in_memory:
            self._spill()

    def _spill(self) -> None:
        with put_aside():
            if self._file is None:
                self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by `close`
            end = self._file.seek(0, 2)
            for bucket, runs in zip(self._buckets, self._runs, strict=True):
                bucket.tofile(self._file)
                length = len(bucket) * bucket.itemsize
                runs.append((end, length))
                end += length
                del bucket[:]
            self._file.flush()
        self._held = 0

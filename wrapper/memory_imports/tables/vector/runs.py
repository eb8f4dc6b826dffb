"""Pairs of 64-bit numbers as arrays, each sorted by the bucket that its pairs belong to."""

from collections.abc import Iterator

import numpy as np

from memory_imports.tables.occurrences import BUCKETS
from memory_imports.tables.vector.arrays import Numbers


class Runs:
    """Pairs in buckets by the lowest byte of their first number; ``count`` says how many there are."""

    def __init__(self) -> None:
        self.count: int = 0
        # First numbers above second ones; where each bucket begins, and where the last one ends.
        self._runs: list[tuple[Numbers, list[int]]] = []

    def add(self, first: Numbers, second: Numbers) -> None:
        """Put pairs into their buckets."""
        buckets = first.astype(np.uint8)
        order = np.argsort(buckets, kind="stable")
        both = np.empty((2, len(first)), np.int64)
        np.take(first, order, out=both[0])
        np.take(second, order, out=both[1])
        ends = np.cumsum(np.bincount(buckets, minlength=BUCKETS))
        self._runs.append((both, [0, *ends.tolist()]))
        self.count += len(first)

    def buckets(self) -> Iterator[tuple[Numbers, Numbers]]:
        """Yield the first and the second numbers of each bucket's pairs, as they were put in."""
        for bucket in range(BUCKETS if self._runs else 0):
            some = [both[:, begins[bucket] : begins[bucket + 1]] for both, begins in self._runs]
            yield np.concatenate([each[0] for each in some]), np.concatenate([each[1] for each in some])

    def take(self) -> Iterator[tuple[bytes, list[int]]]:
        """Yield what was put in as `Pairs.extend_sorted` takes it, and forget it."""
        for both, begins in self._runs:
            yield both.T.tobytes(), begins[1:]
        self._runs.clear()
        self.count = 0

"""Identifiers as 64-bit numbers: the same for cells of a text and for values that were read one by one.

The numbers are drawn anew for each job. Two values that meet by chance would be taken for one person's: with ten
million of them the chance of that is one in three hundred thousand.
"""

import secrets
from collections.abc import Sequence

import numpy as np

from memory_imports.tables.vector.arrays import Numbers, Words, bytes_of, slices, words_of

_HALF, _THIRD = np.uint64(32), np.uint64(29)


class Hashing:
    """One way of hashing, unlike any other. What is added to a hash is nothing for a word of zeros."""

    def __init__(self) -> None:
        self._factors = [_odd()]
        self._seeds: dict[str, np.uint64] = {}

    def begin(self, kind: str, length: Numbers) -> Words:
        """Return the hashes of nothing yet, for values of this kind that have so many bytes."""
        # In one step: threads that meet here must go on with the same one.
        seed = self._seeds.setdefault(kind, _odd())
        return length.astype(np.uint64) * self._factors[0] ^ seed

    def add(self, hashes: Words, words: Words, number: int) -> None:
        """Add the word of this number of each value, changing both."""
        while len(self._factors) < number + 2:
            self._factors.append(_odd())
        words *= self._factors[number + 1]
        words ^= words >> _HALF
        words *= self._factors[0]
        words ^= words >> _THIRD
        hashes += words

    def end(self, hashes: Words) -> Numbers:
        """Return the hashes of all that was added."""
        hashes ^= hashes >> _HALF
        hashes *= self._factors[0]
        hashes ^= hashes >> _THIRD
        return hashes.view(np.int64)

    def of(self, kind: str, values: Sequence[str]) -> Numbers:
        """Return the hashes of these values."""
        texts = [value.encode("utf-8", "surrogatepass") for value in values]
        length = np.fromiter(map(len, texts), np.int64, len(texts))
        words = words_of(bytes_of(b"".join(texts), int(length.max(initial=0))))
        hashes = self.begin(kind, length)
        for number, some in enumerate(slices(np.cumsum(length) - length, length)):
            self.add(hashes, some.of(words), number)
        return self.end(hashes)


def _odd() -> np.uint64:
    return np.uint64(secrets.randbits(64) | 1)

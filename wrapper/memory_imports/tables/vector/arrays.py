"""Bytes of a text as arrays, and eight of them at a time, from any place on, as one number."""

from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

Bytes: TypeAlias = NDArray[np.uint8]
Numbers: TypeAlias = NDArray[np.int64]
Words: TypeAlias = NDArray[np.uint64]
Flags: TypeAlias = NDArray[np.bool_]

WORD = 8
_MASKS: Words = np.array([(1 << 8 * some) - 1 for some in range(WORD + 1)], dtype=np.uint64)


def bytes_of(text: bytes, beyond: int) -> Bytes:
    """Return a text as an array that may be read so many bytes, and a word, beyond its end."""
    return np.frombuffer(text + bytes(beyond + WORD), np.uint8)


def words_of(data: Bytes) -> Words:
    """Return eight bytes as a number for each place where they start."""
    return np.ndarray((len(data) - WORD + 1,), "<u8", data, strides=(1,))


class Slice(NamedTuple):
    """Eight bytes of each cell: where they begin, and what of them is still in the cell if that is not all."""

    places: Numbers
    mask: Words | None

    def of(self, words: Words) -> Words:
        """Return the slice of a text, with zeros where a cell has ended."""
        found = words[self.places]
        if self.mask is not None:
            found &= self.mask
        return found


def slices(begin: Numbers, length: Numbers) -> Iterator[Slice]:
    """Yield all of these cells, eight bytes at a time."""
    if not len(length):
        return
    shortest, longest = int(length.min()), int(length.max())
    for done in range(0, longest, WORD):
        mask = None
        if shortest < done + WORD:
            mask = _MASKS[np.minimum(np.maximum(length - done, 0), WORD)]
        yield Slice(begin + done, mask)


def every(byte: int) -> np.uint64:
    """Return a word of this byte eight times."""
    return np.uint64(int.from_bytes(bytes([byte]) * WORD, "little"))


def translated(words: Words, table: bytes) -> Words:
    """Return words of what a table has for each byte."""
    return np.frombuffer(words.tobytes().translate(table), words.dtype)


def which(flags: Flags) -> Numbers | slice:
    """Return the numbers of those that are set, or all: what is taken by those needs no copy."""
    return slice(None) if flags.all() else np.flatnonzero(flags)


def held(begin: Numbers, end: Numbers, places: Numbers) -> Numbers:
    """Return the numbers of the cells that hold these places; cells are given in order."""
    cells = np.searchsorted(end, places, side="right")
    cells, places = cells[cells < len(end)], places[cells < len(end)]
    return cells[begin[cells] <= places]

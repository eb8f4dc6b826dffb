"""Identifiers of several rows, by whole arrays: a number for each, and then the rows, each with its numbers."""

from collections.abc import Iterator

import numpy as np

from memory_imports.tables.clusters import KIND, KINDS, ROW
from memory_imports.tables.vector.arrays import Bytes, Numbers

# So many rows become Python's numbers at a time.
_AT_ONCE = 1 << 14


def numbered(hashes: Numbers, words: Numbers, first: int) -> tuple[Numbers, Numbers, Bytes]:
    """Return the words of identifiers in several rows, a number for each that says which one, and the kinds by number.

    ``hashes`` are sorted; numbers go on from ``first``.
    """
    begins = _begins(hashes)
    rows = words >> ROW
    is_of_several = np.minimum.reduceat(rows, begins) < np.maximum.reduceat(rows, begins)
    lengths = np.diff(np.append(begins, len(hashes)))
    numbers = np.repeat(np.cumsum(is_of_several) - 1 + first, lengths)
    chosen = np.repeat(is_of_several, lengths)
    kinds = (words[begins[is_of_several]] >> KIND & KINDS).astype(np.uint8)
    return words[chosen], numbers[chosen], kinds


def rows_of(words: Numbers, links: Numbers) -> Iterator[tuple[int, list[int], int]]:
    """Yield each row, its identifiers and the kinds that it deletes, in order."""
    order = np.argsort(words, kind="stable")
    words, links = words[order], links[order]
    begins = _begins(words >> ROW)
    for at in range(0, len(begins), _AT_ONCE):
        some = begins[at : at + _AT_ONCE]
        start = int(some[0])
        end = int(begins[at + _AT_ONCE]) if at + _AT_ONCE < len(begins) else len(words)
        numbers = links[start:end].tolist()
        places = [*(some - start).tolist(), end - start]
        heads = words[some]
        for place, (row, deleted) in enumerate(zip((heads >> ROW).tolist(), (heads & KINDS).tolist(), strict=True)):
            of_row = numbers[places[place] : places[place + 1]]
            yield row, of_row if len(of_row) == 1 else list(dict.fromkeys(of_row)), deleted


def _begins(numbers: Numbers) -> Numbers:
    """Return where each run of the same number begins."""
    is_new = np.append(True, numbers[1:] != numbers[:-1])
    return np.flatnonzero(is_new[: len(numbers)])

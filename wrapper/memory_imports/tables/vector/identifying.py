"""Identifiers that are good as they stand, and their hashes: emails and phones checked eight bytes at a time."""

from typing import TYPE_CHECKING, cast

import numpy as np
from attrs import frozen

from memory_imports.tables.clusters import Links
from memory_imports.tables.identified import Going
from memory_imports.tables.vector.arrays import Flags, Numbers, every, slices, translated
from memory_imports.tables.vector.hashing import Hashing
from memory_imports.tables.vector.text import AT, CLASSES, DOT, NO_DIGIT, NOT_IN_EMAIL, UPPER, Cells

if TYPE_CHECKING:
    from memory_imports.tables.vector.links import VectorLinks

_SHORTEST_PHONE, _LONGEST_PHONE = 8, 16
_ASCII = 0x7F
_AT, _UPPER, _NO_DIGIT, _NOT_IN_EMAIL = map(every, (AT, UPPER, NO_DIGIT, NOT_IN_EMAIL))
_BUT_FIRST = ~np.uint64(0xFF)
_BYTE, _BUT_ONE, _DOT_TO_AT = np.uint64(8), np.uint64(56), np.uint64((DOT // AT).bit_length() - 1)


@frozen(eq=False)
class Hashed:
    """Identifiers of one kind by their hashes, with the numbers of their cells."""

    where: Numbers
    hashes: Numbers

    def link(self, links: Links, kind: str, going: Going) -> None:
        """Keep those of the rows that go in."""
        where, hashes = self.where, self.hashes
        if going.out:
            stays = np.ones(len(going.places), np.bool_)
            stays[list(going.out)] = False
            where, hashes = where[stays[where]], hashes[stays[where]]
        deleted = None
        if going.forgotten:
            bits = np.zeros(len(going.places), np.int64)
            bits[list(going.forgotten)] = list(going.forgotten.values())
            deleted = bits[where]
        cast("VectorLinks", links).add_hashes(kind, where + going.first_row, hashes, deleted)


def read(kind: str, cells: Cells, hashing: Hashing) -> tuple[Flags, Numbers]:
    """Return which of these cells, none of them blank or long, are good as they stand, and their hashes."""
    return {"email": _emails, "phone": _phones}.get(kind, _others)(kind, cells, hashing)


def _emails(kind: str, cells: Cells, hashing: Hashing) -> tuple[Flags, Numbers]:
    text, begin, length = cells.text, cells.begin, cells.length
    hashes = hashing.begin(kind, length)
    found, dotted = np.zeros_like(hashes), np.zeros_like(hashes)
    carried = np.zeros_like(hashes)
    signs = np.zeros(len(begin), np.uint8)
    for number, some in enumerate(slices(begin, length)):
        words = some.of(text.words)
        classes = translated(words, CLASSES)
        found |= classes
        at = classes & _AT
        signs += np.bitwise_count(at)
        # What stands behind an @ is the next byte, or the first one of the next word.
        dotted |= (at << _BYTE | carried) & classes >> _DOT_TO_AT
        carried = at >> _BUT_ONE
        words |= classes & _UPPER
        hashing.add(hashes, words, number)
    first, last = text.data[begin], text.data[cells.end - 1]
    good = ((found & _NOT_IN_EMAIL) == 0) & (signs == 1) & ((dotted & _AT) == 0)
    good &= (first != ord("@")) & (last != ord("@")) & (last != ord("."))
    return good, hashing.end(hashes)


def _phones(kind: str, cells: Cells, hashing: Hashing) -> tuple[Flags, Numbers]:
    text, begin, length = cells.text, cells.begin, cells.length
    hashes = hashing.begin(kind, length)
    found = np.zeros_like(hashes)
    # The first character is no digit.
    for number, some in enumerate(slices(begin, length)):
        words = some.of(text.words)
        classes = translated(words, CLASSES)
        found |= classes if number else classes & _BUT_FIRST
        hashing.add(hashes, words, number)
    inner = begin + 1
    good = ((found & _NO_DIGIT) == 0) & (text.data[begin] == ord("+")) & (text.data[inner] != ord("0"))
    good &= (length >= _SHORTEST_PHONE) & (length <= _LONGEST_PHONE)
    return good, hashing.end(hashes)


def _others(kind: str, cells: Cells, hashing: Hashing) -> tuple[Flags, Numbers]:
    """Read what is only trimmed: no such cell begins with a space."""
    text, begin, length = cells.text, cells.begin, cells.length
    hashes = hashing.begin(kind, length)
    for number, some in enumerate(slices(begin, length)):
        hashing.add(hashes, some.of(text.words), number)
    last = text.data[cells.end - 1]
    return (last > ord(" ")) & (last <= _ASCII), hashing.end(hashes)

"""A text as arrays, and the cells of one of its columns."""

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from attrs import define, frozen

from memory_imports.tables.facts import Dialect
from memory_imports.tables.reader import Spot
from memory_imports.tables.vector.arrays import Bytes, Flags, Numbers, Words, held, words_of

# An identifier of more bytes goes the way of plain Python.
LONGEST = 64
# What a byte is in an identifier. The bit of an upper case letter is the one that makes it a lower case one.
AT, DOT, NO_DIGIT, NOT_IN_EMAIL, UPPER = 1, 2, 4, 8, 0x20
# What starts the characters from U+0240 on, but for those from U+0300 to U+033F: some are no Latin letters.
_MAYBE_UNCLEAR = (0xC9, 0xCA, 0xCB, *range(0xCD, 0x100))


def _classes() -> bytes:
    found = bytearray(256)
    # No text has a NUL: it stands for what is behind the end of a cell, and is nothing.
    for byte in range(1, 256):
        character = chr(byte)
        found[byte] |= AT * (character == "@")
        found[byte] |= DOT * (character == ".")
        found[byte] |= NO_DIGIT * (character not in "0123456789")
        found[byte] |= NOT_IN_EMAIL * (byte <= ord(" ") or byte >= 0x80 or character in '<>,;:"()[]\\')  # noqa: PLR2004 - ASCII
        found[byte] |= UPPER * ("A" <= character <= "Z")
    return bytes(found)


CLASSES = _classes()
_STARTS_UNCLEAR = np.zeros(256, np.bool_)
_STARTS_UNCLEAR[[*_MAYBE_UNCLEAR]] = True


@define(kw_only=True, eq=False, slots=False)
class Text:
    """Whole records: where they stand, where lines end if some do so inside of cells, which bytes are no ASCII."""

    text: bytes
    data: Bytes
    at: Spot
    dialect: Dialect
    quoted: bool
    line_ends: Numbers | None
    beyond_ascii: Numbers

    @cached_property
    def words(self) -> Words:
        """Eight bytes from each place on."""
        return words_of(self.data)

    @cached_property
    def by_byte(self) -> str:
        """The text with a character for each of its bytes, as long as it is ASCII the one that it is."""
        return self.text.decode("latin-1")

    @cached_property
    def unclear(self) -> Numbers:
        """Where characters may start that are not Latin letters."""
        return self.beyond_ascii[_STARTS_UNCLEAR[self.data[self.beyond_ascii]]]


@frozen(eq=False, slots=False)
class Cells:
    """Cells of one column: where each begins and ends, without its quotes, and whether it has any."""

    text: Text
    begin: Numbers
    end: Numbers
    quoted: Flags | None

    @cached_property
    def length(self) -> Numbers:
        """Their lengths in bytes."""
        return self.end - self.begin

    def some(self, which: Numbers | slice) -> "Cells":
        """Return those of these numbers."""
        quoted = None if self.quoted is None else self.quoted[which]
        return Cells(self.text, self.begin[which], self.end[which], quoted)

    def texts(self) -> Sequence[str]:
        """Return what is in them."""
        # A character for each byte: most cells are cut out of that as they are.
        text = self.text.by_byte
        found: list[str] = [text[a:b] for a, b in zip(self.begin.tolist(), self.end.tolist(), strict=True)]
        beyond: list[int] = np.unique(held(self.begin, self.end, self.text.beyond_ascii)).tolist()
        for at in beyond:
            found[at] = found[at].encode("latin-1").decode()
        if self.quoted is not None:
            for at in np.flatnonzero(self.quoted).tolist():
                found[at] = found[at].replace('""', '"')
        return found

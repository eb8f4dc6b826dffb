"""What the values of a column look like, counted over the first rows. Keeps counts, never a value."""

import re
from collections.abc import Iterable, Sequence
from itertools import islice

from attrs import define

SAMPLE = 300

_EMAIL = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@.<>,;]{2,}")
# Shops write an apostrophe before numbers, to keep spreadsheets from counting with them.
_PHONE = re.compile(r"'?\+?[\d\s()./-]{6,25}(?:\s?(?:x|ext\.?)\s?\d{1,6})?", re.IGNORECASE)
_INTERNATIONAL = re.compile(r"'?(?:\+|00)[1-9][\d\s()./-]{6,20}")
_DIGITS = range(6, 16)

# What a column's values are taken to be, if so many of them are; and what they are taken not to be.
_NEARLY_ALL = 0.9
_HALF = 0.5


@define
class Shape:
    """How many rows were seen, how many cells were filled, and how many of those look like what."""

    rows: int = 0
    filled: int = 0
    emails: int = 0
    phones: int = 0
    international: int = 0

    def add(self, value: str) -> None:
        """Count one cell."""
        self.rows += 1
        text = value.strip()
        if not text:
            return
        self.filled += 1
        if _EMAIL.fullmatch(text):
            self.emails += 1
        elif _PHONE.fullmatch(text) and sum(map(str.isdigit, text)) in _DIGITS:
            self.phones += 1
            self.international += _INTERNATIONAL.fullmatch(text) is not None

    @property
    def blank(self) -> bool:
        """Whether there are rows, and nothing in any of them."""
        return self.rows > 0 and not self.filled

    def mostly(self, count: int) -> bool:
        """Whether nearly all of the filled cells are among so many."""
        return self.filled > 0 and count >= _NEARLY_ALL * self.filled

    def hardly(self, count: int) -> bool:
        """Whether fewer than half of the filled cells are among so many."""
        return count < _HALF * self.filled


def shapes(columns: int, rows: Iterable[Sequence[str]]) -> list[Shape]:
    """Return the shape of each column over the first rows; cells beyond a short row count as none."""
    found = [Shape() for _ in range(columns)]
    for row in islice(rows, SAMPLE):
        for shape, value in zip(found, row, strict=False):
            shape.add(value)
    return found


def is_data(name: str) -> bool:
    """Whether what should be a column's name is a person's email address or phone number."""
    text = name.strip()
    return bool(_EMAIL.fullmatch(text) or (_INTERNATIONAL.fullmatch(text) and "+" in text))

"""Identifiers of one kind in one column, and whose they are."""

from collections.abc import Mapping, Sequence
from itertools import compress
from typing import TYPE_CHECKING, Protocol

from attrs import frozen

if TYPE_CHECKING:
    from memory_imports.tables.clusters import Links


@frozen(kw_only=True)
class Going:
    """Which rows go in: of those that were looked at, each one's place; the places that stay out; what they forget.

    Places are counted from ``first_row``. ``forgotten`` are the kinds of identifiers that a row deletes, as bits, by
    its number among those that were looked at.
    """

    first_row: int
    places: Sequence[int]
    out: set[int]
    forgotten: Mapping[int, int]


class Identifiers(Protocol):
    """Identifiers of one kind that were looked at."""

    def link(self, links: "Links", kind: str, going: Going) -> None:
        """Keep those of the rows that go in."""


@frozen
class Texts:
    """As texts, the way they are compared, with the numbers of their cells among those that were looked at."""

    where: Sequence[int]
    values: Sequence[str]

    def link(self, links: "Links", kind: str, going: Going) -> None:
        """Keep those of the rows that go in."""
        where, values = self.where, self.values
        if going.out:
            stay = [going.places[at] not in going.out for at in where]
            where, values = list(compress(where, stay)), list(compress(values, stay))
        if isinstance(where, range) and isinstance(going.places, range):
            rows: Sequence[int] = range(going.first_row, going.first_row + len(where))
        else:
            rows = [going.first_row + going.places[at] for at in where]
        links.add(kind, rows, values, [going.forgotten.get(at, 0) for at in where] if going.forgotten else None)

    def of(self, places: Sequence[int]) -> "Texts":
        """Return the same where the cells that were looked at have these numbers among others."""
        return Texts([places[at] for at in self.where], self.values)

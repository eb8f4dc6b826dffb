"""Rows into parts: none over the limits, rows that share a profile in the order of the file.

A part is known by its layer and by which mappings its rows go to. A row that goes to other mappings than the row before
it of the same profile is a layer higher, and waits for what is below: so no part ever waits for itself.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from attrs import define, field

from memory_imports.errors import FileRefused, Problem
from memory_imports.tables.rules import Rules
from memory_imports.tables.spool import Sheet

# Imports that wait for each other in turn: more of them would take days.
MOST_GROUPS = 64


class Group(NamedTuple):
    """What the rows of a part have in common: ``filled`` has a bit for each mapping that they go to."""

    layer: int
    filled: int


class Place(NamedTuple):
    """Where a row comes from and where it goes: ``profile`` is the number of what it shares with other rows, if any."""

    file: str
    number: int
    row: int
    filled: int
    profile: int | None


@define(kw_only=True, eq=False)
class Piece:
    """A part in the making."""

    group: Group
    file: int
    page: Sheet
    first_row: int
    last_row: int
    after: "dict[Piece, None]" = field(factory=dict["Piece", None])


class Cutter:
    """Takes rows in the order of the files; ``make`` begins a part for a group, with its header."""

    def __init__(self, rules: Rules, make: Callable[[Group], Sheet]) -> None:
        self.pieces: list[Piece] = []
        self._rules, self._make = rules, make
        self._open: dict[Group, Piece] = {}
        self._groups: dict[Group, None] = {}
        self._last: dict[int, Piece] = {}

    def begin(self) -> None:
        """Begin another file: no part holds rows of two."""
        self._open.clear()

    def take(self, place: Place, record: bytes) -> None:
        """Put a row, written down with its line end, where it belongs.

        Raises:
            FileRefused: It fits into no part, or there are too many kinds of rows.
        """
        before = None if place.profile is None else self._last.get(place.profile)
        group = Group(_layer(before, place.filled), place.filled)
        piece = self._open.get(group)
        if piece is None or not self._fits(piece.page, record):
            piece = self._another(group, place, record)
        if before is not None and before is not piece:
            piece.after[before] = None
        if place.profile is not None:
            self._last[place.profile] = piece
        piece.page.add(record)
        piece.last_row = place.row

    def ordered(self) -> Iterator[Piece]:
        """Yield the parts, each after all that it waits for."""
        yield from sorted(self.pieces, key=lambda piece: piece.group.layer)

    def _fits(self, page: Sheet, record: bytes) -> bool:
        return page.size + len(record) <= self._rules.max_bytes and page.rows < self._rules.max_rows

    def _another(self, group: Group, place: Place, record: bytes) -> Piece:
        self._groups[group] = None
        if len(self._groups) > MOST_GROUPS:
            raise _refused(
                place,
                "too_many_groups",
                f"more than {MOST_GROUPS} imports would be needed to keep what is stored, one for each set of columns "
                "that rows fill, and more where rows of one person differ in it; map fewer columns, or say "
                "--blank overwrite or --blank delete.",
            )
        page = self._make(group)
        if not self._fits(page, record):
            message = f"the row has {len(record)} bytes, more than an import can hold; shorten it."
            raise _refused(place, "long_record", message)
        piece = Piece(group=group, file=place.number, page=page, first_row=place.row, last_row=place.row)
        self.pieces.append(piece)
        self._open[group] = piece
        return piece


def _layer(before: Piece | None, filled: int) -> int:
    if before is None:
        return 0
    return before.group.layer + (before.group.filled != filled)


def _refused(place: Place, code: str, message: str) -> FileRefused:
    problem = Problem(code=code, severity="error", file=place.file, row=place.row, message=message)
    return FileRefused(f"{place.file}, row {place.row}: {message}", problems=[problem], counts={code: 1})

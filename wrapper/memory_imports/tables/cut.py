"""Rows into parts: none over the limits, rows that share a profile in the order of the file.

A part is known by its layer and by which mappings its rows go to. A row that goes to other mappings than the row before
it of the same profile is a layer higher, and waits for what is below: so no part ever waits for itself.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from attrs import define, field

from memory_imports.errors import FileRefused, Problem
from memory_imports.tables.facts import Scanned
from memory_imports.tables.rules import Rules
from memory_imports.tables.sparse import Sparse
from memory_imports.tables.spool import Sheet

# Imports that wait for each other in turn: more of them would take days.
MOST_GROUPS = 64


class Group(NamedTuple):
    """What the rows of a part have in common: ``filled`` has a bit for each mapping that they go to."""

    layer: int
    filled: int


@define(kw_only=True, eq=False)
class Piece:
    """A part in the making; ``number`` counts from 1 in the order in which they were begun."""

    number: int
    group: Group
    file: int
    page: Sheet
    first_row: int
    last_row: int
    after: "dict[Piece, None]" = field(factory=dict["Piece", None])


class Cutter:
    """Takes rows in the order of the files."""

    def __init__(self, rules: Rules) -> None:
        self.pieces: list[Piece] = []
        self._rules = rules
        self._open: dict[Group, Piece] = {}
        self._groups: dict[Group, None] = {}
        # The number of the part with the last row of each profile; there may be as many as rows, so in few bytes.
        self._last = Sparse()

    def begin(self, file: Scanned, number: int, make: Callable[[Group], Sheet]) -> None:
        """Begin another file: no part holds rows of two. ``make`` begins a part for a group, with its header."""
        self._open.clear()
        self._file, self._number, self._make = file, number, make

    def take(self, row: int, filled: int, record: bytes) -> None:
        """Put a row, written down with its line end, where it belongs.

        Raises:
            FileRefused: It fits into no part, or there are too many kinds of rows.
        """
        profile = self._file.shared(row)
        before = None if profile is None else self._before(profile)
        group = Group(_layer(before, filled), filled)
        piece = self._open.get(group)
        if piece is None or not self._fits(piece.page, record, 1):
            piece = self._another(group, row, record)
        if profile is not None:
            self._follow(piece, profile)
        piece.page.add(record, 1)
        piece.last_row = row

    def take_all(self, rows: Sequence[int], filled: int, records: bytes) -> bool:
        """Put rows that follow each other where they belong if that is one part, which has begun; say whether it is."""
        piece = self._open.get(Group(0, filled))
        if piece is None or not self._fits(piece.page, records, len(rows)):
            return False
        profiles = [profile for _, profile in self._file.sharing(rows[0], rows[-1])]
        # Where all rows went to the same mappings so far, none is in another layer.
        if len(self._groups) > 1 and any(_layer(self._before(profile), filled) for profile in profiles):
            return False
        for profile in profiles:
            self._follow(piece, profile)
        piece.page.add(records, len(rows))
        piece.last_row = rows[-1]
        return True

    def ordered(self) -> Iterator[Piece]:
        """Yield the parts, each after all that it waits for."""
        yield from sorted(self.pieces, key=lambda piece: piece.group.layer)

    def _fits(self, page: Sheet, records: bytes, rows: int) -> bool:
        return page.size + len(records) <= self._rules.max_bytes and page.rows + rows <= self._rules.max_rows

    def _follow(self, piece: Piece, profile: int) -> None:
        """Have a part wait for the one that has the rows of a profile before."""
        before = self._last[profile]
        if before == piece.number:
            return
        if before:
            piece.after[self.pieces[before - 1]] = None
        self._last[profile] = piece.number

    def _before(self, profile: int) -> Piece | None:
        """Return the part with the last row of a profile so far, None before its first."""
        number = self._last[profile]
        return self.pieces[number - 1] if number else None

    def _another(self, group: Group, row: int, record: bytes) -> Piece:
        self._groups[group] = None
        if len(self._groups) > MOST_GROUPS:
            raise self._refused(
                row,
                "too_many_groups",
                f"more than {MOST_GROUPS} imports would be needed to keep what is stored, one for each set of columns "
                "that rows fill, and more where rows of one person differ in it; map fewer columns, or choose "
                "--blank overwrite or delete.",
            )
        page = self._make(group)
        if not self._fits(page, record, 1):
            message = f"the row has {len(record)} bytes, more than an import can hold; shorten it."
            raise self._refused(row, "long_record", message)
        number = len(self.pieces) + 1
        piece = Piece(number=number, group=group, file=self._number, page=page, first_row=row, last_row=row)
        self.pieces.append(piece)
        self._open[group] = piece
        return piece

    def _refused(self, row: int, code: str, message: str) -> FileRefused:
        file = self._file.name
        problem = Problem(code=code, severity="error", file=file, row=row, message=message)
        return FileRefused(f"{file}, row {row}: {message}", problems=[problem], counts={code: 1})


def _layer(before: Piece | None, filled: int) -> int:
    if before is None:
        return 0
    return before.group.layer + (before.group.filled != filled)

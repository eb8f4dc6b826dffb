"""What is known of a file once it has been read, and what is to be sent of it. Data only; nothing here reads.

Rows are data records counted from 1, lines are physical lines counted from 1, the header being line 1. Sizes and
offsets are in bytes.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import BinaryIO

from attrs import astuple, field, frozen

from memory_imports.errors import Problem
from memory_imports.models import ColumnMapping
from memory_imports.tables.rules import Blank


@frozen(kw_only=True)
class Dialect:
    """How a file is written: its encoding by Python's name, its delimiter, what ends a line (LF, CRLF or CR).

    A file whose ``form`` is not CSV has only that, and the sheet that is read of it, if it has sheets.
    """

    encoding: str = "utf-8"
    marked: bool = False  # starts with a byte order mark
    delimiter: str = ","
    line_end: str = "\n"
    form: str = "CSV file"
    sheet: str | None = None


@frozen(kw_only=True)
class Extent:
    """A run of whole records: ``rows`` of them from ``first_row`` on, in ``length`` bytes at ``offset`` of the file.

    ``offset`` and ``length`` count bytes of the file only where the file is sent as it stands.
    """

    offset: int
    length: int
    first_row: int
    first_line: int
    rows: int


@frozen(kw_only=True)
class Forecast:
    """What the rows would do to an empty store: each creates, updates or merges profiles; deletes are of traits."""

    creates: int = 0
    updates: int = 0
    merges: int = 0
    deletes: int = 0


@frozen(kw_only=True)
class Scanned:
    """What one pass found in one file.

    ``rejected`` says of a row whether it would not go in; ``shared`` gives for a
    row the number of the profile that it shares with another row of the job, None for a row that shares none, and
    ``sharing`` the rows from one to another that share one, with it; ``blanks`` counts blank cells of each mapped
    column; ``groups`` counts, for the policy that keeps stored values, the rows of each set of filled columns (a bit a
    mapping, the lowest the first); ``rewrite`` says why the file cannot be sent as it stands, in words, and is empty
    where it can.
    """

    name: str
    size: int
    dialect: Dialect
    header: tuple[str, ...]
    header_bytes: int
    rows: int
    rejects: int
    rejected: Callable[[int], bool] = field(repr=False)
    shared: Callable[[int], int | None] = field(repr=False)
    sharing: Callable[[int, int], Iterable[tuple[int, int]]] = field(repr=False)
    extents: Sequence[Extent] = field(repr=False)
    blanks: Mapping[str, int]
    groups: Mapping[int, int]
    rewrite: tuple[str, ...]


@frozen(kw_only=True)
class PlannedPart:
    """One import to come: what it sends, which rows of which file that is, and which parts must have ended before.

    ``rows`` counts the records that are sent; where some between ``first_row`` and ``last_row`` are rejected or in
    another part it is less than their span. ``after`` holds indexes of earlier parts of the plan.
    ``open`` gives the bytes from the start each time; ``stamp`` and ``expected`` tell whether the source behind them is
    still the one that was read, as in `memory_imports._body.Body`; ``discard`` removes a private copy, if there is one.
    """

    index: int
    file: str
    filename: str
    first_row: int
    last_row: int
    rows: int
    size: int
    sha256: str
    mappings: tuple[ColumnMapping, ...]
    after: tuple[int, ...] = ()
    open: Callable[[], AbstractContextManager[BinaryIO]] = field(repr=False)
    stamp: Callable[[BinaryIO], object] = field(repr=False, default=lambda _: None)
    expected: object = field(repr=False, default=None)
    discard: Callable[[], None] = field(repr=False, default=lambda: None)

    @property
    def sent(self) -> tuple[str, list[tuple[str, ...]]]:
        """What tells it from other parts by what it sends, fit for JSON: the digest of the bytes, and the mappings."""
        return (self.sha256, sorted(astuple(mapping) for mapping in self.mappings))


@frozen(kw_only=True)
class ColumnFacts:
    """What a mapped column holds and what the policy does to its blank cells."""

    file: str
    column: str
    target: str
    blank_cells: int


@frozen(kw_only=True)
class Plan:
    """What a run would do: ``rows`` and ``bytes`` are those to be sent, ``rejects`` the rows that stay out.

    ``key`` tells one job from another by what is sent: the bytes of the parts and their mappings, in their order.
    ``rewrite`` holds, for each file that is not sent as it stands, the reasons in words.
    """

    key: str
    files: tuple[str, ...]
    blank: Blank
    rows: int
    bytes: int
    rejects: int
    rejects_file: str | None
    parts: tuple[PlannedPart, ...]
    forecast: Forecast
    columns: tuple[ColumnFacts, ...]
    rewrite: Mapping[str, tuple[str, ...]]
    problems: tuple[Problem, ...]
    counts: Mapping[str, int]

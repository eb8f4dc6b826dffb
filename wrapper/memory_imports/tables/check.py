"""One pass over a file, in bounded memory: would it go in whole, and would it damage what is stored?"""

import hashlib
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import BinaryIO, Protocol

from attrs import frozen

from memory_imports.errors import Problem, SourceChanged, unreadable
from memory_imports.models import ColumnMapping
from memory_imports.tables.header import check_header
from memory_imports.tables.problems import Problems
from memory_imports.tables.records import Malformed, ReadLine, Record, records
from memory_imports.tables.rules import Blank, Rules


class Source(Protocol):
    """A file that can be opened: its name for messages, its length in bytes, its content from the start."""

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def size(self) -> int: ...  # noqa: D102
    @property
    def open(self) -> Callable[[], AbstractContextManager[BinaryIO]]: ...  # noqa: D102


@frozen(kw_only=True)
class Checked:
    """What one pass found in a file that may be sent; ``rows`` counts data records."""

    rows: int
    sha256: str
    problems: tuple[Problem, ...]


def check(source: Source, mappings: Sequence[ColumnMapping], rules: Rules, blank: Blank) -> Checked:
    """Read a file once and return what is in it.

    Args:
        source: The file.
        mappings: Which columns go where.
        rules: What the service asks for.
        blank: Whether blank cells may overwrite what is stored.

    Raises:
        FileRefused: The file would lose data or be refused by the service.
        SourceChanged: The file is longer or shorter than it was.
    """
    problems = Problems(source.name)
    digest, length = hashlib.sha256(), 0
    with source.open() as stream:

        def readline(limit: int) -> bytes:
            nonlocal length
            try:
                raw = stream.readline(limit)
            except OSError as problem:
                raise unreadable(source.name, problem) from None
            digest.update(raw)
            length += len(raw)
            return raw

        rows = _Pass(mappings, rules, blank, problems).read(readline, source.size)
    problems.refuse()
    if length != source.size:
        raise SourceChanged(
            f"{source.name} has changed since it was first read; start again with the file as it is now."
        )
    return Checked(rows=rows, sha256=digest.hexdigest(), problems=tuple(problems.kept))


class _Pass:
    """The state of one pass: where the mapped columns are, and what has been found."""

    def __init__(self, mappings: Sequence[ColumnMapping], rules: Rules, blank: Blank, problems: Problems) -> None:
        self.mappings, self.rules, self.blank, self.problems = mappings, rules, blank, problems
        self.header: list[str] = []
        self.mapped: list[int] = []
        self.identifiers: list[int] = []

    def read(self, readline: ReadLine, size: int) -> int:
        """Return how many data records there are, having reported what is wrong with them."""
        if not self._check_file(size):
            return 0
        row = -1
        try:
            for row, record in enumerate(records(readline)):
                if row:
                    self._check_row(row, record)
                elif not self._check_header(record):
                    return 0
        except Malformed as found:
            self.problems.add(found.code, found.message, row=row + 1 or None, line=found.line)
            return max(row, 0)
        if row == 0:
            self.problems.add("no_rows", "the file has a header and no rows; there is nothing to import.")
        if row > self.rules.max_rows:
            self.problems.add("too_many_rows", f"there are {row} rows; at most {self.rules.max_rows} are allowed.")
        return row

    def _check_file(self, size: int) -> bool:
        limit = self.rules.max_bytes
        if size == 0:
            self.problems.add("empty_file", "the file is empty; it needs a header and at least one row.")
        if size > limit:
            self.problems.add("too_large", f"the file has {size} bytes; at most {limit} are allowed: part it.")
        if not any(mapping.trait_name in self.rules.identifiers for mapping in self.mappings):
            names = ", ".join(sorted(self.rules.identifiers))
            self.problems.add("no_identifier", f"no column is mapped to an identifier; map one of {names}.")
        return 0 < size <= limit

    def _check_header(self, record: Record) -> bool:
        self.header = record.cells
        self.mapped = check_header(self.header, self.mappings, self.problems, max_columns=self.rules.max_columns)
        by_name = {mapping.column_name: mapping.trait_name for mapping in self.mappings}
        self.identifiers = [at for at in self.mapped if by_name[self.header[at]] in self.rules.identifiers]
        return len(self.mapped) == len(self.mappings)

    def _check_row(self, row: int, record: Record) -> None:
        cells = record.cells
        if len(cells) != len(self.header):
            message = f"the row has {len(cells)} cells and the header {len(self.header)}; make them equal."
            self.problems.add("ragged_row", message, row=row, line=record.line)
            return
        longest = self.rules.max_characters
        for at in self.mapped:
            cell = cells[at]
            # What nearly every cell passes stands here: a call for each would take most of the time.
            if not cell or cell.isspace() or cell == self.rules.delete_marker or len(cell) > longest:
                self._report_cell(cell, row, record.line, self.header[at])
        if self.identifiers and not any(self._has_value(cells[at]) for at in self.identifiers):
            message = "no identifier has a value; the service refuses such a row."
            self.problems.add("missing_identifier", message, row=row, line=record.line)

    def _has_value(self, cell: str) -> bool:
        return cell != self.rules.delete_marker and not (not cell or cell.isspace())

    def _report_cell(self, cell: str, row: int, line: int, column: str) -> None:
        if not cell or cell.isspace():
            if self.blank == "refuse":
                message = (
                    "the cell is blank and would overwrite the stored trait with an empty string; "
                    "fill it, or allow it with --blank overwrite."
                )
                self.problems.add("blank_cell", message, row=row, line=line, column=column)
        elif cell == self.rules.delete_marker:
            refused = self.blank == "refuse"
            way_on = "; take it out, or allow it with --blank overwrite." if refused else "."
            self.problems.add(
                "delete_marker",
                f"the cell is {cell}, which deletes the stored trait{way_on}",
                severity="error" if refused else "warning",
                row=row,
                line=line,
                column=column,
            )
        else:
            message = f"the cell has {len(cell)} characters; a trait holds {self.rules.max_characters}."
            self.problems.add("long_cell", message, row=row, line=line, column=column)

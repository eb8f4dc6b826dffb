"""One import from its file to its outcome, in slices that each fit between two requests.

The file is read twice: first to judge it as a whole, then to apply its good rows. Each slice of good rows is one
transaction together with the count of rows applied so far, so a process may die anywhere: whoever goes on judges the
file again, steps over what is counted, and no row is applied twice.
"""

import sqlite3
from collections import deque
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from itertools import islice
from typing import BinaryIO

from attrs import astuple, define, field, frozen

from memory_imports_sandbox.blobs import Blobs
from memory_imports_sandbox.contract import CsvRules
from memory_imports_sandbox.database import transaction
from memory_imports_sandbox.imports import Import
from memory_imports_sandbox.ingest.columns import Plan, plan
from memory_imports_sandbox.ingest.profiles import Batch
from memory_imports_sandbox.ingest.records import BrokenFile, read
from memory_imports_sandbox.ingest.rows import Row, is_foreign, judge
from memory_imports_sandbox.settings import Settings

SLICE = 2000
_SLICE_BYTES = 4 << 20
_MOST_ROW_ERRORS = 1000


@define
class Tally:
    """What the rows of a file are like; `row_errors` holds the first of them, by number from 1."""

    rows: int = 0
    errors: int = 0
    warnings: int = 0
    row_errors: list[tuple[int, str]] = field(factory=list)


@frozen
class Outcome:
    """The end of an import: FAILED for the reason, or COMPLETED without one."""

    reason: str | None
    tally: Tally


@frozen
class Run:
    """Imports one file, a slice at a time."""

    item: Import
    connection: sqlite3.Connection
    blobs: Blobs
    rules: CsvRules
    settings: Settings

    def steps(self) -> Iterator[Outcome | None]:
        """Does a slice of the work for each item asked for; the outcome is the last one."""
        tally = Tally()
        reason = None
        try:
            yield from self._judge(tally)
            yield from self._apply()
            self._tolerate(tally)
        except BrokenFile as broken:
            reason = broken.reason
        yield Outcome(reason, tally)

    def _judge(self, tally: Tally) -> Iterator[None]:
        if self.blobs.size(self.item.id) != self.item.file_size:
            raise BrokenFile("size_differs")
        warn = self.settings.characters == "warn"
        with self._rows() as (_, _, rows):
            for row in rows:
                tally.rows += 1
                if isinstance(row, str):
                    tally.errors += 1
                    if len(tally.row_errors) < _MOST_ROW_ERRORS:
                        tally.row_errors.append((tally.rows, row))
                elif warn and any(isinstance(value, str) and is_foreign(value) for value in row[1]):
                    tally.warnings += 1
                if tally.rows > self.rules.max_rows:
                    raise BrokenFile("too_many_rows")
                if self.settings.failed_rows == "discard":
                    self._tolerate(tally)
                if tally.rows % SLICE == 0:
                    yield

    def _tolerate(self, tally: Tally) -> None:
        if tally.errors > self.rules.tolerated_row_errors:
            raise BrokenFile("too_many_row_errors")

    def _apply(self) -> Iterator[None]:
        with self._rows() as (file, columns, rows):
            good = (row for row in rows if not isinstance(row, str))
            for done in range(0, self.item.applied, SLICE):
                deque(islice(good, min(SLICE, self.item.applied - done)), maxlen=0)
                yield
            for slice_ in _slices(file, good):
                self._write(columns, slice_)
                yield

    def _write(self, columns: Plan, rows: list[Row]) -> None:
        if self.settings.row_order == "backwards":
            rows.reverse()
        skip = self.settings.duplicate_rows == "skip"
        batch = Batch(self.connection, columns.columns, self.item.id, skip_duplicates=skip)
        batch.apply(rows)
        with transaction(self.connection):
            batch.write()
            self.connection.execute(
                "UPDATE imports SET created = created + ?, updated = updated + ?, merged = merged + ?,"
                " skipped = skipped + ?, applied = applied + ? WHERE id = ?",
                (*astuple(batch.counts), len(rows), self.item.id),
            )

    @contextmanager
    def _rows(self) -> Generator[tuple[BinaryIO, Plan, Iterator[Row | str]]]:
        file = self.blobs.read(self.item.id)
        with closing(read(file, self.settings)) as records:
            columns = plan(next(records, "no_header"), self.item.mappings, self.rules)
            judged = judge(columns, self.rules, self.settings)
            yield file, columns, (one if isinstance(one, str) else judged(one) for one in records)


def _slices(file: BinaryIO, rows: Iterator[Row]) -> Iterator[list[Row]]:
    """The rows in lists that are short in number and, whatever the cells hold, in bytes."""
    slice_: list[Row] = []
    start = file.tell()
    for row in rows:
        slice_.append(row)
        if len(slice_) == SLICE or (len(slice_) % 50 == 0 and file.tell() - start > _SLICE_BYTES):
            yield slice_
            slice_, start = [], file.tell()
    if slice_:
        yield slice_

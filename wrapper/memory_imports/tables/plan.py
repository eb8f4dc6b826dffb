"""From what a scan found to the parts that are to be sent: exactly the mapped cells of the rows that may go in.

A file that may go as it stands is sent in ranges of its own bytes; any other is written once, as UTF-8 with commas.
"""

import hashlib
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from attrs import astuple, frozen

from memory_imports.models import ColumnMapping
from memory_imports.tables.blanks import sent
from memory_imports.tables.cut import Cutter, Group, Piece, Place
from memory_imports.tables.facts import ColumnFacts, Plan, PlannedPart, Scanned
from memory_imports.tables.identifiers import completed, reader
from memory_imports.tables.ranges import Ranged
from memory_imports.tables.rules import Options, Rules
from memory_imports.tables.spool import Sheet, sheets

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from memory_imports.tables.scan import Scan
    from memory_imports.tables.sources import Record, Table

_NAME = 255
_SPECIAL = re.compile(r'[",\r\n]')
_PACKED = (".gz", ".zst")
# Of files that are sent as CSV, whatever they are.
_OTHERS = {".jsonl", ".ndjson", ".json", ".parquet", ".arrow", ".feather", ".xlsx", ".xlsm"}
Row = tuple["Record", Sequence[str]]


@frozen(kw_only=True)
class _Job:
    tables: "Sequence[Table]"
    scan: "Scan"
    mappings: Sequence[ColumnMapping]
    rules: Rules
    options: Options


def make_plan(
    tables: "Sequence[Table]",
    scan: "Scan",
    mappings: Sequence[ColumnMapping],
    rules: Rules,
    options: Options,
    *,
    spool: Path | None = None,
) -> Plan:
    """Return the parts, each with its exact size and digest.

    Args:
        tables: The files.
        scan: What was found in them.
        mappings: Which columns go where.
        rules: What the service allows a part to hold.
        options: What was decided about blank cells.
        spool: A private folder for what has to be rewritten; None where nothing is going to be sent.

    Raises:
        FileRefused: A row fits into no part, or keeping what is stored would take too many imports.
        SourceChanged: A file is no longer the one that was scanned.
        InvalidRequest: What is rewritten cannot be written.
    """
    job = _Job(tables=tables, scan=scan, mappings=mappings, rules=rules, options=options)
    pieces = list(_pieces(job, sheets(spool)))
    parts = _parts(job, pieces)
    return Plan(
        key=_key(job),
        files=tuple(file.name for file in scan.files),
        blank=options.blank,
        rows=sum(part.rows for part in parts),
        bytes=sum(part.size for part in parts),
        rejects=scan.rejects,
        rejects_file=scan.rejects_file,
        parts=parts,
        forecast=scan.forecast,
        columns=tuple(_columns(job)),
        rewrite={file.name: file.rewrite for file in scan.files if file.rewrite},
        problems=scan.problems,
        counts=scan.counts,
    )


class _Range(Sheet):
    """Consecutive records of a file that goes as it stands: measured here, read from the file when they are sent."""

    def __init__(self, header: bytes, table: "Table", start: int) -> None:
        super().__init__(header, None)
        self.header, self.table, self.start = header, table, start
        self.expected = table.expected

    def open(self) -> BinaryIO:
        """Open the header and the records as one stream."""
        file = self.table.open().__enter__()
        length = self.size - len(self.header)
        return cast("BinaryIO", io.BufferedReader(Ranged(file, self.header, self.start, self.start + length)))

    def stamp(self, stream: BinaryIO) -> object:
        """Tell one version of the file from another."""
        return self.table.stamp(cast("Ranged", cast("io.BufferedReader", stream).raw).file)


def _pieces(job: _Job, make: Callable[[bytes], Sheet]) -> Iterator[Piece]:
    """Cut every file, and give the parts in an order in which they may be sent."""
    place: tuple[Table, int] | None = None

    def begin(group: Group) -> Sheet:
        if place is not None:
            table, start = place
            with table.open() as stream:
                return _Range(stream.read(table.header_bytes), table, start)
        return make(_line(mapping.column_name for mapping in _of(job.mappings, group.filled)))

    cutter = Cutter(job.rules, begin)
    for number, (table, file) in enumerate(zip(job.tables, job.scan.files, strict=True)):
        cutter.begin()
        every = (1 << len(job.mappings)) - 1
        if file.rewrite:
            place = None
            for record, cells in _rows(job, table, file):
                row = sent(cells, job.options.blank, job.rules.delete_marker)
                at = Place(file.name, number, record.row, row.filled, file.shared(record.row))
                cutter.take(at, _line(row.cells))
        else:
            with table.open() as stream:
                stream.seek(table.header_bytes)
                for record in table.rows():
                    place = (table, record.offset)
                    at = Place(file.name, number, record.row, every, file.shared(record.row))
                    cutter.take(at, stream.read(record.length))
    yield from cutter.ordered()


def _rows(job: _Job, table: "Table", file: Scanned) -> Iterator[Row]:
    """Yield each row that goes in, with its mapped cells in the order of the mappings."""
    places = [table.header.index(mapping.column_name) for mapping in job.mappings]
    region = job.options.region
    readers = [
        reader(mapping.trait_name, region)
        if region is not None and mapping.trait_name in job.rules.identifiers
        else None
        for mapping in job.mappings
    ]
    for record in table.rows():
        if not file.rejected(record.row):
            cells = [record.cells[at] for at in places]
            yield (
                record,
                [
                    completed(cell, known) if known is not None else cell
                    for cell, known in zip(cells, readers, strict=True)
                ],
            )


def _line(cells: Iterable[str]) -> bytes:
    # The csv module of Python 3.11 leaves a carriage return bare where lines end with LF.
    return (",".join(_quoted(cell) if _SPECIAL.search(cell) else cell for cell in cells) + "\n").encode()


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'


def _of(mappings: Sequence[ColumnMapping], filled: int) -> list[ColumnMapping]:
    return [mapping for at, mapping in enumerate(mappings) if filled >> at & 1]


def _parts(job: _Job, pieces: Sequence[Piece]) -> tuple[PlannedPart, ...]:
    numbers = {id(piece): number for number, piece in enumerate(pieces)}
    parts: list[PlannedPart] = []
    for number, piece in enumerate(pieces):
        page, table = piece.page, job.tables[piece.file]
        parts.append(
            PlannedPart(
                index=number,
                file=table.name,
                filename=_filename(table.name, number + 1, len(pieces)),
                first_row=piece.first_row,
                last_row=piece.last_row,
                rows=page.rows,
                size=page.size,
                sha256=page.close(),
                mappings=tuple(_of(job.mappings, piece.group.filled)),
                after=tuple(sorted(numbers[id(other)] for other in piece.after)),
                open=cast("Callable[[], AbstractContextManager[BinaryIO]]", page.open),
                stamp=page.stamp,
                expected=page.expected,
                discard=page.discard,
            )
        )
    return tuple(parts)


def _filename(file: str, number: int, of: int) -> str:
    name = Path(file)
    if name.suffix in _PACKED:
        name = name.with_suffix("")
    if name.suffix.lower() in _OTHERS:
        name = name.with_suffix(".csv")
    if of == 1:
        return name.name[-_NAME:]
    ending = f".part-{number:04}{name.suffix}"
    return name.stem[: _NAME - len(ending)] + ending


def _columns(job: _Job) -> Iterator[ColumnFacts]:
    for file in job.scan.files:
        for mapping in job.mappings:
            yield ColumnFacts(
                file=file.name,
                column=mapping.column_name,
                target=f"{mapping.trait_group}.{mapping.trait_name}",
                blank_cells=file.blanks.get(mapping.column_name, 0),
            )


def _key(job: _Job) -> str:
    options, rules = job.options, job.rules
    facts: Mapping[str, object] = {
        "files": [(file.sha256, astuple(file.dialect)) for file in job.scan.files],
        "mappings": sorted(astuple(mapping) for mapping in job.mappings),
        "manner": (options.blank, options.region, job.scan.rejects),
        "limits": (rules.max_bytes, rules.max_rows),
    }
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()

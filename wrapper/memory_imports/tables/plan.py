"""From what a scan found to the parts that are to be sent: exactly the mapped cells of the rows that may go in.

A file that may go as it stands is sent in ranges of its own bytes; any other is written once, as UTF-8 with commas.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from memory_imports.models import ColumnMapping
from memory_imports.tables.cut import Piece
from memory_imports.tables.facts import ColumnFacts, Plan, PlannedPart
from memory_imports.tables.pieces import Job, mappings_of, pieces_of
from memory_imports.tables.raw import NAMELESS
from memory_imports.tables.rules import Options, Rules
from memory_imports.tables.spool import sheets

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from memory_imports.tables.scan import Scan
    from memory_imports.tables.sources import Table

_NAME = 255
# What the service calls that which has no name here.
_UNNAMED = "table.csv"
_PACKED = (".gz", ".zst")
# Of files that are sent as CSV, whatever they are.
_OTHERS = {".jsonl", ".ndjson", ".json", ".parquet", ".arrow", ".feather", ".xlsx", ".xlsm"}


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
    job = Job(tables=tables, scan=scan, mappings=mappings, rules=rules, options=options)
    pieces = list(pieces_of(job, sheets(spool)))
    parts = _parts(job, pieces)
    return Plan(
        key=_key(parts),
        files=tuple(file.name for file in scan.files),
        blank=options.blank,
        rows=sum(part.rows for part in parts),
        bytes=sum(part.size for part in parts),
        rejects=scan.rejects,
        rejects_file=scan.rejects_file,
        parts=parts,
        forecast=scan.forecast,
        columns=tuple(_columns(job)),
        rewrite={file.name: reasons for file in scan.files if (reasons := job.rewrite(file))},
        problems=scan.problems,
        counts=scan.counts,
    )


def _parts(job: Job, pieces: Sequence[Piece]) -> tuple[PlannedPart, ...]:
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
                mappings=tuple(mappings_of(job.mappings, piece.group.filled)),
                after=tuple(sorted(numbers[id(other)] for other in piece.after)),
                open=cast("Callable[[], AbstractContextManager[BinaryIO]]", page.open),
                stamp=page.stamp,
                expected=page.expected,
                discard=page.discard,
            )
        )
    return tuple(parts)


def _filename(file: str, number: int, of: int) -> str:
    name = Path(_UNNAMED if file in NAMELESS else file)
    if name.suffix in _PACKED:
        name = name.with_suffix("")
    if name.suffix.lower() in _OTHERS:
        name = name.with_suffix(".csv")
    if of == 1:
        return name.name[-_NAME:]
    ending = f".part-{number:04}{name.suffix}"
    return name.stem[: _NAME - len(ending)] + ending


def _columns(job: Job) -> Iterator[ColumnFacts]:
    for file in job.scan.files:
        for mapping in job.mappings:
            yield ColumnFacts(
                file=file.name,
                column=mapping.column_name,
                target=f"{mapping.trait_group}.{mapping.trait_name}",
                blank_cells=file.blanks.get(mapping.column_name, 0),
            )


def _key(parts: Sequence[PlannedPart]) -> str:
    """Return what names a plan by what it sends: not what the files are called, nor what was chosen to no effect."""
    return hashlib.sha256(json.dumps([part.sent for part in parts]).encode()).hexdigest()

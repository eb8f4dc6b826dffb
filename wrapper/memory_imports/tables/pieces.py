"""The parts of a job in the making: ranges of files that go as they stand, and what is written down of the others."""

import io
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, BinaryIO, cast

from attrs import frozen

from memory_imports.models import ColumnMapping
from memory_imports.tables.cut import Cutter, Group, Piece
from memory_imports.tables.engine import engine_for
from memory_imports.tables.facts import Scanned
from memory_imports.tables.ranges import Ranged
from memory_imports.tables.reader import Reader, Spot
from memory_imports.tables.rules import Options, Rules
from memory_imports.tables.spool import Sheet
from memory_imports.tables.written import Writer, line

if TYPE_CHECKING:
    from memory_imports.tables.scan import Scan
    from memory_imports.tables.sources import Table

_OTHERS_IN_GROUPS = "rows of other files are sent in groups, and those of the same people here after them"


@frozen(kw_only=True)
class Job:
    """Files, what was found in them, and what is to be made of it."""

    tables: "Sequence[Table]"
    scan: "Scan"
    mappings: Sequence[ColumnMapping]
    rules: Rules
    options: Options

    @property
    def every(self) -> int:
        """The bits of all mappings."""
        return (1 << len(self.mappings)) - 1

    def rewrite(self, file: Scanned) -> tuple[str, ...]:
        """Return why a file of this job cannot be sent as it stands, in words; nothing where it can."""
        if file.rewrite or all(other.groups.keys() <= {self.every} for other in self.scan.files):
            return file.rewrite
        return (_OTHERS_IN_GROUPS,)


def mappings_of(mappings: Sequence[ColumnMapping], filled: int) -> list[ColumnMapping]:
    """Return the mappings of these bits."""
    return [mapping for at, mapping in enumerate(mappings) if filled >> at & 1]


def pieces_of(job: Job, make: Callable[[bytes], Sheet]) -> Iterator[Piece]:
    """Cut every file, and give the parts in an order in which they may be sent."""
    cutter = Cutter(job.rules)
    parser = engine_for(sum(table.size for table in job.tables)).parser
    writer = Writer(job.mappings, job.rules, job.options)

    def begin(group: Group) -> Sheet:
        return make(_encoded(line(mapping.column_name for mapping in mappings_of(job.mappings, group.filled))))

    for number, (table, file) in enumerate(zip(job.tables, job.scan.files, strict=True)):
        if job.rewrite(file):
            cutter.begin(file, number, begin)
            for run in writer.runs(table, file, parser(table.dialect, len(table.header))):
                if not cutter.take_all(run.rows, run.filled, _encoded("\n".join(run.lines))):
                    for row, text in zip(run.rows, run.lines, strict=True):
                        cutter.take(row, run.filled, _encoded(text))
        else:
            _cut_as_it_stands(job, cutter, table, number)
    yield from cutter.ordered()


def _cut_as_it_stands(job: Job, cutter: Cutter, table: "Table", number: int) -> None:
    """Cut a file into ranges of its own bytes."""
    file, start = job.scan.files[number], 0
    with table.open() as stream:
        header = stream.read(table.header_bytes)
    cutter.begin(file, number, lambda _: _Range(header, table, start))
    for extent, whole in table.runs(file.extents):
        rows = range(extent.first_row, extent.first_row + extent.rows)
        if not cutter.take_all(rows, job.every, whole):
            at = Spot(extent.first_row, extent.first_line, extent.offset)
            for record in Reader([whole], table.dialect, at).records():
                start = record.offset
                begins = start - extent.offset
                cutter.take(record.row, job.every, whole[begins : begins + record.length])


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


def _encoded(text: str) -> bytes:
    return f"{text}\n".encode()

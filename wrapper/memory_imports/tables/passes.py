"""One pass over one file: each row in or out, with the reasons, and what is counted of those that go in."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from attrs import define, field

from memory_imports.models import ColumnMapping
from memory_imports.tables.batches import Extents, Lines
from memory_imports.tables.block import BLANK_LINE, Block
from memory_imports.tables.cells import Column, Finding, Seen
from memory_imports.tables.clusters import Links
from memory_imports.tables.engine import Engine
from memory_imports.tables.facts import Scanned
from memory_imports.tables.header import check_header
from memory_imports.tables.identifiers import reader
from memory_imports.tables.problems import Problems
from memory_imports.tables.rejects import Rejects
from memory_imports.tables.rewriting import content, form
from memory_imports.tables.rules import Options, Rules
from memory_imports.tables.sharing import Clusters
from memory_imports.tables.tally import Batch, Tally, filled, link
from memory_imports.tables.traits import slips

if TYPE_CHECKING:
    from memory_imports.tables.sources import Table

_FEWEST = 2


@define(eq=False)
class Pass:
    """The state of one pass; ``before`` is the number of rows in the files before this one.

    ``left_out`` counts the rows that are not sent: the ``rejects`` and blank lines.
    """

    table: "Table"
    mappings: Sequence[ColumnMapping]
    rules: Rules
    options: Options
    problems: Problems
    engine: Engine
    links: Links
    rejected: Rejects | None
    before: int
    rows: int = 0
    rejects: int = 0
    left_out: int = 0
    blank_rows: int = 0
    fatal: bool = False
    tally: Tally = field(factory=Tally)
    out: bytearray = field(factory=bytearray)
    _columns: list[Column] = field(factory=list[Column])
    _extents: Extents = field(factory=Extents)
    _lines: Lines = field(factory=Lines)

    def run(self) -> None:
        """Read the file."""
        self.problems.file = self.table.name
        errors = self.problems.errors
        for note in self.table.notes:
            self.problems.add(note.code, note.message, severity=note.severity)
        if not any(mapping.trait_name in self.rules.identifiers for mapping in self.mappings):
            names = ", ".join(sorted(self.rules.identifiers))
            self.problems.add("no_identifier", f"no column is mapped to an identifier; map one of {names}.")
        for column, message in slips(self.mappings):
            self.problems.add("unusual_trait", message, severity="warning", column=column)
        header = self.table.header
        check_header(header, self.mappings, self.problems, max_columns=self.rules.max_columns)
        self.fatal = self.problems.errors > errors
        if self.fatal:
            return
        self._columns = list(self._mapped())
        if self.rejected is not None:
            self.rejected.begin(header)
        blocks = self.table.blocks(self.engine.parser(self.table.dialect, len(header)))
        for block, looked in self.engine.looked_at(blocks, self._look):
            self._take(block, looked)
        self._extents.close()
        self._remark()
        if not self.rows:
            self.problems.add("no_rows", "the file has a header and no rows; there is nothing to import.")
            self.fatal = True

    def tell(self, row: int, profiles: int) -> str:
        """Report a row that finds profiles of earlier rows, and return the code of that."""
        self.problems.file = self.table.name
        line = self._lines.of(row)
        if profiles == 1:
            message = "an earlier row has an identifier of this one; it updates that row's profile."
            self.problems.add("repeated_identifier", message, severity="note", row=row, line=line)
            return "repeated_identifier"
        message = f"the row merges {profiles} profiles of earlier rows into one: it has identifiers of each."
        self.problems.add("merging_rows", message, severity="warning", row=row, line=line)
        return "merging_rows"

    def scanned(self, clusters: Clusters) -> Scanned:
        """Return what was found, given who shares a profile."""
        return Scanned(
            name=self.table.name,
            size=self.table.size,
            dialect=self.table.dialect,
            header=self.table.header,
            header_bytes=self.table.header_bytes,
            rows=self.rows,
            rejects=self.left_out,
            rejected=self._is_out,
            shared=lambda row: clusters.of(self.before + row),
            sharing=lambda first, last: clusters.between(self.before + first, self.before + last),
            extents=self._extents.found,
            blanks=dict(self.tally.blanks),
            groups=dict(self.tally.groups),
            rewrite=(
                *form(self.table.dialect, as_is=self.table.as_is),
                *content(
                    unmapped=len(self.table.header) - len(self._columns),
                    left_out=self.left_out,
                    blanks=self.tally.blanks_sent,
                    blank=self.options.blank,
                    completed=self.tally.completed,
                ),
            ),
        )

    def _remark(self) -> None:
        """Report what the file says of the values of mapped columns; of others nothing is sent."""
        mapped = {None, *(column.name for column in self._columns)}
        for found in self.table.remarks:
            if found.column in mapped:
                self.problems.add(
                    found.code, found.message, severity=found.severity, row=found.row, column=found.column
                )

    def _mapped(self) -> Iterable[Column]:
        bits: defaultdict[str, int] = defaultdict(int)
        kinds: defaultdict[str, list[str]] = defaultdict(list)
        for number, mapping in enumerate(self.mappings):
            bits[mapping.column_name] |= 1 << number
            if mapping.trait_name in self.rules.identifiers:
                kinds[mapping.column_name].append(mapping.trait_name)
        for name, some in bits.items():
            readers = {kind: reader(kind, self.options.region) for kind in kinds[name]}
            yield Column(name=name, at=self.table.header.index(name), bits=some, readers=readers)

    def _look(self, block: Block) -> list[Seen]:
        if not block.sound:
            return []
        return [block.look(column, self.rules, self.options.blank) for column in self._columns]

    def _take(self, block: Block, looked: list[Seen]) -> None:
        self.rows += len(block)
        self._extents.add(block)
        self._lines.add(block)
        findings: defaultdict[int, list[Finding]] = defaultdict(list)
        for place, finding in block.faults():
            findings[place].append(finding)
        if looked:
            self._judge(looked, block.sound, findings)
        for place in sorted(findings):
            self._report(block, place, findings[place])
        if looked:
            batch = Batch(
                columns=self._columns,
                looked=looked,
                places=block.sound,
                out={at for at, found in findings.items() if any(one.severity == "error" for one in found)},
                first_row=self.before + block.first.row,
                blank=self.options.blank,
            )
            self.tally.add(batch)
            link(self.links, batch)

    def _judge(self, looked: list[Seen], sound: Sequence[int], findings: dict[int, list[Finding]]) -> None:
        """Collect what is wrong with cells, and with rows for want of them."""
        for seen in looked:
            for at, finding in seen.findings:
                findings[sound[at]].append(finding)
        identifying = [seen for column, seen in zip(self._columns, looked, strict=True) if column.readers]
        without = set[int].intersection(*({*seen.blank, *seen.deleted} for seen in identifying))
        finding = Finding("missing_identifier", "error", "no identifier has a value; the service refuses such a row.")
        for at in without:
            findings[sound[at]].append(finding)
        blank = [seen.blank for seen in looked]
        if self.options.blank == "refuse":
            self.blank_rows += len(set[int]().union(*blank))
        if self.options.blank == "keep":
            message = f"fewer than {_FEWEST} mapped cells have a value; an import needs {_FEWEST} columns."
            for at, bits in filled(self._columns, blank).items():
                if bits.bit_count() < _FEWEST:
                    findings[sound[at]].append(Finding("too_few_cells", "error", message))

    def _report(self, block: Block, place: int, found: list[Finding]) -> None:
        row, line = block.first.row + place, block.line(place)
        for code, severity, message, column in found:
            self.problems.add(code, message, severity=severity, row=row, line=line, column=column)
        is_reject = any(one.severity == "error" for one in found)
        if is_reject or any(one.code == BLANK_LINE for one in found):
            self.left_out += 1
            byte, bit = divmod(row, 8)
            self.out.extend(bytes(max(0, byte + 1 - len(self.out))))
            self.out[byte] |= 1 << bit
        if is_reject:
            self.rejects += 1
            if self.rejected is not None:
                codes = [one.code for one in found if one.severity == "error"]
                self.rejected.add((self.table.name, row, line), codes, block.cells(place))

    def _is_out(self, row: int) -> bool:
        byte, bit = divmod(row, 8)
        return byte < len(self.out) and bool(self.out[byte] >> bit & 1)

"""The form of files alone: what can be said of them before anybody knows which column goes where."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from attrs import frozen

from memory_imports.errors import Problem
from memory_imports.tables.engine import engine_for
from memory_imports.tables.header import check_header
from memory_imports.tables.problems import Problems
from memory_imports.tables.rules import Rules

if TYPE_CHECKING:
    from memory_imports.tables.sources import Table

_UNMAPPED = (
    "no column is mapped, so identifiers and blank cells were not looked at; `memory-imports map` suggests a mapping."
)


@frozen(kw_only=True)
class Form:
    """What is wrong with the form of files: the first problems, ``counts`` of all, how many of them are errors."""

    rows: int
    problems: tuple[Problem, ...]
    counts: Mapping[str, int]
    errors: int


def check_form(tables: "Sequence[Table]", rules: Rules) -> Form:
    """Read every file once, and return what is wrong with its header and the shape of its rows.

    Raises:
        FileRefused: A file cannot be read as a table.
    """
    problems = Problems("")
    engine = engine_for(sum(table.size for table in tables))
    total = 0
    for table in tables:
        problems.file = table.name
        for note in table.notes:
            problems.add(note.code, note.message, severity=note.severity)
        problems.add("no_mapping", _UNMAPPED, severity="note")
        check_header(table.header, (), problems, max_columns=rules.max_columns)
        if len(table.header) > rules.max_columns:
            # Nothing can go in, and rows of as many cells as a file likes to have take long.
            continue
        rows = 0
        for block in table.blocks(engine.parser(table.dialect, len(table.header))):
            rows += len(block)
            for place, (code, severity, message, _) in block.faults():
                line = block.line(place)
                problems.add(code, message, severity=severity, row=block.first.row + place, line=line)
        for found in table.remarks:
            problems.add(found.code, found.message, severity=found.severity, row=found.row, column=found.column)
        if not rows:
            problems.add("no_rows", "the file has a header and no rows; there is nothing to import.")
        total += rows
    return Form(rows=total, problems=tuple(problems.kept), counts=dict(problems.counts), errors=problems.errors)

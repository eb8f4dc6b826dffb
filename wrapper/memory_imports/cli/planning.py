"""From the words of `plan` and `run` to a plan, and the plan as people and scripts see it. Sends nothing."""

import argparse
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import asdict

from memory_imports.cli import findings, given, results
from memory_imports.cli.amounts import plural, size
from memory_imports.cli.columns import columns_of
from memory_imports.cli.reading import watched
from memory_imports.cli.report import Report
from memory_imports.cli.screen import Screen, Table

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping, Sequence

    from memory_imports.tables.facts import Forecast, Plan, PlannedPart
    from memory_imports.tables.sources import Table as Source

FIELDS: dict[str, Any] = {
    "forecast": None,
    "counts": {},
    "columns": [],
    "rewrite": {},
    "rejects": None,
    "rejects_file": None,
}
_PARTS_SHOWN = 20
_BLANK = {
    "refuse": "keep the row out",
    "overwrite": "empty the stored trait",
    "keep": "leave the stored trait as it is",
    "delete": "delete the stored trait",
}


@contextmanager
def planned(
    options: argparse.Namespace, report: Report, screen: Screen, spool: Path | None = None
) -> "Generator[Plan]":
    """Read the files and give the plan of what is to be sent; what it rests on is there until the end.

    Args:
        options: The words of the command.
        report: Takes what is found, a refusal included.
        screen: Shows how far the reading is, and why it was for nothing.
        spool: A private folder for what has to be rewritten; None where nothing is going to be sent.

    Raises:
        FileRefused: Something would lose data or be refused.
        InvalidRequest: A file cannot be read, or a mapping is malformed.
    """
    columns = columns_of(options.map, options.mapping)
    with given.opened(options, spool) as files:
        plan = _plan(files, columns, options, report, screen, spool)
        _report(described(plan), report)
        yield plan


def _plan(  # noqa: PLR0917 - what `planned` is told, and what it found
    files: "Sequence[Source]",
    columns: dict[str, str],
    options: argparse.Namespace,
    report: Report,
    screen: Screen,
    spool: Path | None,
) -> "Plan":
    from memory_imports._endpoints import RULES, check_early  # noqa: PLC0415 - most of what there is to import
    from memory_imports.errors import FileRefused  # noqa: PLC0415 - with what reads files
    from memory_imports.tables import parse_mapping  # noqa: PLC0415 - the same
    from memory_imports.tables.preparation import plan_of  # noqa: PLC0415 - the same

    check_early(report.fields["store_id"], parse_mapping(columns))
    try:
        with watched(files, screen) as tables:
            return plan_of(tables, columns, RULES, given.options_of(options), spool=spool)
    except FileRefused as refused:
        problems = [asdict(problem) for problem in refused.problems]
        _report({"counts": refused.counts, "problems": problems}, report)
        findings.tell(refused.problems, refused.counts, screen)
        raise


def _report(facts: "Mapping[str, Any]", report: Report) -> None:
    """Report what the command's JSON has a place for."""
    report.fields |= {name: fact for name, fact in facts.items() if name in report.fields}


def described(plan: "Plan") -> dict[str, Any]:
    """Return a plan as the fields of ``--json``; its parts have not been sent."""
    return {
        "rows": plan.rows,
        "bytes": plan.bytes,
        "parts": [_unsent(part) for part in plan.parts],
        "forecast": asdict(plan.forecast),
        "counts": dict(plan.counts),
        "columns": [asdict(column) for column in plan.columns],
        "rewrite": {file: list(reasons) for file, reasons in plan.rewrite.items()},
        "rejects": plan.rejects,
        "rejects_file": plan.rejects_file,
        "problems": [asdict(problem) for problem in plan.problems],
    }


def _unsent(part: "PlannedPart") -> dict[str, Any]:
    columns = [mapping.column_name for mapping in part.mappings]
    return {**results.unsent(part), "after": list(part.after), "columns": columns}


def drawn(plan: "Plan") -> "list[str | Table]":
    """Return a plan as lines and tables for people."""
    files = plan.files[0] if len(plan.files) == 1 else plural(len(plan.files), "file")
    things: list[str | Table] = [
        f"{plural(plan.rows, 'row')}, {size(plan.bytes)} from {files} in {plural(len(plan.parts), 'import')}",
        _parts(plan.parts),
        _columns(plan),
        f"In sight: {_foreseen(plan.forecast)}.",
    ]
    things += [
        f"{file} is not sent as it stands: {'; '.join(reasons)}." for file, reasons in plan.rewrite.items() if reasons
    ]
    if plan.rejects:
        things.append(f"{plural(plan.rejects, 'row')} will not go in{findings.kept(plan.rejects, plan.rejects_file)}.")
    if plan.problems:
        things.append(findings.by_kind(plan.problems, plan.counts))
    return things


def _parts(parts: "tuple[PlannedPart, ...]") -> Table:
    headings = ("import", "file", "rows from", "to", "rows", "bytes", "after")
    lines = [
        (
            str(part.index + 1),
            part.filename,
            *(f"{number:,}" for number in (part.first_row, part.last_row, part.rows, part.size)),
            _numbers(part.after),
        )
        for part in parts[:_PARTS_SHOWN]
    ]
    if len(parts) > _PARTS_SHOWN:
        lines.append(("…", f"and {len(parts) - _PARTS_SHOWN:,} more", "", "", "", "", ""))
    return Table(headings, lines, numbers=frozenset(headings[2:6]) | {"import"})


def _numbers(after: tuple[int, ...]) -> str:
    shown = ", ".join(str(number + 1) for number in after[:5])
    return f"{shown}, …" if len(after) > 5 else shown  # noqa: PLR2004 - as many as fit


def _columns(plan: "Plan") -> Table:
    # The mapping is the same for all files, so that their columns are, too.
    blanks = Counter[tuple[str, str]]()
    for column in plan.columns:
        blanks[column.column, column.target] += column.blank_cells
    lines = [
        (name, target, f"{number:,}", _BLANK[plan.blank] if number else "") for (name, target), number in blanks.items()
    ]
    return Table(("column", "goes to", "blank cells", "what they do"), lines, numbers=frozenset({"blank cells"}))


def _foreseen(forecast: "Forecast") -> str:
    """Return what the rows would do to an empty store; what is stored already is not known here."""
    made = f"{plural(forecast.creates, 'new profile')}, {plural(forecast.updates, 'update')}"
    deleting = f"; {plural(forecast.deletes, 'cell')} would delete what is stored" if forecast.deletes else ""
    return f"{made} and {plural(forecast.merges, 'merge')}, if the store were empty{deleting}"

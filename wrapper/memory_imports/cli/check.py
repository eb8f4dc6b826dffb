"""`check`: files read as the service would, every problem named. Sends nothing."""

import argparse
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from attrs import asdict, frozen

from memory_imports.cli import findings, given
from memory_imports.cli.amounts import plural, size
from memory_imports.cli.columns import columns_of
from memory_imports.cli.reading import watched
from memory_imports.cli.report import Report
from memory_imports.cli.screen import Screen
from memory_imports.cli.stops import UsageError

if TYPE_CHECKING:
    from memory_imports.errors import Problem
    from memory_imports.tables.sources import Table

NAME = "check"
HELP = "read files as the service would and name every problem; sends nothing"
USAGE = "FILE... --map COLUMN=Group.trait ... [options]"
DESCRIPTION = """\
Reads files as the service would, and names every problem with its row: errors keep a row out,
warnings and notes are worth knowing. Without a mapping only the form of the files is checked.
The exit code is 0 if there is no error, and 1 if there is any. Sends nothing.
"""
EXTRAS = ("cli",)
FIELDS: dict[str, Any] = {"rows": None, "bytes": None, "columns": [], "counts": {}, "problems": []}

_EPILOG = """\
examples:
  memory-imports check people.csv
  memory-imports check 'export-*.csv' --mapping people.yaml --rejects rejects.csv
  gunzip -c people.csv.gz | memory-imports check - --mapping people.yaml --json
"""


@frozen
class _Found:
    """What is wrong: the first problems, all of them counted, and whether any is an error.

    ``rejects`` rows stay out and are in ``rejects_file``, if that was asked for and could be told.
    """

    problems: "Sequence[Problem]"
    counts: Mapping[str, int]
    errors: bool
    rejects: int = 0
    rejects_file: str | None = None


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of `check`."""
    parser.epilog = _EPILOG
    given.configure(parser)


def execute(options: argparse.Namespace, report: Report, screen: Screen) -> None:
    """Read the files, and show what is wrong with them."""
    from memory_imports.errors import FileRefused  # noqa: PLC0415 - with what reads files

    columns = columns_of(options.map, options.mapping) if options.map or options.mapping else {}
    if options.rejects and not columns:
        raise UsageError("Which rows stay out depends on the mapping; give --map or --mapping with --rejects.")
    try:
        with given.opened(options) as files, watched(files, screen) as tables:
            report.fields["bytes"] = sum(table.size for table in tables)
            found = _mapped(tables, columns, options, report) if columns else _unmapped(tables, report)
    except FileRefused as refused:
        found = _Found(refused.problems, refused.counts, errors=True)
    report.outcome, report.exit_code = ("problems", 1) if found.errors else ("clean", 0)
    report.fields |= {"counts": dict(found.counts), "problems": [asdict(problem) for problem in found.problems]}
    _show(found, report, screen)


def _mapped(
    tables: "Sequence[Table]", columns: Mapping[str, str], options: argparse.Namespace, report: Report
) -> _Found:
    from memory_imports._endpoints import RULES  # noqa: PLC0415 - most of what there is to import
    from memory_imports.tables import parse_mapping  # noqa: PLC0415 - only these commands need it
    from memory_imports.tables.scan import scan  # noqa: PLC0415 - the same

    found = scan(tables, parse_mapping(columns), RULES, given.options_of(options))
    # Of a file that is of no use the rows are not read, unless it is for their want.
    if not found.fatal or "no_rows" in found.counts:
        report.fields["rows"] = sum(file.rows for file in found.files)
    report.fields["columns"] = [
        {"file": file.name, "column": name, "target": columns.get(name), "blank_cells": file.blanks.get(name)}
        for file in found.files
        for name in file.header
    ]
    rejects, place = found.rejects, found.rejects_file
    return _Found(found.problems, found.counts, errors=bool(found.errors), rejects=rejects, rejects_file=place)


def _unmapped(tables: "Sequence[Table]", report: Report) -> _Found:
    from memory_imports._endpoints import RULES  # noqa: PLC0415 - most of what there is to import
    from memory_imports.tables.form import check_form  # noqa: PLC0415 - only these commands need it

    form = check_form(tables, RULES)
    report.fields["rows"] = form.rows
    report.fields["columns"] = [
        {"file": table.name, "column": name, "target": None, "blank_cells": None}
        for table in tables
        for name in table.header
    ]
    return _Found(form.problems, form.counts, errors=bool(form.errors))


def _show(found: _Found, report: Report, screen: Screen) -> None:
    rows, length = report.fields["rows"], report.fields["bytes"]
    read = ", ".join(
        words for known, words in ((rows, plural(rows or 0, "row")), (length, size(length or 0))) if known is not None
    )
    summed = findings.summed(found.counts, found.problems) or "Nothing is wrong"
    screen.out(f"{summed} ({read})" if read else summed)
    if found.problems:
        screen.out(findings.by_kind(found.problems, found.counts))
    if found.rejects_file is not None:
        screen.out(
            f"{plural(found.rejects, 'row')} would stay out{findings.kept(found.rejects, found.rejects_file)}."
            if found.rejects
            else f"No row would stay out, so {found.rejects_file} has none."
        )

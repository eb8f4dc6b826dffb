"""`map`: from a file's columns to a mapping file to correct. Suggests; what is not sure stays a comment."""

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import asdict

from memory_imports.cli import given
from memory_imports.cli.amounts import plural
from memory_imports.cli.questions import settled, somebody_is_there
from memory_imports.cli.report import Report
from memory_imports.cli.screen import Ready, Screen
from memory_imports.cli.stops import UsageError
from memory_imports.errors import FileRefused

if TYPE_CHECKING:
    from memory_imports.errors import Problem
    from memory_imports.tables.suggest import Limits, Suggestions

NAME = "map"
HELP = "suggest a mapping file from the header"
USAGE = "FILE [-o FILE.yaml] [options]"
DESCRIPTION = """\
Suggests which column goes to which trait, by the columns' names and by what the values of the
first rows look like, as a YAML file to correct and to give to run --mapping. Only what is sure
is mapped; all else is a comment with the reason. On a terminal it asks where it is not sure.
No value of the file is shown, nothing is sent.
"""
EXTRAS = ("cli",)
FIELDS: dict[str, Any] = {"file": None, "columns": [], "mapping": {}, "problems": [], "output": None}

_EPILOG = """\
examples:
  memory-imports map people.csv
  memory-imports map people.csv -o people.yaml && memory-imports run people.csv --mapping people.yaml
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of `map`."""
    parser.epilog = _EPILOG
    parser.add_argument("file", metavar="FILE", help="the file of people, or - for standard input")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE.yaml", help="write it there, not to standard output")
    given.configure_reading(parser)
    parser.add_argument("--yes", action="store_true", help="ask nothing, and overwrite the output file if there is one")


def execute(options: argparse.Namespace, report: Report, screen: Screen) -> None:
    """Suggest, ask if somebody is there, and write."""
    from memory_imports.tables import suggest  # noqa: PLC0415 - only this command needs it

    report.fields["file"] = options.file
    overwritten = _check_output(options)
    limits = _limits()
    try:
        suggestions, problems = _read(options, limits)
    except FileRefused as refusal:
        report.fields["problems"] = [asdict(problem) for problem in refusal.problems]
        raise
    if somebody_is_there() and not (options.yes or options.json):
        suggestions = settled(suggestions, limits, screen)
    problems += suggest.problems_of(suggestions, options.file, limits)
    _report(suggestions, problems, report)
    if options.output:
        _write(suggest.as_yaml(suggestions), options)
        report.fields["output"] = str(options.output)
        mapped = f"{len(suggestions.mapping)} of {plural(len(suggestions.columns), 'column')} mapped"
        screen.out(f"{mapped} in {options.output}{', which was overwritten' if overwritten else ''}")
    else:
        screen.out(Ready(suggest.as_yaml(suggestions, sys.stdout.encoding or "utf-8")))
    _tell(problems, screen)


def _read(options: argparse.Namespace, limits: "Limits") -> "tuple[Suggestions, list[Problem]]":
    """Return what a file suggests, and what was found out about how it is written."""
    from memory_imports.tables.sources import open_table  # noqa: PLC0415 - only this command needs it
    from memory_imports.tables.suggest import refuse_data, suggest  # noqa: PLC0415 - the same

    written = {"encoding": options.encoding, "delimiter": options.delimiter, "sheet": options.sheet}
    with open_table(options.file, **written) as table:
        refuse_data(table.name, table.header)
        rows = (record.cells for record in table.rows() if record.fault is None)
        return suggest(table.header, rows, limits), list(table.notes)


def _check_output(options: argparse.Namespace) -> bool:
    """Return whether a file is to be overwritten, before anybody is asked anything."""
    output: Path | None = options.output
    if output is None or not os.path.lexists(output):
        return False
    if os.path.realpath(output) == os.path.realpath(options.file):
        raise UsageError(f"{output} is the file of people itself; give another name.")
    if not options.yes:
        raise UsageError(f"{output} is there already; give another name, or overwrite it with --yes.")
    return True


def _write(text: str, options: argparse.Namespace) -> None:
    from memory_imports.tables.private import Private  # noqa: PLC0415 - only this command needs it

    output: Path = options.output
    try:
        file = Private(output)
        try:
            file.out.write(text)
            _check_output(options)  # answers take their time, and somebody may have written there
            file.keep()
        finally:
            file.drop()
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or type(problem).__name__
        raise UsageError(f"{output} cannot be written: {reason}.") from None


def _limits() -> "Limits":
    from memory_imports._endpoints import LEAST_MAPPINGS, NAME_CHARACTERS, RULES  # noqa: PLC0415 - the same
    from memory_imports.tables.suggest import Limits  # noqa: PLC0415 - the same

    return Limits(characters=NAME_CHARACTERS, columns=LEAST_MAPPINGS, identifiers=RULES.identifiers)


def _report(suggestions: "Suggestions", problems: "list[Problem]", report: Report) -> None:
    shown = ("column", "target", "confidence", "reason")
    report.outcome = "suggested"
    report.fields["columns"] = [{name: getattr(each, name) for name in shown} for each in suggestions.columns]
    report.fields["mapping"] = suggestions.mapping
    report.fields["problems"] = [asdict(problem) for problem in problems]


def _tell(problems: "list[Problem]", screen: Screen) -> None:
    for problem in problems:
        place = "" if problem.column is None else f"column {problem.column!r}: "
        if problem.severity == "note":
            screen.note(f"note: {place}{problem.message}")
        else:
            screen.tell(f"{place}{problem.message}", problem.severity)

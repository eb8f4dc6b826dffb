"""`plan`: what a run would send and what that would do. Sends nothing, and needs no credentials."""

import argparse
import os
import sys
from typing import Any

from memory_imports.cli import given, planning, run
from memory_imports.cli.report import Report
from memory_imports.cli.screen import Screen

NAME = "plan"
HELP = "show what would be sent and what it would do"
USAGE = "FILE... --map COLUMN=Group.trait ... [options]"
DESCRIPTION = """\
Shows what it takes to send these files: the imports, what has to be rewritten and why, what
becomes of blank cells, and how many profiles are in sight to be created, updated and merged.
A table on a terminal, JSON in a pipe. Sends nothing and needs no credentials; run with the same
words does what it shows.
"""
EXTRAS = ("cli",)
FIELDS: dict[str, Any] = run.FIELDS | planning.FIELDS

_EPILOG = """\
examples:
  memory-imports plan people.csv --mapping people.yaml
  memory-imports plan people.csv --mapping people.yaml --blank keep --rejects rejects.csv
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of `plan`."""
    parser.epilog = _EPILOG
    given.configure(parser)
    parser.set_defaults(json=not sys.stdout.isatty())


def execute(options: argparse.Namespace, report: Report, screen: Screen) -> None:
    """Make the plan and show it."""
    report.fields["store_id"] = options.store or os.environ.get("TWILIO_MEMORY_STORE_ID") or None
    with planning.planned(options, report, screen) as plan:
        report.outcome = "planned"
        screen.out(*planning.drawn(plan))

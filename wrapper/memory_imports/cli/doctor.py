"""`doctor`: would an import go well from here? Looks at everything, changes nothing, tells no secret."""

import argparse
from pathlib import Path
from typing import Any

from memory_imports.cli.report import Report
from memory_imports.cli.screen import Screen, Table

NAME = "doctor"
HELP = "see whether an import would go well from here"
USAGE = "[options]"
DESCRIPTION = """\
Looks at Python and what is installed, the environment, the way to the service, the clock, the
credentials and the store (by one harmless read), the journal and the disk. Says what to do
about each problem, and prints what to paste into a support ticket: no secret is in it.
"""
# It has to run where they are missing, to say so.
EXTRAS = ()
FIELDS: dict[str, Any] = {"store_id": None, "checks": [], "ticket": None}

_EPILOG = """\
exit codes: 0 no problem, warnings included; 4 credentials refused; 2 configuration; 1 any other problem

examples:
  memory-imports doctor
  memory-imports doctor --json | jq .ticket
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of `doctor`."""
    parser.epilog = _EPILOG
    parser.add_argument("--journal", type=Path, metavar="FILE", help="where runs are remembered (in ~/.local/state)")


def execute(options: argparse.Namespace, report: Report, screen: Screen) -> None:
    """Look at everything, show it, then end as the worst of it says."""
    from memory_imports.cli.checkup.examination import Examination  # noqa: PLC0415 - other commands need none of it
    from memory_imports.cli.checkup.finding import worst  # noqa: PLC0415 - the same
    from memory_imports.cli.checkup.ticket import lines  # noqa: PLC0415 - the same

    examination = Examination(report)
    examination.begin(options)
    rows = [(finding.check, finding.verdict, finding.words) for finding in examination.findings]
    screen.out(Table(("check", "verdict", "what"), rows), *lines(report.fields["ticket"]))
    problem = worst(examination.findings)
    if problem is not None:
        raise problem

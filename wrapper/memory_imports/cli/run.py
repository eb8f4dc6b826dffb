"""`run`: files checked, planned, uploaded and followed to their end; or gone on with where the same command stopped."""

import argparse
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from memory_imports.cli import amounts, findings, given, planning, questions, results
from memory_imports.cli.connection import client_of
from memory_imports.cli.report import Report
from memory_imports.cli.screen import Screen
from memory_imports.cli.stops import DeclinedError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from memory_imports.errors import Problem
    from memory_imports.tables.facts import Plan

NAME = "run"
HELP = "check files, upload them and wait for their end"
USAGE = "FILE... --map COLUMN=Group.trait ... [options]"
DESCRIPTION = """\
Checks files of any size, encoding and dialect, plans the imports that they take, uploads them
and waits for their end. A file that would damage what is stored is refused, and nothing is
sent. On a terminal it shows the plan and asks first. A journal remembers how far it came: the
same command goes on after an interruption, and sends nothing twice.
"""
EXTRAS = ("cli",)
FIELDS: dict[str, Any] = {
    "store_id": None,
    "rows": None,
    "bytes": None,
    "parts": [],
    "problems": [],
    "counts": {},
    "rejects": None,
    "rejects_file": None,
}

_EPILOG = """\
examples:
  memory-imports run people.csv --map email_address=Contact.email --map first_name=Contact.firstName
  memory-imports run 'export-*.csv.gz' --mapping people.yaml --blank keep --rejects rejects.csv
  memory-imports run people.csv --mapping people.yaml --yes --json
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of `run`."""
    parser.epilog = _EPILOG
    given.configure(parser)
    parser.add_argument(
        "--timeout", type=amounts.seconds, metavar="SECONDS", help="how long all of it may take (an hour for each part)"
    )
    parser.add_argument(
        "--concurrency", type=amounts.count, default=4, metavar="N", help="how many parts are under way at once (4)"
    )
    parser.add_argument(
        "--journal", type=Path, metavar="FILE", help="where to remember how far it came (in ~/.local/state)"
    )
    parser.add_argument("--fresh", action="store_true", help="send everything again, whatever the journal says")
    parser.add_argument("--no-wait", action="store_true", help="leave once everything is uploaded")
    parser.add_argument("--yes", action="store_true", help="do not ask before anything is sent")


def execute(options: argparse.Namespace, report: Report, screen: Screen) -> None:
    """Run the job and show what became of it."""
    from memory_imports import jobs  # noqa: PLC0415 - most of what there is to import
    from memory_imports._flow import Manner  # noqa: PLC0415 - the same
    from memory_imports.client import in_turn  # noqa: PLC0415 - the same

    with client_of(options) as client:
        report.fields["store_id"] = client.store_id
        place = options.journal or jobs.default_path()
        with (
            jobs.spool(place) as spool,
            planning.planned(options, report, screen, spool) as plan,
            jobs.Journal(place) as journal,
        ):
            again = [] if options.fresh else jobs.sent_before(client, plan, journal)
            _ask(plan, again, options, screen)
            known = {} if options.fresh else jobs.so_far(client, plan, journal)
            with results.followed(plan, known, report, screen) as tell:
                manner = Manner(
                    timeout=options.timeout,
                    follow=not options.no_wait,
                    concurrency=options.concurrency,
                    tell=in_turn(tell),
                )
                report.goes_on = True
                result = jobs.run_job(client, plan, manner, journal=journal, fresh=options.fresh)
    results.show(result, report, screen)


def _ask(plan: "Plan", again: "Sequence[Problem]", options: argparse.Namespace, screen: Screen) -> None:
    """Show a person what would be sent, and what of it ``again``.

    Raises:
        DeclinedError: They did not agree to it.
    """
    if options.yes or screen.json or screen.quiet or not questions.somebody_is_there():
        return
    if again:
        findings.tell(again, Counter(problem.code for problem in again), screen)
    screen.out(*planning.drawn(plan))
    if not questions.agreed("Send it?", screen):
        raise DeclinedError("Nothing was sent.")

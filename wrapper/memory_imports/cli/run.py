"""`run`: a file, checked, uploaded and followed to its end; or gone on with where the same command stopped."""

import argparse
from pathlib import Path
from typing import Any

from memory_imports.cli import amounts, results
from memory_imports.cli.columns import columns_of
from memory_imports.cli.connection import client_of
from memory_imports.cli.report import Report
from memory_imports.cli.screen import Screen
from memory_imports.cli.stops import UsageError

NAME = "run"
HELP = "check a file, upload it and wait for its end"
USAGE = "FILE --map COLUMN=Group.trait ... [options]"
DESCRIPTION = """\
Checks a CSV file, creates its import, uploads it and waits for its end. The file has to be
clean: UTF-8, commas, RFC 4180 quoting, within the service's limits; otherwise nothing is sent.
A journal remembers how far it came: the same command goes on after an interruption, and
sends nothing twice.
"""
EXTRAS = ("cli",)
FIELDS: dict[str, Any] = {"store_id": None, "rows": None, "bytes": None, "parts": [], "problems": []}

_EPILOG = """\
examples:
  memory-imports run people.csv --map email_address=Contact.email --map first_name=Contact.firstName
  memory-imports run people.csv --mapping people.yaml --blank overwrite --timeout 600
  memory-imports run people.csv --mapping people.yaml --no-wait --json
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of `run`."""
    parser.epilog = _EPILOG
    parser.add_argument("files", nargs="+", metavar="FILE", help="the CSV file, one at a time")
    parser.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="COLUMN=Group.trait",
        help="where a column goes; repeat it for each (the last = and the last dot count)",
    )
    parser.add_argument("--mapping", metavar="FILE.yaml", help="the same in a file: {columns: {COLUMN: Group.trait}}")
    parser.add_argument(
        "--blank",
        choices=("refuse", "overwrite"),
        default="refuse",
        help="whether a blank cell may overwrite the stored trait with an empty string (refuse)",
    )
    parser.add_argument(
        "--timeout", type=amounts.seconds, metavar="SECONDS", help="how long all of it may take (an hour)"
    )
    parser.add_argument(
        "--journal", type=Path, metavar="FILE", help="where to remember how far it came (in ~/.local/state)"
    )
    parser.add_argument("--fresh", action="store_true", help="send the file again, whatever the journal says")
    parser.add_argument("--no-wait", action="store_true", help="leave once the file is uploaded")


def execute(options: argparse.Namespace, report: Report, screen: Screen) -> None:
    """Run the job and show what became of it."""
    if len(options.files) > 1:
        raise UsageError(f"There are {len(options.files)} files; run takes one at a time.")
    columns = columns_of(options.map, options.mapping)
    from memory_imports._flow import FileJob, Manner  # noqa: PLC0415 - with the client
    from memory_imports.client import TIMEOUT  # noqa: PLC0415 - the same
    from memory_imports.jobs import run_job  # noqa: PLC0415 - the same

    (path,) = options.files
    with client_of(options) as client:
        report.fields["store_id"] = client.store_id
        job = FileJob(store_id=client.store_id, path=path, columns=columns, blank=options.blank)
        with results.followed(path, report, screen) as tell:
            manner = Manner(timeout=options.timeout or TIMEOUT, follow=not options.no_wait, tell=tell)
            result = run_job(client, job, manner, journal=options.journal, fresh=options.fresh)
    results.show(result, report, screen)

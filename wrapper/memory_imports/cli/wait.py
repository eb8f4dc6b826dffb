"""`wait`: one import until its end, whoever began it."""

import argparse
from typing import TYPE_CHECKING, Any

from memory_imports.cli import amounts, status
from memory_imports.cli.connection import client_of
from memory_imports.cli.progress import shown
from memory_imports.cli.report import Report
from memory_imports.cli.screen import Screen

if TYPE_CHECKING:
    from memory_imports.models import ImportStatus

NAME = "wait"
HELP = "wait until an import has ended"
USAGE = "ID [options]"
DESCRIPTION = "Waits until an import has ended, then shows it. After exit code 5 the same command goes on waiting."
EXTRAS = ("cli",)
FIELDS: dict[str, Any] = status.FIELDS


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of `wait`."""
    status.configure(parser)
    parser.add_argument("--timeout", type=amounts.seconds, metavar="SECONDS", help="how long to wait (an hour)")


def execute(options: argparse.Namespace, report: Report, screen: Screen) -> None:
    """Wait for the import and show it."""
    from memory_imports._flow import TIMEOUT  # noqa: PLC0415 - with the client
    from memory_imports.models import Progress  # noqa: PLC0415 - the same

    report.fields["import_id"] = options.import_id
    report.goes_on = True
    with client_of(options) as client, shown(options.import_id, screen) as tell:
        report.fields["store_id"] = client.store_id

        def seen(now: "ImportStatus") -> None:
            report.fields["state"] = str(now.state)
            tell(Progress(phase="processing", import_id=now.import_id, state=str(now.state)))

        ended = client.wait(options.import_id, timeout=options.timeout or TIMEOUT, progress=seen)
    status.show(ended, report, screen)

"""`drift live`: has the contract moved, by what a running server does."""

import argparse
from importlib import import_module
from typing import Any

from memory_imports.cli import amounts, drift
from memory_imports.cli.connection import client_of
from memory_imports.cli.report import Report
from memory_imports.cli.screen import Screen

NAME = "drift live"
HELP = "hold a running server against the contract"
USAGE = "[options]"
DESCRIPTION = """\
Asks a running server about everything that the contract says, and names each difference once.
Level read creates nothing; create makes imports and uploads nothing; upload does the whole flow
with a handful of made-up rows. It never reports that all is well when it proved nothing.
"""
EXTRAS = drift.EXTRAS
FIELDS: dict[str, Any] = {"verdict": None, "findings": [], "cases": {}, "requests": 0, "seconds": 0}

_EPILOG = """\
examples:
  memory-imports drift live
  memory-imports drift live --level upload --format github
  memory-imports drift live --base-url http://127.0.0.1:8700 --level upload --seed 7 --json

exit codes:
  0 no drift    2 the check could not run    6 drift
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of `drift live`."""
    parser.epilog = _EPILOG
    parser.add_argument(
        "--level", choices=("read", "create", "upload"), default="read", help="how far it may go (read)"
    )
    parser.add_argument(
        "--budget", type=amounts.count, default=600, metavar="REQUESTS", help="requests it may send (600)"
    )
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="the same seed sends the same (0)")
    drift.add_output(parser)


def execute(options: argparse.Namespace, report: Report, screen: Screen) -> None:
    """Ask and show."""
    with client_of(options) as client:
        settings = client.settings
    screen.note(f"checking {settings.base_url} at level {options.level}")

    def detect(_: Any) -> Any:  # noqa: ANN401 - of a package that may not be there
        credentials = (settings.credentials.username, settings.credentials.password)
        return import_module(f"{drift.PACKAGE}.live.run").drift_live(
            settings.base_url,
            settings.store_id,
            credentials,
            level=options.level,
            budget=options.budget,
            seed=options.seed,
        )

    drift.check(detect, options, report, screen, "breaking")

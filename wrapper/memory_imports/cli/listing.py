"""`list`: the ids of the store's imports, one a line."""

import argparse
import sys
from itertools import islice
from typing import Any

from memory_imports.cli import amounts
from memory_imports.cli.amounts import plural
from memory_imports.cli.connection import client_of
from memory_imports.cli.report import Report
from memory_imports.cli.screen import Screen

NAME = "list"
HELP = "list the imports of the store"
USAGE = "[options]"
DESCRIPTION = "Lists the ids of the store's imports, one a line."
EXTRAS = ("cli",)
FIELDS: dict[str, Any] = {"store_id": None, "imports": []}


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of `list`."""
    parser.add_argument("--order", choices=("asc", "desc"), default="desc", help="oldest or newest first (desc)")
    parser.add_argument("--limit", type=amounts.count, metavar="N", help="so many at most (all)")


def execute(options: argparse.Namespace, report: Report, screen: Screen) -> None:
    """List the imports as their pages come in."""
    found: list[str] = []
    report.fields["imports"] = found
    with client_of(options) as client:
        report.fields["store_id"] = client.store_id
        for import_id in islice(client.list(order=options.order), options.limit):
            found.append(import_id)
            screen.out(import_id)
    if sys.stdout.isatty():
        newest = "newest" if options.order == "desc" else "oldest"
        of_one = f", {newest} first; memory-imports status ID tells of one" if found else ""
        screen.note(f"{plural(len(found), 'import')}{of_one}")

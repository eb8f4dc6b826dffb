"""`status`: one import as the service shows it now."""

import argparse
from typing import TYPE_CHECKING, Any

from attrs import asdict

from memory_imports.cli.connection import client_of
from memory_imports.cli.report import Report
from memory_imports.cli.screen import Screen, Table
from memory_imports.cli.stops import ImportFailedError

if TYPE_CHECKING:
    from memory_imports.models import ImportStatus

NAME = "status"
HELP = "show one import"
USAGE = "ID [options]"
DESCRIPTION = """\
Shows one import as the service has it now. The exit code is that of the import, if it has
ended: 0, 1 if it failed, 3 if rows did not go in; and 0 if it has not.
"""
EXTRAS = ("cli",)
FIELDS: dict[str, Any] = dict.fromkeys(
    ("store_id", "import_id", "state", "filename", "bytes", "created_at", "updated_at", "errors", "warnings")
) | {"mappings": [], "request_id": None}


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of `status`."""
    parser.add_argument("import_id", metavar="ID", help="the import")


def execute(options: argparse.Namespace, report: Report, screen: Screen) -> None:
    """Fetch the import and show it."""
    report.fields["import_id"] = options.import_id
    with client_of(options) as client:
        report.fields["store_id"] = client.store_id
        status = client.fetch(options.import_id)
    show(status, report, screen)


def show(status: "ImportStatus", report: Report, screen: Screen) -> None:
    """Report one import, and show it.

    Raises:
        ImportFailedError: It failed.
    """
    report.outcome, report.exit_code = _end(status)
    columns = status.column_mappings or ()
    facts = {
        "state": str(status.state),
        "filename": status.filename,
        "bytes": status.file_size,
        "created_at": status.created_at.isoformat(),
        "updated_at": status.updated_at and status.updated_at.isoformat(),
        "errors": status.summary and status.summary.errors,
        "warnings": status.summary and status.summary.warnings,
    }
    mappings = [asdict(mapping) for mapping in columns]
    report.fields.update(facts, mappings=mappings, request_id=status.request_id)
    lines = [(name, "" if fact is None else str(fact)) for name, fact in facts.items()]
    lines += [("request_id", status.request_id or "")]
    lines += [("mapped", f"{one.column_name} to {one.trait_group}.{one.trait_name}") for one in columns]
    screen.out(Table(("import", status.import_id), lines))
    if status.state == "FAILED":
        raise ImportFailedError.of(status.import_id, status.errors, request_id=status.request_id)


def _end(status: "ImportStatus") -> tuple[str, int]:
    if not status.ended:
        return str(status.state).lower(), 0
    return ("completed_with_errors", 3) if status.errors else ("completed", 0)

"""`demo`: a service on this machine, a file of made-up people, and what became of them. No account, no network."""

import argparse
import json
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from memory_imports.cli import results, run, witness
from memory_imports.cli.amounts import plural
from memory_imports.cli.connection import client_at
from memory_imports.cli.progress import shown
from memory_imports.cli.report import Report
from memory_imports.cli.sandbox import PACKAGE
from memory_imports.cli.screen import Screen, Table
from memory_imports.cli.stops import DemoFailedError, UsageError

if TYPE_CHECKING:
    from memory_imports.client import MemoryImports

NAME = "demo"
HELP = "import a sample into a service on this machine, and look at it"
USAGE = "[options]"
DESCRIPTION = """\
Starts the sandbox, imports 1,000 made-up people into it, waits for the end and shows some of
the profiles that arrived. Needs no account and no network, and leaves nothing behind.
"""
EXTRAS = ("cli", "sandbox")
FIELDS: dict[str, Any] = {**run.FIELDS, **dict.fromkeys(("created", "updated", "merged", "profiles"))}

SAMPLE = Path(__file__).with_name("sample")
_COUNTED = ("created", "updated", "merged")
_LOOKED_AT = 6


def configure(parser: argparse.ArgumentParser) -> None:
    """Take the common options only."""
    del parser


def execute(options: argparse.Namespace, report: Report, screen: Screen) -> None:
    """Import the sample, and hold what arrived against what was sent."""
    if options.base_url is not None:
        raise UsageError("The demo runs a service of its own; --base-url says nothing here.")
    package, sample = import_module(PACKAGE), json.loads((SAMPLE / "people.json").read_text(encoding="utf-8"))
    with witness.no_proxy(), package.running(package.Settings(store_id=options.store)) as announcement:
        screen.note(f"A sandbox is running at {announcement.base_url}.")
        with client_at(announcement) as client:
            _import(client, sample["columns"], report, screen)
        _compare(announcement, sample, report, screen)


def _import(client: "MemoryImports", columns: Mapping[str, str], report: Report, screen: Screen) -> None:
    report.fields["store_id"] = client.store_id
    with shown("people.csv", screen) as tell:
        result = client.run(SAMPLE / "people.csv", columns, progress=tell)
    results.show(result, report, screen)


def _compare(announcement: Any, sample: Mapping[str, Any], report: Report, screen: Screen) -> None:  # noqa: ANN401 - as above
    """Show what the sandbox holds.

    Raises:
        DemoFailedError: It is not what the sample should have become.
    """
    (held,) = witness.held(announcement, "imports")["imports"]
    profiles = witness.held(announcement, "profiles")
    counts = {name: held[name] for name in ("rows", *_COUNTED, "errors")}
    report.fields.update({name: held[name] for name in _COUNTED}, profiles=profiles["total"])
    headings = (*counts, "profiles")
    numbers = (*counts.values(), profiles["total"])
    screen.out(
        Table(headings, [[f"{number:,}" for number in numbers]], "What became of the rows", frozenset(headings)),
        _some(profiles["profiles"]),
    )
    found = {**counts, "profiles": profiles["total"], "status": held["status"]}
    differing = [name for name, number in found.items() if number != sample["becomes"][name]]
    if differing:
        wrong = ", ".join(f"{name} {found[name]} instead of {sample['becomes'][name]}" for name in differing)
        raise DemoFailedError(f"The sandbox does not hold what the sample should have become: {wrong}.")


def _some(profiles: list[dict[str, Any]]) -> Table:
    """Return a few profiles from all over, and first one that was merged: it has two addresses."""
    merged = [one for one in profiles if len(one["identifiers"].get("email", ())) > 1][:1]
    others = [one for one in profiles[:: max(1, len(profiles) // _LOOKED_AT)] if one not in merged]
    headings = ("first name", "last name", "email", "phone", "city", "country")
    rows = [
        (
            *(one["traits"]["Contact"].get(trait, "") for trait in ("firstName", "lastName")),
            *(", ".join(one["identifiers"].get(kind, ())) for kind in ("email", "phone")),
            *(one["traits"]["Contact"].get(trait, "") for trait in ("city", "country")),
        )
        for one in (*merged, *others)[:_LOOKED_AT]
    ]
    return Table(headings, rows, f"{len(rows)} of {plural(len(profiles), 'profile')}")

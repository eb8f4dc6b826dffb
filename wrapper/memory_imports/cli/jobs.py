"""`jobs`: what the journal knows of runs on this machine, those first that the same command would go on with."""

import argparse
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from memory_imports.cli.amounts import plural, size
from memory_imports.cli.report import Report
from memory_imports.cli.screen import Screen, Table

if TYPE_CHECKING:
    from memory_imports.jobs import Standing

NAME = "jobs"
HELP = "list the runs that were begun on this machine and are not finished"
USAGE = "[options]"
DESCRIPTION = """\
Lists the runs of this machine that are not finished: the same run command goes on with them.
With --all those that are finished, too; they are forgotten after 90 days. Asks the journal
only, and needs no credentials.
"""
EXTRAS = ("cli",)
FIELDS: dict[str, Any] = {"jobs": []}

# Characters of a store's id that fit beside all else.
_SHORT = 9

_EPILOG = """\
examples:
  memory-imports jobs
  memory-imports jobs --all --json
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of `jobs`."""
    parser.epilog = _EPILOG
    parser.add_argument("--all", action="store_true", help="list finished runs, too")
    parser.add_argument("--journal", type=Path, metavar="FILE", help="where runs are remembered (in ~/.local/state)")


def execute(options: argparse.Namespace, report: Report, screen: Screen) -> None:
    """List the jobs."""
    from memory_imports import jobs  # noqa: PLC0415 - most of what there is to import

    place = options.journal or jobs.default_path()
    known: list[Standing] = []
    if _is_there(place):
        with jobs.Journal(place) as journal:
            known = journal.standings()
    shown = [one for one in known if options.all or one.state != "finished"]
    if options.store:
        shown = [one for one in shown if one.job.store_id == options.store]
    report.fields["jobs"] = [_described(one) for one in shown]
    screen.out(_table(shown) if shown else "No run is unfinished." if not options.all else "No run is known.")


def _is_there(place: Path) -> bool:
    """Whether there is a journal to open; where nobody can tell, opening it says why."""
    try:
        place.lstat()
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return True


def _described(one: "Standing") -> dict[str, Any]:
    job = one.job
    return {
        "job": job.key,
        "state": one.state,
        "store_id": job.store_id,
        "files": list(job.files),
        "parts": job.parts,
        "done": one.done,
        "failed": one.failed,
        "rows": job.rows,
        "bytes": job.bytes,
        "began": _moment(one.began).isoformat(),
        "at": _moment(one.at).isoformat(),
    }


def _table(standings: "list[Standing]") -> Table:
    headings = ("files", "store", "state", "parts", "rows", "bytes", "last news")
    lines = [
        (
            ", ".join(Path(file).name for file in one.job.files[:3])
            + (f" and {plural(len(one.job.files) - 3, 'more file')}" if len(one.job.files) > 3 else ""),  # noqa: PLR2004 - as many as fit
            _short(one.job.store_id),
            one.state,
            f"{one.done:,} of {one.job.parts:,}",
            f"{one.job.rows:,}",
            size(one.job.bytes),
            f"{_moment(one.at):%Y-%m-%d %H:%M} UTC",
        )
        for one in standings
    ]
    return Table(headings, lines, numbers=frozenset({"parts", "rows", "bytes"}))


def _short(store_id: str) -> str:
    """Return enough of an id to tell it from others; all of it is in the JSON."""
    return store_id if len(store_id) <= _SHORT else f"…{store_id[1 - _SHORT :]}"


def _moment(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC)

"""What became of a run, for people and for scripts: kept up to date while it goes on, shown at its end."""

from contextlib import contextmanager
from pathlib import PurePath
from typing import TYPE_CHECKING

from attrs import asdict

from memory_imports.cli import findings
from memory_imports.cli.amounts import plural, size
from memory_imports.cli.board import board
from memory_imports.cli.report import Report
from memory_imports.cli.screen import Screen, Table
from memory_imports.cli.stops import ImportFailedError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Mapping, Sequence

    from memory_imports.models import PartResult, Progress, RunResult
    from memory_imports.tables.facts import Plan, PlannedPart

# What the news of a part may bring.
_TOLD = ("import_id", "state", "errors", "warnings")
_EXITS = {"completed": 0, "completed_with_errors": 3, "failed": 1, "uploaded": 0}


@contextmanager
def followed(
    plan: "Plan", known: "Mapping[int, PartResult]", report: Report, screen: Screen
) -> "Generator[Callable[[Progress], None]]":
    """Show how a run goes, and keep in the report what is known of its parts, so that no end of it loses that.

    What is ``known`` of parts before it begins is from an earlier run.
    """
    parts = [unsent(part) for part in plan.parts]
    for number, result in known.items():
        parts[number] |= {name: getattr(result, name) for name in (*_TOLD, "abandoned")}
    requests: list[dict[str, str]] = [{} for _ in plan.parts]
    report.fields |= {"rows": plan.rows, "bytes": plan.bytes, "parts": parts}

    def tell(news: "Progress") -> None:
        known = {name: getattr(news, name) for name in _TOLD}
        number = news.part or 0
        if news.request_id is not None:
            requests[number][news.phase] = news.request_id
            known["request_ids"] = list(requests[number].values())
        parts[number] |= {name: fact for name, fact in known.items() if fact is not None}
        live(news)

    done = [number for number, result in known.items() if result.state == "COMPLETED"]
    with board(plan, screen, done) as live:
        yield tell


def unsent(part: "PlannedPart") -> dict[str, object]:
    """Return a part in the words of ``--json`` before anything is known of its import."""
    return {
        "import_id": None,
        "state": None,
        "file": part.file,
        "first_row": part.first_row,
        "last_row": part.last_row,
        "rows": part.rows,
        "bytes": part.size,
        "sha256": part.sha256,
        "errors": None,
        "warnings": None,
        "request_ids": [],
        "abandoned": [],
    }


def show(result: "RunResult", report: Report, screen: Screen) -> None:
    """Report what became of a run, and show it.

    Raises:
        ImportFailedError: It failed.
    """
    facts = asdict(result)
    report.outcome = facts.pop("outcome")
    report.exit_code = _EXITS[result.outcome]
    report.fields.update(facts)
    findings.sum_up(result.problems, result.counts, screen)
    headline = f"{_headline(result)} ({plural(result.rows, 'row')}, {size(result.bytes)})"
    screen.out(headline, _table(result.parts))
    if result.rejects:
        where = findings.kept(result.rejects, result.rejects_file)
        screen.out(f"{plural(result.rejects, 'row')} did not go in{where}.")
    failed = [part for part in result.parts if part.state == "FAILED"]
    if failed:
        counts = [part.errors for part in failed if part.errors is not None]
        errors = sum(counts) if counts else None
        first, request_id = failed[0], next(reversed(failed[0].request_ids), None)
        raise ImportFailedError.of(
            first.import_id, errors, request_id=request_id, failed=len(failed), parts=len(result.parts)
        )


_HEADLINES = {
    "completed": "Completed without row errors",
    "completed_with_errors": "Completed, but not every row went in",
    "failed": "Failed: the service did not take the file",
    "uploaded": "Uploaded, and not waited for",
}


def _headline(result: "RunResult") -> str:
    refused = sum(part.errors or 0 for part in result.parts)
    of_rows = f"the service refused {refused:,} of {plural(result.rows, 'row')}"
    if any(problem.code == findings.NOT_SENT for problem in result.problems):
        return f"Sent earlier, when {of_rows}; nothing was sent" if refused else "Already imported; nothing was sent"
    if result.outcome == "completed_with_errors" and refused:
        return f"Completed, but {of_rows}"
    if result.outcome == "completed" and any(part.errors is None for part in result.parts):
        return "Completed; the service did not say whether rows were refused"
    return _HEADLINES[result.outcome]


def _table(parts: "Sequence[PartResult]") -> Table:
    several = len({part.file for part in parts}) > 1
    figures = ("rows", "bytes", "errors", "warnings")
    headings = ("import", *(("file",) if several else ()), "state", *figures)
    rows = [
        (
            part.import_id or "not sent",
            *((PurePath(part.file).name,) if several else ()),
            part.state or "",
            *map(_figure, (part.rows, part.bytes, part.errors, part.warnings)),
        )
        for part in parts
    ]
    return Table(headings, rows, numbers=frozenset(figures))


def _figure(number: int | None) -> str:
    return "" if number is None else f"{number:,}"

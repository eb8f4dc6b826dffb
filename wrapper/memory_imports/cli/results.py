"""What became of a run, for people and for scripts: kept up to date while it goes on, shown at its end."""

from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import asdict

from memory_imports.cli import findings
from memory_imports.cli.amounts import plural, size
from memory_imports.cli.progress import shown
from memory_imports.cli.report import Report
from memory_imports.cli.screen import Screen, Table
from memory_imports.cli.stops import ImportFailedError
from memory_imports.errors import FileRefused, MemoryImportsError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence

    from memory_imports.models import PartResult, Progress, RunResult

_EXITS = {"completed": 0, "completed_with_errors": 3, "failed": 1, "uploaded": 0}


@contextmanager
def followed(path: str, report: Report, screen: Screen) -> "Generator[Callable[[Progress], None]]":
    """Show how a run goes, and keep what is known of its part in the report, so that no end of it loses that."""

    def tell(news: "Progress") -> None:
        if news.import_id is not None:
            report.fields["parts"] = [_so_far(path, news.import_id, news.state, news)]
            report.fields |= {"rows": news.rows, "bytes": news.bytes_total}
        live(news)

    try:
        with shown(Path(path).name, screen) as live:
            yield tell
    except FileRefused as refusal:
        report.fields["problems"] = [asdict(problem) for problem in refusal.problems]
        findings.tell(refusal.problems, refusal.counts, screen)
        raise
    except MemoryImportsError as problem:
        if problem.import_id is not None and not report.fields["parts"]:
            report.fields["parts"] = [_so_far(path, problem.import_id, problem.state, None)]
        raise


def _so_far(path: str, import_id: str, state: str | None, news: "Progress | None") -> dict[str, object]:
    rows, length = (news.rows, news.bytes_total) if news else (None, None)
    extent = {"first_row": rows and 1, "last_row": rows, "rows": rows}
    counts: dict[str, object] = {"errors": None, "warnings": None, "request_ids": [], "abandoned": []}
    known = {"import_id": import_id, "state": state, "file": path}
    return {**known, **extent, "bytes": length, "sha256": None, **counts}


def show(result: "RunResult", report: Report, screen: Screen) -> None:
    """Report what became of a run, and show it.

    Raises:
        ImportFailedError: It failed.
    """
    facts = asdict(result)
    report.outcome = facts.pop("outcome")
    report.exit_code = _EXITS[result.outcome]
    report.fields.update(facts)
    findings.tell(result.problems, Counter(problem.code for problem in result.problems), screen)
    headline = f"{_headline(result)} ({plural(result.rows, 'row')}, {size(result.bytes)})"
    screen.out(headline, _table(result.parts))
    for part in result.parts:
        if part.state == "FAILED":
            raise ImportFailedError.of(part.import_id, part.errors)


_HEADLINES = {
    "completed": "Completed without row errors",
    "completed_with_errors": "Completed, but not every row went in",
    "failed": "Failed: the service did not take the file",
    "uploaded": "Uploaded, and not waited for",
}


def _headline(result: "RunResult") -> str:
    if any(problem.code == findings.NOT_SENT for problem in result.problems):
        return "Already imported; nothing was sent"
    if result.outcome == "completed" and any(part.errors is None for part in result.parts):
        return "Completed; the service did not say whether rows were refused"
    return _HEADLINES[result.outcome]


def _table(parts: "Sequence[PartResult]") -> Table:
    headings = ("import", "state", "rows", "bytes", "errors", "warnings")
    rows = [
        (
            str(part.import_id),
            part.state or "",
            *map(_figure, (part.rows, part.bytes, part.errors, part.warnings)),
        )
        for part in parts
    ]
    return Table(headings, rows, numbers=frozenset(headings[2:]))


def _figure(number: int | None) -> str:
    return "" if number is None else f"{number:,}"

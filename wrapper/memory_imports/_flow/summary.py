"""What became of a run, summed up from what became of its parts."""

from collections import Counter
from collections.abc import Iterator, Sequence

from memory_imports.errors import Problem
from memory_imports.models import Outcome, PartResult, RunResult
from memory_imports.tables.facts import Plan


def summary(store_id: str, plan: Plan, parts: Sequence[PartResult], notes: Sequence[Problem] = ()) -> RunResult:
    """Return what became of a run: of what was planned, of its parts, and what else there is to note."""
    found = (*notes, *(note for part in parts for note in _notes(part)))
    sent = [part for part in parts if part.import_id is not None]
    return RunResult(
        outcome=_outcome(parts, plan.rejects),
        store_id=store_id,
        rows=sum(part.rows for part in sent),
        bytes=sum(part.bytes for part in sent),
        parts=tuple(parts),
        problems=(*plan.problems, *found),
        counts=Counter(plan.counts) + Counter(note.code for note in found),
        rejects=plan.rejects,
        rejects_file=plan.rejects_file,
    )


def _outcome(parts: Sequence[PartResult], rejects: int) -> Outcome:
    if any(part.state == "FAILED" for part in parts):
        return "failed"
    if any(part.state is None for part in parts):
        return "uploaded"
    return "completed_with_errors" if rejects or any(part.errors for part in parts) else "completed"


def _notes(part: PartResult) -> Iterator[Problem]:
    for import_id in part.abandoned:
        message = f"{import_id} was created on the way and got no file; it holds nothing and stays PENDING."
        yield Problem(code="abandoned_import", severity="note", file=part.file, message=message)
    if part.state is not None and part.errors is None:
        message = f"the service counted no row errors of {part.import_id}, nor said that there are none."
        yield Problem(code="no_counts", severity="note", file=part.file, message=message)
    if part.state == "COMPLETED" and part.errors:
        message = (
            f"the service refused {part.errors:,} of {part.rows:,} rows of {part.import_id}, and says neither which "
            "nor why; see what check warns of in them, and import the corrected rows in a file of their own."
        )
        yield Problem(code="rows_refused", severity="warning", file=part.file, message=message)
    if part.import_id is None:
        message = (
            f"rows from here to {part.last_row} were not sent: they share profiles with rows of a part that failed, "
            "and may not overtake them; run it again."
        )
        yield Problem(code="part_not_sent", severity="warning", file=part.file, row=part.first_row, message=message)

"""A file before and after its parts: checked into a part, and summed up from what became of it."""

import os
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from attrs import frozen

from memory_imports._body import body_of
from memory_imports._effects import Flow, Offload
from memory_imports._endpoints import RULES, create_call
from memory_imports._flow.part import Manner, Part
from memory_imports._flow.retry import Tries
from memory_imports._flow.run import run
from memory_imports.errors import Problem
from memory_imports.models import Outcome, PartResult, Progress, RunResult
from memory_imports.tables import Blank, check, parse_mapping


@frozen(kw_only=True)
class FileJob:
    """A file, where its columns go, and whether its blank cells may overwrite what is stored."""

    store_id: str
    path: str | os.PathLike[str]
    columns: Mapping[str, str]
    blank: Blank = "refuse"


def prepare(job: FileJob, manner: Manner) -> Flow[tuple[Part, tuple[Problem, ...]]]:
    """Check a file and return it as a part, with what is worth knowing of it.

    Raises:
        FileRefused: The file would lose data or be refused by the service.
        InvalidRequest: The file cannot be read, or a mapping is malformed.
    """
    mappings = parse_mapping(job.columns)
    # The contract's own view of all but the size, before a large file is read for nothing.
    create_call(job.store_id, Path(job.path).name, 1, mappings)
    manner.tell(Progress(phase="checking"))
    body = body_of(job.path)
    file = str(job.path)
    checked = yield Offload(partial(check, body, mappings, RULES, job.blank))
    part = Part(
        store_id=job.store_id,
        file=file,
        filename=Path(job.path).name,
        body=body,
        first_row=1,
        rows=checked.rows,
        sha256=checked.sha256,
        mappings=mappings,
    )
    return part, checked.problems


def run_file(job: FileJob, tries: Tries, manner: Manner) -> Flow[RunResult]:
    """Check a file and import it; raises as `prepare` and `run`."""
    part, problems = yield from prepare(job, manner)
    result = yield from run(part, tries, manner)
    return summary(job.store_id, [result], problems)


def summary(store_id: str, parts: Sequence[PartResult], problems: Sequence[Problem]) -> RunResult:
    """Return what became of a run, from what became of its parts."""
    return RunResult(
        outcome=_outcome(parts),
        store_id=store_id,
        rows=sum(part.rows for part in parts),
        bytes=sum(part.bytes for part in parts),
        parts=tuple(parts),
        problems=(
            *problems,
            *(_abandoned(part, import_id) for part in parts for import_id in part.abandoned),
            *(_uncounted(part) for part in parts if part.state is not None and part.errors is None),
        ),
    )


def _outcome(parts: Sequence[PartResult]) -> Outcome:
    if any(part.state is None for part in parts):
        return "uploaded"
    if any(part.state == "FAILED" for part in parts):
        return "failed"
    return "completed_with_errors" if any(part.errors for part in parts) else "completed"


def _uncounted(part: PartResult) -> Problem:
    return Problem(
        code="no_counts",
        severity="note",
        file=part.file,
        message=f"the service counted no row errors of {part.import_id}, nor said that there are none.",
    )


def _abandoned(part: PartResult, import_id: str) -> Problem:
    return Problem(
        code="abandoned_import",
        severity="note",
        file=part.file,
        message=f"{import_id} was created on the way and got no file; it holds nothing and stays PENDING.",
    )

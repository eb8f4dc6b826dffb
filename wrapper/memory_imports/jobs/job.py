"""One file as a job: the same command goes on where an earlier one was interrupted, and sends nothing twice."""

import hashlib
import json
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from attrs import asdict, evolve

from memory_imports._flow import FileJob, Known, Manner, Part, prepare, run, summary
from memory_imports.client import MemoryImports
from memory_imports.errors import JobConflict, NotFound, Problem
from memory_imports.jobs.journal import Entry, Journal, default_path
from memory_imports.models import PartResult, RunResult


def run_job(
    client: MemoryImports, job: FileJob, manner: Manner, *, journal: Path | None = None, fresh: bool = False
) -> RunResult:
    """Check a file and import it once.

    Args:
        client: Where to.
        job: The file and its mappings.
        manner: Until when, and who is told.
        journal: The journal's file; None for the usual place.
        fresh: Send the file again although the journal says that it is there.

    Raises:
        FileRefused: The file would lose data or be refused; nothing was sent.
        JobConflict: The journal cannot be used, another process runs the same job, the file went in before others
            did, or the service does not know the import that the journal names.
        MemoryImportsError: As `MemoryImports.run`; the same call goes on from there.
    """
    part, problems = client.perform(prepare(job, manner))
    key = key_of(client.settings.base_url, part)
    with Journal(journal or default_path()) as book, book.claim(key):
        entry = None if fresh else book.find(key)
        if entry is not None and entry.state == "COMPLETED":
            if not book.is_last(key, part):
                raise _overtaken(part, entry)
            return summary(part.store_id, [_earlier(part, entry)], (*problems, _note(part, entry)))
        flow = run(part, client.tries, manner, _known(entry))
        try:
            result = client.perform(flow, partial(book.write, key, part))
        except NotFound as problem:
            if entry is None or problem.import_id is None or problem.import_id != entry.import_id:
                raise
            raise _unknown(part, problem) from None
    return summary(part.store_id, [result], problems)


def key_of(base_url: str, part: Part) -> str:
    """Return what makes a job the same job: where it goes, what is sent, and which column goes where."""
    mappings = sorted(tuple(asdict(mapping).values()) for mapping in part.mappings)
    return hashlib.sha256(json.dumps([base_url, part.store_id, part.sha256, mappings]).encode()).hexdigest()


def _known(entry: Entry | None) -> Known | None:
    if entry is None or entry.stage == "ended":
        return None
    return Known(stage=entry.stage, import_id=entry.import_id, at=entry.at)


def _earlier(part: Part, entry: Entry) -> PartResult:
    return evolve(part.result(entry.import_id), state=entry.state, errors=entry.errors, warnings=entry.warnings)


def _note(part: Part, entry: Entry) -> Problem:
    return Problem(
        code="already_imported",
        severity="note",
        file=part.file,
        message=f"the file went in as {entry.import_id}, which ended on {_date(entry)}; "
        "nothing was sent. Use --fresh to send it again.",
    )


def _overtaken(part: Part, entry: Entry) -> JobConflict:
    return JobConflict(
        f"{part.file} went in as {entry.import_id} on {_date(entry)}, and other files have gone into this store since; "
        "use --fresh to send it again.",
        import_id=entry.import_id,
        state=entry.state,
    )


def _unknown(part: Part, problem: NotFound) -> JobConflict:
    return JobConflict(
        f"The journal says that {part.file} was sent as {problem.import_id}, which the service does not know; "
        "use --fresh to send it again.",
        import_id=problem.import_id,
        request_id=problem.request_id,
    )


def _date(entry: Entry) -> str:
    return f"{datetime.fromtimestamp(entry.at, UTC):%Y-%m-%d %H:%M} UTC"

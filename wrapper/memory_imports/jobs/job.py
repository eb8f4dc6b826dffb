"""A plan as a job: the same call goes on where an earlier one was interrupted, and sends nothing twice."""

import hashlib
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from functools import partial

from attrs import evolve

from memory_imports._flow import Known, Manner, Part, run_plan, summary
from memory_imports.client import MemoryImports
from memory_imports.errors import JobConflict, MemoryImportsError, NotFound, Problem
from memory_imports.jobs.conflicts import again, date, latest, overtaken, unknown
from memory_imports.jobs.entries import Entry, Job
from memory_imports.jobs.journal import Journal
from memory_imports.jobs.rivals import clear_the_way, refuse_half_done
from memory_imports.models import PartResult, RunResult
from memory_imports.tables.facts import Plan, PlannedPart


def run_job(client: MemoryImports, plan: Plan, manner: Manner, *, journal: Journal, fresh: bool = False) -> RunResult:
    """Import once what is planned.

    Args:
        client: Where to.
        plan: What.
        manner: Until when, how many parts at once, and who is told.
        journal: Where to keep how far it has come.
        fresh: Send everything again, whatever the journal says.

    Raises:
        JobConflict: The journal cannot be used, another process imports the same files, they went in before others
            did, an earlier job of them is half done or under way, or the service does not know an import that the
            journal names.
        MemoryImportsError: As `MemoryImports.run`; the same call goes on from there.
    """
    job, digests = job_of(client, plan), digests_of(plan)
    with journal.claim(job.key):
        if not fresh and (done := _done(client, plan, journal, job)) is not None:
            return done
        # Before others are looked for: of two that begin at the same moment at least one sees the other.
        journal.begin(job, digests)
        try:
            clear_the_way(client, journal, job, fresh=fresh)
            if fresh:
                journal.begin(job, digests)
            return _go_on(client, plan, manner, journal, job)
        except MemoryImportsError:
            _forget_unbegun(journal, job)
            raise


def _done(client: MemoryImports, plan: Plan, journal: Journal, job: Job) -> RunResult | None:
    """Return what became of the job if all of it has gone in, None if not."""
    entries = journal.entries(job.key)
    earlier = _earlier(client.store_id, plan, entries)
    if len(earlier) < len(plan.parts):
        return None
    if not journal.is_last(job):
        raise overtaken(job, entries)
    return summary(client.store_id, plan, list(earlier.values()), [_all_sent(job, entries)])


def _go_on(client: MemoryImports, plan: Plan, manner: Manner, journal: Journal, job: Job) -> RunResult:
    entries = journal.entries(job.key)
    earlier = _earlier(client.store_id, plan, entries)
    flow = run_plan(
        client.store_id,
        plan,
        client.tries,
        evolve(manner, owned=journal.imports),
        known=_known(entries),
        earlier=earlier,
        notes=[*_sent_before(plan, journal, job, entries), *_some_sent(job, earlier)],
    )
    try:
        return client.perform(flow, partial(journal.write, job.key))
    except NotFound as problem:
        if problem.import_id in {entry.import_id for entry in entries.values()} - {None}:
            raise unknown(job, problem) from None
        raise


def sent_before(client: MemoryImports, plan: Plan, journal: Journal) -> list[Problem]:
    """Return what to warn of before a plan is run: each part that may have gone in as one of another job.

    Raises:
        JobConflict: It will not be run, because an earlier version of its files is half done.
    """
    job = job_of(client, plan)
    refuse_half_done(journal, job)
    return _sent_before(plan, journal, job, journal.entries(job.key))


def so_far(client: MemoryImports, plan: Plan, journal: Journal) -> dict[int, PartResult]:
    """Return what the journal knows of the parts of a plan, by their numbers."""
    return _results(client.store_id, plan, journal.entries(job_of(client, plan).key))


def _sent_before(plan: Plan, journal: Journal, job: Job, known: Mapping[int, Entry]) -> list[Problem]:
    found: list[Problem] = []
    for part, digest in zip(plan.parts, digests_of(plan), strict=True):
        is_sent = part.index in known and known[part.index].may_be_in
        if not is_sent and (sent := journal.sent(job, digest)) is not None:
            found.append(again(part, *sent))
    return found


def digests_of(plan: Plan) -> list[str]:
    """Return what tells one part from another by what it sends, for each part."""
    return [hashlib.sha256(json.dumps(part.sent).encode()).hexdigest() for part in plan.parts]


def job_of(client: MemoryImports, plan: Plan) -> Job:
    """Return what makes a job the same job, where it goes and what is sent; and what people are told of it."""
    key = hashlib.sha256(json.dumps([client.settings.base_url, client.store_id, plan.key]).encode()).hexdigest()
    return Job(
        key=key,
        store_id=client.store_id,
        # What is no file has a name that is nobody's path.
        files=tuple(os.path.realpath(file) if os.path.lexists(file) else file for file in plan.files),
        parts=len(plan.parts),
        rows=plan.rows,
        bytes=plan.bytes,
    )


def _forget_unbegun(journal: Journal, job: Job) -> None:
    """Forget a job of which nothing was begun that could be gone on with."""
    # A journal that cannot be used any more must not hide why the run ended.
    with suppress(JobConflict):
        if not journal.entries(job.key):
            journal.clear(job.key)


def _earlier(store_id: str, plan: Plan, entries: Mapping[int, Entry]) -> dict[int, PartResult]:
    return _results(store_id, plan, {part: entry for part, entry in entries.items() if entry.went_in})


def _results(store_id: str, plan: Plan, entries: Mapping[int, Entry]) -> dict[int, PartResult]:
    return {
        planned.index: _result(store_id, planned, entries[planned.index])
        for planned in plan.parts
        if planned.index in entries
    }


def _result(store_id: str, planned: PlannedPart, entry: Entry) -> PartResult:
    return evolve(
        Part.of(store_id, planned).result(entry.import_id, entry.abandoned),
        state=entry.state,
        errors=entry.errors,
        warnings=entry.warnings,
    )


def _known(entries: Mapping[int, Entry]) -> dict[int, Known]:
    return {
        part: Known(
            stage=entry.stage,
            import_id=None if entry.has_ended else entry.import_id,  # the next one is another
            at=entry.at,
            abandoned=entry.abandoned,
        )
        for part, entry in entries.items()
    }


def _all_sent(job: Job, entries: Mapping[int, Entry]) -> Problem:
    last = latest(entries)
    how = last.import_id if job.parts == 1 else f"{job.parts} parts, the last of them {last.import_id}"
    refused = sum(entry.errors or 0 for entry in entries.values())
    went = "was sent" if refused else "went in"
    but = f", and the service refused {refused:,} of its {job.rows:,} rows" if refused else ""
    ended = f"{how}, which ended on {date(last.at)}{but}"
    message = f"the file {went} as {ended}; nothing was sent. Use --fresh to send it again."
    return Problem(code="already_imported", severity="note", file=job.files[0], message=message)


def _some_sent(job: Job, earlier: Mapping[int, PartResult]) -> list[Problem]:
    if not earlier:
        return []
    message = f"{len(earlier)} of {job.parts} parts had gone in by an earlier run, and were not sent again."
    return [Problem(code="resumed", severity="note", file=job.files[0], message=message)]

"""When the journal says that something must not be sent now: one sentence each, with the way on."""

from collections.abc import Mapping
from datetime import UTC, datetime

from memory_imports._effects import Record
from memory_imports.errors import JobConflict, NotFound, Problem
from memory_imports.jobs.entries import Entry, Job
from memory_imports.models import ImportStatus
from memory_imports.tables.facts import PlannedPart


def overtaken(job: Job, entries: Mapping[int, Entry]) -> JobConflict:
    """Return that the job is done, and may have been undone by others."""
    last = latest(entries)
    return _conflict(
        "already_imported",
        f"{job.name} went in as {last.import_id} on {date(last.at)}, and other files have gone into this store since; "
        "use --fresh to send it again.",
        import_id=last.import_id,
        state=last.state,
    )


def half_done(job: Job, entries: Mapping[int, Entry]) -> JobConflict | None:
    """Return that another job of the same files is half done; None if it is not."""
    sent = [entry for entry in entries.values() if entry.may_be_in]
    if not sent or (len(sent) == job.parts and all(entry.stage != "uploading" for entry in sent)):
        return None
    inside = sum(entry.went_in for entry in sent)
    doubtful = len(sent) - inside
    how = f"{inside} of {job.parts} parts went in" + (f", and {doubtful} may have" if doubtful else "")
    return _conflict(
        "half_done",
        f"An earlier run of {job.name} is half done ({how}), and since then the file, its mapping or what becomes of "
        "its rows has changed. Only with all of that as it was can that run be finished; use --fresh to send "
        "everything as it is now.",
        import_id=sent[-1].import_id,
        state=sent[-1].state,
    )


def under_way(job: Job, seen: ImportStatus) -> JobConflict:
    """Return that another job of the same files was sent, and may still write over what would be sent now."""
    return _conflict(
        "under_way",
        f"An earlier version of {job.name}, or the same one mapped otherwise, was sent as {seen.import_id} and is "
        f"still {seen.state}: its rows might overwrite newer ones. Wait for it with memory-imports wait "
        f"{seen.import_id}, then run this again; use --fresh to send everything as it is now all the same.",
        import_id=seen.import_id,
        state=str(seen.state),
    )


def held_by_another(job: Job, entries: Mapping[int, Entry]) -> JobConflict:
    """Return that another process is importing the same file into the same store in another way."""
    ids = [entry.import_id for entry in entries.values() if entry.import_id is not None]
    named = f" as {ids[-1]}" if ids else ""
    return JobConflict(
        f"Another run is importing another version of {job.name}, or the same one mapped otherwise, into the same "
        f"store right now{named}; wait for it to end.",
        import_id=ids[-1] if ids else None,
    )


def unwritten(line: Record, problem: JobConflict) -> JobConflict:
    """Return that a line could not be written: what holds then, and what must not be done."""
    import_id = line.fields.get("import_id")
    if import_id is None:
        return problem
    told = f"{import_id} could not be recorded"
    if line.event in {"uploaded", "ended"}:
        told = f"{import_id} has the file, which could not be recorded: from another journal it would be sent twice"
    return JobConflict(f"{told}. {problem.message}", import_id=import_id)


def unknown(job: Job, problem: NotFound) -> JobConflict:
    """Return that the service does not know what the journal knows."""
    return _conflict(
        "unknown_import",
        f"The journal says that {job.name} was sent as {problem.import_id}, which the service does not know; "
        "use --fresh to send it again.",
        import_id=problem.import_id,
        request_id=problem.request_id,
    )


def again(part: PlannedPart, import_id: str | None, at: float) -> Problem:
    """Return the warning that another job has sent what this part would send."""
    message = (
        f"rows {part.first_row:,} to {part.last_row:,} went in already on {date(at)} as {import_id}, in a run of "
        "other files or of another version of them; they are sent again."
    )
    return Problem(code="sent_before", severity="warning", file=part.file, row=part.first_row, message=message)


def _conflict(code: str, message: str, **known: str | None) -> JobConflict:
    found = JobConflict(message, **known)
    found.code = code
    return found


def latest(entries: Mapping[int, Entry]) -> Entry:
    """Return the entry that was written last."""
    return max(entries.values(), key=lambda entry: entry.at)


def date(at: float) -> str:
    """Return a moment, in seconds since the epoch, in words."""
    return f"{datetime.fromtimestamp(at, UTC):%Y-%m-%d %H:%M} UTC"

"""Other jobs of the same files and store: what they have under way must not meet what is to be sent."""

from memory_imports._flow import ending
from memory_imports.client import MemoryImports
from memory_imports.errors import NotFound
from memory_imports.jobs.conflicts import half_done, held_by_another, under_way, unknown
from memory_imports.jobs.entries import Job
from memory_imports.jobs.journal import Journal


def clear_the_way(client: MemoryImports, journal: Journal, job: Job, *, fresh: bool) -> None:
    """See that no other job of the same files is in the way; a fresh one forgets them, and what was known of itself.

    Raises:
        JobConflict: Another process runs one, or one is half done or under way.
    """
    others = _rivals(journal, job)
    for one in others:
        with journal.claim(one.key, held_by_another(job, journal.entries(one.key))):
            if not fresh:
                _see_to_its_end(client, journal, one)
    if fresh:
        # Not before all of them are known to be free: else some would be forgotten for nothing.
        for one in others:
            journal.forget(one.key)
        journal.clear(job.key)


def refuse_half_done(journal: Journal, job: Job) -> None:
    """Say before anybody is asked that another job of the same files stands against it, as far as the journal knows.

    Raises:
        JobConflict: One is half done.
    """
    for one in _rivals(journal, job):
        _refuse_half_done(journal, one)


def _rivals(journal: Journal, job: Job) -> list[Job]:
    return [one for one in (standing.job for standing in journal.standings()) if one.is_rival_of(job)]


def _see_to_its_end(client: MemoryImports, journal: Journal, job: Job) -> None:
    """Record how imports of the job have ended since; what is not at its end is in the way."""
    _refuse_half_done(journal, job)
    for part, entry in journal.entries(job.key).items():
        if entry.stage != "uploaded":
            continue
        try:
            status = client.fetch(str(entry.import_id))
        except NotFound as problem:
            raise unknown(job, problem) from None
        if not status.ended:
            raise under_way(job, status)
        journal.write(job.key, ending(part, status))
    # Of parts that were all sent, some may have failed.
    _refuse_half_done(journal, job)


def _refuse_half_done(journal: Journal, job: Job) -> None:
    if (conflict := half_done(job, journal.entries(job.key))) is not None:
        raise conflict

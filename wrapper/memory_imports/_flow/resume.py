"""What an interrupted run left behind: whether its file arrived, and which imports it made for nothing."""

from attrs import frozen

from memory_imports import _endpoints
from memory_imports._effects import Flow, Sleep
from memory_imports._flow.fetch import has_arrived
from memory_imports._flow.orphans import find_orphans
from memory_imports._flow.part import Part
from memory_imports._flow.retry import Tries
from memory_imports.errors import WaitTimeout

# In units of the first pause between polls: the service may take a while to notice a file whose upload ended just
# before the interruption.
_LOOKS = (0, 2, 5)


@frozen(kw_only=True)
class Known:
    """How far the earlier run came, and when (seconds since the epoch) it last said so."""

    stage: str
    import_id: str | None
    at: float


@frozen(kw_only=True)
class Found:
    """``import_id`` has the file already, if it is not None; the ``abandoned`` ones never will."""

    import_id: str | None = None
    abandoned: tuple[str, ...] = ()


def resume(part: Part, known: Known | None, tries: Tries, *, deadline: float) -> Flow[Found]:
    """Return what is left of an earlier run of the same part; the service is asked where only it can know.

    Raises:
        WaitTimeout: There was too little time to know, and to send the file anyway might be to send it twice.
    """
    if known is None:
        return Found()
    if known.import_id is None:
        call = _endpoints.create_call(part.store_id, part.filename, part.body.size, part.mappings)
        orphans = yield from find_orphans(call, part.store_id, known.at, tries, deadline=deadline)
        return Found(abandoned=tuple(orphans))
    arrived = known.stage == "uploaded" or (
        known.stage == "uploading" and (yield from _has_arrived(part.store_id, known.import_id, tries, deadline))
    )
    return Found(import_id=known.import_id) if arrived else Found(abandoned=(known.import_id,))


def _has_arrived(store_id: str, import_id: str, tries: Tries, deadline: float) -> Flow[bool]:
    start = now = yield Sleep(0)
    for look in _LOOKS:
        pause = look * tries.polling.first
        if pause and now + pause > deadline:
            raise WaitTimeout(
                f"There was too little time to see whether {import_id} has its file; run it again with more.",
                import_id=import_id,
                state="PENDING",
                waited=now - start,
            )
        yield Sleep(pause)
        if (yield from has_arrived(store_id, import_id, tries, deadline=deadline)):
            return True
        now = yield Sleep(0)
    return False

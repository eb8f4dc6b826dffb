"""What an interrupted run left behind: whether its file arrived, and which imports it made for nothing."""

from functools import partial

from attrs import frozen

from memory_imports import _endpoints
from memory_imports._effects import Flow, Sleep
from memory_imports._flow.arrival import PATIENTLY, has_arrived
from memory_imports._flow.orphans import find_orphans
from memory_imports._flow.part import Manner, Part
from memory_imports._flow.retry import Tries


@frozen(kw_only=True)
class Known:
    """How far the earlier run came, when (seconds since the epoch) it last said so, and what it left empty."""

    stage: str
    import_id: str | None
    at: float
    abandoned: tuple[str, ...] = ()


@frozen(kw_only=True)
class Found:
    """``import_id`` has the file already, if it is not None; the ``abandoned`` ones never will."""

    import_id: str | None = None
    abandoned: tuple[str, ...] = ()


def resume(part: Part, known: Known | None, tries: Tries, manner: Manner, *, deadline: float) -> Flow[Found]:
    """Return what is left of an earlier run of the same part; the service is asked where only it can know.

    Raises:
        WaitTimeout: There was too little time to know, and to send the file anyway might be to send it twice.
    """
    if known is None:
        return Found()
    if known.stage == "ended":
        return Found(abandoned=known.abandoned)
    if known.import_id is None:
        call = _endpoints.create_call(part.store_id, part.filename, part.body.size, part.mappings)
        orphans = yield from find_orphans(call, part.store_id, known.at, tries, manner.owned, deadline=deadline)
        return Found(abandoned=tuple(dict.fromkeys((*known.abandoned, *orphans))))
    arrived = known.stage == "uploaded"
    if known.stage == "uploading":
        yield Sleep(0, "arrival")
        tell = partial(manner.resuming, part, known.import_id)
        tell()
        arrived = yield from has_arrived(
            part.store_id, known.import_id, tries, deadline=deadline, looks=PATIENTLY, on_look=tell
        )
    if arrived:
        return Found(import_id=known.import_id, abandoned=known.abandoned)
    return Found(abandoned=(*known.abandoned, known.import_id))

"""One import's status, asked for until there is an answer."""

from memory_imports import _endpoints
from memory_imports._effects import Flow, Reply
from memory_imports._flow.retry import Tries, persist
from memory_imports.models import ImportStatus


def fetch(store_id: str, import_id: str, tries: Tries) -> Flow[ImportStatus]:
    """Return the status of one import."""
    status, _ = yield from fetch_reply(store_id, import_id, tries)
    return status


def fetch_reply(
    store_id: str, import_id: str, tries: Tries, *, deadline: float | None = None
) -> Flow[tuple[ImportStatus, Reply]]:
    """Return the status of one import and the reply it came in."""
    call = _endpoints.fetch_call(store_id, import_id)
    reply = yield from persist(call, tries, import_id=import_id, deadline=deadline)
    return _endpoints.read_status(call, reply), reply

"""Imports that a create request made although its answer was lost: found by listing, newest first.

Their upload URL is lost with the answer, so they cannot be used; knowing of them is what can be saved.
"""

from collections.abc import Callable, Collection

from memory_imports import _endpoints
from memory_imports._effects import Call, Flow, Offload, Reply
from memory_imports._flow.fetch import fetch_reply
from memory_imports._flow.listing import Page, next_page
from memory_imports._flow.retry import Tries
from memory_imports._policy import http_date
from memory_imports.errors import InvalidRequest, NotFound, UnknownState
from memory_imports.models import ImportStatus

# Seconds: what the service's clock, which tells whole seconds, may seem to be off by.
_MARGIN = 5.0
_PAGE = 20


def find_orphans(
    call: Call,
    store_id: str,
    started: float,
    tries: Tries,
    owned: Callable[[], Collection[str]],
    *,
    deadline: float | None = None,
) -> Flow[list[str]]:
    """Return the waiting imports that look like the given create request and are not older than ``started``.

    Those that are ``owned``, by somebody who will send their file, are none; who that is may be settled meanwhile.
    """
    found: list[str] = []
    page = yield from next_page(Page(store_id=store_id, order="desc", page_size=_PAGE), tries, deadline=deadline)
    for import_id in page.import_ids if page else ():
        try:
            status, reply = yield from fetch_reply(store_id, import_id, tries, deadline=deadline)
        except (NotFound, UnknownState, InvalidRequest):
            continue  # nothing that waits for a file, or that could ever be asked about
        if _age(status, reply) > reply.at - started + _MARGIN:
            break
        if _looks_like(status, call):
            found.append(import_id)
    theirs = (yield Offload(owned)) if found else ()
    return [import_id for import_id in found if import_id not in theirs]


def _age(status: ImportStatus, reply: Reply) -> float:
    service_now = http_date(reply.headers.get("date", "")) or reply.at
    return service_now - status.created_at.timestamp()


def _looks_like(status: ImportStatus, call: Call) -> bool:
    asked = call.json
    return (
        status.state == "PENDING"
        and status.filename == asked["filename"]
        and status.file_size in {None, asked["fileSize"]}
        and status.column_mappings in {None, _endpoints.mappings_of(call)}
    )

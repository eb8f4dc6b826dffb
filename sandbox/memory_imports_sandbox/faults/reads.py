"""Reading while things move: answers that were right a moment ago, and lists that grow between two pages.

Never older than a replica may be: what is told was true within the last seconds.
"""

import json
from datetime import datetime
from http import HTTPStatus
from urllib.parse import parse_qs

from attrs import evolve
from starlette.types import Message

from memory_imports_sandbox import ids
from memory_imports_sandbox.faults.kind import FETCH, LIST, Kind, changed
from memory_imports_sandbox.faults.wire import Wire
from memory_imports_sandbox.messages import Reply

_BEHIND_SECONDS = 3
_BEFORE = {"PROCESSING": "PENDING", "COMPLETED": "PROCESSING", "FAILED": "PROCESSING"}
_ELSEWHERE = json.dumps(
    {
        "filename": "somebody-elses.csv",
        "fileSize": 1,
        "columnMappings": [
            {"columnName": name, "traitGroup": "Contact", "traitName": name} for name in ("email", "phone")
        ],
    }
).encode()


def _status_behind(wire: Wire, reply: Reply) -> Reply | None:
    document = json.loads(reply.body)
    before = _BEFORE.get(document.get("status"))
    if before is None or wire.now - datetime.fromisoformat(document["updatedAt"]).timestamp() > _BEHIND_SECONDS:
        return None
    document.pop("summary", None)
    return _as_json(reply, {**document, "status": before})


def _list_behind(wire: Wire, reply: Reply) -> Reply | None:
    query = parse_qs(wire.scope["query_string"].decode("latin-1"))
    if reply.status != HTTPStatus.OK or "pageToken" in query or "ASC" in query.get("orderBy", ()):
        return None
    document = json.loads(reply.body)
    newest = next(iter(document["imports"]), None)
    if newest is None or wire.now - ids.made_at("mem_import_", newest) > _BEHIND_SECONDS:
        return None
    return _as_json(reply, {**document, "imports": document["imports"][1:]})


def _as_json(reply: Reply, document: object) -> Reply:
    body = json.dumps(document).encode()
    length = {"content-length": str(len(body))}
    return evolve(reply, headers=tuple((name, length.get(name, value)) for name, value in reply.headers), body=body)


async def _list_grown(wire: Wire) -> None:
    came = {name: value for name, value in wire.scope["headers"] if name in {b"host", b"authorization"}}
    scope = {**wire.scope, "method": "POST", "query_string": b"", "headers": [*came.items(), *_HEADERS]}

    async def receive() -> Message:
        return {"type": "http.request", "body": _ELSEWHERE}

    async def unheard(_: Message) -> None:
        pass

    wire.strike()
    await wire.app(scope, receive, unheard)
    await wire.serve()


_HEADERS = ((b"content-type", b"application/json"), (b"content-length", str(len(_ELSEWHERE)).encode()))

KINDS: tuple[Kind, ...] = (
    Kind(
        name="status-behind",
        says=f"The state is the one before, if it changed in the last {_BEHIND_SECONDS} seconds.",
        processed=True,
        act=changed(_status_behind),
        operations=(FETCH,),
    ),
    Kind(
        name="list-behind",
        says=f"The newest import is missing, if it was made in the last {_BEHIND_SECONDS} seconds.",
        processed=True,
        act=changed(_list_behind),
        operations=(LIST,),
    ),
    Kind(
        name="list-grown",
        says="Somebody else has created an import just before the page is made.",
        processed=True,
        act=_list_grown,
        operations=(LIST,),
    ),
)

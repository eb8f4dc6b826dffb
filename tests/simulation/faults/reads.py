"""Reading while things move: states of a moment ago, words that nobody knows, lists that change while they are read."""

import json
from datetime import datetime
from http import HTTPStatus

from attrs import evolve

from memory_imports._endpoints import FETCH, LIST
from memory_imports_sandbox import ids, messages
from tests.simulation.driver import Course
from tests.simulation.faults.kind import Kind, Trip, changed
from tests.simulation.service import THEIRS, request_of

# Seconds: an answer is never further behind.
BEHIND = 2.0
_BEFORE = {"PROCESSING": "PENDING", "COMPLETED": "PROCESSING", "FAILED": "PROCESSING"}
_THEIRS = json.dumps(
    {
        "filename": THEIRS,
        "fileSize": 1,
        "columnMappings": [
            {"columnName": name, "traitGroup": "Contact", "traitName": name} for name in ("email", "phone")
        ],
    }
).encode()


def _status_behind(trip: Trip, reply: messages.Reply) -> messages.Reply:
    document = json.loads(reply.body)
    before = _BEFORE.get(document.get("status"))
    if before is None or trip.time.now - datetime.fromisoformat(document["updatedAt"]).timestamp() > BEHIND:
        return reply
    document.pop("summary", None)
    return _saying(reply, {**document, "status": before})


def _status_unknown(_: Trip, reply: messages.Reply) -> messages.Reply:
    document = json.loads(reply.body)
    return _saying(reply, {**document, "status": "DREAMING"}) if document["status"] != "PENDING" else reply


def _status_bare(_: Trip, reply: messages.Reply) -> messages.Reply:
    document = json.loads(reply.body)
    return _saying(reply, {name: document[name] for name in ("status", "filename", "createdAt")})


def _list_behind(trip: Trip, reply: messages.Reply) -> messages.Reply:
    document = json.loads(reply.body)
    newest = next(iter(document["imports"]), None)
    if newest is None or trip.time.now - ids.made_at("mem_import_", newest) > BEHIND:
        return reply
    return _saying(reply, {**document, "imports": document["imports"][1:]})


def _list_grown(trip: Trip) -> Course:
    def arrive(now: float) -> messages.Reply:
        ours = request_of(trip.effect, b"")
        trip.handle(evolve(ours, method="POST", query="", body=_THEIRS), now)
        return trip.arrive(now)

    return evolve(trip.fair(), arrive=arrive)


def _saying(reply: messages.Reply, document: object) -> messages.Reply:
    return evolve(reply, body=json.dumps(document).encode()) if reply.status == HTTPStatus.OK else reply


KINDS = (
    Kind(name="status-behind", on=frozenset({FETCH}), fare=changed(_status_behind)),
    Kind(name="status-unknown", on=frozenset({FETCH}), fare=changed(_status_unknown)),
    Kind(name="status-bare", on=frozenset({FETCH}), fare=changed(_status_bare)),
    Kind(name="list-behind", on=frozenset({LIST}), fare=changed(_list_behind)),
    Kind(name="list-grown", on=frozenset({LIST}), fare=_list_grown),
)

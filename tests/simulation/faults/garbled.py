"""Successes that nobody can read: truncated and wrong JSON, and pages of somebody in between."""

from collections.abc import Callable

from attrs import evolve

from memory_imports_sandbox.messages import Reply
from tests.simulation.faults.kind import API, Kind, Trip, changed

_WRONG = (b"null", b"[]", b'{"imports": {}}', b'{"status": 7}', b'{"importId": "x", "url": "y"}', b'"\\ud800"')


def _garbled(name: str, spoil: Callable[[Trip, bytes], bytes]) -> Kind:
    def change(trip: Trip, reply: Reply) -> Reply:
        return evolve(reply, body=spoil(trip, reply.body))

    return Kind(name=name, on=API, fare=changed(change))


KINDS = (
    _garbled("json-cut", lambda trip, body: body[: trip.random.randrange(1, len(body))]),
    _garbled("json-wrong", lambda trip, _: trip.random.choice(_WRONG)),
    _garbled("json-missing", lambda _, __: b""),
    _garbled("json-page", lambda _, __: b"<html>Sign in to this network</html>"),
)

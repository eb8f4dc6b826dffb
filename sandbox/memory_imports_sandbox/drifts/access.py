"""Drifts in who may do what: credentials, stores of others, and methods that nobody documented."""

import base64
import binascii
from collections.abc import Callable
from http import HTTPStatus

from attrs import evolve

from memory_imports_sandbox import imports
from memory_imports_sandbox.drifts.drift import (
    API,
    CREATE,
    FETCH,
    LIST,
    Drift,
    Level,
    ReplyRule,
    RequestRule,
    Scene,
)
from memory_imports_sandbox.drifts.rules import asked_with, status
from memory_imports_sandbox.messages import NO_SUCH_STORE, Reply, Request, json_reply

_COLLECTION = (CREATE, LIST)
_STORE = 3
_ID_LENGTH = 26


def _opened(name: str, operations: tuple[str, ...], says: str, rule: RequestRule) -> Drift:
    where = "request:header/authorization"
    return Drift(name=name, operations=operations, where=where, says=says, level="read", request=rule)


def _other_store(name: str, operation: str, says: str, level: Level, **rules: ReplyRule | RequestRule) -> Drift:
    where = "request:path/storeId"
    return Drift(name=name, operations=(operation,), where=where, says=says, level=level, **rules)  # type: ignore[arg-type] # one of the two


def _method(name: str, operations: tuple[str, ...], says: str, rule: ReplyRule) -> Drift:
    return Drift(name=name, operations=operations, where="request:method", says=says, level="read", reply=rule)


def _given(request: Request) -> tuple[str, str, str]:
    """Scheme, user name and password of the request, as far as it has any."""
    scheme, _, encoded = (request.header("authorization") or "").partition(" ")
    try:
        name, _, password = base64.b64decode(encoded).decode().partition(":")
    except (binascii.Error, ValueError):
        name = password = ""
    return scheme.lower(), name, password


def _let_in(wanted: Callable[[Scene, str, str, str], bool]) -> RequestRule:
    """Takes the request for one with the right credentials, if its own please."""

    def rule(scene: Scene, request: Request) -> Request:
        if not wanted(scene, *_given(request)):
            return request
        right = f"{scene.account.username}:{scene.account.password}".encode()
        return asked_with(request, "authorization", f"Basic {base64.b64encode(right).decode()}")

    return rule


_nobody = _let_in(lambda _, scheme, *__: not scheme)
_bearer = _let_in(lambda _, scheme, *__: scheme == "bearer")
_any_password = _let_in(lambda scene, scheme, name, _: scheme == "basic" and name == scene.account.username)
_any_name = _let_in(lambda scene, scheme, _, password: scheme == "basic" and password == scene.account.password)
_anybody = _let_in(lambda _, scheme, *__: scheme == "basic")


def _as_ours(scene: Scene, request: Request) -> Request:
    """Takes any store that might be one for the one there is."""
    steps = request.path.split("/")
    prefix, _, rest = steps[_STORE].rpartition("_")
    if prefix in {"mem_store", "mem_service"} and len(rest) == _ID_LENGTH:
        steps[_STORE] = scene.account.store_id
    return evolve(request, path="/".join(steps))


def _ours_as_theirs(scene: Scene, request: Request) -> Request:
    """The same, for imports that are there."""
    known = imports.find(scene.connection, request.path.rpartition("/")[2])
    return _as_ours(scene, request) if known else request


def _no_imports(_: Scene, __: Request, reply: Reply) -> Reply:
    if f'"code": {NO_SUCH_STORE}'.encode() not in reply.body:
        return reply
    return json_reply(200, {"imports": [], "meta": {"key": "imports", "pageSize": 50}})


def _done(method: str, status_: int, body: bytes = b"") -> ReplyRule:
    """Does as if an undocumented method had done something."""

    def rule(_: Scene, request: Request, reply: Reply) -> Reply:
        if request.method != method or reply.status != HTTPStatus.METHOD_NOT_ALLOWED:
            return reply
        return Reply(status_, (("content-type", "application/json"),) if body else (), body)

    return rule


def _malformed_only(rule: ReplyRule) -> ReplyRule:
    """Where the store id is what is malformed."""

    def bent(scene: Scene, request: Request, reply: Reply) -> Reply:
        return rule(scene, request, reply) if b'"code": 520049' in reply.body else reply

    return bent


CREDENTIALS: tuple[Drift, ...] = (
    _opened("no-credentials-list", (LIST,), "The list needs no credentials.", _nobody),
    _opened("no-credentials-create", (CREATE,), "Creating needs no credentials.", _nobody),
    _opened("no-credentials-fetch", (FETCH,), "Fetching needs no credentials.", _nobody),
    _opened("any-password-list", (LIST,), "Any password will do for the list.", _any_password),
    _opened("any-password-create", (CREATE,), "Any password will do for creating.", _any_password),
    _opened("any-name-fetch", (FETCH,), "Any user name will do for fetching.", _any_name),
    _opened("anybody-everywhere", API, "Any user name and any password will do.", _anybody),
    _opened("bearer-taken", API, "Any bearer token is taken.", _bearer),
)

STORES: tuple[Drift, ...] = (
    _other_store("other-store-lists", LIST, "Every store lists the same imports.", "read", request=_as_ours),
    _other_store("other-store-creates", CREATE, "Imports can be created in any store.", "create", request=_as_ours),
    _other_store(
        "other-store-fetches", FETCH, "An import can be fetched from any store.", "create", request=_ours_as_theirs
    ),
    _other_store("unknown-store-empty", LIST, "An unknown store lists nothing.", "read", reply=_no_imports),
    _other_store(
        "malformed-store-500", LIST, "A malformed store is 500.", "read", reply=_malformed_only(status(500, 400))
    ),
    _other_store(
        "malformed-store-404", FETCH, "A malformed store is 404.", "read", reply=_malformed_only(status(404, 400))
    ),
)

METHODS: tuple[Drift, ...] = (
    _method("delete-import-204", (FETCH,), "DELETE of an import is 204.", _done("DELETE", 204)),
    _method("put-import-200", (FETCH,), "PUT of an import is 200.", _done("PUT", 200, b"{}")),
    _method("patch-import-500", (FETCH,), "PATCH of an import is 500.", _done("PATCH", 500, b"{}")),
    _method("delete-collection-202", _COLLECTION, "DELETE of all imports is 202.", _done("DELETE", 202, b"{}")),
    _method("put-collection-201", _COLLECTION, "PUT of all imports is 201.", _done("PUT", 201, b"{}")),
)

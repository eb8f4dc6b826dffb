"""A success of the API that cannot be read, or is called something else: what it said is lost, what it did is done."""

from collections.abc import Callable
from http import HTTPStatus

from attrs import evolve

from memory_imports_sandbox.faults.kind import API, Kind, changed
from memory_imports_sandbox.faults.wire import Wire
from memory_imports_sandbox.messages import Reply

_OF_ANOTHER = (b"[]", b"{}", b"null", b'"OK"', b'{"status": "UP"}', b'{"error": {"message": "upstream"}}')
_PAGE = b"<!doctype html><html><head><title>Maintenance</title></head><body>Back soon</body></html>\n"

Spoil = Callable[[Wire, Reply], Reply]


def _garbled(name: str, says: str, spoil: Spoil) -> Kind:
    def change(wire: Wire, reply: Reply) -> Reply | None:
        return spoil(wire, reply) if reply.status < HTTPStatus.BAD_REQUEST else None

    return Kind(name=name, says=says, processed=True, act=changed(change), operations=API)


def _with(reply: Reply, body: bytes, content_type: str = "application/json") -> Reply:
    replaced = {"content-type": content_type, "content-length": str(len(body))}
    return evolve(reply, headers=tuple((name, replaced.get(name, value)) for name, value in reply.headers), body=body)


def _cut(wire: Wire, reply: Reply) -> Reply:
    return _with(reply, reply.body[: wire.random.randrange(1, len(reply.body))])


def _of_another(wire: Wire, reply: Reply) -> Reply:
    return _with(reply, wire.random.choice(_OF_ANOTHER))


KINDS: tuple[Kind, ...] = (
    _garbled("json-cut", "The JSON ends too early, and the length agrees.", _cut),
    _garbled("json-of-another", "The JSON is somebody else's.", _of_another),
    _garbled("json-missing", "There is no body.", lambda _, reply: _with(reply, b"")),
    _garbled("json-page", "A page for people comes as the success.", lambda _, reply: _with(reply, _PAGE, "text/html")),
    _garbled(
        "json-called-html",
        "The JSON is right, and called HTML.",
        lambda _, reply: _with(reply, reply.body, "text/html; charset=utf-8"),
    ),
)

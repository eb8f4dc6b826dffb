"""What an object store says no with, in its own XML, and what the way to it says."""

from collections.abc import Callable

from memory_imports_sandbox import objects
from memory_imports_sandbox.faults.kind import Act, Kind, afterwards, instead
from memory_imports_sandbox.faults.refusals import delivered, page
from memory_imports_sandbox.faults.wire import Wire
from memory_imports_sandbox.messages import Reply
from memory_imports_sandbox.signing import Refusal

_SLOW_DOWN = Refusal(503, "SlowDown", "Please reduce your request rate.")
_SKEWED = Refusal(
    403, "RequestTimeTooSkewed", "The difference between the request time and the current time is too large."
)
_EXPIRED = Refusal(403, "AccessDenied", "Request has expired")


def _error(refusal: Refusal) -> Callable[[Wire], Reply]:
    def make(wire: Wire) -> Reply:
        request_id = f"{wire.random.getrandbits(64):016X}"
        reply = objects.error(refusal, request_id, f"{wire.random.getrandbits(192):048x}")
        return delivered(wire, reply.with_headers(("x-amz-request-id", request_id)))

    return make


async def _early(wire: Wire) -> None:
    wire.strike()
    # The server ends the connection itself: what is still on its way then meets a reset.
    await wire.say(_error(_SLOW_DOWN)(wire).with_headers(("connection", "close")))


def _store(name: str, says: str, act: Act, *, processed: bool = False) -> Kind:
    return Kind(name=f"store-{name}", says=says, processed=processed, act=act, operations=(objects.UPLOAD,))


KINDS: tuple[Kind, ...] = (
    _store("error", "500 InternalError, and the file is not kept.", instead(_error(objects.BROKEN))),
    _store(
        "error-kept",
        "500 InternalError, although the file is kept.",
        afterwards(_error(objects.BROKEN)),
        processed=True,
    ),
    _store("slow-down", "503 SlowDown.", instead(_error(_SLOW_DOWN))),
    _store("slow-down-early", "503 SlowDown before the body is read, and the connection is closed.", _early),
    _store("request-timeout", "400 RequestTimeout, although the body has come.", instead(_error(objects.TIMED_OUT))),
    _store("clock-skewed", "403 RequestTimeTooSkewed: the clocks differ.", instead(_error(_SKEWED))),
    _store("expired", "403: the URL is said to have ended.", instead(_error(_EXPIRED))),
    _store("bad-gateway", "502 with a proxy's page, and the file is not kept.", instead(page(502, b"Bad Gateway"))),
    _store(
        "gateway-timeout",
        "504 with a proxy's page, although the file is kept.",
        afterwards(page(504, b"Gateway Time-out")),
        processed=True,
    ),
)

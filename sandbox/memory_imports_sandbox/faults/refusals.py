"""The API says no for a reason of its own: 429 with every form of Retry-After, and errors of the 5xx family.

429 is the account's own limit and comes before anything is done. A 5xx may come after: that is what makes it bad.
"""

from collections.abc import Callable
from email.utils import formatdate

from memory_imports_sandbox.faults.kind import API, Act, Kind, afterwards, instead
from memory_imports_sandbox.faults.wire import Wire
from memory_imports_sandbox.messages import Reply, problem

_PAGE = b"<!doctype html><html><head><title>%d</title></head><body><h1>%d %s</h1><hr>proxy</body></html>\n"
_SOON = 1
_HUGE = ("86400", "4294967296", "9" * 30)
_NONSENSE = ("soon", "-1", "1.5", "", "Mon, 99 Foo 2026 25:61:00 GMT", "1, 2")

Value = Callable[[Wire], str]


def served(wire: Wire, reply: Reply) -> Reply:
    """An answer of the service itself, with what every answer of it has."""
    request_id = f"RQ{wire.random.getrandbits(128):032x}"
    return delivered(wire, reply.with_headers(("twilio-request-id", request_id)))


def delivered(wire: Wire, reply: Reply) -> Reply:
    """An answer with its date and length."""
    date, length = formatdate(wire.now, usegmt=True), str(len(reply.body))
    return reply.with_headers(("date", date), ("content-length", length))


def page(status: int, words: bytes) -> Callable[[Wire], Reply]:
    """An answer of a proxy on the way, for people."""
    body = _PAGE % (status, status, words)
    return lambda wire: delivered(wire, Reply(status, (("content-type", "text/html"),), body))


def _refusal(status: int, message: str, value: Value | None = None) -> Callable[[Wire], Reply]:
    def make(wire: Wire) -> Reply:
        headers = () if value is None else (("retry-after", value(wire)),)
        return served(wire, problem(status, message, *headers))

    return make


def _too_many(form: str, says: str, value: Value | None) -> Kind:
    act = instead(_refusal(429, "Too many requests.", value))
    return Kind(name=f"too-many-{form}", says=says, processed=False, act=act, operations=API)


def _of(values: tuple[str, ...]) -> Value:
    return lambda wire: wire.random.choice(values)


TOO_MANY: tuple[Kind, ...] = (
    _too_many("unsaid", "429 does not say when to come back.", None),
    _too_many("seconds", "429 says to come back after a second.", lambda _: str(_SOON)),
    _too_many("at-once", "429 says to come back after no seconds.", lambda _: "0"),
    _too_many("much-later", "429 says to come back after a day or after ages.", _of(_HUGE)),
    _too_many(
        "date",
        "429 says when to come back as a date of HTTP.",
        lambda wire: formatdate(wire.now + _SOON, usegmt=True),
    ),
    _too_many("nonsense", "429 says when to come back in a way that makes no sense.", _of(_NONSENSE)),
)


def _broken(name: str, says: str, act: Act, *, processed: bool = False) -> Kind:
    return Kind(name=name, says=says, processed=processed, act=act, operations=API)


_INTERNAL = _refusal(500, "An internal error has occurred.")
_UNAVAILABLE = "The service is unavailable."

BROKEN: tuple[Kind, ...] = (
    _broken("error-unprocessed", "500, and nothing was done.", instead(_INTERNAL)),
    _broken("error-processed", "500, although all was done.", afterwards(_INTERNAL), processed=True),
    _broken("bad-gateway", "502 with a proxy's page, and nothing was done.", instead(page(502, b"Bad Gateway"))),
    _broken(
        "gateway-timeout",
        "504 with a proxy's page, although all was done.",
        afterwards(page(504, b"Gateway Time-out")),
        processed=True,
    ),
    _broken("unavailable-unsaid", "503 does not say when to come back.", instead(_refusal(503, _UNAVAILABLE))),
    _broken(
        "unavailable-seconds",
        "503 says to come back after a second.",
        instead(_refusal(503, _UNAVAILABLE, lambda _: str(_SOON))),
    ),
)

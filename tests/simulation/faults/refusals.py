"""The API says no: 429 with every form of Retry-After, the 5xx family, proxies' pages, redirects, 403 and 404."""

from collections.abc import Callable
from email.utils import formatdate

from memory_imports._endpoints import FETCH
from memory_imports_sandbox.messages import Reply, problem
from tests.simulation.faults.kind import API, Kind, Trip, instead

ELSEWHERE = "http://elsewhere.example"
_PAGE = b"<!doctype html><title>Something is wrong</title>"
_HUGE = ("86400", "9" * 30)
_NONSENSE = ("soon", "-1", "1.5", "", "Mon, 99 Foo 2026 25:61:00 GMT")

Value = Callable[[Trip], str]


def page(status: int) -> Callable[[Trip], Reply]:
    """Return a proxy's page."""
    return lambda trip: dated(trip, Reply(status, (("content-type", "text/html"),), _PAGE))


def dated(trip: Trip, reply: Reply) -> Reply:
    """Return the answer with its date, by true time."""
    return reply.with_headers(("date", formatdate(trip.time.now, usegmt=True)))


def _refusal(status: int, value: Value | None = None) -> Callable[[Trip], Reply]:
    def make(trip: Trip) -> Reply:
        headers = () if value is None else (("retry-after", value(trip)),)
        return dated(trip, problem(status, "No.", *headers))

    return make


def _too_many(form: str, value: Value | None) -> Kind:
    return Kind(name=f"429-{form}", on=API, fare=instead(_refusal(429, value)))


def _moved(_: Trip) -> Reply:
    return Reply(307, (("location", f"{ELSEWHERE}/v1"),))


KINDS = (
    _too_many("unsaid", None),
    _too_many("at-once", lambda _: "0"),
    _too_many("seconds", lambda trip: str(trip.random.randrange(1, 9))),
    _too_many("much-later", lambda trip: trip.random.choice(_HUGE)),
    _too_many("date", lambda trip: formatdate(trip.time.now + 3, usegmt=True)),
    _too_many("past-date", lambda trip: formatdate(trip.time.now - 60, usegmt=True)),
    _too_many("nonsense", lambda trip: trip.random.choice(_NONSENSE)),
    Kind(name="500", on=API, fare=instead(_refusal(500)), ambiguous=True),
    Kind(name="500-processed", on=API, fare=instead(_refusal(500), processed=True), ambiguous=True),
    Kind(name="502-page", on=API, fare=instead(page(502)), ambiguous=True),
    Kind(name="504-page-processed", on=API, fare=instead(page(504), processed=True), ambiguous=True),
    Kind(name="503-unsaid", on=API, fare=instead(_refusal(503)), ambiguous=True),
    Kind(name="503-seconds", on=API, fare=instead(_refusal(503, lambda _: "2")), ambiguous=True),
    Kind(name="307-elsewhere", on=API, fare=instead(_moved)),
    Kind(name="403-denied", on=API, fare=instead(_refusal(403))),
    Kind(name="404-not-yet", on=frozenset({FETCH}), fare=instead(_refusal(404))),
)

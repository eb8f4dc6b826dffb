"""The object store says no, in its XML, or sends the file on to another place."""

from collections.abc import Callable
from urllib.parse import urlsplit

from memory_imports._effects import Put
from memory_imports_sandbox import objects
from memory_imports_sandbox.messages import Reply
from memory_imports_sandbox.signing import Refusal
from tests.simulation.faults.kind import UPLOAD, Kind, Trip, instead
from tests.simulation.faults.refusals import ELSEWHERE, dated, page

_SLOW_DOWN = Refusal(503, "SlowDown", "Please reduce your request rate.")
_EXPIRED = Refusal(403, "AccessDenied", "Request has expired")
_SKEWED = Refusal(403, "RequestTimeTooSkewed", "The difference between the request time and ours is too large.")


def _error(refusal: Refusal) -> Callable[[Trip], Reply]:
    return lambda trip: dated(trip, objects.error(refusal, "S3RQ", "host"))


def _slowed(trip: Trip) -> Reply:
    return _error(_SLOW_DOWN)(trip).with_headers(("retry-after", str(trip.random.randrange(1, 9))))


def _moved(base: str) -> Callable[[Trip], Reply]:
    def make(trip: Trip) -> Reply:
        url = trip.effect.url if isinstance(trip.effect, Put) else ""
        parts = urlsplit(url)
        return Reply(
            307, (("location", f"{base or 'http://' + parts.netloc}{parts.path}?{parts.query}&"),)
        )  # another URL

    return make


def _kind(name: str, make: Callable[[Trip], Reply], *, processed: bool = False, ambiguous: bool = False) -> Kind:
    return Kind(
        name=f"store-{name}", on=frozenset({UPLOAD}), fare=instead(make, processed=processed), ambiguous=ambiguous
    )


KINDS = (
    _kind("500", _error(objects.BROKEN), ambiguous=True),
    _kind("500-kept", _error(objects.BROKEN), processed=True, ambiguous=True),
    _kind("502-page", page(502), ambiguous=True),
    _kind("504-page-kept", page(504), processed=True, ambiguous=True),
    _kind("slow-down", _error(_SLOW_DOWN)),
    _kind("slow-down-seconds", _slowed),
    _kind("request-timeout", _error(objects.TIMED_OUT)),
    _kind("expired", _error(_EXPIRED)),
    _kind("clock-skewed", _error(_SKEWED)),
    _kind("307-there", _moved("")),
    _kind("307-elsewhere", _moved(ELSEWHERE)),
)

"""Spans and metrics for callers who use OpenTelemetry; imported only where they do, for it is no dependency of ours.

The names are those of the semantic conventions for HTTP where these have one, else they begin with `memory_imports`.
No attribute holds a query, a credential or a cell value. docs/observability.md lists all of them.
"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from attrs import frozen
from opentelemetry import context, metrics, trace
from opentelemetry.context import Context
from opentelemetry.trace import Span, SpanKind, Status, StatusCode, Tracer

from memory_imports._effects import RESULT, Call, Effect, Lost, Put, Reply, Sleep
from memory_imports._settings import Settings
from memory_imports._version import __version__
from memory_imports.errors import MemoryImportsError
from memory_imports.models import PartResult

_SCOPE = "memory_imports"
# What telemetry of the HTTP library looks at: it would make every span twice, with the signed URL in it. The first is
# no public name; where it is gone, the second keeps out more than has to be, but the URL, too.
_SUPPRESSED: str = getattr(context, "_SUPPRESS_HTTP_INSTRUMENTATION_KEY", "suppress_instrumentation")
# The limits, in seconds, that the semantic conventions ask for: by default an SDK counts in thousands of them.
_LIMITS = (0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0)
_OPERATION, _ERROR = "memory_imports.operation", "error.type"


@frozen
class Meters:
    """What is counted. Durations are in seconds."""

    duration: metrics.Histogram
    requests: metrics.Counter
    retries: metrics.Counter
    waited: metrics.Counter
    uploaded: metrics.Counter
    rows: metrics.Counter

    @classmethod
    def of(cls, meter: metrics.Meter) -> "Meters":
        """Return them as the caller's provider makes them: the same ones each time."""
        counter = meter.create_counter
        return cls(
            _durations(meter),
            counter("memory_imports.requests", "{request}", "Requests, retries included."),
            counter("memory_imports.retries", "{request}", "Requests that were sent again."),
            counter("memory_imports.waited", "s", "Time between requests, by what it was waited for."),
            counter("memory_imports.uploaded", "By", "Bytes of uploads that the object store accepted."),
            counter("memory_imports.rows", "{row}", "Rows of parts that were sent, by how their import ended."),
        )


def _durations(meter: metrics.Meter) -> metrics.Histogram:
    about = ("http.client.request.duration", "s", "How long requests took.")
    try:
        return meter.create_histogram(*about, explicit_bucket_boundaries_advisory=_LIMITS)
    except TypeError:  # an older API, which takes no advice
        return meter.create_histogram(*about)


def telemetry(name: str, settings: Settings) -> "Telemetry":
    """Return a watcher that reports to the caller's providers, under the caller's current span."""
    tracer = trace.get_tracer(_SCOPE, __version__)
    meters = Meters.of(metrics.get_meter(_SCOPE, __version__))
    return Telemetry(name, settings, tracer, meters, context.get_current())


class Telemetry:
    """The span of one flow, and of each request that it makes."""

    def __init__(  # noqa: PLR0917 - what a part is given by its run
        self,
        name: str,
        settings: Settings,
        tracer: Tracer,
        meters: Meters,
        parent: Context,
        part: int | None = None,
    ) -> None:
        self._settings, self._tracer, self._meters = settings, tracer, meters
        facts = _named({"store_id": settings.store_id, "part": part})
        self._span = tracer.start_span(f"memory_imports {name}", context=parent, attributes=facts)
        self._context = trace.set_span_in_context(self._span, parent)
        self._request: Span | None = None
        self._token: Any = None

    def part(self, number: int) -> "Telemetry":
        """Return the watcher of one part, whose span is a child of this one's."""
        return Telemetry("part", self._settings, self._tracer, self._meters, self._context, number)

    def before(self, effect: Effect) -> None:
        """Let what is done for the flow belong to its span, a request to one of its own."""
        within = self._context
        if isinstance(effect, Call | Put):
            name = f"{effect.method} {effect.operation}"
            facts = _sent(effect, self._settings)
            self._request = self._tracer.start_span(name, within, kind=SpanKind.CLIENT, attributes=facts)
            within = trace.set_span_in_context(self._request, within)
            within = context.set_value(_SUPPRESSED, value=True, context=within)
        self._token = context.attach(within)

    def after(self, effect: Effect, outcome: Any, seconds: float) -> None:  # noqa: ANN401 - each effect has its own
        """End the request, and count."""
        context.detach(self._token)
        if isinstance(effect, Call | Put) and self._request is not None:
            facts = _answered(outcome)
            self._request.set_attributes(facts | _named({"request_id": getattr(outcome, "request_id", None)}))
            if _ERROR in facts:
                self._request.set_status(Status(StatusCode.ERROR, getattr(outcome, "reason", None)))
            self._request.end()
            self._request = None
            self._count(effect, outcome, seconds, facts)
        elif isinstance(effect, Sleep) and effect.why in {"retry", "poll"}:
            # Not what was asked for: whoever interrupts a pause has waited for less.
            self._meters.waited.add(seconds, {"memory_imports.why": effect.why})

    def over(self, outcome: Any, seconds: float) -> None:  # noqa: ANN401 - each flow has its own
        """End the flow's span with what became of it."""
        del seconds  # the span has its own
        self._span.set_attributes(_named({name: getattr(outcome, name, None) for name in RESULT}))
        if isinstance(outcome, BaseException):
            # The text of an exception that is not ours may hold anything.
            words = outcome.message if isinstance(outcome, MemoryImportsError) else None
            self._span.set_attribute(_ERROR, type(outcome).__name__)
            self._span.set_status(Status(StatusCode.ERROR, words))
        elif isinstance(outcome, PartResult):
            self._meters.rows.add(outcome.rows, {"memory_imports.state": outcome.state or "UPLOADED"})
        self._span.end()

    def _count(self, effect: Call | Put, outcome: Any, seconds: float, facts: Mapping[str, Any]) -> None:  # noqa: ANN401 - as above
        about = {_OPERATION: effect.operation}
        url = _place(effect, self._settings)
        place = {name: url[name] for name in ("server.address", "server.port")}
        self._meters.duration.record(seconds, {"http.request.method": effect.method, **place, **facts})
        self._meters.requests.add(1, {**about, **facts})
        if effect.attempt > 1:
            self._meters.retries.add(1, about)
        if isinstance(effect, Put) and isinstance(outcome, Reply) and _ERROR not in facts:
            self._meters.uploaded.add(effect.body.size)


def _sent(effect: Call | Put, settings: Settings) -> dict[str, Any]:
    again = {} if effect.attempt == 1 else {"http.request.resend_count": effect.attempt - 1}
    ours = _named({"operation": effect.operation, "import_id": effect.import_id})
    size = {"http.request.body.size": effect.body.size} if isinstance(effect, Put) else {}
    return {"http.request.method": effect.method, **_place(effect, settings), **size, **again, **ours}


def _place(effect: Call | Put, settings: Settings) -> dict[str, Any]:
    """Return where a request goes, without its query: that signs an upload."""
    url = urlsplit(effect.url if isinstance(effect, Put) else settings.base_url + effect.path)
    return {
        "url.full": f"{url.scheme}://{url.netloc}{url.path}",
        "server.address": url.hostname or "",
        "server.port": url.port or {"http": 80}.get(url.scheme, 443),
    }


def _answered(outcome: Any) -> dict[str, Any]:  # noqa: ANN401 - a reply or any exception
    if not isinstance(outcome, Reply):
        return {_ERROR: outcome.kind if isinstance(outcome, Lost) else type(outcome).__name__}
    refused = {_ERROR: str(outcome.status)} if outcome.status >= HTTPStatus.BAD_REQUEST else {}
    return {"http.response.status_code": outcome.status, **refused}


def _named(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is known, under names of ours, in types that attributes may have."""
    return {
        f"{_SCOPE}.{name}": fact if isinstance(fact, int) else str(fact)
        for name, fact in facts.items()
        if fact is not None
    }

"""What telemetry has taken in, in a form to compare."""

from collections.abc import Mapping
from typing import Any

from attrs import frozen
from opentelemetry.sdk.metrics.export import InMemoryMetricReader, Metric
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

Points = list[tuple[dict[str, Any], float]]


@frozen
class Collected:
    """Spans that have ended, and metrics as they are."""

    exporter: InMemorySpanExporter
    reader: InMemoryMetricReader

    @property
    def spans(self) -> list[ReadableSpan]:
        """The spans, in the order of their ends."""
        return list(self.exporter.get_finished_spans())

    def named(self, name: str) -> list[ReadableSpan]:
        """The spans of this name."""
        return [span for span in self.spans if span.name == name]

    def tree(self) -> dict[str, list[str]]:
        """The sorted names of each name's children; those without a parent are children of nothing."""
        names = {span.context.span_id: span.name for span in self.spans if span.context}
        found: dict[str, list[str]] = {}
        for span in self.spans:
            found.setdefault(names[span.parent.span_id] if span.parent else "", []).append(span.name)
        return {name: sorted(children) for name, children in found.items()}

    def metrics(self) -> Mapping[str, Points]:
        """Each metric's points: attributes, and the sum; of a histogram the count."""
        return {metric.name: [_point(point) for point in metric.data.data_points] for metric in self._every()}

    def limits(self, name: str) -> list[tuple[float, ...]]:
        """The limits of each point of a histogram."""
        found: list[Any] = [metric for metric in self._every() if metric.name == name]
        return [tuple(point.explicit_bounds) for metric in found for point in metric.data.data_points]

    def _every(self) -> list[Metric]:
        data = self.reader.get_metrics_data()
        return [
            metric
            for one in (data.resource_metrics if data else ())
            for scope in one.scope_metrics
            for metric in scope.metrics
        ]

    def text(self) -> str:
        """All of it as one text, to look for what must not be there."""
        shown = [(span.name, dict(span.attributes or {}), span.status.description, span.events) for span in self.spans]
        return repr((shown, self.metrics()))


def _point(point: Any) -> tuple[dict[str, Any], float]:  # noqa: ANN401 - of several kinds
    return dict(point.attributes), point.value if hasattr(point, "value") else point.count

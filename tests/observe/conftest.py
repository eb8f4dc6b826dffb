"""A caller's OpenTelemetry that keeps everything in memory, and a sandbox to watch runs on."""

from collections.abc import Iterator

import pytest
from opentelemetry import metrics, trace
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

import memory_imports_sandbox as package
from tests.observe.collected import Collected


@pytest.fixture
def collected(monkeypatch: pytest.MonkeyPatch) -> Iterator[Collected]:
    """What a caller's telemetry has taken in; the providers are this test's alone."""
    exporter, reader = InMemorySpanExporter(), InMemoryMetricReader()
    spans, meters = TracerProvider(shutdown_on_exit=False), MeterProvider([reader], shutdown_on_exit=False)
    spans.add_span_processor(SimpleSpanProcessor(exporter))
    monkeypatch.setattr(trace, "get_tracer", spans.get_tracer)
    monkeypatch.setattr(metrics, "get_meter", meters.get_meter)
    yield Collected(exporter, reader)
    spans.shutdown()
    meters.shutdown()


@pytest.fixture(scope="session")
def service() -> Iterator[package.Announcement]:
    """A sandbox that imports at once."""
    with package.running(package.Settings(pending_seconds=0, processing_seconds=0)) as announcement:
        yield announcement

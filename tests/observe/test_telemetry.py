"""Spans and metrics of a caller who has OpenTelemetry: of both clients, whatever happens, and without a secret."""

import asyncio
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from opentelemetry import context, trace

import memory_imports_sandbox as package
from memory_imports import AsyncMemoryImports, _http, _telemetry, errors
from tests.observe.callers import CALLS, CELL, COLUMNS, Call, met, of_sandbox, people
from tests.observe.collected import Collected
from tests.support.replies import (
    LOST,
    SECRET,
    SIGNATURE,
    STORE,
    STORED,
    USER,
    created,
    error,
    import_id,
    page,
    status,
    xml,
)
from tests.support.server import Server
from tests.support.wire import Script

CREATE, FETCH, LIST = "POST CreateProfilesImportV2", "GET FetchProfileImportV2", "GET ListProfileImportsV2"
KEY = context._SUPPRESS_HTTP_INSTRUMENTATION_KEY  # noqa: SLF001 - what telemetry of the HTTP library looks at


@pytest.fixture(params=list(CALLS.values()), ids=list(CALLS))
def call(request: pytest.FixtureRequest) -> Any:  # noqa: ANN401 - a caller of one of the clients
    """Both clients."""
    return request.param


def facts(span: Any) -> dict[str, Any]:  # noqa: ANN401 - as the library has it
    """Return a span's attributes."""
    return dict(span.attributes)


def test_a_run_is_one_span_with_its_parts_and_their_requests(
    call: Call,
    collected: Collected,
    service: package.Announcement,
    tmp_path: Path,
) -> None:
    """Below the caller's own span, in threads and in tasks alike."""
    with trace.get_tracer("caller").start_as_current_span("nightly"):
        result = call("run", people(tmp_path, "a", "b"), COLUMNS, client=of_sandbox(service))
    tree = collected.tree()
    assert (["nightly"], ["memory_imports run"]) == (tree[""], tree["nightly"])
    assert ["memory_imports part"] * 2 == tree["memory_imports run"]
    assert {CREATE: 2, "PUT upload": 2} == {
        name: tree["memory_imports part"].count(name) for name in (CREATE, "PUT upload")
    }
    assert 2 <= tree["memory_imports part"].count(FETCH)
    (run,) = collected.named("memory_imports run")
    assert {
        "memory_imports.store_id": service.store_id,
        "memory_imports.outcome": "completed",
        "memory_imports.rows": 2,
        "memory_imports.bytes": result.bytes,
    } == facts(run)
    parts = {facts(span)["memory_imports.part"]: facts(span) for span in collected.named("memory_imports part")}
    assert [(part.import_id, "COMPLETED", 1) for part in result.parts] == [
        tuple(parts[number][f"memory_imports.{name}"] for name in ("import_id", "state", "rows")) for number in (0, 1)
    ]


def test_a_request_says_what_http_says_and_what_we_know(call: Call, collected: Collected) -> None:
    """By the semantic conventions, and the ids besides."""
    met(call, [status()], "fetch", import_id())
    (span,) = collected.named(FETCH)
    found = facts(span)
    port = found.pop("server.port")
    path = f"/v1/Stores/{STORE}/Profiles/Imports/{import_id()}"
    assert {
        "http.request.method": "GET",
        "http.response.status_code": 200,
        "url.full": f"http://127.0.0.1:{port}{path}",
        "server.address": "127.0.0.1",
        "memory_imports.operation": "FetchProfileImportV2",
        "memory_imports.import_id": import_id(),
        "memory_imports.request_id": "RQ1",
    } == found
    assert (trace.SpanKind.CLIENT, trace.StatusCode.UNSET) == (span.kind, span.status.status_code)


def test_each_public_call_has_a_span_of_its_name(call: Call, collected: Collected) -> None:
    """Not that of the generator behind it."""
    columns = {"size": 3, "mappings": COLUMNS}
    made, _ = met(call, [created()], "create", "people.csv", **columns)
    met(call, [status()], "fetch", import_id())
    met(call, [status()], "wait", import_id())
    met(call, [page(1)], "list")
    met(call, [], "upload", made, b"four")
    roots = collected.tree()[""]
    assert [f"memory_imports {name}" for name in ("create", "fetch", "list", "list", "upload", "wait")] == roots
    (create,) = collected.named("memory_imports create")
    assert import_id() == facts(create)["memory_imports.import_id"]


def test_retries_and_errors_are_told(call: Call, collected: Collected) -> None:
    """The how-manieth, the kind of each failure, and what the caller got in the end."""
    problem, _ = met(call, [error(20429, 429), LOST, error(20500, 500)], "fetch", import_id())
    assert isinstance(problem, errors.ServiceUnavailable)
    first, second, third = map(facts, collected.named(FETCH))
    assert ("429", None) == (first["error.type"], first.get("http.request.resend_count"))
    assert 1 == second["http.request.resend_count"]
    assert second["error.type"] in {"ReadError", "RemoteProtocolError"}
    assert ("500", 500, 2) == (
        third["error.type"],
        third["http.response.status_code"],
        third["http.request.resend_count"],
    )
    (span,) = collected.named("memory_imports fetch")
    assert ("ServiceUnavailable", "RQ1") == (facts(span)["error.type"], facts(span)["memory_imports.request_id"])
    assert (trace.StatusCode.ERROR, problem.message) == (span.status.status_code, span.status.description)
    about = {"memory_imports.operation": "FetchProfileImportV2"}
    found = collected.metrics()
    assert [(about, 2)] == found["memory_imports.retries"]
    assert 3 == sum(count for _, count in found["memory_imports.requests"])
    answered = {**about, "http.response.status_code": 429, "error.type": "429"}
    assert (answered, 1) in found["memory_imports.requests"]
    assert {"retry"} == {point["memory_imports.why"] for point, _ in found["memory_imports.waited"]}


def test_what_went_in_is_counted(
    call: Call, collected: Collected, service: package.Announcement, tmp_path: Path
) -> None:
    """Bytes that were accepted, rows by their end, requests by their answers, and how long they took."""
    result = call("run", people(tmp_path, "c", "d"), COLUMNS, client=of_sandbox(service))
    found = collected.metrics()
    assert [({}, result.bytes)] == found["memory_imports.uploaded"]
    assert [({"memory_imports.state": "COMPLETED"}, 2)] == found["memory_imports.rows"]
    assert ({"memory_imports.operation": "upload", "http.response.status_code": 200}, 2) in found[
        "memory_imports.requests"
    ]
    made = {"memory_imports.operation": "CreateProfilesImportV2", "http.response.status_code": 201}
    assert (made, 2) in found["memory_imports.requests"]
    assert sum(n for _, n in found["memory_imports.requests"]) == sum(
        n for _, n in found["http.client.request.duration"]
    )
    assert "memory_imports.retries" not in found


def test_nothing_secret_is_told(call: Call, collected: Collected, tmp_path: Path) -> None:
    """Neither in a run that goes well nor in one that does not: no query, credential or cell value."""
    files = people(tmp_path, "e")
    for last in ([STORED, status()], [xml(403, "AccessDenied")], [LOST, status("PENDING"), LOST, error(20500, 500)]):
        met(call, [created(), *last], "run", files, COLUMNS)
    text = collected.text()
    assert "PUT upload" in text
    assert [] == [secret for secret in (SECRET, SIGNATURE, CELL, "X-Amz") if secret in text]
    assert [] == [span for span in collected.spans if "?" in facts(span).get("url.full", "")]


def test_a_failure_that_is_not_ours_is_named_and_not_quoted(call: Call, collected: Collected, tmp_path: Path) -> None:
    """Its text may hold anything; and what is under way is ended, too."""

    def tell(news: Any) -> None:  # noqa: ANN401 - progress
        if news.phase == "uploading" and news.bytes_sent == 0:
            raise ZeroDivisionError(CELL)

    problem, _ = met(call, [created(), STORED], "run", people(tmp_path, "f"), COLUMNS, progress=tell)
    assert isinstance(problem, ZeroDivisionError)
    ends = {span.name: facts(span)["error.type"] for span in collected.spans if "error.type" in facts(span)}
    assert {
        "PUT upload": "Interrupted",
        "memory_imports part": "Interrupted",
        "memory_imports run": "ZeroDivisionError",
    } == ends
    assert CELL not in collected.text()


def test_telemetry_of_the_http_library_is_asked_to_keep_out(
    call: Call, collected: Collected, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would tell every request twice, with the signed URL; outside of requests the caller's context is untouched."""
    seen: list[tuple[object, str]] = []
    original = _http.timeouts

    def see(*given: Any) -> Any:  # noqa: ANN401 - as the original
        span: Any = trace.get_current_span()
        seen.append((context.get_value(KEY), span.name))
        return original(*given)

    monkeypatch.setattr(_http, "timeouts", see)
    met(call, [status()], "fetch", import_id())
    assert [(True, FETCH)] == seen
    assert context.get_value(KEY) is None
    assert collected.spans


def test_telemetry_of_the_http_library_keeps_out_although_the_private_name_is_gone(
    call: Call, collected: Collected, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the name that it looks at besides; as long as the first is there, that one is used."""
    assert KEY == _telemetry._SUPPRESSED  # noqa: SLF001 - what is compared
    monkeypatch.delattr(context, "_SUPPRESS_HTTP_INSTRUMENTATION_KEY")
    monkeypatch.delitem(sys.modules, "memory_imports._telemetry")
    seen: list[object] = []
    original = _http.timeouts

    def see(*given: Any) -> Any:  # noqa: ANN401 - as the original
        seen.append(context.get_value("suppress_instrumentation"))
        return original(*given)

    monkeypatch.setattr(_http, "timeouts", see)
    met(call, [status()], "fetch", import_id())
    assert [True] == seen
    assert collected.spans


def test_durations_are_counted_in_fractions_of_a_second(call: Call, collected: Collected) -> None:
    """By the limits of the semantic conventions."""
    met(call, [status()], "fetch", import_id())
    (limits,) = collected.limits("http.client.request.duration")
    assert (0.005, 1.0, 10.0, 14) == (limits[0], limits[9], limits[-1], len(limits))


def test_an_older_api_takes_no_advice_and_counts_all_the_same() -> None:
    """The histogram has the limits of its SDK then."""
    made: list[tuple[str, ...]] = []

    class Older:
        def create_histogram(self, *about: str) -> str:
            made.append(about)
            return "histogram"

        def create_counter(self, *_: str) -> str:
            return "counter"

    meter: Any = Older()
    assert "histogram" == _telemetry.Meters.of(meter).duration  # type: ignore[comparison-overlap] # of the other kind
    assert [("http.client.request.duration", "s")] == [about[:2] for about in made]


def test_what_was_waited_is_counted_and_not_what_was_asked_for(collected: Collected) -> None:
    """Whoever cancels a pause of a hundred seconds has not waited for them."""

    async def impatient(base: str) -> None:
        async with AsyncMemoryImports(STORE, credentials=(USER, SECRET), base_url=base) as imports:
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(imports.fetch(import_id()), 0.5)

    with Server(Script([error(20429, 429, retry_after="100")])) as server:
        asyncio.run(impatient(server.base))
    ((about, seconds),) = collected.metrics()["memory_imports.waited"]
    assert {"memory_imports.why": "retry"} == about
    assert 0 < seconds < 50


def test_a_caller_without_telemetry_pays_for_none() -> None:
    """It is there, and not in use: nothing of it is imported, and a run goes on without it."""
    script = (
        "import sys\n"
        "from memory_imports import MemoryImports, errors\n"
        "try:\n"
        "    MemoryImports('mem_store_' + 26 * '0', credentials=('a', 'b'), base_url='http://127.0.0.1:1').fetch('x')\n"
        "except errors.InvalidRequest: pass\n"
        "sys.exit('opentelemetry' in sys.modules)"
    )
    assert 0 == subprocess.run([sys.executable, "-c", script], check=False).returncode


def test_telemetry_that_cannot_be_imported_is_done_without(
    call: Call, collected: Collected, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An older one, or half of one."""
    monkeypatch.delitem(sys.modules, "memory_imports._telemetry", raising=False)
    monkeypatch.setitem(sys.modules, "opentelemetry.metrics", None)
    monkeypatch.delattr("opentelemetry.metrics")
    done, _ = met(call, [status()], "fetch", import_id())
    assert not isinstance(done, Exception)
    assert [] == collected.spans

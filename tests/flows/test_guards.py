"""What the drivers make sure of by themselves, whatever a flow asks for."""

import socket
from pathlib import Path
from typing import Self

import httpx
import pytest

import memory_imports_sandbox as sandbox
from memory_imports import MemoryImports, _http, errors
from memory_imports._body import Body, body_of
from memory_imports._effects import Lost, Put
from memory_imports._flow import create
from memory_imports.tables import Rules, check
from tests.flows.scenarios.scenario import MAPPINGS, TRIES
from tests.support.replies import STORE


def test_an_upload_is_never_in_clearer_text_than_the_api() -> None:
    """A hostile or broken answer must not lead people's data out of TLS."""
    request = httpx.Request("PUT", "http://store.example/file")
    with pytest.raises(errors.InvalidRequest, match="in clear"):
        _http.guarded(request, "https://memory.twilio.com")
    assert _http.guarded(request, "http://127.0.0.1:8700") is request


def test_an_upload_that_would_sign_in_is_stopped() -> None:
    """The object store refuses two ways of signing in, and it has no business with the API's."""
    with pytest.raises(RuntimeError):
        _http.guarded(httpx.Request("PUT", "https://store.example", headers={"Authorization": "x"}), "https:")


def test_an_upload_stops_at_its_deadline() -> None:
    """What was sent until then counts for nothing; the error names the import."""
    ticks = iter([0.0, 0.5, 1.0])
    told: list[int] = []
    body = body_of(b"x" * (3 << 20))
    put = Put(
        url="https://store.example", import_id="mem_import", deadline=1.0, body=body, headers={}, on_sent=told.append
    )
    with pytest.raises(errors.WaitTimeout) as caught:
        list(_http.counted(put, lambda: next(ticks)))
    assert (caught.value.import_id, caught.value.state, caught.value.waited) == ("mem_import", "PENDING", 1.0)
    assert told == [0, 1 << 20]


def test_a_service_on_this_machine_is_reached_without_the_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy for the outside world cannot reach it, and must not see its credentials."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{taken.getsockname()[1]}")
        monkeypatch.delenv("NO_PROXY", raising=False)
        monkeypatch.delenv("no_proxy", raising=False)
        settings = sandbox.Settings()
        with (
            sandbox.running(settings) as service,
            MemoryImports(
                service.store_id, credentials=(service.username, service.password), base_url=service.base_url
            ) as client,
        ):
            assert list(client.list()) == []


def test_an_ambiguous_create_is_bounded_in_all() -> None:
    """However often the request and the looks for its import are answered with errors."""
    flow = create(STORE, "people.csv", 10, MAPPINGS, TRIES)
    now = 0.0
    effect = next(flow)
    with pytest.raises(errors.MemoryImportsError):  # noqa: PT012 - a generator is driven step by step
        while True:
            if hasattr(effect, "seconds"):
                now += effect.seconds
                effect = flow.send(now)
            else:
                now += 5.0
                effect = flow.throw(Lost("ReadTimeout", sent=True, at=now))
    assert now <= TRIES.retry.total + 5.0


class _Failing:
    """A file on a disk that breaks."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return

    def read(self, _: int) -> bytes:
        raise OSError(5, "Input/output error")

    readline = read


@pytest.fixture
def broken() -> Body:
    """A body whose disk breaks when it is read."""
    return Body("people.csv", 10, _Failing)  # type: ignore[arg-type]


def test_a_disk_that_breaks_is_one_sentence(broken: Body) -> None:
    """In the check and in the upload, with the file and the system's own words."""
    rules = Rules(
        max_bytes=100,
        max_rows=9,
        max_columns=9,
        max_characters=9,
        identifiers=frozenset({"email"}),
        delete_marker="\\N",
    )
    with pytest.raises(errors.InvalidRequest, match=r"people\.csv cannot be read: Input/output error"):
        check(broken, MAPPINGS, rules, "refuse")
    with pytest.raises(errors.InvalidRequest, match=r"people\.csv cannot be read: Input/output error"):
        list(broken.chunks())


def test_a_missing_file_is_one_sentence(tmp_path: Path) -> None:
    """The same words for what was never there."""
    with pytest.raises(errors.InvalidRequest, match="cannot be read: No such file"):
        body_of(tmp_path / "nowhere.csv")

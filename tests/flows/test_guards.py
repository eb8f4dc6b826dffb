"""What the drivers make sure of by themselves, whatever a flow asks for."""

import socket
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Self

import httpx
import pytest

import memory_imports_sandbox as sandbox
from memory_imports import MemoryImports, _http, errors
from memory_imports._body import CHUNK, Body, body_of
from memory_imports._effects import Lost, Put
from memory_imports._flow import Upload, create, fetch, upload
from memory_imports._settings import Settings, settings
from memory_imports.models import CreatedImport
from memory_imports.tables import parse_mapping
from tests.flows.scenarios.scenario import CONTENT, MAPPINGS, TRIES
from tests.support.drivers import MakeFlow, Told, asynchronous, synchronous
from tests.support.replies import STORE, import_id, upload_url
from tests.support.wire import Answer

START = 1_800_000_000.0
Drive = Callable[[MakeFlow, Sequence[Answer]], Told]


def at(base_url: str) -> Settings:
    """Return settings for a base URL."""
    return settings(STORE, credentials=("SK", "secret"), base_url=base_url, allow_http=True)


def test_an_upload_is_never_in_clearer_text_than_the_api() -> None:
    """A hostile or broken answer must not lead people's data out of TLS."""
    far, near = (httpx.Request("PUT", f"http://{host}/file") for host in ("store.example", "127.0.0.1:1"))
    for request, base_url in ((far, "HTTPS://memory.twilio.com"), (near, "https://x.example"), (far, "http://[::1]:1")):
        with pytest.raises(errors.InvalidRequest, match="in clear"):
            _http.guarded(request, at(base_url))
    for request, base_url in ((near, "http://127.0.0.1:8700"), (far, "http://inside.example")):
        assert _http.guarded(request, at(base_url)) is request


def test_an_upload_that_would_sign_in_is_stopped() -> None:
    """The object store refuses two ways of signing in, and it has no business with the API's."""
    with pytest.raises(RuntimeError):
        _http.guarded(
            httpx.Request("PUT", "https://store.example", headers={"Authorization": "x"}), at("https://x.example")
        )


def test_an_upload_stops_at_its_deadline() -> None:
    """What was sent until then counts for nothing; the error names the import."""
    ticks = iter([0.0, 0.5, 1.0])
    told: list[int] = []
    body = body_of(bytes(3 * CHUNK))
    put = Put(
        url="https://store.example", import_id="mem_import", deadline=1.0, body=body, headers={}, on_sent=told.append
    )
    with pytest.raises(errors.WaitTimeout) as caught:
        list(_http.counted(put, lambda: next(ticks)))
    assert (caught.value.import_id, caught.value.state, caught.value.waited) == ("mem_import", "PENDING", 1.0)
    assert told == [0, CHUNK]


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
    """With the file and the system's own words."""
    with pytest.raises(errors.InvalidRequest, match=r"people\.csv cannot be read: Input/output error"):
        list(broken.chunks())


def test_a_missing_file_is_one_sentence(tmp_path: Path) -> None:
    """The same words for what was never there."""
    with pytest.raises(errors.InvalidRequest, match="cannot be read: No such file"):
        body_of(tmp_path / "nowhere.csv")


class _Response:
    """As much of an answer as its collector looks at."""

    status_code = 200
    headers: dict[str, str] = {}  # noqa: RUF012 - never written


def test_an_answer_without_end_is_cut() -> None:
    """Whoever answers must not fill our memory; what is cut makes no sense, and that is said."""
    collected = _http.Answer(_Response())  # type: ignore[arg-type]
    chunks = 0
    while not collected.is_enough(b"x" * (1 << 20)):
        chunks += 1
    assert chunks == 4
    assert len(collected.reply(0.0).body) < 6 << 20


@pytest.mark.parametrize(("deadline", "read", "write"), [(None, 120.0, 60.0), (30.0, 20.0, 20.0), (5.0, 1.0, 1.0)])
def test_no_wait_of_an_upload_is_longer_than_what_is_left(deadline: float | None, read: float, write: float) -> None:
    """But a request that is made at all has a second."""
    put = Put(url="https://s.example", import_id="i", deadline=deadline, body=body_of(b"x"), headers={}, on_sent=print)
    end = _http.end_of(put, 10.0)
    limits = _http.timeouts(put, end - 10.0)
    assert (limits["read"], limits["write"]) == (read, write)
    assert end == (float("inf") if deadline is None else 10.0 + read)


@pytest.mark.parametrize("driver", [synchronous, asynchronous])
def test_an_endless_answer_over_a_socket_is_no_answer_of_the_contract(driver: Drive) -> None:
    """Through the whole of either driver."""
    told = driver(lambda _: fetch(STORE, import_id(), TRIES), [Answer(status=200, body=b"[" * (6 << 20))])
    assert isinstance(told.outcome, errors.ContractBroken)


@pytest.mark.parametrize("name", ["HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"])
@pytest.mark.parametrize(
    "value",
    [
        "ftp://user:s3cret@proxy.example:1",
        "http://user:s3cret@[::1",
        "http://user:s3cret@proxy.example:port",
        "http://user:s3cret@proxy\x1b[31m",
        "http://user:s3cret@" + "x" * 5000,
    ],
)
def test_settings_of_the_environment_that_cannot_be_used_are_one_sentence(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    """And none of them is repeated: a proxy's address may hold a password."""
    if name == "NO_PROXY" and value.startswith(("ftp:", "http://user:s3cret@xx")):
        value = "http://user:s3cret@[::1"  # there, the others are as good as any name
    for other in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "NO_PROXY", "no_proxy"):
        monkeypatch.delenv(other, raising=False)
    monkeypatch.setenv(name, value)
    with MemoryImports(STORE, credentials=("SK", "secret")) as client, pytest.raises(errors.CallerError) as caught:
        client.fetch(import_id())
    assert "HTTPS_PROXY" in str(caught.value)
    assert "s3cret" not in str(caught.value)


def test_an_upload_that_is_lost_at_its_deadline_is_out_of_time() -> None:
    """The caller said how long; that is what ended it, and not the network."""
    created = CreatedImport(import_id=import_id(), url=upload_url(), file_size=len(CONTENT))
    flow = upload(Upload(store_id=STORE, created=created, body=body_of(CONTENT)), TRIES, deadline=START + 5)
    effect = next(flow)
    with pytest.raises(errors.WaitTimeout) as caught:  # noqa: PT012 - a generator is driven step by step
        while True:
            is_put = isinstance(effect, Put)
            effect = flow.throw(Lost("ConnectTimeout", sent=False, at=START + 6)) if is_put else flow.send(START + 6)
    assert caught.value.import_id == import_id()


@pytest.mark.parametrize("target", [" Contact.email", "Contact.email ", "My  Group.email"])
def test_blanks_in_a_target_are_not_sent(target: str) -> None:
    """The service would make a group of another name."""
    with pytest.raises(errors.InvalidRequest, match="blanks"):
        parse_mapping({"e": target, "n": "Contact.firstName"})

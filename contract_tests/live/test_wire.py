"""How both detectors ask: past no proxy to this machine, and no answer is read past its end."""

import gzip
import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from itertools import count
from threading import Thread
from types import SimpleNamespace

import httpx
import pytest

from memory_imports_contract import DriftUnavailable, compare_specs, wire
from memory_imports_contract.live import drift_live
from memory_imports_contract.live import session as sessions
from memory_imports_contract.live.exchange import Ask
from memory_imports_contract.live.session import NoAnswerError, Session
from memory_imports_contract.spec import source

# What comes first, and what comes again and again until the client hangs up.
DRIPS = {
    "a head": (b"HTTP/1.1 200 OK\r\nx-a: ", b"a"),
    "interim answers": (b"", b"HTTP/1.1 102 Processing\r\n\r\n"),
    "a body": (b"HTTP/1.1 200 OK\r\ncontent-length: 4000000\r\n\r\n", b"["),
}
_MOST = 100_000
STORE = "mem_store_00000000000000000000000000"


def dripping(listener: socket.socket, first: bytes, again: bytes) -> None:
    """Answers one request, never to the end."""
    with listener.accept()[0] as connection, suppress(OSError):
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.recv(65536)
        connection.sendall(first)
        for _ in range(_MOST):
            connection.sendall(again)


@contextmanager
def served(first: bytes, again: bytes) -> Iterator[str]:
    """Serves one connection, and gives the address."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        thread = Thread(target=dripping, args=(listener, first, again))
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        thread.join()


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """A clock that goes on by a second whenever somebody looks at it."""
    look = map(float, count()).__next__
    for module in (wire, sessions):
        monkeypatch.setattr(module, "time", SimpleNamespace(monotonic=look, time=look, sleep=lambda _: None))
    monkeypatch.setattr(source, "monotonic", look)


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize("drip", DRIPS.values(), ids=DRIPS.keys())
def test_what_drips_is_no_answer_once_its_time_is_over(drip: tuple[bytes, bytes]) -> None:
    """The head as well as the body; and it is not asked for again."""
    with served(*drip) as url, Session(url, ("SKuser", "secret"), 100, 0.0) as session:
        with pytest.raises(NoAnswerError) as caught:
            session.send(Ask("GET", url))
        assert (True, 1) == (caught.value.slow, session.requests)


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize("drip", DRIPS.values(), ids=DRIPS.keys())
def test_a_specification_that_drips_is_given_up(drip: tuple[bytes, bytes]) -> None:
    """In one sentence, with another way to get it."""
    with served(*drip) as url, pytest.raises(DriftUnavailable, match="takes longer than 30 seconds; fetch it to a"):
        compare_specs(f"{url}/spec.yaml")


@pytest.mark.usefixtures("hasty")
def test_a_server_that_drips_is_not_said_to_be_none() -> None:
    """It is there, and too slow."""
    with served(*DRIPS["a head"]) as url, pytest.raises(DriftUnavailable, match=f"answers too slowly at {url}"):
        drift_live(url, STORE, ("SKuser", "secret"))


def test_a_specification_that_comes_packed_is_not_unpacked() -> None:
    """Nobody asked for that."""
    content = gzip.compress(b"x" * 1000)
    head = f"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: {len(content)}\r\n\r\n".encode()
    with served(head + content, b"") as url, pytest.raises(DriftUnavailable, match=r"comes packed \('gzip'\), unasked"):
        compare_specs(f"{url}/spec.yaml")


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "localhost", "[::1]"])
def test_no_proxy_sees_what_is_sent_to_this_machine(monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    """Neither credentials nor requests, by whichever of its names it is asked."""
    asked = []

    def listen_in(self: httpx.HTTPTransport, request: httpx.Request) -> httpx.Response:
        asked.append(type(vars(self)["_pool"]).__name__)
        raise httpx.ConnectError("Nobody.", request=request)

    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(httpx.HTTPTransport, "handle_request", listen_in)
    monkeypatch.setattr(sessions, "_PAUSES", ())
    with Session(f"http://{host}:8", ("SKuser", "secret"), 9, 0.0) as session, pytest.raises(NoAnswerError):
        session.send(Ask("GET", f"http://{host}:8"))
    with pytest.raises(DriftUnavailable, match="ConnectError"):
        compare_specs(f"http://{host}:8/spec.yaml")
    with wire.client("http://a.example") as client, pytest.raises(httpx.ConnectError):
        client.get("http://a.example")
    assert ["ConnectionPool", "ConnectionPool", "HTTPProxy"] == asked


@pytest.mark.parametrize(
    ("name", "value"),
    [("SSL_CERT_FILE", "/nowhere/a.pem"), ("HTTPS_PROXY", "ftp://127.0.0.1:1"), ("ALL_PROXY", "x://y")],
)
def test_an_environment_that_cannot_be_used_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    """Without what it says."""
    vars(wire)["_trust"].cache_clear()
    monkeypatch.setenv(name, value)
    with pytest.raises(DriftUnavailable, match=r"settings of the environment .* cannot be used") as caught:
        compare_specs("https://127.0.0.9.example:9/x.yaml")
    assert value not in str(caught.value)

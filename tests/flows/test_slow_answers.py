"""Answers that never end although something always comes: the end of a request binds head and body alike."""

import asyncio
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from inspect import unwrap
from itertools import count
from pathlib import Path
from threading import Thread
from typing import Any, BinaryIO

import httpx
import pytest

from memory_imports._body import body_of
from memory_imports._drive_async import AsyncDriver
from memory_imports._drive_sync import Driver
from memory_imports._effects import Call, Flow, Lost, Put, Reply
from tests.support.authority import Authority
from tests.support.drivers import settings_of

# What comes first, and what comes again and again until the client hangs up: a server has to be kept from it.
DRIPS = {
    "a head": (b"HTTP/1.1 200 OK\r\nx-a: ", b"a"),
    "interim answers": (b"", b"HTTP/1.1 102 Processing\r\n\r\n"),
    "a body": (b"HTTP/1.1 200 OK\r\ncontent-length: 4000000\r\n\r\n", b"["),
}
_MOST = 100_000
_WHOLE = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}"
Drive = Callable[[Flow[Any]], Any]


def asked(stream: BinaryIO) -> None:
    """Read a request, whose body is a byte if there is one."""
    with_body = False
    while line := stream.readline().strip():
        with_body |= line.lower() == b"content-length: 1"
    stream.read(with_body)


def dripping(listener: socket.socket, drip: tuple[bytes, bytes], tls: ssl.SSLContext | None) -> None:
    """Answer the first request of a connection as it should be, and the second never."""
    connection = listener.accept()[0]
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    if tls is not None:
        connection = tls.wrap_socket(connection, server_side=True)
    with connection, connection.makefile("rb") as stream, suppress(OSError):
        asked(stream)
        connection.sendall(_WHOLE)
        asked(stream)
        first, again = drip
        connection.sendall(first)
        for _ in range(_MOST):
            connection.sendall(again)
        connection.sendall(_WHOLE)


@contextmanager
def served(drip: tuple[bytes, bytes], tls: ssl.SSLContext | None = None) -> Iterator[str]:
    """Serve one connection, and give the address."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        thread = Thread(target=dripping, args=(listener, drip, tls))
        thread.start()
        yield f"{'http' if tls is None else 'https'}://127.0.0.1:{listener.getsockname()[1]}"
        thread.join()


def synchronous(base: str, flow: Flow[Any]) -> object:
    """Drive by a clock that goes on by a second whenever somebody looks at it."""
    with closing(Driver(settings_of(base), clock=map(float, count()).__next__)) as driver:
        return driver.run(flow)


def asynchronous(base: str, flow: Flow[Any]) -> object:
    """Drive by the same clock."""

    async def awaited() -> object:
        async with AsyncDriver(settings_of(base), clock=map(float, count()).__next__) as driver:
            return await driver.run(flow)

    return asyncio.run(awaited())


def twice(first: Call | Put, second: Call | Put) -> Flow[tuple[Reply, Lost | Reply]]:
    """Ask for something, then for something else over the same connection."""
    answered = yield first
    try:
        return answered, (yield second)
    except Lost as lost:
        return answered, lost


def call(timeout: float) -> Call:
    """Return a request of the API."""
    return Call(operation="FetchProfileImportV2", method="GET", path="/x", timeout=timeout)


drivers = pytest.mark.parametrize("drive", [synchronous, asynchronous])


@drivers
@pytest.mark.parametrize("drip", DRIPS.values(), ids=DRIPS)
def test_what_drips_is_no_answer_once_its_time_is_over(drive: Any, drip: tuple[bytes, bytes]) -> None:  # noqa: ANN401 - a driver
    """Over a connection that has been used before, whose earlier request had more time."""
    with served(drip) as base:
        answered, lost = drive(base, twice(call(20.0), call(2.5)))
    assert 200 == answered.status
    assert ("ReadTimeout: the answer came too slowly", True) == (lost.reason, lost.sent)


@drivers
def test_an_upload_whose_answer_drips_is_lost_at_its_deadline(drive: Any) -> None:  # noqa: ANN401 - a driver
    """The object store is no more to be waited for than the API."""
    with served(DRIPS["interim answers"]) as base:
        put = Put(url=f"{base}/x", import_id="i", deadline=20.0, body=body_of(b"x"), headers={}, on_sent=lambda _: None)
        answered, lost = drive(base, twice(put, put))
    assert (200, "ReadTimeout: the answer came too slowly") == (answered.status, lost.reason)


@drivers
def test_it_is_the_same_over_tls(drive: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ANN401 - a driver
    """Where another stream lies over the first."""
    monkeypatch.setattr(httpx, "create_ssl_context", unwrap(httpx.create_ssl_context))
    authority = Authority(tmp_path, "ours")
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    with served(DRIPS["interim answers"], authority.server()) as base:
        _, lost = drive(base, twice(call(20.0), call(2.5)))
    assert "ReadTimeout: the answer came too slowly" == lost.reason

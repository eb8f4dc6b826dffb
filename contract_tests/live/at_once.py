"""The servers of the tests without sockets, threads and waiting, so that a whole run takes a fraction of a second.

A clock of our own passes time where the detector would sleep, and lets the service work meanwhile. Everything else
is the same code: the detector, its HTTP client, the services.
"""

import io
import secrets
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from functools import partial
from http.client import HTTPResponse
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any
from unittest.mock import patch

import httpx
from attrs import define, field

import memory_imports_sandbox
from live import stranger as strangers
from memory_imports_contract import wire
from memory_imports_contract.live import bench, run, session
from memory_imports_contract.live.checks import listing, store, upload
from memory_imports_sandbox import Announcement, Settings, server
from memory_imports_sandbox.blobs import FolderBlobs
from memory_imports_sandbox.database import connect
from memory_imports_sandbox.messages import Reply, Request, problem
from memory_imports_sandbox.world import World

_TIMED: tuple[ModuleType, ...] = (bench, run, session, wire, listing, store, upload, strangers)
_PORT = 1
HERE = f"http://127.0.0.1:{_PORT}"
_HOSTS = ("127.0.0.1", "localhost")
_MOMENT = 0.001


@define
class Clock:
    """Stands for `time` in the modules that tell or pass it; each request takes a moment."""

    now: float = field(factory=time.time)
    work: Callable[[float], float | None] = lambda _: None

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever else `time` can do
        return getattr(time, name)

    def time(self) -> float:
        """The time it is."""
        return self.now

    monotonic = time

    def sleep(self, seconds: float) -> None:
        """Lets the time pass, and the service work when it wants to."""
        until = self.now + seconds
        while (again := self.work(self.now)) is not None and again <= until:
            self.now = max(self.now + _MOMENT, again)
        self.now = max(self.now, until)


def without_sockets() -> None:
    """Lets this process start these servers wherever it is about to start the others; call it before the tests come."""
    memory_imports_sandbox.running = server.running = running
    strangers.stranger = stranger


@contextmanager
def running(settings: Settings) -> Iterator[Announcement]:
    """As `memory_imports_sandbox.running`."""
    with tempfile.TemporaryDirectory() as name, closing(connect(Path(name) / "sandbox.sqlite3")) as connection:
        clock = Clock()
        world: World = vars(server)["World"](
            settings, connection, FolderBlobs(Path(name)), secrets.token_bytes, clock.now
        )
        clock.work = world.work
        account = world.account
        with answering(clock, partial(_served, world, clock)):
            yield Announcement(HERE, account.store_id, account.username, account.password)


@contextmanager
def stranger(manner: strangers.Manner) -> Iterator[str]:
    """As `live.stranger.stranger`."""
    state = strangers.State(manner)
    kind = type("Handler", (strangers.Handler,), {"state": state, "protocol_version": manner.protocol})
    with answering(Clock(), partial(_handled, kind)):
        yield HERE


@contextmanager
def answering(clock: Clock, answer: Callable[[httpx.Request], httpx.Response]) -> Iterator[None]:
    """Has the detector's requests to this machine answered by a function, by a clock that nobody has to wait for."""
    lock = threading.Lock()

    def locked(request: httpx.Request) -> httpx.Response:
        if (request.url.scheme, request.url.port) != ("http", _PORT) or request.url.host not in _HOSTS:
            raise httpx.ConnectError("There is nobody.", request=request)
        with lock:
            clock.sleep(_MOMENT)
            return _streamed(answer(request))

    client = partial(httpx.Client, transport=httpx.MockTransport(locked))
    with ExitStack() as stack:
        stack.enter_context(patch.object(httpx, "Client", client))
        for module in _TIMED:
            stack.enter_context(patch.object(module, "time", clock))
        yield


def _streamed(answer: httpx.Response) -> httpx.Response:
    """As it comes over the wire: what httpx has unpacked already could not be read as it was."""
    if not answer.is_stream_consumed:
        return answer
    return httpx.Response(answer.status_code, headers=answer.headers, stream=httpx.ByteStream(answer.content))


def _served(world: World, clock: Clock, request: httpx.Request) -> httpx.Response:
    path, _, query = request.url.raw_path.decode("latin-1").partition("?")
    headers = tuple((name.lower(), value) for name, value in request.headers.multi_items())
    try:
        reply = world.handle(Request(request.method, path, query, headers, request.read()), clock.now)
    except Exception:  # noqa: BLE001 - as the shell around the service has it
        reply = problem(500, "The sandbox broke on this request.")
    assert isinstance(reply, Reply)  # noqa: S101 - a fault of a test may answer anything
    return httpx.Response(reply.status, headers=list(reply.headers), stream=httpx.ByteStream(reply.body))


def _handled(kind: type[strangers.Handler], request: httpx.Request) -> httpx.Response:
    lines = [f"{request.method} {request.url.raw_path.decode('latin-1')} HTTP/1.1"]
    lines += [f"{name}: {value}" for name, value in request.headers.multi_items()]
    came = io.BytesIO("\r\n".join([*lines, "", ""]).encode("latin-1") + request.read())
    sent = io.BytesIO()
    kind(SimpleNamespace(makefile=lambda *_: came, sendall=sent.write), ("127.0.0.1", 1), SimpleNamespace())  # type: ignore[arg-type] # all of a socket that it uses
    if not sent.getvalue():
        raise httpx.RemoteProtocolError("It hung up.", request=request)
    reply = HTTPResponse(SimpleNamespace(makefile=lambda *_: io.BytesIO(sent.getvalue())))  # type: ignore[arg-type] # the same
    reply.begin()
    return httpx.Response(reply.status, headers=reply.getheaders(), content=reply.read())

"""Starts and ends a sandbox: its folder, its port, its signals."""

import os
import secrets
import signal
import socket
import sqlite3
import tempfile
import threading
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import uvicorn
from attrs import field, frozen

from memory_imports_sandbox.app import Shell, application
from memory_imports_sandbox.blobs import FolderBlobs
from memory_imports_sandbox.database import connect, refused
from memory_imports_sandbox.folder import DATABASE, prepare
from memory_imports_sandbox.line import Line
from memory_imports_sandbox.settings import SandboxError, Settings
from memory_imports_sandbox.world import World

if TYPE_CHECKING:
    from starlette.types import ASGIApp

_LAST_REQUESTS_SECONDS = 1


@frozen
class Announcement:
    """Where a sandbox is and who may use it."""

    base_url: str
    store_id: str
    username: str
    password: str = field(repr=False)


class _Server(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Generator[None]:
        """Signals are the business of `serve`: uvicorn would raise them again at the end."""
        yield


def serve(settings: Settings, announce: Callable[[Announcement], None]) -> None:
    """Serves until SIGINT or SIGTERM, then returns; only for the main thread.

    Args:
        settings: How the service behaves.
        announce: Called once, when requests are taken.

    Raises:
        SandboxError: The port is taken, the folder is in use or belongs to another store.
    """
    with _prepared(settings) as (server, listener, announcement):
        before = {
            number: signal.signal(number, lambda *_: setattr(server, "should_exit", True))
            for number in (signal.SIGINT, signal.SIGTERM)
        }
        try:
            announce(announcement)
            server.run(sockets=[listener])
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


@contextmanager
def running(settings: Settings) -> Iterator[Announcement]:
    """Serves in a thread of this process for as long as the block runs.

    Args:
        settings: How the service behaves.

    Yields:
        Where the sandbox is.

    Raises:
        SandboxError: The port is taken, the folder is in use or belongs to another store.
    """
    with _prepared(settings) as (server, listener, announcement):
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, name="sandbox server")
        thread.start()
        try:
            yield announcement
        finally:
            server.should_exit = True
            thread.join()


@contextmanager
def _prepared(settings: Settings) -> Iterator[tuple[_Server, socket.socket, Announcement]]:
    with (
        _listening(settings) as listener,
        _folder(settings) as folder,
        closing(connect(folder / DATABASE)) as connection,
    ):
        world = _world(settings, connection, folder)
        shell = Shell(world, settings)
        config = uvicorn.Config(
            **_served(shell, world, settings),
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="critical",  # what it would say of an upload cut off at the end is no news to anybody
            access_log=False,
            server_header=False,
            date_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=_LAST_REQUESTS_SECONDS,
        )
        host, port = listener.getsockname()[:2]
        account = world.account
        base_url = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
        shell.start()
        try:
            yield (
                _Server(config),
                listener,
                Announcement(base_url, account.store_id, account.username, account.password),
            )
        finally:
            shell.stop()


def _world(settings: Settings, connection: sqlite3.Connection, folder: Path) -> World:
    try:
        return World(settings, connection, FolderBlobs(folder), secrets.token_bytes, time.time())
    except sqlite3.DatabaseError as error:
        raise refused(error, folder / DATABASE) from error


def _served(shell: Shell, world: World, settings: Settings) -> dict[str, Any]:
    app: ASGIApp = application(shell)
    protocol: dict[str, Any] = {"http": "h11"}
    if world.ledger is not None:
        # Who wants no fault does not load them.
        from memory_imports_sandbox.faults.weather import Weather  # noqa: PLC0415
        from memory_imports_sandbox.reach import ReachableProtocol  # noqa: PLC0415

        app = Weather(app, world, world.ledger, settings)
        # Of another loop's sockets nobody knows what they can be told.
        protocol = {"http": ReachableProtocol, "loop": "asyncio"}
    if settings.bandwidth or settings.latency:
        app = Line(app, settings.bandwidth, settings.latency)
    return {"app": app, **protocol}


@contextmanager
def _listening(settings: Settings) -> Iterator[socket.socket]:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    # With its protocol named: of other sockets asyncio does not know that the pieces of an answer must not wait.
    with socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listener:
        try:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind((settings.host, settings.port))
            listener.listen(128)
        except OSError as error:
            raise SandboxError(f"Cannot listen on {settings.host}, port {settings.port}: {error.strerror}.") from error
        yield listener


@contextmanager
def _folder(settings: Settings) -> Iterator[Path]:
    with (
        tempfile.TemporaryDirectory(prefix="memory-imports-sandbox-")
        if settings.data is None
        else nullcontext(os.fspath(settings.data)) as name
    ):
        folder = Path(name)
        prepare(folder)
        yield folder

"""The shell around the world: HTTP on one side, a lock, a clock and a worker thread on the other.

Uploads stream to the blobs in pieces of bounded size, outside the lock. Nothing of a request is logged but its
method and how it failed.
"""

import asyncio
import logging
import threading
import time

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect
from starlette.requests import Request as HttpRequest
from starlette.responses import Response
from starlette.routing import Mount
from starlette.types import Receive, Scope, Send

from memory_imports_sandbox import objects
from memory_imports_sandbox.messages import Reply, Request, problem
from memory_imports_sandbox.objects import Upload
from memory_imports_sandbox.reading import LONGEST_BODY
from memory_imports_sandbox.settings import Settings
from memory_imports_sandbox.signing import Refusal
from memory_imports_sandbox.world import World

_log = logging.getLogger("memory_imports_sandbox")
_PIECE = 1 << 20
_BREATH = 0.001


class Worker(threading.Thread):
    """Works for the world in the background, and lets requests in between two slices."""

    def __init__(self, world: World, lock: threading.Lock) -> None:
        super().__init__(name="sandbox worker", daemon=True)
        self._world, self._lock = world, lock
        self._wake, self._over = threading.Event(), False

    def run(self) -> None:
        """Works until `stop`."""
        while not self._over:
            self._wake.clear()
            with self._lock:
                again = self._world.work(time.time())
            self._wake.wait(None if again is None else max(_BREATH, again - time.time()))

    def wake(self) -> None:
        """Says that there may be something to do."""
        self._wake.set()

    def stop(self) -> None:
        """Ends the thread after the slice it is at."""
        self._over = True
        self.wake()
        self.join()


class Shell:
    """One ASGI endpoint for every path, since the contract knows the paths."""

    def __init__(self, world: World, settings: Settings) -> None:
        self._world, self._settings = world, settings
        self._lock = threading.Lock()
        self._worker = Worker(world, self._lock)

    def start(self) -> None:
        """Starts the background work."""
        self._worker.start()

    def stop(self) -> None:
        """Ends the background work."""
        self._worker.stop()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        http = HttpRequest(scope, receive)
        try:
            reply = await self._answer(http)
        except ClientDisconnect:
            return
        except Exception as error:  # noqa: BLE001 - whatever happens, the answer is the error object
            _log.error("%s: uncaught %s", http.method, type(error).__name__)
            reply = problem(500, "The sandbox broke on this request.")
        response = Response(reply.body, reply.status)
        response.raw_headers = [(name.encode(), value.encode()) for name, value in reply.headers]
        await response(scope, receive, send)

    async def _answer(self, http: HttpRequest) -> Reply:
        head = Request(
            method=http.method,
            path=http.scope["raw_path"].decode("latin-1"),
            query=http.scope["query_string"].decode("latin-1"),
            headers=tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in http.scope["headers"]),
        )
        if self._world.is_object(head):
            return await self._upload(head, http)
        try:
            body = await self._body(http)
        except TimeoutError:
            return problem(400, "The body did not arrive in time.", ("connection", "close"))
        request = Request(head.method, head.path, head.query, head.headers, body)
        return await run_in_threadpool(self._handle, request)

    async def _body(self, http: HttpRequest) -> bytes:
        body = b""
        pieces = aiter(http.stream())
        while True:
            async with asyncio.timeout(self._settings.upload_idle):
                piece = await anext(pieces, None)
            if piece is None:
                return body
            body += piece[: LONGEST_BODY + 1 - len(body)]

    def _handle(self, request: Request) -> Reply:
        with self._lock:
            reply = self._world.handle(request, time.time())
        self._worker.wake()
        return reply

    async def _upload(self, head: Request, http: HttpRequest) -> Reply:
        upload = await run_in_threadpool(self._open, head)
        if isinstance(upload, Reply):
            return upload
        refusal: Refusal | None = objects.INCOMPLETE
        try:
            refusal = await self._receive(upload, http)
        finally:
            reply = self._close(head, upload, refusal)
        return reply

    def _open(self, head: Request) -> Upload | Reply:
        with self._lock:
            return self._world.open_upload(head, time.time())

    def _close(self, head: Request, upload: Upload, refusal: Refusal | None) -> Reply:
        with self._lock:
            reply = self._world.close_upload(head, upload, time.time(), refusal)
        self._worker.wake()
        return reply

    async def _receive(self, upload: Upload, http: HttpRequest) -> Refusal | None:
        buffer = bytearray()
        pieces = aiter(http.stream())
        begun = time.monotonic()
        rate = self._settings.upload_rate
        try:
            while True:
                async with asyncio.timeout(self._settings.upload_idle):
                    piece = await anext(pieces, None)
                buffer += piece or b""
                if buffer and (piece is None or len(buffer) >= _PIECE or rate):
                    await run_in_threadpool(upload.write, bytes(buffer))
                    buffer.clear()
                if piece is None:
                    return None
                if rate:
                    await asyncio.sleep(max(0.0, upload.received / rate - (time.monotonic() - begun)))
        except TimeoutError:
            return objects.TIMED_OUT
        except OSError as error:
            _log.error("upload: %s", type(error).__name__)
            return objects.BROKEN


def application(shell: Shell) -> Starlette:
    """The ASGI application around the shell."""
    return Starlette(routes=[Mount("/", app=shell)])

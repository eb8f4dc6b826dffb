"""What the two drivers tell httpx, and how they read what it says. Beside them, the only importer of httpx."""

import logging
import time
from collections.abc import AsyncIterator, Iterator

import httpx

from memory_imports._answers import REQUEST_ID
from memory_imports._effects import Call, Lost, Put, Reply
from memory_imports._url import scrub

log = logging.getLogger("memory_imports")

# Seconds. An upload's write may stall longer than a small request's, and its answer comes when all is stored.
_API = httpx.Timeout(connect=10, read=30, write=30, pool=10)
UPLOAD = httpx.Timeout(connect=10, read=120, write=60, pool=10)

_NOT_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)


class Clock:
    """Seconds since the epoch, by a clock that never steps back."""

    def __init__(self) -> None:
        self._start = time.time() - time.monotonic()

    def __call__(self) -> float:
        """Return the time."""
        return self._start + time.monotonic()


def timeout_of(call: Call) -> httpx.Timeout:
    """Return httpx's timeouts for a request that has so long."""
    if call.timeout is None:
        return _API
    return httpx.Timeout(**{phase: min(limit or call.timeout, call.timeout) for phase, limit in _API.as_dict().items()})


def upload_headers(put: Put) -> dict[str, str]:
    """Return an upload's headers: its length always, because the object store refuses a chunked body."""
    return {**put.headers, "content-length": str(put.body.size)}


def counted(put: Put) -> Iterator[bytes]:
    """Yield an upload's body, telling how far it is."""
    sent = 0
    put.on_sent(sent)
    for chunk in put.body.chunks():
        yield chunk
        sent += len(chunk)
        put.on_sent(sent)


def without_credentials(request: httpx.Request) -> httpx.Request:
    """Return an upload's request, having made sure that it signs in to nothing but by its URL."""
    if "authorization" in request.headers:
        raise RuntimeError("An upload must not carry credentials.")
    return request


def reply_of(response: httpx.Response, at: float) -> Reply:
    """Return an answer in the flows' words."""
    request = response.request
    request_id = response.headers.get(REQUEST_ID)
    log.debug("%s %s: %s, request id %s", request.method, request.url.path, response.status_code, request_id)
    headers = {name.lower(): value for name, value in response.headers.items()}
    return Reply(status=response.status_code, headers=headers, body=response.content, at=at)


def lost(problem: httpx.RequestError, at: float) -> Lost:
    """Return a failure in the flows' words, without httpx's own exception: that one holds the URL."""
    words = scrub(str(problem)).strip()
    reason = f"{type(problem).__name__}: {words}" if words else type(problem).__name__
    log.warning("no answer: %s", reason)
    return Lost(reason, sent=not isinstance(problem, _NOT_SENT), at=at)


async def threaded(chunks: Iterator[bytes]) -> AsyncIterator[bytes]:
    """Yield the same chunks, read in a thread: the event loop must not wait for a disk."""
    import asyncio  # noqa: PLC0415 - the synchronous driver does without

    while chunk := await asyncio.to_thread(next, chunks, b""):
        yield chunk

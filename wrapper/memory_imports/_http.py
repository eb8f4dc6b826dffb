"""What the two drivers tell httpx, and how they read what it says. Beside them, the only importer of httpx."""

import logging
import time
from collections.abc import AsyncIterator, Callable, Iterator

import httpx

from memory_imports._answers import REQUEST_ID
from memory_imports._effects import Call, Lost, Put, Reply
from memory_imports._url import scrub
from memory_imports.errors import InvalidRequest, WaitTimeout

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


# What is on this machine is reached without the proxy that the environment may name for the rest of the world.
DIRECT: dict[str, None] = dict.fromkeys(("all://localhost", "all://127.0.0.1", "all://[::1]"))


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


def counted(put: Put, clock: Callable[[], float]) -> Iterator[bytes]:
    """Yield an upload's body, telling how far it is.

    Raises:
        WaitTimeout: The deadline has come.
    """
    sent = 0
    start = clock()
    put.on_sent(sent)
    for chunk in put.body.chunks():
        now = clock()
        if put.deadline is not None and now >= put.deadline:
            raise WaitTimeout(
                f"The upload to {put.import_id} was not through in time; run it again with more.",
                import_id=put.import_id,
                state="PENDING",
                waited=now - start,
            )
        yield chunk
        sent += len(chunk)
        put.on_sent(sent)


def guarded(request: httpx.Request, base_url: str) -> httpx.Request:
    """Return an upload's request, having made sure of what it gives away and to whom.

    Raises:
        InvalidRequest: The file would travel in clear although the API itself is reached by https.
    """
    if "authorization" in request.headers:
        raise RuntimeError("An upload must not carry credentials.")
    if request.url.scheme == "http" and base_url.startswith("https:"):
        message = "The upload URL would send the file in clear, unlike the API's own address; nothing was sent."
        raise InvalidRequest(message, field="url")
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

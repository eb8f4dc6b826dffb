"""What the two drivers tell httpx, and how they read what it says. Beside them, the only importer of httpx."""

import math
import ssl
import time
from collections.abc import AsyncIterator, Callable, Generator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit
from urllib.request import getproxies

import httpx

from memory_imports._effects import Call, Lost, Put, Reply
from memory_imports._quoted import scrub
from memory_imports._settings import Settings
from memory_imports._url import is_loopback
from memory_imports.errors import CallerError, InvalidRequest, WaitTimeout

# Seconds. An upload's write may stall longer than a small request's, and its answer comes when all is stored.
_API = {"connect": 10.0, "read": 30.0, "write": 30.0, "pool": 10.0}
_UPLOAD = {"connect": 10.0, "read": 120.0, "write": 60.0, "pool": 10.0}
_LEAST = 1.0

# Bytes: a hundred times the longest answer that the contract allows. What is longer is cut and so makes no sense.
_LONGEST = 4 * 1024 * 1024

# Nothing that is asked for is worth compressing. What comes compressed all the same is not decoded: it may be a bomb.
HEADERS = {"accept-encoding": "identity"}

_NOT_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)


@contextmanager
def set_up(*, local: bool) -> Generator[None]:
    """Make clients; what the environment says of proxies and certificates shows here whether it can be used.

    A service on this machine is ``local``: no proxy leads to it.

    Raises:
        CallerError: It cannot.
    """
    try:
        if not local:
            _look_at_proxies()
        yield
    except (ImportError, ValueError, OSError, httpx.InvalidURL) as problem:
        raise CallerError(
            "The proxy or certificate settings of the environment (ALL_PROXY, HTTPS_PROXY, SSL_CERT_FILE and their "
            f"like) cannot be used ({type(problem).__name__}); correct or unset them."
        ) from None


def _look_at_proxies() -> None:
    """Raise ValueError at a name that no host can have, which would otherwise show when a connection is opened."""
    for proxy in getproxies().values():
        host = urlsplit(proxy if "://" in proxy else f"http://{proxy}").hostname or ""
        host.encode("idna")


class Clock:
    """Seconds since the epoch, by a clock that never steps back."""

    def __init__(self) -> None:
        self._start = time.time() - time.monotonic()

    def __call__(self) -> float:
        """Return the time."""
        return self._start + time.monotonic()


def end_of(effect: Call | Put, now: float) -> float:
    """Return when the whole of an answer has to be there: a request that is made at all has a moment."""
    if isinstance(effect, Call):
        return math.inf if effect.timeout is None else now + effect.timeout
    return math.inf if effect.deadline is None else max(now + _LEAST, effect.deadline)


def timeouts(effect: Call | Put, left: float) -> dict[str, float]:
    """Return httpx's timeouts for a request: none is longer than what is ``left`` for all of it."""
    limits = _API if isinstance(effect, Call) else _UPLOAD
    return {phase: min(limit, left) for phase, limit in limits.items()}


def upload_headers(put: Put) -> dict[str, str]:
    """Return an upload's headers: its length always, because the object store refuses a chunked body."""
    return {**put.headers, "content-length": str(put.body.size)}


def counted(put: Put, clock: Callable[[], float]) -> Generator[bytes]:
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


def guarded(request: httpx.Request, settings: Settings) -> httpx.Request:
    """Return an upload's request, having made sure of what it gives away and to whom.

    Raises:
        InvalidRequest: The file would travel in clear where the API's own requests would not.
    """
    if "authorization" in request.headers:
        raise RuntimeError("An upload must not carry credentials.")
    exposed = settings.base_url.startswith("https:") or (settings.is_local and not is_loopback(request.url.host))
    if request.url.scheme == "http" and exposed:
        message = "The upload URL would send the file in clear, unlike the API's own address; nothing was sent."
        raise InvalidRequest(message, field="url")
    return request


class Answer:
    """An answer as it comes in, in the flows' words once it is whole."""

    def __init__(self, response: httpx.Response) -> None:
        self._response = response
        self._body = bytearray()

    def is_enough(self, chunk: bytes) -> bool:
        """Take a chunk as it came over the wire, and say whether no more is wanted."""
        self._body += chunk
        return len(self._body) > _LONGEST

    def reply(self, at: float) -> Reply:
        """Return what has come; an answer that is encoded in some way has no body that could be read."""
        headers = {name.lower(): value for name, value in self._response.headers.items()}
        is_plain = headers.get("content-encoding", "identity").strip().lower() in {"", "identity"}
        return Reply(
            status=self._response.status_code, headers=headers, body=bytes(self._body) if is_plain else b"", at=at
        )


def lost(problem: httpx.RequestError, at: float) -> Lost:
    """Return a failure in the flows' words, without httpx's own exception: that one holds the URL."""
    words = scrub(_distrust(problem) or str(problem)).strip()
    reason = f"{type(problem).__name__}: {words}" if words else type(problem).__name__
    return Lost(reason, sent=not isinstance(problem, _NOT_SENT), at=at)


def _distrust(problem: BaseException | None) -> str | None:
    """Return why a certificate was refused and what to do, None where none was: the library says it in passing."""
    while problem is not None:
        if isinstance(problem, ssl.SSLCertVerificationError):
            return (
                f"the server's certificate is not trusted ({problem.verify_message.rstrip('.')}); "
                "if its authority is your own, name the authority's file in SSL_CERT_FILE"
            )
        problem = problem.__cause__ or problem.__context__
    return None


async def threaded(chunks: Generator[bytes]) -> AsyncIterator[bytes]:
    """Yield the same chunks, read in a thread: the event loop must not wait for a disk."""
    import asyncio  # noqa: PLC0415 - the synchronous driver does without

    try:
        while chunk := await asyncio.to_thread(next, chunks, b""):
            yield chunk
    finally:
        with suppress(ValueError):  # still being read: it closes when the thread is done with it
            chunks.close()

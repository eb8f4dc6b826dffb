"""How both detectors ask: no proxy before this machine, and an answer is read before its end or not at all.

httpx bounds each read by itself, so whoever sends a byte now and then, or one ``102 Processing`` after the other, is
never late. Its trace extension shows each connection when it is made; from then on that one's reads look at the clock.
What comes compressed is never unpacked: a few bytes may stand for gigabytes.
"""

import math
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, partial
from typing import Any
from urllib.parse import urlsplit

import httpx

from memory_imports_contract.errors import DriftUnavailable
from memory_imports_contract.loopback import is_loopback

# A connection is used for one request after the other; each runs in a thread, which knows its own end.
_END: ContextVar[float] = ContextVar("memory_imports_contract_end", default=math.inf)
_MADE = (".connect_tcp.complete", ".start_tls.complete")


class TooSlowError(httpx.ReadTimeout):
    """The whole of an answer was not there in time."""


class TooLargeError(httpx.ReadError):
    """An answer is longer than is reasonable."""


def is_near(url: str) -> bool:
    """Whether the URL leads to this machine."""
    return is_loopback(urlsplit(url).hostname or "")


def client(url: str, **given: Any) -> httpx.Client:  # noqa: ANN401 - whatever httpx takes besides
    """A client for that place: a proxy for the rest of the world must not see what is sent to this machine.

    Raises:
        DriftUnavailable: What the environment says of proxies and certificates cannot be used.
    """
    headers, near = {"accept-encoding": "identity"}, is_near(url)
    try:
        return httpx.Client(headers=headers, trust_env=not near, verify=_trust(), follow_redirects=False, **given)
    except (ImportError, ValueError, OSError, httpx.InvalidURL) as problem:
        raise DriftUnavailable(
            "The proxy or certificate settings of the environment (ALL_PROXY, HTTPS_PROXY, SSL_CERT_FILE and their "
            f"like) cannot be used ({type(problem).__name__}); correct or unset them."
        ) from None


@contextmanager
def answered(sender: httpx.Client, request: httpx.Request, end: float) -> Iterator[httpx.Response]:
    """Sends a request and gives its answer, of which nothing but the head was read; ``end`` is in monotonic seconds."""
    _END.set(end)
    request.extensions["trace"] = _trace
    response = sender.send(request, stream=True)
    try:
        yield response
    finally:
        response.close()


def body_of(response: httpx.Response, end: float, most: int) -> bytes:
    """What came of an answer's body, as it came.

    Raises:
        TooLargeError: There is more of it.
        TooSlowError: It was not there in time.
    """
    body = bytearray()
    for chunk in response.iter_raw():
        body += chunk
        if len(body) > most:
            raise TooLargeError("The answer has no end.")
        if time.monotonic() > end:
            raise TooSlowError("The answer came too slowly.")
    return bytes(body)


def coding_of(response: httpx.Response) -> str | None:
    """How a body is packed that nobody wanted packed; None if it is not."""
    coding = response.headers.get("content-encoding", "").strip().lower()
    return None if coding in {"", "identity"} else coding


@cache
def _trust() -> ssl.SSLContext:
    """Whose certificates are good; reading them takes longer than many a request, so a process does it once."""
    return httpx.create_ssl_context()


def _trace(event: str, about: dict[str, Any]) -> None:
    if event.endswith(_MADE):
        stream = about["return_value"]
        stream.read = partial(_read, stream.read)


def _read(read: Callable[..., bytes], size: int, timeout: float | None = None) -> bytes:
    left = _END.get() - time.monotonic()
    if left <= 0:
        raise TooSlowError("The answer came too slowly.")
    return read(size, timeout=left if timeout is None else min(timeout, left))

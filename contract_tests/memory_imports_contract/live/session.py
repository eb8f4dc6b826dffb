"""Sends requests: paced, counted, within a budget, patient with weather. It judges nothing.

Weather is a lost connection, a 5xx that goes away when asked again, and 429. What does not go away is handed on.
"""

import base64
import ssl
import threading
import time
from collections.abc import Iterator
from functools import cache
from typing import Self
from urllib.parse import urlsplit

import httpx
from attrs import define, field

from memory_imports_contract.errors import DriftUnavailable
from memory_imports_contract.live.exchange import Ask, Exchange

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_PAUSES = (0.1, 0.5)
_BUSY_TRIES = 6
_LONGEST_WAIT = 30.0
_LONGEST_ANSWER = 120.0
_MOST_BYTES = 16 * 1024 * 1024
_BUSY = 429
_BROKEN = 500


class BudgetSpentError(Exception):
    """No request is left."""


class NoAnswerError(Exception):
    """The connection was lost each time."""

    def __init__(self, ask: Ask) -> None:
        super().__init__(f"{ask.method}: no answer")
        self.ask = ask


def is_loopback(url: str) -> bool:
    """Whether the URL leads to this machine."""
    return urlsplit(url).hostname in _LOOPBACK


@define
class Session:
    """A line to one server.

    Args:
        base_url: Where the server is.
        credentials: User name and password of basic auth.
        budget: How many requests may be sent, repeated ones included.
        pace: Seconds between two requests.
    """

    base_url: str
    credentials: tuple[str, str] = field(repr=False)
    budget: int
    pace: float
    requests: int = 0
    _client: httpx.Client | None = field(default=None, repr=False)
    _lock: threading.Lock = field(factory=threading.Lock, repr=False)
    _next: float = 0.0

    def __enter__(self) -> Self:
        near = is_loopback(self.base_url)
        # On this machine each request gets its own connection: what one leaves behind cannot spoil the next.
        limits = httpx.Limits(max_keepalive_connections=0) if near else httpx.Limits()
        timeout = httpx.Timeout(15 if near else 60, connect=10)
        self._client = httpx.Client(limits=limits, timeout=timeout, trust_env=not near, verify=_trust(not near))
        return self

    def __exit__(self, *_: object) -> None:
        if self._client is not None:
            self._client.close()

    @property
    def left(self) -> int:
        """Requests that may still be sent."""
        return self.budget - self.requests

    def send(self, ask: Ask) -> Exchange:
        """Sends the request, again where that is only fair.

        Raises:
            BudgetSpentError: No request is left.
            NoAnswerError: The connection was lost each time.
            DriftUnavailable: The server wants to be left alone for longer than is reasonable.
        """
        earlier: list[Exchange] = []
        broken = 0
        while True:
            seen = self._try(ask)
            busy = sum(one.status == _BUSY for one in earlier)
            if seen.status == _BUSY and busy < _BUSY_TRIES:
                self._wait(seen, busy)
            elif seen.status >= _BROKEN and seen.status != 501 and broken < len(_PAUSES):  # noqa: PLR2004 - it is final
                time.sleep(_PAUSES[broken])
                broken += 1
            else:
                return Exchange(seen.ask, seen.status, seen.headers, seen.body, seen.at, tuple(earlier))
            earlier.append(seen)

    def once(self, ask: Ask) -> Exchange | None:
        """Sends the request once; None if the connection was lost."""
        try:
            return self._answer(ask)
        except httpx.TransportError:
            return None

    def _try(self, ask: Ask) -> Exchange:
        for pause in (*_PAUSES, None):
            try:
                return self._answer(ask)
            except (httpx.TransportError, httpx.InvalidURL) as error:
                if pause is None or isinstance(error, httpx.InvalidURL):
                    raise NoAnswerError(ask) from error
                time.sleep(pause)
        raise NoAnswerError(ask)

    def _answer(self, ask: Ask) -> Exchange:
        assert self._client is not None, "used outside its block"  # noqa: S101 - a mistake of this package
        self._take_turn()
        request = self._client.build_request(
            ask.method, ask.url, headers=self._headers(ask), content=_content(ask), extensions={}
        )
        if ask.framing == "bare":
            del request.headers["content-length"]
        response = self._client.send(request, follow_redirects=False, stream=True)
        try:
            body = _bounded(response, time.monotonic() + _LONGEST_ANSWER)
        finally:
            response.close()
        headers = tuple((name.lower(), value) for name, value in response.headers.multi_items())
        return Exchange(ask, response.status_code, headers, body, time.time())

    def _take_turn(self) -> None:
        with self._lock:
            if self.requests >= self.budget:
                raise BudgetSpentError
            self.requests += 1
            pause = max(0.0, self._next - time.monotonic())
            self._next = max(self._next, time.monotonic()) + self.pace
        if pause:
            time.sleep(pause)

    def _wait(self, seen: Exchange, busy: int) -> None:
        wished = seen.header("retry-after") or ""
        wait = float(wished) if wished.isascii() and wished.isdecimal() else 0.5 * 2**busy
        if wait > _LONGEST_WAIT:
            raise DriftUnavailable(f"The server wants to be left alone for {wait:.0f} seconds.")
        time.sleep(wait)

    def _headers(self, ask: Ask) -> list[tuple[str, str]]:
        user, password = self.credentials
        given = {
            "good": _basic(user, password),
            "wrong password": _basic(user, "wrong" + password[::-1]),
            "wrong user": _basic("wrong" + user[::-1], password),
            "bearer": "Bearer " + password,
        }.get(ask.auth)
        own = [("user-agent", "memory-imports-drift"), *ask.headers]
        return own if given is None else [*own, ("authorization", given)]


@cache
def _trust(environment: bool) -> ssl.SSLContext:  # noqa: FBT001 - httpx's own switch
    """Whose certificates are good; reading them takes longer than many a request, so a process does it once."""
    return httpx.create_ssl_context(trust_env=environment)


def _bounded(response: httpx.Response, end: float) -> bytes:
    """What came of an answer's body before it was too much of it, or took too long; neither is an answer."""
    body = bytearray()
    for chunk in response.iter_bytes():
        body += chunk
        if len(body) > _MOST_BYTES or time.monotonic() > end:
            raise httpx.ReadError("The answer has no end.")
    return bytes(body)


def _basic(user: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


def _content(ask: Ask) -> bytes | Iterator[bytes] | None:
    if ask.framing == "chunked" and ask.content is not None:
        return iter((ask.content,))
    return ask.content

"""Sends requests: paced, counted, within a budget, patient with weather. It judges nothing.

Weather is a lost connection, a 5xx that goes away when asked again, and 429. What does not go away is handed on.
"""

import base64
import threading
import time
from collections.abc import Iterator
from typing import Self

import httpx
from attrs import define, field

from memory_imports_contract import wire
from memory_imports_contract.errors import DriftUnavailable
from memory_imports_contract.live.exchange import Ask, Exchange
from memory_imports_contract.live.held import Held

_PAUSES = (0.1, 0.5)
_BUSY_TRIES = 6
_LONGEST_WAIT = 30.0
_LONGEST_ANSWER, _LONGEST_NEAR = 120.0, 30.0
_MOST_SLOW = 10
_MOST_BYTES = 16 * 1024 * 1024
_BUSY = 429
_BROKEN = 500


class BudgetSpentError(Exception):
    """No request is left."""


class NoAnswerError(Exception):
    """The connection was lost each time, or an answer was not there in time."""

    def __init__(self, ask: Ask, *, slow: bool = False) -> None:
        super().__init__(f"{ask.method}: no answer")
        self.ask, self.slow = ask, slow


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
    held: Held = field(factory=Held)
    _slow: int = 0
    _client: httpx.Client | None = field(default=None, repr=False)
    _lock: threading.Lock = field(factory=threading.Lock, repr=False)
    _next: float = 0.0

    def __enter__(self) -> Self:
        near = self.near
        # On this machine each request gets its own connection: what one leaves behind cannot spoil the next.
        limits = httpx.Limits(max_keepalive_connections=0) if near else httpx.Limits()
        timeout = httpx.Timeout(15 if near else 60, connect=10)
        self._client = wire.client(self.base_url, limits=limits, timeout=timeout)
        for pair in self._pairs().values():
            self.held.credentials(*pair)
        return self

    def __exit__(self, *_: object) -> None:
        if self._client is not None:
            self._client.close()

    @property
    def near(self) -> bool:
        """Whether the server is on this machine, where nothing is anybody's."""
        return wire.is_near(self.base_url)

    @property
    def left(self) -> int:
        """Requests that may still be sent."""
        return self.budget - self.requests

    def send(self, ask: Ask) -> Exchange:
        """Sends the request, again where that is only fair.

        Raises:
            BudgetSpentError: No request is left.
            NoAnswerError: The connection was lost each time, or the answer was not there in time.
            DriftUnavailable: The server wants to be left alone for longer than is reasonable, or keeps us waiting.
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
                self._note(error)
                slow = isinstance(error, wire.TooSlowError)
                if pause is None or slow or isinstance(error, httpx.InvalidURL):
                    raise NoAnswerError(ask, slow=slow) from error
                time.sleep(pause)
        raise NoAnswerError(ask)

    def _note(self, error: Exception) -> None:
        self._slow += isinstance(error, httpx.TimeoutException)
        if self._slow >= _MOST_SLOW:
            raise DriftUnavailable(f"The server kept {self._slow} requests waiting in vain; nothing is proved so.")

    def _answer(self, ask: Ask) -> Exchange:
        assert self._client is not None, "used outside its block"  # noqa: S101 - a mistake of this package
        self._take_turn()
        request = self._client.build_request(
            ask.method, ask.url, headers=self._headers(ask), content=_content(ask), extensions={}
        )
        if ask.framing == "bare":
            del request.headers["content-length"]
        if ask.is_signed:
            self.held.url(ask.url)
        end = time.monotonic() + (_LONGEST_NEAR if self.near else _LONGEST_ANSWER)
        with wire.answered(self._client, request, end) as response:
            body = wire.body_of(response, end, _MOST_BYTES)
        if wire.coding_of(response) is not None:
            body = b""  # it cannot be read; the header tells why
        self.held.answer(body)
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
        given = {name: _basic(*pair) for name, pair in self._pairs().items()} | {
            "bearer": "Bearer " + self.credentials[1]
        }
        own = [("user-agent", "memory-imports-drift"), *ask.headers]
        return own if ask.auth not in given else [*own, ("authorization", given[ask.auth])]

    def _pairs(self) -> dict[str, tuple[str, str]]:
        user, password = self.credentials
        return {
            "good": (user, password),
            "wrong password": (user, "wrong" + password[::-1]),
            "wrong user": ("wrong" + user[::-1], password),
        }


def _basic(user: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


def _content(ask: Ask) -> bytes | Iterator[bytes] | None:
    if ask.framing == "chunked" and ask.content is not None:
        return iter((ask.content,))
    return ask.content

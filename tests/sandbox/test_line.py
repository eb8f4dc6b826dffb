"""The line: how long bytes take, by arithmetic and by the pauses that were asked for, never by a clock."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

import pytest
import requests
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sandbox.conftest import PEOPLE

from memory_imports_sandbox import Settings, running
from memory_imports_sandbox.line import Lane, Line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.types import Message, Receive, Scope, Send


@settings(deadline=None)
@given(st.integers(1, 10**9), st.lists(st.integers(0, 10**7), min_size=1, max_size=20))
def test_bytes_take_as_long_as_they_take(rate: int, sizes: Sequence[int]) -> None:
    """However they are cut, and however many send them, if they come at once."""
    lane = Lane(rate)
    waits = [lane.take(size, 0.0) for size in sizes]
    assert waits == sorted(waits)
    assert waits[-1] == pytest.approx(sum(sizes) / rate)


@settings(deadline=None)
@given(st.integers(1, 10**6), st.integers(0, 10**6), st.floats(0, 10**6))
def test_a_line_that_was_idle_has_saved_nothing_up(rate: int, size: int, idle: float) -> None:
    """What was not sent earlier makes nothing faster later."""
    lane = Lane(rate)
    lane.take(size, 0.0)
    later = size / rate + idle
    assert size / rate == pytest.approx(lane.take(size, later), abs=1e-6)


def test_a_line_without_a_limit_asks_nobody_to_wait() -> None:
    """Nor does it cut anything."""
    lane = Lane(None)
    assert (0.0, 0) == (lane.take(10**9, 0.0), lane.piece)


class Sitting:
    """One request through a line whose clock moves with its pauses only."""

    def __init__(self, bandwidth: int | None, latency: float, incoming: Sequence[Message]) -> None:
        self.now = 0.0
        self.incoming = list(incoming)
        self.heard: list[Message] = []
        self.sent: list[tuple[float, Message]] = []
        self.line = Line(self.app, bandwidth, latency, clock=lambda: self.now, pause=self.pause)

    async def pause(self, seconds: float) -> None:
        """Moves the clock."""
        self.now += seconds

    async def app(self, _: Scope, receive: Receive, send: Send) -> None:
        """Takes the body, then says 100 bytes."""
        more = True
        while more:
            self.heard.append(await receive())
            more = self.heard[-1].get("more_body", False)
        self.read_at = self.now
        await send({"type": "http.response.start", "status": 200})
        await send({"type": "http.response.body", "body": b"x" * 100})

    async def receive(self) -> Message:
        """Gives what comes in."""
        return self.incoming.pop(0)

    async def send(self, message: Message) -> None:
        """Keeps what goes out, and when."""
        self.sent.append((self.now, message))

    def run(self) -> None:
        """Runs the request."""
        asyncio.run(self.line({"type": "http"}, self.receive, self.send))


def body(data: bytes, *, more: bool = False) -> Message:
    """A piece of a body."""
    return {"type": "http.request", "body": data, "more_body": more}


def test_an_upload_takes_the_time_of_its_bytes() -> None:
    """Ten thousand bytes at a thousand a second, in pieces of a twentieth of a second; the answer takes its own."""
    sitting = Sitting(1000, 0.0, [body(b"a" * 7000, more=True), body(b"b" * 3000)])
    sitting.run()
    assert pytest.approx(10.0) == sitting.read_at
    assert {50} == {len(message["body"]) for message in sitting.heard}
    assert b"a" * 7000 + b"b" * 3000 == b"".join(message["body"] for message in sitting.heard)
    assert pytest.approx(10.1) == sitting.now
    assert b"x" * 100 == b"".join(message.get("body", b"") for _, message in sitting.sent)
    assert [True, False] == [message["more_body"] for _, message in sitting.sent[1:]]


def test_a_latency_is_half_before_and_half_behind() -> None:
    """The service hears it late, and the client hears the answer late."""
    sitting = Sitting(None, 0.5, [body(b"a" * 7000)])
    sitting.run()
    assert (0.25, 0.5) == (sitting.read_at, sitting.sent[0][0])
    assert [b"a" * 7000] == [message["body"] for message in sitting.heard]


def test_a_client_that_leaves_is_told_of_at_once() -> None:
    """Nothing of it is held back."""
    sitting = Sitting(10, 0.0, [body(b"a", more=True), {"type": "http.disconnect"}])
    sitting.run()
    assert {"type": "http.disconnect"} == sitting.heard[-1]


def test_a_sandbox_with_a_bandwidth_takes_an_upload_at_its_pace(monkeypatch: pytest.MonkeyPatch) -> None:
    """Over a socket, by a clock that moves with the pauses only: both ways, and the latency besides."""
    sitting = Sitting(None, 0.0, [])
    slow = partial(Line, clock=lambda: sitting.now, pause=sitting.pause)
    monkeypatch.setattr("memory_imports_sandbox.server.Line", slow)
    size = 20_000
    with running(Settings(bandwidth=1000, latency=0.5)) as at:
        body = {"filename": "a.csv", "fileSize": size, "columnMappings": PEOPLE}
        path = f"{at.base_url}/v1/Stores/{at.store_id}/Profiles/Imports"
        created = requests.post(path, json=body, auth=(at.username, at.password), timeout=10)
        before = sitting.now
        assert 200 == requests.put(created.json()["url"], data=b"x" * size, timeout=10).status_code
    sent = len(created.request.body or b"") + len(created.content)
    assert pytest.approx(0.5 + sent / 1000) == before
    assert pytest.approx(0.5 + size / 1000) == sitting.now - before

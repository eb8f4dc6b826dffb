"""The simulated driver: the same loop as the real ones, over a world in virtual time, with a disturbance at any step.

It carries scenarios (their transcripts must equal those of the real drivers) and simulations (a crash at any
effect, faults from a seed). Nothing here sleeps, opens a socket or knows httpx.

A simulation of crashes looks like this::

    for step in count():
        sim = Simulation(world, disturb=at(step, Disturbance.CRASH_AFTER))
        try:
            sim.run(flow(), journal.append)
        except Crash:
            ...  # run the flow again from the journal, then look at the world
"""

import json
from collections.abc import Callable
from enum import Enum
from functools import partial
from heapq import heappop, heappush
from itertools import count
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from attrs import define, evolve, field

from memory_imports._effects import (
    Call,
    Crew,
    Effect,
    Flow,
    Journal,
    Lost,
    Offload,
    Put,
    Record,
    Reply,
    Result,
    Sleep,
    Together,
    unrecorded,
)
from memory_imports.errors import MemoryImportsError
from tests.support.wire import Fault, Request, World

EPOCH = 1_800_000_000.0  # 2027-01-15 08:00:00 UTC
BASE = "http://simulated.test"


class Clock:
    """Virtual time in seconds since the epoch: it passes only where somebody sleeps."""

    def __init__(self, now: float = EPOCH) -> None:
        self.now = now
        self.slept: list[float] = []

    def __call__(self) -> float:
        """Return the time."""
        return self.now

    def sleep(self, seconds: float) -> None:
        """Let the time pass."""
        self.wake(self.now + seconds, seconds)

    def wake(self, moment: float, slept: float) -> None:
        """Let it be at least this moment, for somebody who has slept so long."""
        self.now = max(self.now, moment)
        if slept:
            self.slept.append(slept)

    async def sleep_async(self, seconds: float) -> None:
        """Let the time pass, awaited."""
        self.sleep(seconds)


class Crash(BaseException):
    """The process ends here: no flow may catch it."""


class Disturbance(Enum):
    """What goes wrong at one effect. The ``LOST`` ones apply to requests only."""

    CRASH_BEFORE = "the process ends before the effect"
    CRASH_AFTER = "the process ends after the effect, before the flow learns of it"
    LOST_UNSENT = "no connection"
    LOST_UNPROCESSED = "the request was sent, the service did nothing, no answer came"
    LOST_PROCESSED = "the service did it, the answer was lost"


Disturb = Callable[[int, Effect], Disturbance | None]


def undisturbed(_index: int, _effect: Effect) -> None:
    """Let everything go well."""


def at(step: int, what: Disturbance) -> Disturb:
    """Disturb one step, counted from 0."""
    return lambda index, _: what if index == step else None


class Simulation:
    """Runs flows over a world. ``seconds`` is how long each request takes; ``steps`` counts effects of all runs."""

    def __init__(
        self, world: World, *, clock: Clock | None = None, disturb: Disturb = undisturbed, seconds: float = 0.0
    ) -> None:
        self.world, self.clock, self.disturb, self.seconds = world, clock or Clock(), disturb, seconds
        self.steps = 0

    def run(self, flow: Flow[Result], record: Journal = unrecorded) -> Result:
        """Run a flow to its end, as the real drivers do; raises `Crash` where the disturbance says so."""
        step: Callable[[], Effect] = partial(next, flow)
        try:
            while True:
                try:
                    effect = step()
                except StopIteration as end:
                    result: Result = end.value
                    return result
                outcome = self._disturbed(effect, record)
                failed = isinstance(outcome, Lost | MemoryImportsError)
                step = partial(flow.throw if failed else flow.send, outcome)
        finally:
            flow.close()

    def _side_by_side(self, crew: Crew, record: Journal) -> None:
        """Run a crew in the order of virtual time: while one sleeps, the others go on."""
        line: list[tuple[float, int, int, _Member]] = []
        turn = count()

        def settle(number: int, member: _Member) -> None:
            if member.ended:
                crew.ended(number, member.outcome)
                begin()
            else:
                heappush(line, (self.clock.now + member.pause, next(turn), number, member))

        def begin() -> None:
            for number, flow in crew.ready():
                settle(number, _Member(flow))

        try:
            begin()
            while line:
                moment, _, number, member = heappop(line)
                self.clock.wake(moment, member.pause)
                member.take(self._disturbed(Sleep(0) if member.pause else member.effect, record))
                settle(number, member)
        finally:
            for *_, member in line:
                member.flow.close()

    def _disturbed(self, effect: Effect, record: Journal) -> Any:  # noqa: ANN401 - each effect has its own outcome
        what = self.disturb(self.steps, effect)
        self.steps += 1
        if what is Disturbance.CRASH_BEFORE:
            raise Crash
        is_request = isinstance(effect, Call | Put)
        if is_request and what is Disturbance.LOST_UNSENT:
            return self._lost(sent=False)
        if is_request and what is Disturbance.LOST_UNPROCESSED:
            return self._lost(sent=True)
        outcome = self._perform(effect, record)
        if what is Disturbance.CRASH_AFTER:
            raise Crash
        return self._lost(sent=True) if is_request and what is Disturbance.LOST_PROCESSED else outcome

    def _perform(self, effect: Effect, record: Journal) -> Any:  # noqa: ANN401 - each effect has its own outcome
        try:
            match effect:
                case Call() | Put():
                    return self._answer(effect)
                case Sleep():
                    self.clock.sleep(effect.seconds)
                    return self.clock()
                case Offload():
                    return effect.work()
                case Record():
                    return record(effect)
                case Together():
                    return self._side_by_side(effect.crew, record)
        except MemoryImportsError as problem:
            return problem.with_traceback(None)

    def _answer(self, effect: Call | Put) -> Reply | Lost:
        refuses = getattr(self.world, "refuses", None)
        if refuses is not None and refuses():
            return self._lost(sent=False)
        request = _request_of_call(effect) if isinstance(effect, Call) else _request_of_put(effect)
        left = getattr(self.world, "left", [])
        if left and left[0].fault is Fault.UNREAD:
            request = evolve(request, body=b"")
        answer = self.world(request).at(BASE)
        self.clock.now += self.seconds
        if answer.fault is not None:
            return self._lost(sent=answer.fault.sent)
        headers = {name.lower(): value for name, value in answer.headers.items()}
        return Reply(status=answer.status, headers=headers, body=answer.body, at=self.clock())

    def _lost(self, *, sent: bool) -> Lost:
        return Lost("simulated", sent=sent, at=self.clock())


@define
class _Member:
    """A flow of a crew: what it asks for now, or what it has ended with."""

    flow: Flow[Any]
    effect: Effect = field(init=False)
    outcome: Any = None
    ended: bool = False

    def __attrs_post_init__(self) -> None:
        self._go_on(partial(next, self.flow))

    @property
    def pause(self) -> float:
        """Return how long it sleeps, if it does."""
        return self.effect.seconds if isinstance(self.effect, Sleep) else 0.0

    def take(self, outcome: Any) -> None:  # noqa: ANN401 - each effect has its own outcome
        """Give it what it asked for."""
        failed = isinstance(outcome, Lost | MemoryImportsError)
        self._go_on(partial(self.flow.throw if failed else self.flow.send, outcome))

    def _go_on(self, step: Callable[[], Effect]) -> None:
        try:
            self.effect = step()
        except StopIteration as end:
            self.ended, self.outcome = True, end.value
        except Exception as problem:  # noqa: BLE001 - the crew judges it
            self.ended, self.outcome = True, problem


def _read(put: Put) -> bytes:
    chunks = []
    put.on_sent(0)
    for chunk in put.body.chunks():
        chunks.append(chunk)
        put.on_sent(sum(map(len, chunks)))
    return b"".join(chunks)


def _request_of_put(put: Put) -> Request:
    parts = urlsplit(put.url)
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    return Request(method="PUT", target=target, headers=put.headers, body=_read(put))


def _request_of_call(call: Call) -> Request:
    target = call.path + (f"?{urlencode(call.query, quote_via=quote)}" if call.query else "")
    body = b"" if call.json is None else json.dumps(call.json, ensure_ascii=False, separators=(",", ":")).encode()
    return Request(method=call.method, target=target, headers={}, body=body)

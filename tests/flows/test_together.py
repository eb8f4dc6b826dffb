"""Flows side by side on three drivers: all of them end, each hears its own news, and an interruption ends them all."""

from __future__ import annotations

import asyncio
from contextlib import closing
from threading import Event, Thread, get_ident
from threading import enumerate as enumerate_threads
from typing import TYPE_CHECKING, Any

import pytest
from attrs import define, field

from memory_imports._drive_async import AsyncDriver
from memory_imports._drive_sync import Driver
from memory_imports._effects import Flow, Offload, Record, Result, Sleep, Together
from tests.support.drivers import settings_of
from tests.support.simulated import Clock, Simulation

if TYPE_CHECKING:
    from memory_imports._effects import Journal


class Interrupted(BaseException):
    """Stands for Ctrl-C."""


@define
class Everybody:
    """A crew that begins so many at once and keeps what became of them."""

    flows: list[Flow[Any]]
    limit: int = 2
    running: int = 0
    most: int = 0
    begun: int = 0
    outcomes: dict[int, Any] = field(factory=dict)
    threads: set[int] = field(factory=set)

    def ready(self) -> list[tuple[int, Flow[Any]]]:
        """Begin as many as there is room for."""
        self.threads.add(get_ident())
        chosen = list(enumerate(self.flows))[self.begun :][: self.limit - self.running]
        self.begun += len(chosen)
        self.running += len(chosen)
        self.most = max(self.most, self.running)
        return chosen

    def ended(self, number: int, outcome: object) -> None:
        """Keep an outcome."""
        self.threads.add(get_ident())
        self.running -= 1
        if isinstance(outcome, BaseException) and not isinstance(outcome, Exception):
            raise outcome
        self.outcomes[number] = outcome


def all_of(crew: Everybody) -> Flow[str]:
    """Run a crew."""
    given = yield Together(crew)
    assert given is None
    return "over"


def simulated(flow: Flow[Result], record: Journal) -> Result:
    """Run without threads."""
    return Simulation(lambda _: pytest.fail("nobody asks"), clock=Clock()).run(flow, record)


def synchronous(flow: Flow[Result], record: Journal) -> Result:
    """Run in threads."""
    with closing(Driver(settings_of("http://127.0.0.1:1"))) as driver:
        return driver.run(flow, record)


def asynchronous(flow: Flow[Result], record: Journal) -> Result:
    """Run as tasks."""

    async def awaited() -> Result:
        async with AsyncDriver(settings_of("http://127.0.0.1:1")) as driver:
            return await driver.run(flow, record)

    return asyncio.run(awaited())


@pytest.fixture(params=[simulated, synchronous, asynchronous], ids=lambda each: each.__name__)
def run(request: pytest.FixtureRequest) -> Any:  # noqa: ANN401 - each of the drivers
    """A driver."""
    return request.param


def one(number: int) -> Flow[int]:
    """Record, sleep, work."""
    yield Record("begun", {"number": number})
    yield Sleep(0)
    doubled: int = yield Offload(lambda: number * 2)
    return doubled


def test_each_flow_gets_its_own_news_and_its_outcome_is_told(run: Any) -> None:  # noqa: ANN401 - as above
    """Never more at once than may be, every journal line kept, and the crew spoken to from one thread."""
    crew = Everybody([one(number) for number in range(7)])
    lines: list[int] = []
    assert "over" == run(all_of(crew), lambda record: lines.append(record.fields["number"]))
    assert {number: number * 2 for number in range(7)} == crew.outcomes
    assert (list(range(7)), 2, {get_ident()}) == (sorted(lines), crew.most, crew.threads)


def test_an_error_of_one_is_an_outcome_and_the_others_go_on(run: Any) -> None:  # noqa: ANN401 - as above
    """The crew decides what it means."""

    def failing() -> Flow[int]:
        yield Sleep(0)
        raise ZeroDivisionError

    crew = Everybody([failing(), one(1), one(2)], limit=1)
    run(all_of(crew), lambda _: None)
    assert isinstance(crew.outcomes.pop(0), ZeroDivisionError)
    assert {1: 2, 2: 4} == crew.outcomes


def test_what_a_crew_raises_ends_all_of_them(run: Any) -> None:  # noqa: ANN401 - as above
    """Their clean-up runs, whether they have begun or not."""
    cleaned: list[str] = []

    def patient() -> Flow[None]:
        try:
            while True:
                yield Sleep(0.001)
        finally:
            cleaned.append("patient")

    def interrupted() -> Flow[None]:
        yield Sleep(0)
        raise Interrupted

    with pytest.raises(Interrupted):
        run(all_of(Everybody([patient(), interrupted()])), lambda _: None)
    assert ["patient"] == cleaned


def test_a_crew_within_a_crew(run: Any) -> None:  # noqa: ANN401 - as above
    """Flows that run side by side may do the same."""
    inner = [Everybody([one(number) for number in range(3)]) for _ in range(2)]
    outer = Everybody([all_of(crew) for crew in inner])
    run(all_of(outer), lambda _: None)
    assert [{0: 0, 1: 2, 2: 4}] * 2 == [crew.outcomes for crew in inner]


def test_a_crew_of_nobody_is_over_at_once(run: Any) -> None:  # noqa: ANN401 - as above
    """Nothing to begin, nothing to wait for."""
    assert "over" == run(all_of(Everybody([])), lambda _: None)


def release(hangs: Event) -> None:
    """Let threads end that were left to themselves: what they log must not come into another test's."""
    hangs.set()
    for thread in enumerate_threads():
        if thread.name.startswith("memory-imports-"):
            Thread.join(thread)


def test_an_interrupted_program_does_not_wait_for_a_thread_that_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be stopped is left to itself: the thread is none that keeps a program from ending."""
    monkeypatch.setattr("memory_imports._threads._PATIENCE", 0.0)
    hangs, over = Event(), Event()

    def hanging() -> Flow[None]:
        yield Offload(hangs.wait)
        over.set()

    def interrupted() -> Flow[None]:
        yield Sleep(0)
        raise Interrupted

    with pytest.raises(Interrupted):
        synchronous(all_of(Everybody([hanging(), interrupted()])), lambda _: None)
    release(hangs)
    assert not over.is_set()


def test_an_interrupted_program_waits_once_for_all_threads_that_hang(monkeypatch: pytest.MonkeyPatch) -> None:
    """And not once for each of them: Ctrl-C is answered as soon with fifty parts under way as with one."""
    hangs, now, waited = Event(), [0.0], list[float]()

    class Patient(Thread):
        def join(self, timeout: float | None = None) -> None:
            if timeout is None:
                super().join()
                return
            waited.append(timeout)
            now[0] += timeout

    monkeypatch.setattr("memory_imports._threads.Thread", Patient)
    monkeypatch.setattr("memory_imports._threads.monotonic", lambda: now[0])

    def hanging() -> Flow[None]:
        yield Offload(hangs.wait)

    def interrupted() -> Flow[None]:
        yield Sleep(0)
        raise Interrupted

    with pytest.raises(Interrupted):
        synchronous(all_of(Everybody([interrupted(), *(hanging() for _ in range(9))], limit=10)), lambda _: None)
    release(hangs)
    assert [1.0] + [0.0] * 8 == waited

"""The simulated driver itself: what is side by side, what is on the way, and what dies with a process."""

from random import Random
from typing import Any

import pytest
from attrs import define, field

from memory_imports._effects import Call, Flow, Lost, Offload, Put, Record, Reply, Sleep, Together
from memory_imports.errors import JobConflict
from tests.simulation.driver import Course, Loop, OnTheWay, Task, Time, deliver
from tests.support.simulated import Crash

CALL = Call(operation="op", method="GET", path="/")


@define
class Nothing:
    """A world in which a request takes three seconds, and the process ends at a moment."""

    ends: int = -1
    limit: float = 10.0
    out: float = 1.0
    moments: int = 0
    arrived: list[float] = field(factory=list)
    running: list[int] = field(factory=list)
    problems: list[Exception] = field(factory=list)

    def moment(self) -> None:
        """Count, and end the process."""
        self.moments += 1
        if self.moments == self.ends:
            raise Crash

    def send(self, _: Task, __: Call | Put) -> Course:
        """Take a request."""

        def judge(reply: Any, at: float) -> Reply:  # noqa: ANN401 - as `Course.judge`
            return Reply(status=reply, headers={}, body=b"", at=at)

        def arrive(now: float) -> int:
            self.arrived.append(now)
            return 200

        return Course(out=self.out, back=2.0, arrive=arrive, judge=judge, limit=self.limit)

    def keep(self, _: Task, record: Record, journal: Any) -> None:  # noqa: ANN401 - as `World`
        """Write a line."""
        journal(record)

    def together(self, running: int) -> None:
        """Keep how many run."""
        self.running.append(running)

    def ended(self, _: Task, problem: Exception) -> None:
        """Keep a problem."""
        self.problems.append(problem)


@define
class Crew:
    """Two flows at most; each outcome is kept."""

    flows: list[Flow[Any]]
    limit: int = 2
    outcomes: dict[int, Any] = field(factory=dict)
    begun: int = 0

    def ready(self) -> list[tuple[int, Flow[Any]]]:
        """Begin what there is room for."""
        room = self.limit - (self.begun - len(self.outcomes))
        chosen = list(enumerate(self.flows))[self.begun :][:room]
        self.begun += len(chosen)
        return chosen

    def ended(self, number: int, outcome: object) -> None:
        """Keep an outcome."""
        self.outcomes[number] = outcome


def asking(times: int = 1) -> Flow[float]:
    """Ask some times; return when the last answer came."""
    at = 0.0
    for _ in range(times):
        reply = yield CALL
        at = reply.at
    return at


def together(crew: Crew) -> Flow[None]:
    """Run a crew."""
    yield Together(crew)


def loop(world: Nothing, on_the_way: OnTheWay | None = None, seed: int = 0) -> Loop:
    """Return a loop that starts at no time."""
    return Loop(world, Time(0.0), Random(seed), on_the_way if on_the_way is not None else [])  # noqa: S311 - foreseen


def test_requests_are_on_their_way_at_the_same_time() -> None:
    """Two flows with two requests each take as long as one, and a third begins when there is room."""
    world, crew = Nothing(), Crew([asking(2), asking(2), asking(1)])
    loop(world).run(together(crew), lambda _: None)
    assert {0: 6.0, 1: 6.0, 2: 9.0} == crew.outcomes
    assert [1.0, 1.0, 4.0, 4.0, 7.0] == world.arrived
    assert 2 == max(world.running)


@pytest.mark.parametrize(("out", "arrived"), [(1.0, [1.0]), (2.0, [])])
def test_what_a_dead_process_had_sent_still_arrives(out: float, arrived: list[float]) -> None:
    """Unless it was still sending: what takes longer than a moment to come dies with it."""
    world, on_the_way, time = Nothing(ends=3, out=out), list[Any](), Time(0.0)

    def waiting() -> Flow[None]:
        yield Sleep(0.5)

    crew = Crew([asking(), waiting()])
    with pytest.raises(Crash):
        Loop(world, time, Random(0), on_the_way).run(together(crew), lambda _: None)  # noqa: S311 - as above
    deliver(on_the_way, time)
    assert (arrived, []) == (world.arrived, on_the_way)


@pytest.mark.parametrize("ends", range(1, 9))
def test_a_crash_ends_every_flow(ends: int) -> None:
    """None of them goes on, and none of their waiting is left."""
    world, on_the_way, cleaned = Nothing(ends=ends), list[Any](), list[int]()

    def patient(number: int) -> Flow[None]:
        try:
            while True:
                yield Sleep(1)
        finally:
            cleaned.append(number)

    with pytest.raises(Crash):
        loop(world, on_the_way).run(together(Crew([patient(1), patient(2)])), lambda _: None)
    assert [] == on_the_way
    assert set(cleaned) <= {1, 2}
    assert ends == world.moments


def test_an_answer_that_takes_too_long_is_lost_and_the_request_arrives() -> None:
    """The client gives up at its limit, the service does it all the same."""
    world = Nothing(limit=2.0)

    def losing() -> Flow[float]:
        try:
            yield CALL
        except Lost as lost:
            return lost.at
        return 0.0

    assert 2.0 == loop(world).run(losing(), lambda _: None)
    assert [1.0] == world.arrived


def test_a_journal_that_fails_is_news_for_the_flow() -> None:
    """As from the real drivers; what the flow does not take ends it, and its crew hears of it."""
    world = Nothing()

    def failing(_: Record) -> None:
        raise JobConflict("No.")

    def recording() -> Flow[None]:
        yield Record("creating", {})

    crew = Crew([recording()])
    loop(world).run(together(crew), failing)
    assert isinstance(crew.outcomes[0], JobConflict)
    assert [crew.outcomes[0]] == world.problems


def test_work_and_time_come_back() -> None:
    """What is offloaded gives its result, a sleep the time by the machine's clock."""

    def working() -> Flow[tuple[int, float]]:
        found = yield Offload(lambda: 7)
        return found, (yield Sleep(2.5))

    made = Loop(Nothing(), Time(0.0, off=100.0), Random(0), [])  # noqa: S311 - it has to be foreseen
    assert (7, 102.5) == made.run(working(), lambda _: None)

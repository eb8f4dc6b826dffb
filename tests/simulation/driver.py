"""The simulated driver for whole jobs: parts truly side by side in virtual time, ended at any moment.

Where `tests.support.simulated` does a request in one step, a request here comes to the service at one moment and its
answer at another, and the flows that run together meet in an order that is drawn. A moment is whatever comes
between two steps of any flow; the process may be ended before each of them, and what it has sent is then on its way
all the same.
"""

from collections.abc import Callable
from functools import partial
from heapq import heappop, heappush
from itertools import count
from random import Random
from typing import Any, Protocol

from attrs import define, field, frozen

from memory_imports._effects import (
    Call,
    Crew,
    Effect,
    Flow,
    Journal,
    Lost,
    Offload,
    Outcome,
    Put,
    Record,
    Result,
    Sleep,
    Together,
)
from memory_imports.errors import MemoryImportsError


@define
class Time:
    """True time, and what the machine's clock shows of it, which may be ``off``. In seconds since the epoch."""

    now: float
    off: float = 0.0

    def __call__(self) -> float:
        """Return what the clock shows."""
        return self.now + self.off


@frozen(kw_only=True)
class Course:
    """How a request fares: at the service after ``out`` seconds, and what comes back ``back`` seconds after that.

    ``arrive`` is what the service does and answers; None where nothing of the request comes there. ``judge`` makes of
    its answer what the client gets, by true time. After ``limit`` seconds the client gives up.
    """

    out: float
    back: float
    arrive: Callable[[float], Any] | None
    judge: Callable[[Any, float], Outcome]
    limit: float


class World(Protocol):
    """What a process meets, outside and on its own machine."""

    def moment(self) -> None:
        """Let it end here, with `Crash`."""
        ...

    def send(self, task: "Task", effect: Call | Put) -> Course:
        """Say how a request fares. Raises what the driver itself would raise."""
        ...

    def keep(self, task: "Task", record: Record, journal: Journal) -> None:
        """Write a journal line, or fail to."""
        ...

    def together(self, running: int) -> None:
        """Hear how many flows run side by side now."""
        ...

    def ended(self, task: "Task", problem: Exception) -> None:
        """Hear that a flow ended with a problem."""
        ...


@define(eq=False)
class Task:
    """One flow under way, with its number among those that run side by side; ``memory`` is for whoever watches it."""

    flow: Flow[Any]
    over: Callable[[Any], None]
    number: int | None = None
    memory: dict[str, Any] = field(factory=dict)


# Seconds: so long after its client has gone, a request may still come. What takes longer had not all been sent.
LATE = 1.0
_TURNS = count()
# When, a number drawn for those at the same time, one that tells all apart, whether it is the service's own, and what.
_Event = tuple[float, float, int, bool, Callable[[], None]]
OnTheWay = list[_Event]


def deliver(on_the_way: OnTheWay, time: Time) -> None:
    """Let come what processes that are no more have sent."""
    while on_the_way:
        when, *_, happen = heappop(on_the_way)
        time.now = max(time.now, when)
        happen()


class Loop:
    """Runs the flows of one process."""

    def __init__(self, world: World, time: Time, random: Random, on_the_way: OnTheWay) -> None:
        self._world, self.time, self._random = world, time, random
        self._events = on_the_way

    def run(self, flow: Flow[Result], record: Journal) -> Result:
        """Run a flow to its end and return what it returns; raises what it raises, or `Crash`."""
        self._record = record
        tasks: list[Task] = []
        self._tasks = tasks
        ends: list[Any] = []
        self._begin(flow, ends.append, None)
        try:
            while not ends:
                self.step()
        finally:
            # What the dead process waited for is nobody's now; what it had sent still comes where it was sent.
            last = self.time.now + LATE
            self._events[:] = sorted(event for event in self._events if event[3] and event[0] <= last)
            for task in tasks:
                task.flow.close()
        (outcome,) = ends
        if isinstance(outcome, BaseException):
            raise outcome
        result: Result = outcome
        return result

    def step(self) -> None:
        """Let the next thing happen."""
        when, _, _, of_service, happen = heappop(self._events)
        self.time.now = max(self.time.now, when)
        if not of_service:
            self._world.moment()
        happen()

    def _begin(self, flow: Flow[Any], over: Callable[[Any], None], number: int | None) -> None:
        task = Task(flow, over, number)
        self._tasks.append(task)
        self._go_on(task, partial(next, flow))

    def _go_on(self, task: Task, step: Callable[[], Effect]) -> None:
        """Let a flow go on until it has to wait."""
        while True:
            try:
                effect = step()
            except StopIteration as end:
                self._over(task, end.value)
                return
            except Exception as problem:  # noqa: BLE001 - whoever began the flow judges it
                self._world.ended(task, problem)
                self._over(task, problem)
                return
            if not isinstance(effect, Sleep) or effect.seconds:
                self._perform(task, effect)
                return
            self._world.moment()
            step = partial(task.flow.send, self.time())

    def _over(self, task: Task, outcome: object) -> None:
        self._tasks.remove(task)
        task.over(outcome)

    def _perform(self, task: Task, effect: Effect) -> None:
        match effect:
            case Sleep():
                self._later(effect.seconds, lambda: self._give(task, self.time()))
            case Call() | Put():
                self._send(task, effect)
            case Together():
                self._together(task, effect.crew)
            case Record():
                self._later(0, lambda: self._locally(task, lambda: self._world.keep(task, effect, self._record)))
            case Offload():
                self._later(0, lambda: self._locally(task, effect.work))

    def _later(self, seconds: float, happen: Callable[[], None], *, of_service: bool = False) -> None:
        event = (self.time.now + seconds, self._random.random(), next(_TURNS), of_service, happen)
        heappush(self._events, event)

    def _locally(self, task: Task, work: Callable[[], Any]) -> None:
        try:
            given = work()
        except MemoryImportsError as problem:
            given = problem.with_traceback(None)
        self._give(task, given)

    def _give(self, task: Task, outcome: Any) -> None:  # noqa: ANN401 - each effect has its own outcome
        failed = isinstance(outcome, Lost | MemoryImportsError)
        self._go_on(task, partial(task.flow.throw if failed else task.flow.send, outcome))

    def _send(self, task: Task, effect: Call | Put) -> None:
        try:
            course = self._world.send(task, effect)
        except MemoryImportsError as problem:
            failed = problem.with_traceback(None)
            self._later(0, lambda: self._give(task, failed))
            return
        answers: list[Any] = []
        arrive = course.arrive
        if arrive is not None:
            self._later(course.out, lambda: answers.append(arrive(self.time.now)), of_service=True)
        whole = course.out + course.back
        if whole > course.limit:
            self._later(course.limit, lambda: self._give(task, Lost("too slow", sent=True, at=self.time())))
        else:
            self._later(whole, lambda: self._give(task, course.judge(answers[0] if answers else None, self.time())))

    def _together(self, task: Task, crew: Crew) -> None:
        running: set[int] = set()

        def ended(number: int, outcome: object) -> None:
            running.discard(number)
            crew.ended(number, outcome)
            begin()

        def begin() -> None:
            for number, flow in crew.ready():
                running.add(number)
                self._world.together(len(running))
                self._later(0, partial(self._begin, flow, partial(ended, number), number))
            if not running:
                self._later(0, lambda: self._give(task, None))

        begin()

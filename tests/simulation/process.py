"""One process: the real job on the simulated driver, and all that it meets until it ends or is ended."""

from collections import Counter
from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager
from random import Random
from typing import Any

from attrs import define, evolve, field, frozen

from memory_imports import MemoryImports
from memory_imports._effects import Call, Flow, Put, Record, Result, unrecorded
from memory_imports._effects import Journal as Keep
from memory_imports._flow import Manner, Tries
from memory_imports.client import untold
from memory_imports.errors import JobConflict, MemoryImportsError, WaitTimeout
from memory_imports.jobs import Journal, run_job
from memory_imports.models import RunResult
from memory_imports.tables.facts import Plan
from tests.simulation.books import Shelf, spoil
from tests.simulation.driver import Course, Loop, OnTheWay, Task, Time
from tests.simulation.faults.local import LINE, PLAN, no_room
from tests.simulation.schedule import Schedule
from tests.simulation.service import BASE
from tests.simulation.shapes import Shape, planned
from tests.simulation.weather import Weather
from tests.simulation.witness import Witness
from tests.support.replies import SECRET, STORE, USER
from tests.support.simulated import EPOCH

Tell = Callable[[str], None]


@define(kw_only=True, eq=False)
class Machine:
    """What outlives its processes, and what they meet. ``tell`` hears of each step."""

    schedule: Schedule
    shape: Shape
    time: Time
    random: Random
    place: Shelf
    witness: Witness
    weather: Weather
    tell: Tell
    on_the_way: OnTheWay = field(factory=list)
    endings: Counter[str] = field(factory=Counter)


@frozen
class Ending:
    """How a process ended, in a word; with what it returned, or with what it raised."""

    word: str
    result: RunResult | None = None
    problem: MemoryImportsError | None = None


class Client(MemoryImports):
    """A client whose flows are run by a simulation."""

    def __init__(self, perform: Callable[[Flow[Any], Keep], Any], random: Random) -> None:
        super().__init__(STORE, credentials=(USER, SECRET), base_url=BASE)
        self.tries = Tries(random=random.random)
        self._perform = perform

    def perform(self, flow: Flow[Result], record: Keep = unrecorded) -> Result:
        """Run a flow."""
        result: Result = self._perform(flow, record)
        return result


class Process:
    """Runs the job once."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self._journal: Journal | None = None

    def run(self, manner: Manner, *, fresh: bool = False) -> RunResult:
        """Run it; raises what the job raises, or `Crash`."""
        machine = self.machine
        loop = Loop(self, machine.time, machine.random, machine.on_the_way)
        client = Client(loop.run, machine.random)
        with self._plan() as plan, machine.place.open() as self._journal:
            spoil(self._journal, machine.weather.strikes(LINE))
            return run_job(client, plan, manner, journal=self._journal, fresh=fresh)

    @contextmanager
    def _plan(self) -> Generator[Plan]:
        """Give the plan: made anew where there is a disk, else the one that was made once."""
        machine, shape = self.machine, self.machine.shape
        if machine.place.path is None:
            yield shape.plan
            return
        with ExitStack() as stack:
            with no_room(machine.weather.strikes(PLAN)):
                plan = stack.enter_context(planned(shape.title, shape.version, machine.place.path.parent))
            yield plan

    def moment(self) -> None:
        """See `World`."""
        if self.machine.weather.moments == self.machine.schedule.rival:
            self._rival()
        self.machine.weather.moment()

    def send(self, task: Task, effect: Call | Put) -> Course:
        """See `World`."""
        now = self.machine.time()
        if isinstance(effect, Put) and effect.deadline is not None and now >= effect.deadline:
            raise WaitTimeout("Too late to send.", import_id=effect.import_id, state="PENDING", waited=0.0)
        self.machine.witness.sends(task, effect, now)
        course = self.machine.weather.course(effect)

        def heard(reply: Any, at: float) -> Any:  # noqa: ANN401 - as `Course.judge`
            outcome = course.judge(reply, at)
            self.machine.witness.hears(task, effect, outcome)
            self._note(task, effect, outcome)
            return outcome

        return Course(out=course.out, back=course.back, arrive=course.arrive, judge=heard, limit=course.limit)

    def keep(self, task: Task, record: Record, journal: Keep) -> None:
        """See `World`."""
        self.machine.witness.records(task, record)
        self._note(task, record)
        if self._journal is not None:
            spoil(self._journal, self.machine.weather.strikes(LINE))
        journal(record)

    def together(self, running: int) -> None:
        """See `World`."""
        self.machine.witness.together(running)

    def ended(self, task: Task, problem: Exception) -> None:
        """See `World`."""
        self.machine.witness.ended(task, problem)
        self._note(task, problem)

    def _note(self, task: Task, *what: object) -> None:
        """Tell of a step: when, by the seconds since the start, of which part, and what it was."""
        if self.machine.tell is not untold:  # to write it down takes longer than to do it
            words = " -> ".join(map(repr, what))
            self.machine.tell(f"{self.machine.time.now - EPOCH:10.3f}  part {task.number}  {words}")

    def _rival(self) -> None:
        """Run the same job, and another of the same file, by processes that must be told that there is one."""
        plan = self.machine.shape.plan
        self._refused(plan, "two processes run one job")
        if self.machine.place.path is None:  # else the plan of this process has a file of its own
            other = evolve(plan, key="mapped otherwise")
            for fresh in (False, True):
                self._refused(other, "two jobs of one file run side by side", fresh=fresh)

    def _refused(self, plan: Plan, words: str, *, fresh: bool = False) -> None:
        machine, ran = self.machine, list[Flow[Any]]()
        rival = Client(lambda flow, _: ran.append(flow), machine.random)
        try:
            with machine.place.open() as journal:
                run_job(rival, plan, Manner(timeout=1), journal=journal, fresh=fresh)
        except JobConflict:
            return
        machine.witness.broken.append(words)

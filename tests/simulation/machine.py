"""One schedule, played: the same job is run by one process after the other until it is done."""

from collections import Counter
from random import Random
from types import SimpleNamespace
from unittest.mock import patch

from attrs import field, frozen

from memory_imports._flow import Manner
from memory_imports._held import forget
from memory_imports.client import untold
from memory_imports.errors import JobConflict, MemoryImportsError
from memory_imports.models import RunResult
from tests.simulation.books import Shelf, shelf
from tests.simulation.driver import Time, deliver
from tests.simulation.ends import accounts, held, named
from tests.simulation.process import Ending, Machine, Process, Tell
from tests.simulation.schedule import Schedule
from tests.simulation.sequels import ALL_TIME, BETWEEN, THEN, is_kept_out, witness_of
from tests.simulation.service import Service
from tests.simulation.shapes import shape
from tests.simulation.weather import Endless, Occasion, Weather
from tests.simulation.witness import Witness
from tests.support.simulated import EPOCH, Crash

# So many processes at most; from the fair one on nothing goes wrong any more.
_MOST, _FAIR = 14, 8
# From this process on there is all the time that it takes.
_PATIENT = 3
# From this process on the machine's clock is right.
_RIGHT = 4
# Seconds: so much longer than its timeout a run may take, because a request that is sent at all is given its least.
_OVERTIME = 40.0


@frozen(kw_only=True)
class Played:
    """What came of a schedule; ``broken`` is empty if all is as it must be.

    ``empty`` are the imports without a file, ``told`` those that a result or an error has named.
    """

    schedule: Schedule
    broken: list[str]
    processes: int
    crashes: int
    moments: int
    occasions: list[Occasion]
    struck: Counter[str]
    endings: Counter[str]
    told: set[str] = field(factory=set)
    empty: set[str] = field(factory=set)


def play(schedule: Schedule, tell: Tell = untold) -> Played:
    """Play a schedule to its end; ``tell`` hears of each step."""
    forget()  # the secrets of other schedules, as a new process would
    time = Time(EPOCH, schedule.off)
    service = Service(schedule.pace, schedule.seed, EPOCH)
    wall = patch("memory_imports.jobs.journal.time", SimpleNamespace(time=time))
    try:
        with wall, shelf(on_disk=schedule.on_disk) as place:
            return Play(_machine(schedule, time, service, place, tell), service).run()
    finally:
        service.close()


def _machine(schedule: Schedule, time: Time, service: Service, place: Shelf, tell: Tell) -> Machine:
    random = Random(schedule.seed)  # noqa: S311 - it has to be foreseen
    witness = witness_of(shape(schedule.title), service, place, schedule.concurrency)
    return Machine(
        schedule=schedule,
        shape=witness.shape,
        time=time,
        random=random,
        place=place,
        witness=witness,
        weather=Weather(schedule, random, time, witness.arrives),
        tell=tell,
    )


class Play:
    """Starts one process after the other."""

    def __init__(self, machine: Machine, service: Service) -> None:
        self.machine, self.service = machine, service
        # What the store holds in the end is of this file, and these imports are somebody else's.
        self.last, self.others = machine.shape, set[str]()
        self._told: set[str] = set()

    def run(self) -> Played:
        """Start processes until one says that all is done."""
        machine, witness, weather = self.machine, self.machine.witness, self.machine.weather
        result = self._until_done()
        if result is not None and machine.schedule.then:
            weather.over = True
            THEN[machine.schedule.then](self, result)
        deliver(machine.on_the_way, machine.time)
        self.service.close()
        if witness.files or self.last is machine.shape:  # else another version has kept it out
            witness.broken += held(machine.shape, self.service, witness.files)
        witness.broken += named(self.last, self.service)
        full = witness.files.keys() | witness.before.keys() | self.others
        empty = {each.id for each in self.service.imports() if each.is_ours and each.id not in full}
        for import_id in sorted(empty & witness.recorded - self._told):
            self.say(f"the journal knew of {import_id}, which is empty, and nobody was told")
        return Played(
            schedule=machine.schedule,
            broken=witness.broken,
            processes=machine.endings.total(),
            crashes=weather.crashes,
            moments=weather.moments,
            occasions=weather.occasions,
            struck=weather.struck,
            endings=machine.endings,
            told=self._told,
            empty=empty,
        )

    def _until_done(self) -> RunResult | None:
        """Start one process after the other, and return the last result; None if there can be none any more."""
        machine, schedule = self.machine, self.machine.schedule
        follow = schedule.follow
        for number in range(_MOST):
            machine.weather.over = number >= _FAIR
            if number >= _RIGHT:
                machine.time.off = 0.0
            fresh = number == 1 and BETWEEN[schedule.between](self)
            timeout = schedule.timeout if number < _PATIENT else ALL_TIME
            ending = self.process(machine, follow=follow, timeout=timeout, fresh=fresh)
            if ending.result is not None and ending.result.outcome != "uploaded":
                self.last = machine.shape
                return ending.result
            if is_kept_out(self, ending):
                return None
            follow = follow or ending.result is not None
            machine.time.now += machine.random.choice((0.0, 0.5, 5.0, 100.0))
        self.say(f"it never ended well: {dict(machine.endings)}")
        return None

    def process(self, machine: Machine, *, follow: bool, timeout: float, fresh: bool = False) -> Ending:
        """Run one process, and look at how it ends."""
        begun = machine.time.now
        machine.witness.begins(anew=fresh)
        ending = self._run(
            machine, Manner(timeout=timeout, follow=follow, concurrency=machine.schedule.concurrency), fresh
        )
        machine.endings[ending.word] += 1
        machine.tell(f"{machine.time.now - EPOCH:10.3f}  process over: {ending.word}")
        if machine.time.now - begun > timeout + _OVERTIME:
            self.say(f"a run with {timeout:g} seconds took {machine.time.now - begun:g}")
        return ending

    def _run(self, machine: Machine, manner: Manner, fresh: bool) -> Ending:  # noqa: FBT001 - as it is run
        try:
            result = Process(machine).run(manner, fresh=fresh)
        except Crash:
            return Ending("crash")
        except MemoryImportsError as problem:
            self._look_at_problem(machine.witness, problem)
            return Ending(type(problem).__name__, problem=problem)
        except Exception as problem:  # noqa: BLE001 - no other may come out
            self.say(f"a run ends with {problem!r}")
            return Ending("bug")
        except Endless:
            self.say("it goes on and on")
            return Ending("endless")
        self._look_at(machine, result)
        return Ending(str(result.outcome), result)

    def _look_at(self, machine: Machine, result: RunResult) -> None:
        witness = machine.witness
        self._told |= {import_id for part in result.parts for import_id in part.abandoned}
        witness.broken += accounts(machine.shape, self.service, witness.files, result)
        if witness.problems:
            self.say(f"{witness.problems} are not told of")

    def _look_at_problem(self, witness: Witness, problem: MemoryImportsError) -> None:
        self._told |= {problem.import_id or "", *problem.abandoned}
        self._told |= {import_id for part in problem.parts for import_id in (part.import_id, *part.abandoned)}
        first = witness.problems[:1]
        if first and problem not in first and not isinstance(problem, JobConflict):
            self.say(f"{problem!r} ends a run, not {first}")

    def say(self, words: str) -> None:
        """Write down what is wrong."""
        self.machine.witness.broken.append(words)

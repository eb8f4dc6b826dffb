"""One schedule, played: the same job is run by one process after the other until it is done."""

from collections import Counter
from random import Random
from types import SimpleNamespace
from unittest.mock import patch

from attrs import field, frozen

from memory_imports._flow import Manner
from memory_imports.client import untold
from memory_imports.errors import JobConflict, MemoryImportsError
from memory_imports.jobs.job import job_of
from memory_imports.models import RunResult
from tests.simulation.books import Shelf, shelf
from tests.simulation.driver import Time, deliver
from tests.simulation.ends import accounts, held
from tests.simulation.process import Client, Machine, Process, Tell
from tests.simulation.schedule import Schedule
from tests.simulation.service import Service
from tests.simulation.shapes import shape
from tests.simulation.weather import Endless, Occasion, Weather
from tests.simulation.witness import Witness
from tests.support.simulated import EPOCH, Crash

# So many processes at most; from the fair one on nothing goes wrong any more.
_MOST, _FAIR = 14, 8
# From this process on there is all the time that it takes.
_PATIENT, _ALL_TIME = 3, 3600.0
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
    time = Time(EPOCH, schedule.off)
    service = Service(schedule.pace, schedule.seed, EPOCH)
    wall = patch("memory_imports.jobs.journal.time", SimpleNamespace(time=time))
    try:
        with wall, shelf(on_disk=schedule.on_disk) as place:
            return _Play(_machine(schedule, time, service, place, tell), service).run()
    finally:
        service.close()


def _machine(schedule: Schedule, time: Time, service: Service, place: Shelf, tell: Tell) -> Machine:
    random = Random(schedule.seed)  # noqa: S311 - it has to be foreseen
    file = shape(schedule.title)
    key = job_of(Client(lambda *_: None, random), file.plan).key
    witness = Witness(file, service, lambda: place.entries(key), schedule.concurrency)
    return Machine(
        schedule=schedule,
        shape=file,
        time=time,
        random=random,
        place=place,
        witness=witness,
        weather=Weather(schedule, random, time, witness.arrives),
        tell=tell,
    )


class _Play:
    """Starts one process after the other."""

    def __init__(self, machine: Machine, service: Service) -> None:
        self._machine, self._service = machine, service
        self._told: set[str] = set()

    def run(self) -> Played:
        """Start processes until one says that all is done."""
        machine, witness, weather = self._machine, self._machine.witness, self._machine.weather
        result = self._until_done()
        if result is None or result.outcome == "uploaded":
            self._say(f"it never ended well: {dict(machine.endings)}")
        elif machine.schedule.again:
            self._again(result)
        deliver(machine.on_the_way, machine.time)
        self._service.close()
        witness.broken += held(machine.shape, self._service, witness.files)
        empty = {each.id for each in self._service.imports() if each.is_ours and each.id not in witness.files}
        for import_id in sorted(empty & witness.recorded - self._told):
            self._say(f"the journal knew of {import_id}, which is empty, and nobody was told")
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
        machine, schedule = self._machine, self._machine.schedule
        result, follow = None, schedule.follow
        for number in range(_MOST):
            machine.weather.over = number >= _FAIR
            if number >= _RIGHT:
                machine.time.off = 0.0
            result = self._process(follow=follow, timeout=schedule.timeout if number < _PATIENT else _ALL_TIME)
            if result is not None and result.outcome != "uploaded":
                break
            follow = follow or result is not None
            machine.time.now += machine.random.choice((0.0, 0.5, 5.0, 100.0))
        return result

    def _process(self, *, follow: bool, timeout: float) -> RunResult | None:
        machine, result = self._machine, None
        begun = machine.time.now
        machine.witness.begins()
        try:
            result = Process(machine).run(
                Manner(timeout=timeout, follow=follow, concurrency=machine.schedule.concurrency)
            )
            self._look_at(result)
            ending = str(result.outcome)
        except Crash:
            ending = "crash"
        except MemoryImportsError as problem:
            ending = type(problem).__name__
            self._look_at_problem(problem)
        except Exception as problem:  # noqa: BLE001 - no other may come out
            ending = "bug"
            self._say(f"a run ends with {problem!r}")
        except Endless:
            ending = "endless"
            self._say("it goes on and on")
        machine.endings[ending] += 1
        machine.tell(f"{machine.time.now - EPOCH:10.3f}  process over: {ending}")
        if machine.time.now - begun > timeout + _OVERTIME:
            self._say(f"a run with {timeout:g} seconds took {machine.time.now - begun:g}")
        return result

    def _look_at(self, result: RunResult) -> None:
        machine, witness = self._machine, self._machine.witness
        self._told |= {import_id for part in result.parts for import_id in part.abandoned}
        witness.broken += accounts(machine.shape, self._service, witness.files, result)
        if witness.problems:
            self._say(f"{witness.problems} are not told of")

    def _look_at_problem(self, problem: MemoryImportsError) -> None:
        self._told |= {problem.import_id or "", *problem.abandoned}
        self._told |= {import_id for part in problem.parts for import_id in (part.import_id, *part.abandoned)}
        first = self._machine.witness.problems[:1]
        if first and problem not in first and not isinstance(problem, JobConflict):
            self._say(f"{problem!r} ends a run, not {first}")

    def _again(self, result: RunResult) -> None:
        """Run the job that is done once more: nothing is sent but what failed."""
        before = len(self._service.imports())
        self._machine.weather.over = True
        again = self._process(follow=True, timeout=_ALL_TIME)
        more = len(self._service.imports()) - before
        failed = sum(part.state == "FAILED" for part in result.parts)
        ending = None if again is None else again.outcome
        if (ending, more) != (result.outcome, failed):
            self._say(f"run again it made {more} imports and ended with {ending}, not {result.outcome}")

    def _say(self, words: str) -> None:
        self._machine.witness.broken.append(words)

"""What people do besides running the same command until it is done, between two processes and after the last.

They run it again, they run it with ``fresh``, and they change the file and run that.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from random import Random
from typing import Protocol

from attrs import evolve

from memory_imports.errors import JobConflict
from memory_imports.jobs.job import job_of
from memory_imports.models import RunResult
from memory_imports_sandbox.messages import Reply, Request
from tests.simulation.books import Shelf
from tests.simulation.driver import deliver
from tests.simulation.process import Client, Ending, Machine
from tests.simulation.service import Service
from tests.simulation.shapes import Shape, shape
from tests.simulation.weather import Weather
from tests.simulation.witness import Witness

ALL_TIME = 3600.0
_CHANGED = "w"


class Playing(Protocol):
    """As much of a play as is needed here."""

    machine: Machine
    service: Service
    last: Shape
    others: set[str]

    def process(self, machine: Machine, *, follow: bool, timeout: float, fresh: bool = False) -> Ending:
        """Run one process, and look at how it ends."""
        ...

    def say(self, words: str) -> None:
        """Write down what is wrong."""
        ...


def witness_of(file: Shape, service: Service, place: Shelf, concurrency: int) -> Witness:
    """Return who watches the job of a file."""
    key = _key(file.title, file.version)
    return Witness(file, service, lambda: place.entries(key), concurrency)


@cache
def _key(title: str, version: str) -> str:
    client = Client(lambda *_: None, Random(0))  # noqa: S311 - none of it is needed
    return job_of(client, shape(title, version).plan).key


def _fresh_next(play: Playing) -> bool:
    """Let the second process begin anew: somebody looks, and types it, when all that was sent has come."""
    deliver(play.machine.on_the_way, play.machine.time)
    return True


def _changed_next(play: Playing) -> bool:
    """Let another version of the file be run before the second process."""
    _run_changed(play)
    return False


def _run_again(play: Playing, result: RunResult) -> None:
    """Run the job that is done once more: nothing is sent but what failed."""
    failed = sum(part.state == "FAILED" for part in result.parts)
    _expect(play, result, failed, fresh=False)


def _run_fresh(play: Playing, result: RunResult) -> None:
    """Send everything anew, and then no more."""
    deliver(play.machine.on_the_way, play.machine.time)
    sent = sum(part.import_id is not None for part in result.parts)
    _expect(play, result, sent, fresh=True)
    _run_again(play, result)


def _expect(play: Playing, result: RunResult, wanted: int, *, fresh: bool) -> None:
    before = len(play.service.imports())
    again = play.process(play.machine, follow=True, timeout=ALL_TIME, fresh=fresh)
    more = len(play.service.imports()) - before
    if (again.word, more) != (result.outcome, wanted):
        play.say(
            f"run {'anew' if fresh else 'again'} it made {more} imports and ended with {again}, not {result.outcome}"
        )


def _run_changed(play: Playing) -> None:
    """Run another version of the file in good weather.

    While a row of the version before may still come, or some of its parts are in and others are not, it must not.
    """
    machine, earlier = play.machine, play.machine.witness
    witness = witness_of(
        shape(machine.shape.title, _CHANGED), play.service, machine.place, machine.schedule.concurrency
    )
    schedule = evolve(machine.schedule, rival=None)

    def handle(request: Request, now: float) -> Reply:
        play.service.work(now)
        if request.method != "GET" and (reason := _in_the_way(play)):
            play.say(f"{request.method} for the changed file, although {reason}")
        return witness.arrives(request, now)

    weather = Weather(schedule, machine.random, machine.time, handle, over=True)
    other = evolve(machine, schedule=schedule, shape=witness.shape, witness=witness, weather=weather)
    is_begun = any(entry.may_be_in for entry in earlier.entries().values())
    ending = play.process(other, follow=True, timeout=ALL_TIME)
    play.others |= witness.files.keys()
    for words in witness.broken:
        play.say(f"the changed file: {words}")
    if isinstance(ending.problem, JobConflict):
        if witness.files or not is_begun:
            play.say(f"the changed file is refused, {len(witness.files)} of it sent, begun: {is_begun}: {ending}")
        return
    if ending.result is None:
        play.say(f"the changed file ends as {ending}")
    play.last = witness.shape


def _in_the_way(play: Playing) -> str:
    """Say what of the version before must keep the changed one out, by what the store shows."""
    machine = play.machine
    states = [found.state for each in machine.witness.files if (found := play.service.find(each)) is not None]
    if not {"COMPLETED", "FAILED"}.issuperset(states):
        return f"imports of the version before are {states}"
    inside = states.count("COMPLETED")
    return f"{inside} parts of the version before are in" if 0 < inside < len(machine.shape.plan.parts) else ""


def is_kept_out(play: Playing, ending: Ending) -> bool:
    """Whether a run rightly says that another version stands against it: it came later, or is half in."""
    machine, problem = play.machine, ending.problem
    if play.last is machine.shape or not isinstance(problem, JobConflict):
        return False
    most = len(machine.shape.plan.parts)
    if problem.code == "already_imported":
        return _inside(play, machine.witness.files) == most
    return problem.code == "half_done" and not machine.witness.files and 0 < _inside(play, play.others) < most


def _inside(play: Playing, imports: Iterable[str]) -> int:
    found = [play.service.find(import_id) for import_id in imports]
    return sum(each is not None and each.state == "COMPLETED" for each in found)


def _run_changed_then_again(play: Playing, result: RunResult) -> None:
    """Run another version of the file; the version before has then been overtaken, and is not taken for done."""
    _run_changed(play)
    if play.last is play.machine.shape or any(part.state != "COMPLETED" for part in result.parts):
        return
    before = len(play.service.imports())
    again = play.process(play.machine, follow=True, timeout=ALL_TIME)
    more = len(play.service.imports()) - before
    if more or not is_kept_out(play, again):
        play.say(f"the version that was overtaken made {more} imports and ended with {again}")


# What comes before the second process; each says whether that one is to begin anew.
BETWEEN: Mapping[str, Callable[[Playing], bool]] = {
    "": lambda _: False,
    "fresh": _fresh_next,
    "changed": _changed_next,
}
# What comes when the job is done.
THEN: Mapping[str, Callable[[Playing, RunResult], None]] = {
    "again": _run_again,
    "fresh": _run_fresh,
    "changed": _run_changed_then_again,
}

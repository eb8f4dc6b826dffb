"""Small jobs, tried out completely: every crash point, every fault of every request, and every two of the ambiguous.

The second disturbance is tried at every occasion that there is once the first has happened, so none is missed because
the first has changed what follows.
"""

from collections.abc import Iterator, Sequence

from attrs import evolve

from tests.simulation.faults import AMBIGUOUS, ON
from tests.simulation.machine import Played, play
from tests.simulation.schedule import Schedule
from tests.simulation.sequels import BETWEEN, THEN
from tests.simulation.shapes import TITLES
from tests.simulation.worlds import Pace

SMALL: Sequence[Schedule] = (
    Schedule(title="one"),
    Schedule(title="two", concurrency=2),
    Schedule(title="chain", concurrency=2),
)
# Every file in good weather, one part after the other and side by side, with all that people do then; and a slow one.
FAIR: Sequence[Schedule] = (
    *(
        Schedule(title=title, concurrency=concurrency, rival=10, pace=Pace(processing=0.5), then=then)
        for title in TITLES
        for concurrency in (1, 3)
        for then in THEN
    ),
    Schedule(title="one", pace=Pace(processing=60.0)),
)
# So many requests in a row: more than any is tried.
_OUTAGE = 14
# What all the ambiguous kinds come down to, where there are too many pairs of them.
_CANONICAL = frozenset({"reset-before", "reset-after", "journal-unsure"})


def first(small: Schedule) -> Iterator[Schedule]:
    """Yield the job with each single disturbance, and the smallest with each that lasts longer than anybody tries."""
    fair = play(small)
    yield small
    for crash in _crashes(small, range(fair.moments)):
        yield crash
        yield from (evolve(crash, between=between) for between in BETWEEN if between)
    yield from _faults(small, fair, 0, frozenset(ON))
    yield from (outage for outage in _outages(small, fair) if small.title == "one")


def _outages(small: Schedule, fair: Played) -> Iterator[Schedule]:
    for once in _faults(small, fair, 0, frozenset(ON)):
        ((start, kind),) = once.struck.items()
        yield evolve(once, struck=dict.fromkeys(range(start, start + _OUTAGE), kind))


def second(once: Schedule) -> Iterator[tuple[Schedule, Played]]:
    """Play a schedule with one disturbance, and all those with a second one after it."""
    played = play(once)
    yield once, played
    kinds = AMBIGUOUS if once.title == "one" else _CANONICAL
    if once.between:
        return
    if once.ends or (len(once.struck) == 1 and kinds.issuperset(once.struck.values())):
        for twice in _after(once, played, kinds):
            yield twice, play(twice)


def _after(once: Schedule, played: Played, kinds: frozenset[str]) -> Iterator[Schedule]:
    at, moment = max(once.struck, default=-1) + 1, max(once.ends, default=-1) + 1
    if once.struck:
        moment = played.occasions[at - 1].moment
    yield from _crashes(once, range(moment, played.moments))
    yield from (each for each in _faults(once, played, at, kinds) if not _before(played, each, moment))


def _before(played: Played, twice: Schedule, moment: int) -> bool:
    return played.occasions[max(twice.struck)].moment < moment


def _crashes(schedule: Schedule, moments: range) -> Iterator[Schedule]:
    for moment in moments:
        yield evolve(schedule, ends=schedule.ends | {moment})


def _faults(schedule: Schedule, played: Played, start: int, kinds: frozenset[str]) -> Iterator[Schedule]:
    for number, occasion in enumerate(played.occasions[start:], start):
        for kind in sorted(kinds):
            if occasion.operation in ON[kind]:
                yield evolve(schedule, struck={**schedule.struck, number: kind})

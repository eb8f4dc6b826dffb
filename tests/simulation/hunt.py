"""Whether a broken rule is noticed, by which schedule, and in which words."""

from collections.abc import Iterator

from attrs import frozen

from tests.simulation.exhaustive import FAIR, SMALL, first
from tests.simulation.machine import Played, play
from tests.simulation.mutations import MUTATIONS
from tests.simulation.schedule import Schedule, drawn

# What is tried before a rule counts as one that may be broken unnoticed.
_MOST = 2000


@frozen
class Caught:
    """After how many schedules, by which, and what it said."""

    after: int
    schedule: Schedule
    words: str


def hunt(name: str) -> Caught | None:
    """Break a rule, and play schedules until one notices; None if none does."""
    small = [each for one in SMALL for each in first(one)]
    with MUTATIONS[name].planted():
        for number, (schedule, played) in enumerate(_played(small), 1):
            if words := complaints(played):
                return Caught(number, schedule, words[0])
    return None


def _played(small: list[Schedule]) -> Iterator[tuple[Schedule, Played]]:
    for schedule in (*FAIR, *small):
        yield schedule, play(schedule)
    for seed in range(_MOST):
        schedule = drawn(seed)
        yield schedule, play(schedule)


def complaints(played: Played) -> list[str]:
    """Return what was wrong; after a single disturbance that was told every empty import must have been named, too."""
    schedule = played.schedule
    told_late = "processed-late" in played.struck  # it was made when the client had looked already
    alone = len(schedule.struck) + len(schedule.ends) == 1 and not (told_late or schedule.between)
    forgotten = played.empty - played.told if alone else set()
    return [*played.broken, *(f"nobody was told of {import_id}, which is empty" for import_id in sorted(forgotten))]

"""Schedules from seeds, and every small job with every single disturbance: no invariant is broken.

`nox -s simulate` plays many more, and the small jobs with every two.
"""

from typing import Any

import pytest

from tests.simulation.exhaustive import FAIR, SMALL, first
from tests.simulation.faults import ON
from tests.simulation.machine import play
from tests.simulation.schedule import Schedule, drawn, told
from tests.simulation.tally import Tally
from tests.simulation.worlds import Pace

_BATCH = 200


@pytest.mark.parametrize("start", range(0, 8 * _BATCH, _BATCH))
def test_no_schedule_breaks_an_invariant(start: int) -> None:
    """Each seed is another file, service, machine and weather."""
    tally = Tally().add(play(drawn(seed)) for seed in range(start, start + _BATCH))
    assert {} == tally.broken
    assert _BATCH == tally.schedules
    assert min(tally.crashes, tally.struck.total(), tally.processes - _BATCH) > _BATCH / 10


@pytest.mark.parametrize("small", SMALL, ids=lambda small: small.title)
def test_no_single_disturbance_breaks_an_invariant(small: Schedule) -> None:
    """A crash at every moment, every kind of fault at every request, journal line and plan."""
    tally = Tally().add(play(schedule) for schedule in first(small))
    assert {} == tally.broken
    assert set(tally.struck) >= {
        name for name, operations in ON.items() if operations - {"plan", "ListProfileImportsV2"}
    }


def test_every_file_goes_in_where_nothing_goes_wrong() -> None:
    """One part after the other and slowly, and side by side."""
    tally = Tally().add(play(schedule) for schedule in FAIR)
    assert ({}, 0, len(FAIR)) == (tally.broken, tally.struck.total(), tally.schedules)


def test_a_seed_says_all() -> None:
    """The same seed twice is the same story twice."""
    stories: list[list[str]] = [[], []]
    for story in stories:
        play(drawn(6), story.append)
    assert stories[0] == stories[1] != []


def test_every_kind_of_fault_is_drawn() -> None:
    """And every file."""
    schedules = [drawn(seed) for seed in range(4000)]
    assert set(ON) == {kind for schedule in schedules for kind in schedule.kinds}
    assert {one.title for one in FAIR} == {schedule.title for schedule in schedules}


@pytest.mark.parametrize(
    "schedule",
    [*SMALL, FAIR[0], Schedule(title="chain", concurrency=2, struck={7: "500", 3: "refused"}, ends=frozenset({9, 4}))],
)
def test_what_was_told_can_be_told_again(schedule: Schedule) -> None:
    """By the words that the chore prints."""
    assert schedule == told(schedule.command.removeprefix("--told '").removesuffix("'"))


@pytest.mark.parametrize(
    ("doubt", "looked"), [({"struck": {5: "reset-after"}}, 8.0), ({"ends": frozenset({12})}, 50.0)], ids=str
)
def test_a_service_that_notices_later_than_the_client_looks_gets_a_file_twice(doubt: Any, looked: float) -> None:  # noqa: ANN401 - two kinds
    """What is assumed is needed: the API has nothing to ask that would tell a file from none while it is PENDING."""
    soon, much_later = (Schedule(pace=Pace(pending=pending), **doubt) for pending in (looked, 90.0))
    assert [] == play(soon).broken
    assert "a file comes to" in play(much_later).broken[0]

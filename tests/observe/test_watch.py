"""A watched flow is the same flow: it asks for the same, gets the same and ends the same, on any driver."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from memory_imports import _watch
from memory_imports._effects import Flow, Sleep
from memory_imports._watch import observed
from tests.flows.scenarios.scenario import Place, Scenario
from tests.flows.test_scenarios import SCENARIOS
from tests.support.drivers import settings_of, simulated
from tests.support.simulated import BASE, Clock


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_a_watched_flow_does_what_the_flow_does(scenario: Scenario, tmp_path: Path) -> None:
    """In every scenario, down to each effect and outcome; the crews of its parts included."""

    def told(wrap: Callable[[Flow[Any]], Flow[Any]]) -> tuple[list[str], list[float], str]:
        folder = tmp_path / wrap.__name__
        folder.mkdir()
        done = simulated(lambda base: wrap(scenario.start(Place(folder=folder, base=base))), scenario.meets)
        return (
            [line.replace(str(folder), "") for line in done.tape],
            done.slept,
            repr(done.outcome).replace(str(folder), ""),
        )

    def bare(flow: Flow[Any]) -> Flow[Any]:
        return flow

    def watched(flow: Flow[Any]) -> Flow[Any]:
        return observed(flow, settings_of(BASE), Clock())

    assert told(bare) == told(watched)


@pytest.mark.parametrize("begun", [True, False])
def test_whoever_leaves_a_watched_flow_closes_it(begun: bool) -> None:  # noqa: FBT001 - a parameter of a test
    """At once, as without watchers; one that never began has nothing to close."""
    closed: list[bool] = []

    def flow() -> Flow[None]:
        try:
            yield Sleep(0)
        finally:
            closed.append(True)

    seen = observed(flow(), settings_of(BASE), Clock())
    if begun:
        next(seen)
    seen.close()
    assert [True] * begun == closed


class Failing:
    """A watcher that fails at everything, or is there at the start only."""

    def __init__(self, *, at_parts: bool) -> None:
        self.at_parts, self.seen = at_parts, Counter[str]()

    def part(self, number: int) -> "Failing":
        """Fail, or go on."""
        if self.at_parts:
            self.before(number)
        return self

    def before(self, _: object) -> None:
        """Fail."""
        self.seen["before"] += 1
        raise ZeroDivisionError

    def after(self, *_: object) -> None:
        """Fail."""
        self.seen["after"] += 1
        raise ZeroDivisionError

    def over(self, *_: object) -> None:
        """Fail."""
        self.seen["over"] += 1
        raise ZeroDivisionError


@pytest.mark.parametrize("at_parts", [True, False])
def test_a_watcher_that_fails_changes_nothing(
    at_parts: bool,  # noqa: FBT001 - a parameter of a test
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """At the start, in the middle, at the end, of a run and of its parts: it is told all the same, and never heard."""
    watcher = Failing(at_parts=at_parts)
    monkeypatch.setattr(_watch, "Log", lambda _: watcher)
    for scenario in SCENARIOS:
        folder = tmp_path / scenario.name
        folder.mkdir()

        def start(base: str, scenario: Scenario = scenario, folder: Path = folder) -> Flow[Any]:
            return observed(scenario.start(Place(folder=folder, base=base)), settings_of(BASE), Clock())

        assert scenario.ends is type(simulated(start, scenario.meets).outcome)
    assert {"before", "after", "over"} == set(watcher.seen)

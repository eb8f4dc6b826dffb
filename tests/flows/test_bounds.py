"""Bounds that hold whatever goes wrong: attempts, total time, and never asleep past the caller's timeout."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from memory_imports import Retry, _flow
from memory_imports._effects import Call, Flow, Put
from memory_imports.errors import MemoryImportsError
from memory_imports.models import ImportStatus, PartResult
from tests.flows.scenarios import scenario
from tests.flows.scenarios.scenario import Place
from tests.support.replies import STORE, STORED, created, error, html, import_id, page, status
from tests.support.simulated import Clock, Disturbance, Simulation
from tests.support.wire import Answer, Request

STAGES = [(None, None), ("creating", None), ("created", 9), ("uploading", 9), ("uploaded", 9)]
LOSSES = [Disturbance.LOST_UNSENT, Disturbance.LOST_UNPROCESSED, Disturbance.LOST_PROCESSED]
BAD = [
    *(error(20429, 429, retry_after=text) for text in ("0", "3", "40", "4000", "later")),
    error(20500, 500),
    error(20503, 503),
    html(502),
]
WORDS = ["PENDING", "PROCESSING", "DREAMING", "COMPLETED", "FAILED"]
# What goes wrong at each request: nothing, most often; an answer; a loss.
trouble = st.lists(st.none() | st.sampled_from([*BAD, *LOSSES]), max_size=40)
randomness = st.floats(0, 1, exclude_max=True)


class Weather:
    """A service that answers well, except where trouble is drawn for it."""

    def __init__(self, drawn: list[Any], words: list[str]) -> None:
        self.drawn, self.words, self.asked = iter(drawn), iter(words), 0

    def __call__(self, request: Request) -> Answer:
        """Answer."""
        self.asked += 1
        trouble = next(self.drawn, None)
        if isinstance(trouble, Answer):
            return trouble
        if request.method == "PUT":
            return STORED
        if request.method == "POST":
            return created(self.asked)
        return status(next(self.words, "PROCESSING")) if "mem_import" in request.target else page(7, 6)

    def disturb(self, _step: int, effect: object) -> Disturbance | None:
        """Lose a request where a loss is drawn."""
        if not isinstance(effect, Call | Put):
            return None
        trouble = next(self.drawn, None)
        return trouble if isinstance(trouble, Disturbance) else None


def endured(flow: Flow[Any], weather: Weather, clock: Clock) -> Any:  # noqa: ANN401 - what the flow returns
    """Run a flow to a result or to one of our errors."""
    try:
        return Simulation(weather, clock=clock, disturb=weather.disturb).run(flow)
    except MemoryImportsError as problem:
        return problem


@settings(deadline=None)  # the machine may be busy
@given(
    trouble=trouble,
    random=randomness,
    retry=st.builds(Retry, attempts=st.integers(1, 8), total=st.floats(0, 200), base=st.floats(0, 5)),
)
def test_one_request_is_bounded_in_attempts_and_in_time(trouble: list[Any], random: float, retry: Retry) -> None:
    """However it fails."""
    tries = evolve(scenario.TRIES, random=lambda: random, retry=retry)
    weather, clock = Weather(trouble, []), Clock()
    endured(_flow.fetch(STORE, import_id(), tries), weather, clock)
    assert weather.asked <= retry.attempts
    assert sum(clock.slept) <= retry.total


@settings(deadline=None)  # the machine may be busy
@given(
    trouble=trouble,
    words=st.lists(st.sampled_from(WORDS)),
    random=randomness,
    timeout=st.floats(0, 300),
    stage=st.sampled_from(STAGES),
)
def test_a_run_never_sleeps_past_its_timeout(
    trouble: list[Any], words: list[str], random: float, timeout: float, stage: tuple[str | None, int | None]
) -> None:
    """From every stage, through every trouble; and a run that returns, returns an import that has ended."""
    tries = evolve(scenario.TRIES, random=lambda: random)
    clock = Clock()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scenario, "TRIES", tries)
        flow = scenario.run(stage[0], known=stage[1], timeout=timeout)(Place(folder=Path(), base="http://here"))
        outcome = endured(flow, Weather(trouble, words), clock)
    assert sum(clock.slept) <= timeout + 1e-6
    assert isinstance(outcome, MemoryImportsError) or (
        isinstance(outcome, PartResult) and outcome.state in {"COMPLETED", "FAILED"}
    )


@settings(deadline=None)  # the machine may be busy
@given(
    words=st.lists(st.sampled_from(WORDS)), trouble=trouble, timeout=st.floats(0, 1000), since=st.floats(-100_000, 0)
)
def test_a_wait_never_sleeps_past_its_timeout(
    words: list[str], trouble: list[Any], timeout: float, since: float
) -> None:
    """Whatever the import's age and however its state wanders."""
    clock = Clock()
    flow = _flow.wait(STORE, import_id(), scenario.TRIES, timeout=timeout, since=clock.now + since)
    outcome = endured(flow, Weather(trouble, words), clock)
    assert sum(clock.slept) <= timeout + 1e-6
    assert isinstance(outcome, MemoryImportsError) or (isinstance(outcome, ImportStatus) and outcome.ended)


@pytest.mark.parametrize("make", [scenario.create(), scenario.upload()])
def test_a_service_that_is_down_ends_every_operation(make: Callable[[Place], Flow[Any]]) -> None:
    """Within the bounds of two kinds of request: the operation's own and the question what became of it."""
    clock = Clock()
    weather = Weather([error(20500, 500)] * 100, [])
    outcome = endured(make(Place(folder=Path(), base="http://here")), weather, clock)
    assert isinstance(outcome, MemoryImportsError)
    assert weather.asked <= 2 * scenario.TRIES.retry.attempts

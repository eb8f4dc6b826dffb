"""A run's timeout is for all of it: reading the files counts, and what is said to have been waited was waited."""

from collections.abc import Callable
from pathlib import Path

import pytest

from memory_imports import _flow, errors
from memory_imports._flow import Files, Manner
from memory_imports.models import Progress, RunResult
from tests.flows.scenarios.scenario import COLUMNS, CONTENT, TRIES
from tests.support.replies import STORE, STORED, created, import_id, status, upload_url
from tests.support.simulated import EPOCH, Clock, Simulation
from tests.support.wire import Answer, Script


def run(path: Path, clock: Clock, answers: list[Answer], *, reading: float, timeout: float | None) -> object:
    """Run a file that takes so long to read, and return what came of it."""

    def tell(news: Progress) -> None:
        if news.phase == "checking":
            clock.now = EPOCH + reading

    path.write_bytes(CONTENT)
    files = Files(store_id=STORE, sources=[path], columns=COLUMNS)
    flow = _flow.run_files(files, TRIES, Manner(timeout=timeout, tell=tell))
    try:
        return Simulation(Script(answers), clock=clock).run(flow)
    except errors.WaitTimeout as late:
        return late


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., object]:
    """A run of a file in a folder of its own."""
    return lambda *given, **named: run(tmp_path / "people.csv", *given, **named)


def test_nothing_is_sent_once_the_check_has_taken_all_the_time(file: Callable[..., object]) -> None:
    """What was waited is what the check took."""
    late = file(Clock(), [], reading=700.0, timeout=600.0)
    assert isinstance(late, errors.WaitTimeout)
    assert (None, 700.0) == (late.import_id, late.waited)
    assert "no time left for rows 1 to 2" in str(late)


def test_an_import_is_waited_for_as_long_as_the_check_has_left(file: Callable[..., object]) -> None:
    """And the error tells the time of the whole run, not that of its last step."""
    clock = Clock()
    late = file(clock, [created(), STORED, *[status("PROCESSING")] * 99], reading=400.0, timeout=600.0)
    assert isinstance(late, errors.WaitTimeout)
    assert (import_id(), "PROCESSING", 600.0) == (late.import_id, late.state, late.waited)
    assert EPOCH + 600.0 == clock.now
    assert f"{import_id()} was still PROCESSING when its time was over" in str(late)


def test_without_a_timeout_a_long_check_takes_nothing_from_the_parts(file: Callable[..., object]) -> None:
    """Their hour each begins when it is known how many they are."""
    result = file(Clock(), [created(url=upload_url(ends=99_999)), STORED, status()], reading=90_000.0, timeout=None)
    assert isinstance(result, RunResult)
    assert "completed" == result.outcome

"""The same scenarios on three drivers: what comes of them, and that the drivers do not drift apart."""

from collections import Counter
from pathlib import Path

import pytest

from tests.flows.scenarios import creating, refusals, running, uploading, waiting
from tests.flows.scenarios.scenario import CONTENT, Place, Scenario
from tests.support.drivers import DRIVERS, Told
from tests.support.replies import import_id
from tests.support.wire import Fault

SCENARIOS = [each for module in (creating, refusals, running, uploading, waiting) for each in module.SCENARIOS]


def play(scenario: Scenario, folder: Path) -> dict[str, Told]:
    """Play a scenario on every driver."""
    return {
        name: driver(lambda base: scenario.start(Place(folder=folder, base=base)), scenario.meets)
        for name, driver in DRIVERS.items()
    }


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_ends_as_it_should_and_equally_on_every_driver(scenario: Scenario, tmp_path: Path) -> None:
    """Outcome, requests, pauses; then transcripts and requests as data, equal on all three."""
    told = play(scenario, tmp_path)
    for name, each in told.items():
        outcome = each.outcome
        assert scenario.ends is type(outcome), (name, outcome)
        assert scenario.facts == {fact: getattr(outcome, fact) for fact in scenario.facts}, name
        assert [] == [words for words in scenario.words if words not in str(outcome)], str(outcome)
        assert scenario.sent.split() == [request.method for request in each.script.requests], name
        assert [] == each.script.left, f"{name}: not everything in the script was met"
        if scenario.slept is not None:
            assert scenario.slept == pytest.approx(each.slept), name
    simulated = told.pop("simulated")
    for name, each in told.items():
        assert simulated.tape == each.tape, name
        assert simulated.seen() == each.seen(), name


def test_every_upload_that_was_read_is_the_file_byte_for_byte(tmp_path: Path) -> None:
    """A second attempt sends a fresh body, not the rest of the first."""
    bodies: Counter[bytes] = Counter()
    for scenario in uploading.SCENARIOS:
        for name, told in play(scenario, tmp_path).items():
            unread = sum(answer.fault is Fault.UNREAD for answer in scenario.meets)
            puts = [request.body for request in told.script.requests if request.method == "PUT"]
            assert unread == puts.count(b""), (scenario.name, name)
            bodies.update(body for body in puts if body)
    assert {CONTENT} == set(bodies)


def test_an_orphan_comes_out_as_a_note_that_names_it(tmp_path: Path) -> None:
    """People see which import stays behind, in which file's sake, and that it holds nothing."""
    (scenario,) = (each for each in running.SCENARIOS if "is a note" in each.name)
    for told in play(scenario, tmp_path).values():
        note, uncounted = told.outcome.problems
        assert ("no_counts", "note") == (uncounted.code, uncounted.severity)
        assert ("abandoned_import", "note", str(tmp_path / "people.csv")) == (note.code, note.severity, note.file)
        assert import_id(7) in note.message
        assert (import_id(7),) == told.outcome.parts[0].abandoned


def test_the_names_of_scenarios_are_their_own() -> None:
    """A name in a failure points to one scenario, and there are as many as one thinks."""
    names = [scenario.name for scenario in SCENARIOS]
    assert sorted(set(names)) == sorted(names)
    assert len(names) > 100

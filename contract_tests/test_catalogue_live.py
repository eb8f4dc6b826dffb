"""Every drift of the sandbox's catalogue is found over a real socket, and nothing is in clean sandboxes.

What reading alone has to find is looked for a second time, by fewer requests; those need no socket again.
"""

from collections.abc import Callable

import pytest

import catalogue
from catalogue import PLANTED, found, levels, run
from live import at_once
from live.places import kept, told, wordless
from memory_imports_contract.live import RULES, drift_live
from memory_imports_sandbox import Settings, running, server
from tally import BUDGET, LEAST_SEEDS, SEED, Entry
from tally import PLANTED as A_DRIFT

LEAST_OF_ALL = 60
KEPT = kept()


@pytest.mark.parametrize(("name", "level"), [(name, level) for name in PLANTED for level in levels(name)])
def test_a_planted_drift_is_found_once_under_a_rule_that_fits(
    name: str, level: str, tally: Callable[[Entry], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """At one of its operations; whatever else it brings about is not said."""
    if level == "read":
        monkeypatch.setattr(server, "running", at_once.running)
    made = run(name, level)
    tally(Entry.of(A_DRIFT, name, made.report, found=found(name, made)))
    assert "" == made.trouble
    assert found(name, made), f"expected one of {sorted(catalogue.fitting(name))}, came {made.told}"
    assert 1 == len(made.told), made.told
    if name not in catalogue.HASTY:
        assert KEPT[f"{name}, {level}"] == told(made.report)
    assert [] == wordless(made.report)


@pytest.mark.parametrize("seed", range(LEAST_SEEDS))
def test_a_clean_sandbox_is_silent_within_its_budget(seed: int, tally: Callable[[Entry], None]) -> None:
    """As people start it, the whole flow, whatever is drawn."""
    with running(Settings()) as here:
        report = drift_live(here.base_url, here.store_id, (here.username, here.password), level="upload", seed=seed)
    tally(Entry.of(SEED, str(seed), report))
    assert ("none", ()) == (report.verdict, report.findings)
    assert report.requests <= BUDGET


def test_there_is_something_to_find_and_every_rule_that_is_expected_exists() -> None:
    """A table of rules that nobody has would find nothing."""
    assert len(PLANTED) >= LEAST_OF_ALL
    assert set() == {rule for name in PLANTED for rule in catalogue.fitting(name)} - set(RULES)

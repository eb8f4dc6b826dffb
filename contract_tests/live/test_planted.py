"""Each planted fault gives one finding, by the right name."""

from collections.abc import Callable

import pytest
from attrs import evolve

from live import faults
from live.changes import PASSWORD, STORE, USERNAME
from live.faulty import Fault, faulty
from memory_imports_contract.live import drift_live
from tally import PLANTED, Entry


@pytest.mark.parametrize("fault", faults.FAULTS, ids=lambda fault: fault.name)
def test_a_planted_fault_is_found_and_named(fault: Fault, tally: Callable[[Entry], None]) -> None:
    """One fault, one finding."""
    settings = evolve(fault.settings, store_id=STORE, username=USERNAME, password=PASSWORD)
    with faulty(evolve(fault, settings=settings)) as here:
        report = drift_live(here.base_url, here.store_id, (here.username, here.password), level=fault.level, patience=4)
    named = [finding.rule for finding in report.findings]
    tally(Entry.of(PLANTED, fault.name, report, found=fault.rule in named))
    assert [fault.rule] == named

"""Each planted fault gives one finding, by the right name.

What a fault does to an answer needs no socket; over real ones the sandbox's own catalogue is looked for.
"""

from collections.abc import Callable

import pytest

import catalogue
from live import at_once, faults
from live.faulty import Fault
from live.places import kept, report_of, told, wordless
from memory_imports_contract.live import RULES
from memory_imports_sandbox import server
from tally import PLANTED, Entry

KEPT = kept()


@pytest.mark.parametrize("fault", faults.FAULTS, ids=lambda fault: fault.name)
def test_a_planted_fault_is_found_and_named(
    fault: Fault, tally: Callable[[Entry], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One fault, one finding, at its place, with a sentence and a request to see it by."""
    monkeypatch.setattr(server, "running", at_once.running)
    report = report_of(fault)
    named = [finding.rule for finding in report.findings]
    tally(Entry.of(PLANTED, fault.name, report, found=fault.rule in named))
    assert [fault.rule] == named
    assert KEPT[f"{fault.name}, {fault.level}"] == told(report)
    assert [] == wordless(report)


def test_every_rule_is_planted() -> None:
    """A rule that nothing plants would go unwatched."""
    planted = {fault.rule for fault in faults.FAULTS} | {"no-answer"}  # a server that hangs up has a test of its own
    first = {next(iter(catalogue.FITS[pattern].split())) for pattern in catalogue.FITS}
    assert set() == set(RULES) - planted - first

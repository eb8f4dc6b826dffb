"""The live checks as tests, one for each rule: `pytest contract_tests --base-url URL --store ID --level read`."""

from collections.abc import Callable

import pytest

from memory_imports_contract.findings import LiveReport
from memory_imports_contract.live import RULES
from tally import ASKED, Entry

# One run of the checks is enough for all of them, so they stay in one process.
pytestmark = pytest.mark.xdist_group("live_report")


@pytest.mark.parametrize("rule", RULES)
def test_the_server_keeps_the_rule(rule: str, live_report: LiveReport) -> None:
    """No finding of the rule; each one would show what was expected, what was seen, and how to see it again."""
    shown = [
        f"{one.operation} {one.where}: {one.message}\n{one.evidence}"
        for one in live_report.findings
        if one.rule == rule
    ]
    assert [] == shown


def test_every_operation_was_tried(live_report: LiveReport, tally: Callable[[Entry], None]) -> None:
    """A run that tried nothing cannot be green."""
    tally(Entry.of(ASKED, "one test for each rule", live_report))
    tried = {name for name, count in live_report.cases.items() if count > 0}
    assert {"CreateProfilesImportV2", "FetchProfileImportV2", "ListProfileImportsV2"} <= tried

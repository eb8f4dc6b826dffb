"""What only looks different gives no drift, alone or piled up, and hides none that is there."""

from collections.abc import Callable
from copy import deepcopy

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from memory_imports_contract import Severity, SpecReport

from .pair import Pair, Spec
from .silent import SILENT, composed
from .test_catalogue import PAIRS

Report = Callable[[Spec], SpecReport]
QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
piles = st.lists(st.sampled_from(sorted(SILENT)), min_size=2, max_size=7, unique=True)


def loud(report: SpecReport) -> list[tuple[str, str, str]]:
    """The changes that are no notes."""
    return [
        (change.rule, change.severity.value, change.operation)
        for change in report.changes
        if change.severity is not Severity.NOTE
    ]


@pytest.mark.parametrize("name", sorted(SILENT))
def test_the_same_contract_in_another_form_is_no_drift(name: str, packaged: Spec, report: Report) -> None:
    """At most notes are left, and never one for each place."""
    new = deepcopy(packaged)
    SILENT[name](new)
    assert repr(new) != repr(packaged) or name == "exclusive bounds"
    found = report(new)
    assert [] == loud(found)
    assert "none" == found.verdict
    assert len(found.changes) <= 6


def test_there_are_enough_ways_to_be_silent() -> None:
    """At least twenty-five."""
    assert len(SILENT) >= 25


@QUICK
@given(names=piles)
def test_forms_piled_upon_each_other_are_no_drift(names: list[str], packaged: Spec, report: Report) -> None:
    """In any order."""
    new = deepcopy(packaged)
    composed(*names)(new)
    assert [] == loud(report(new))


@QUICK
@given(pair=st.sampled_from(PAIRS), name=st.sampled_from(sorted(SILENT)))
def test_no_form_hides_a_planted_change(pair: Pair, name: str, packaged: Spec, report: Report) -> None:
    """What is planted is found with the same severity when the whole is also written otherwise."""
    new = deepcopy(packaged)
    pair.change(new)
    SILENT[name](new)
    found = loud(report(new))
    assert pair.severity in [severity for _, severity, _ in found]


def test_notes_of_one_kind_are_counted_together(packaged: Spec, report: Report) -> None:
    """One place keeps its words, many are one note that says how many."""
    one, many = deepcopy(packaged), deepcopy(packaged)
    one["components"]["schemas"]["FileSize"]["description"] = "Other words."
    SILENT["reworded"](many)
    (single,) = report(one).changes
    assert ("words-changed", "Other words.") == (single.rule, single.new)
    (counted,) = report(many).changes
    assert ("words-changed", None, None) == (counted.rule, counted.old, counted.new)
    assert "places" in counted.message


def test_the_sentence_names_the_words_that_came_and_went(packaged: Spec, report: Report) -> None:
    """Not the whole list."""
    new = deepcopy(packaged)
    new["components"]["schemas"]["ImportState"]["enum"] = ["PENDING", "RUNNING", "COMPLETED", "FAILED"]
    (change,) = report(new).changes
    assert '["PROCESSING"] became ["RUNNING"]' in change.message

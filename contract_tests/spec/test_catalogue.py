"""Every planted pair is found, once, under its rule, with its severity, at its place."""

from collections.abc import Callable
from copy import deepcopy

import pytest

from memory_imports_contract import SpecReport

from .pair import Pair, Spec
from .pairs_exchanges import PAIRS as EXCHANGES
from .pairs_schemas import PAIRS as SCHEMAS

PAIRS = (*SCHEMAS, *EXCHANGES)
NOTES = {"words-changed", "examples-changed", "extensions-changed", "operation-id-changed", "header-undeclared"}


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.name)
def test_a_planted_change_is_found_and_named(pair: Pair, packaged: Spec, report: Callable[[Spec], SpecReport]) -> None:
    """One drift gives one change that is no note, and it is the one that was planted."""
    new = deepcopy(packaged)
    pair.change(new)
    outcome = report(new)
    changes = [change for change in outcome.changes if change.rule not in NOTES]
    found = [(change.rule, change.severity.value, change.operation, change.where) for change in changes]
    assert [(pair.rule, pair.severity, pair.operation, pair.where)] == found
    assert pair.severity == outcome.verdict
    assert changes[0].message


def test_the_catalogue_is_large_and_its_names_are_its_own() -> None:
    """At least eighty pairs, each with a name that nothing else has."""
    names = [pair.name for pair in PAIRS]
    assert len(names) >= 80
    assert len(names) == len(set(names))

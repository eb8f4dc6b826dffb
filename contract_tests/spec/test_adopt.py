"""What the vendor changed ends up in the contract, and nothing else does."""

from copy import deepcopy

import pytest

from memory_imports_contract import Severity
from memory_imports_contract.adopt import adopted
from memory_imports_contract.spec import source
from memory_imports_contract.spec.compare import differences
from memory_imports_contract.spec.document import Document
from memory_imports_contract.spec.merge import changes

from .pair import Pair, Spec
from .silent import SILENT
from .test_catalogue import PAIRS

# These touch code, credentials or addresses, or shapes whose parts need names: a person decides.
BY_HAND = {
    "operation-missing", "operation-moved", "server-changed", "security-changed", "security-added", "security-dropped",
    "parameter-added", "required-parameter-added", "parameter-removed", "parameter-moved", "parameter-encoding-changed",
    "body-removed", "required-body-added", "media-type-added", "media-type-changed", "answer-body-removed",
    "success-changed", "success-removed", "alternative-added", "keyword-added", "unique-items-added",
    "multiple-of-added", "additional-properties-limited", "items-freed",
}  # fmt: skip
ODD = {"one shape of two", "404 with a shape of its own", "any other status", "create may answer 200"}


@pytest.fixture(scope="session")
def text() -> str:
    """The contract as it is written."""
    return source.packaged().read_text(encoding="utf-8")


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.name)
def test_a_change_is_taken_over_or_left_to_a_person(pair: Pair, packaged: Spec, text: str) -> None:
    """Afterwards the two agree, or what is left is said; a second time there is nothing to do."""
    raw = deepcopy(packaged)
    pair.change(raw)
    new = Document(raw, "new", older=True)
    outcome = adopted(text, new)
    left = [(change.rule, change.where) for change in outcome.by_hand]
    if pair.rule in BY_HAND or pair.name in ODD:
        assert [(pair.rule, pair.where)] == left
        assert text == outcome.text
        return
    assert [] == left
    assert [pair.rule] == [change.rule for change in outcome.adopted]
    contract = source.parse(outcome.text.encode(), "contract")
    assert {Severity.NOTE} >= {change.severity for change in changes(differences(contract, new, contract))}
    again = adopted(outcome.text, new)
    assert (outcome.text, (), ()) == (again.text, again.adopted, again.by_hand)


@pytest.mark.parametrize("name", sorted(SILENT))
def test_nothing_is_touched_where_nothing_changed(name: str, packaged: Spec, text: str) -> None:
    """Not a byte."""
    raw = deepcopy(packaged)
    SILENT[name](raw)
    assert text == adopted(text, Document(raw, "new", older=raw["openapi"].startswith("3.0"))).text

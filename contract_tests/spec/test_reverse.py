"""Planted changes the other way round: what the base has and the newer specification lacks."""

from copy import deepcopy

import pytest

from memory_imports_contract import DriftUnavailable, Severity
from memory_imports_contract.spec.compare import differences
from memory_imports_contract.spec.document import Document
from memory_imports_contract.spec.merge import changes
from memory_imports_contract.spec.rules import RULES

from .pair import Spec
from .pairs_keywords import KEYWORDS
from .test_catalogue import PAIRS

BACK = {
    "page size demanded": ("parameter-now-optional", "compatible"),
    "query parameter offered": ("parameter-removed", "breaking"),
    "body may be left out": ("body-now-required", "breaking"),
    "no body": ("required-body-added", "breaking"),
    "a body for list": ("body-removed", "breaking"),
    "Retry-After promised": ("header-now-optional", "breaking"),
    "answer without a body": ("answer-body-added", "compatible"),
    "body as a form, too": ("media-type-removed", "breaking"),
    "answer as XML, too": ("media-type-removed", "breaking"),
    "fetch gone": ("operation-added", "compatible"),
    "page size default gone": ("default-added", "compatible"),
    "409 on list": ("status-removed", "compatible"),
    "create may answer 200": ("success-removed", "breaking"),
    "nobody signs in": ("security-changed", "breaking"),
    "any other status": ("status-removed", "compatible"),
    "state added": ("enum-words-removed", "compatible"),
}


@pytest.mark.parametrize(("name", "expected"), BACK.items(), ids=list(BACK))
def test_a_planted_change_taken_back_is_found_as_its_reverse(
    name: str, expected: tuple[str, str], packaged: Spec, client: Document
) -> None:
    """With the changed specification as the base."""
    base = deepcopy(packaged)
    next(pair for pair in PAIRS if pair.name == name).change(base)
    found = changes(differences(Document(base, "base", older=True), client, client))
    assert [expected] == [(change.rule, change.severity.value) for change in found]


def test_a_body_may_be_offered(packaged: Spec, client: Document) -> None:
    """One that is not required is no burden."""
    new = deepcopy(packaged)
    operation = new["paths"]["/v1/Stores/{storeId}/Profiles/Imports"]["get"]
    operation["requestBody"] = {"content": {"application/json": {"schema": {"type": "object"}}}}
    found = changes(differences(client, Document(new, "new", older=True), client))
    assert [("body-added", "compatible")] == [(change.rule, change.severity.value) for change in found]


def test_a_base_without_any_of_the_operations_is_no_base(packaged: Spec, client: Document) -> None:
    """It would find nothing for the wrong reason."""
    base = packaged | {
        "paths": {"/other": {"get": {"operationId": "Other", "responses": {"200": {"description": "x"}}}}}
    }
    with pytest.raises(DriftUnavailable, match="none of the operations"):
        differences(Document(base, "base", older=True), client, client)


def test_every_rule_that_counts_is_planted() -> None:
    """A rule that nothing plants would go unwatched."""
    planted = {pair.rule for pair in PAIRS} | {rule for rule, _ in BACK.values()} | {"body-added"}
    planted |= {rule for keyword in KEYWORDS for rule in (keyword.rule, keyword.back)}
    counted = {name for name, rule in RULES.items() if {rule.request, rule.answer} != {Severity.NOTE}}
    assert set() == counted - planted

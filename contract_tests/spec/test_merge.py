"""One drift is one change, at however many places it shows, and a few places are as little as many."""

from collections.abc import Callable
from copy import deepcopy

from memory_imports_contract import SpecReport
from memory_imports_contract.spec.compare import differences
from memory_imports_contract.spec.document import Document
from memory_imports_contract.spec.merge import changes

from .pair import ALL, SCHEMAS, Spec, all_of, put
from .silent import SILENT


def test_two_places_are_counted(packaged: Spec, report: Callable[[Spec], SpecReport]) -> None:
    """The words of neither stand for both."""
    new = deepcopy(packaged)
    all_of(*(put(f"{SCHEMAS}/{name}/description", "Other words.") for name in ("FileSize", "PageSize")))(new)
    (change,) = report(new).changes
    assert ("words-changed", None, None) == (change.rule, change.old, change.new)
    assert "in 2 places" in change.message


def test_an_error_that_is_written_out_at_every_answer_is_one_error(packaged: Spec, client: Document) -> None:
    """The same limit of each of them is one change of all operations."""
    base, new = deepcopy(packaged), deepcopy(packaged)
    put(f"{SCHEMAS}/Error/properties/code/maximum", 7)(new)
    for raw in (base, new):
        SILENT["references inlined"](raw)
    found = differences(Document(base, "base", older=True), Document(new, "new", older=True), client)
    (change,) = changes(found)
    assert ("maximum-lowered", ALL) == (change.rule, change.operation)

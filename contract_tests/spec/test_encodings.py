"""How the value of a parameter is written counts where its type makes it matter; a default may be written out."""

from collections.abc import Callable
from copy import deepcopy

import pytest

from memory_imports_contract.spec.compare import differences
from memory_imports_contract.spec.document import Document

from .pair import IMPORTS, PARAMETERS, Spec, add, put

WORDS = {"type": "array", "items": {"type": "string"}}


def said(packaged: Spec, client: Document, one: Spec, other: Spec) -> list[str]:
    """The rules under which two ways to write one more parameter of the list differ."""
    base, new = deepcopy(packaged), deepcopy(packaged)
    for raw, written in ((base, one), (new, other)):
        add(f"{IMPORTS}/get/parameters", {"name": "states", **written})(raw)
    found = differences(Document(base, "base", older=True), Document(new, "new", older=True), client)
    return [each.rule for each in found]


@pytest.mark.parametrize(("place", "usual"), [("query", True), ("cookie", True), ("header", False)])
def test_lists_are_written_apart_where_their_style_has_it_so(
    place: str,
    usual: bool,  # noqa: FBT001 - pytest names it
    packaged: Spec,
    client: Document,
) -> None:
    """To write the default out is no change, to write the opposite is one."""
    bare = {"in": place, "schema": WORDS}
    assert [] == said(packaged, client, bare, bare | {"explode": usual})
    assert ["parameter-encoding-changed"] == said(packaged, client, bare, bare | {"explode": not usual})


def test_reserved_characters_are_escaped_unless_it_says_otherwise(
    packaged: Spec, report: Callable[[Spec], object]
) -> None:
    """To say so is no change."""
    new = deepcopy(packaged)
    put(f"{PARAMETERS}/PageToken/allowReserved", value=False)(new)
    assert report(packaged) == report(new)

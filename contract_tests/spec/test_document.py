"""Places in a document: pointers and references, as the two standards write them."""

from typing import Any

import pytest

from memory_imports_contract import DriftUnavailable
from memory_imports_contract.spec.document import Document, Place, step

RAW: Any = {
    "a/b": {"c~d": [1, {"e f": 2}]},
    200: "number",
    "to": {"$ref": "#/a~1b"},
    "on": {"$ref": "#/to"},
    "loop": {"$ref": "#/pool"},
    "pool": {"$ref": "#/loop"},
}
DOCUMENT = Document(RAW, "file.yaml", older=True)


@pytest.mark.parametrize(
    ("reference", "value", "at"),
    [
        ("#", RAW, ""),
        ("#/a~1b", RAW["a/b"], "/a~1b"),
        ("#/a~1b/c~0d/0", 1, "/a~1b/c~0d/0"),
        ("#/a~1b/c~0d/1/e%20f", 2, "/a~1b/c~0d/1/e f"),
        ("#/200", "number", "/200"),
    ],
)
def test_a_reference_leads_to_its_place(reference: str, value: object, at: str) -> None:
    """Escaped as pointers are and as URLs are; a number of YAML is found by its digits."""
    assert Place(value, at) == DOCUMENT.target(reference)


@pytest.mark.parametrize(
    ("reference", "sentence"),
    [
        ("#/a~1b/c~0d/2", "file.yaml refers to #/a~1b/c~0d/2, which is not there."),
        ("#/200/x", "file.yaml refers to #/200/x, which is not there."),
        ("other.yaml#/a", "file.yaml refers to another file (other.yaml#/a); bundle it into one first."),
        (7, "file.yaml refers to another file (7); bundle it into one first."),
    ],
)
def test_a_reference_into_nothing_is_said(reference: object, sentence: str) -> None:
    """Whose file it is in, and what it says."""
    with pytest.raises(DriftUnavailable) as caught:
        DOCUMENT.target(reference)
    assert sentence == str(caught.value)


def test_references_are_followed_to_the_end() -> None:
    """However many there are, and in no circle."""
    assert "/a~1b" == DOCUMENT.resolved(DOCUMENT.target("#/on")).at
    with pytest.raises(DriftUnavailable, match=r"file\.yaml refers in a circle at /(loop|pool)\."):
        DOCUMENT.resolved(DOCUMENT.target("#/loop"))


def test_members_have_their_own_places() -> None:
    """Of mappings and lists; nothing else has any."""
    assert "/a~1b~0" == step("a/b~")
    assert [("0", "/x/0"), ("1", "/x/1")] == [(name, place.at) for name, place in Place([1, 2], "/x").items()]
    assert [("7", "/x/7")] == [(name, place.at) for name, place in Place({7: 1}, "/x").items()]
    assert ([], None) == (Place("text", "/x").items(), Place("text", "/x").get("t"))

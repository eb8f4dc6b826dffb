"""Only values and lists are written into the contract; what has parts with names of their own is left to a person."""

import json

import pytest

from memory_imports_contract.adopt.facts import ByHandError, schema
from memory_imports_contract.spec.document import Document, Json, Place
from memory_imports_contract.spec.schema import read

PARTS = (
    {"type": "object", "properties": {"a": {"type": "string"}}},
    {"type": "object", "additionalProperties": {"type": "string"}},
    {"oneOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]},
)


def written(raw: Json) -> Json:
    """What is written of a schema of the vendor's."""
    return schema(read(Document({"schema": raw}, "new", older=True), [Place(raw, "/schema")], "answer"))


@pytest.mark.parametrize("raw", PARTS)
def test_what_has_parts_is_for_a_person(raw: Json) -> None:
    """By itself, and as the items of a list."""
    for each in (raw, {"type": "array", "items": raw}):
        with pytest.raises(ByHandError):
            written(each)


def test_values_and_lists_are_written() -> None:
    """The type comes first."""
    raw = {"maxItems": 3, "type": "array", "items": {"maxLength": 9, "type": "string"}}
    expected = {"type": "array", "maxItems": 3, "items": {"type": "string", "maxLength": 9}}
    assert json.dumps(expected) == json.dumps(written(raw))

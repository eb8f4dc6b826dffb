"""What an answer may be: each keyword by both of its sides, and places as pointers that can be followed."""

from typing import Any

import jsonschema
import pytest

from memory_imports_contract.live.conformance import faults, is_valid, moment, pointer, strict

Json = Any  # a JSON value can be anything


def said(schema: Json, value: Json) -> list[tuple[str, str, str]]:
    """Rule, place and sentence of each fault."""
    return sorted((fault.rule, fault.pointer, fault.message) for fault in faults(schema, value))


WORD, WHOLE, LIST = {"type": "string"}, {"type": "integer"}, {"type": "array"}
TWO = {"type": "object", "properties": {"a": WORD, "b": WORD}}


@pytest.mark.parametrize(
    ("schema", "good", "bad", "rule", "message"),
    [
        (WORD | {"maxLength": 2}, "ab", "abc", "answer-length", "The value of length 3 breaks maxLength 2."),
        (WORD | {"minLength": 2}, "ab", "a", "answer-length", "The value of length 1 breaks minLength 2."),
        (LIST | {"maxItems": 1}, [1], [1, 2], "answer-length", "The value of length 2 breaks maxItems 1."),
        (LIST | {"minItems": 1}, [1], [], "answer-length", "The value of length 0 breaks minItems 1."),
        (
            TWO | {"maxProperties": 1},
            {"a": "x"},
            {"a": "x", "b": "x"},
            "answer-length",
            "The value breaks maxProperties 1.",
        ),
        (TWO | {"minProperties": 1}, {"a": "x"}, {}, "answer-length", "The value breaks minProperties 1."),
        (WHOLE | {"minimum": 1}, 1, 0, "answer-range", "The value breaks minimum 1."),
        (WHOLE | {"maximum": 1}, 1, 2, "answer-range", "The value breaks maximum 1."),
        (WORD | {"pattern": "^a$"}, "a", "b", "answer-pattern", "The value of length 1 breaks pattern ^a$."),
        (WORD | {"enum": ["a"]}, "a", "b", "answer-enum", "The value of length 1 breaks enum ['a']."),
        (WORD | {"nullable": True}, None, 1, "answer-type", "Expected type ['string', 'null'], saw int."),
        (WORD, "a", None, "answer-null", "Expected type string, saw null."),
        (WORD | {"enum": ["a"]}, "a", 1, "answer-type", "Expected type string, saw int."),
        (WHOLE, 1, True, "answer-type", "Expected type integer, saw bool."),
        (WHOLE | {"format": "int32"}, 2**31 - 1, 2**31, "answer-format", "The value breaks format int32."),
        (WHOLE | {"format": "int32"}, -(2**31), -(2**31) - 1, "answer-format", "The value breaks format int32."),
    ],
)
def test_each_keyword_has_a_good_and_a_bad_side(schema: Json, good: Json, bad: Json, rule: str, message: str) -> None:
    """The sentence shows the limit and the length, and never the value; what is wrong in type is said once."""
    assert [] == said(schema, good)
    assert [(rule, "", message)] == said(schema, bad)
    assert (True, False) == (is_valid(schema, good), is_valid(schema, bad))


@pytest.mark.parametrize(
    ("uri", "good"),
    [
        ("https://a.example/x?y#z", True),
        ("https://[::1/", False),
        ("a.example/x", False),
        ("https:x", False),
        ("//a.example", False),
        ("https://a.example/\u00e9", False),
        *((f"https://a.example/{mark}", False) for mark in ' <>"{}|\\^`'),
    ],
)
def test_a_uri_is_whole_and_in_ascii(uri: str, good: bool) -> None:  # noqa: FBT001 - pytest names it
    """With a scheme and a host, and no mark that a URL has to escape."""
    assert good is ([] == said(WORD | {"format": "uri"}, uri))


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("2026-10-05T14:48:00Z", True),
        ("2026-10-05T14:48:00", False),
        ("2026-10-05", False),
        ("2026-W41-1T14:48:00Z", False),
        (7, False),
    ],
)
def test_a_moment_has_a_zone(text: object, good: bool) -> None:  # noqa: FBT001 - pytest names it
    """A week of the year is no date of RFC 3339, though Python would read it."""
    assert good is ([] == said({"format": "date-time"}, text) and isinstance(text, str))
    assert (text in ("2026-10-05T14:48:00Z", "2026-W41-1T14:48:00Z")) is (moment(text) is not None)


def test_formats_are_for_values_of_their_type() -> None:
    """A number is no bad date; it is no date at all, which its type says."""
    for form in ("date-time", "uri"):
        assert [] == said({"format": form}, 7)
    assert [] == said({"format": "int32"}, "7")


def test_unknown_and_missing_fields_have_their_place() -> None:
    """Also inside of lists, with the names of all of them, escaped as pointers want it."""
    schema = {"type": "array", "items": TWO | {"required": ["a", "b"], "maxProperties": 2}}
    value = [{"a": "x", "c/d": 1, "e~": 2}]
    unknown = "The contract knows no such field."
    expected = [
        ("answer-field-missing", "/0/b", "The contract requires this field."),
        ("answer-field-unknown", "/0/c~1d", unknown),
        ("answer-field-unknown", "/0/e~0", unknown),
    ]
    assert expected == said(schema, value)
    assert "/0/a~1b/~0" == pointer([0, "a/b", "~"])


def test_objects_are_closed_only_where_properties_are_named() -> None:
    """At every depth; what the schema says of them itself gives way."""
    inner = {"type": "object", "properties": {"x": WORD}, "additionalProperties": True}
    schema = {"type": "object", "properties": {"in": inner, "free": {"type": "object"}}, "allOf": [inner]}
    closed = inner | {"additionalProperties": False}
    expected = {"type": "object", "properties": {"in": closed, "free": {"type": "object"}}, "allOf": [closed]}
    assert expected | {"additionalProperties": False} == strict(schema)
    assert {"properties": {"x": WORD}} == strict({"properties": {"x": WORD}})
    assert {"type": ["string", "null"], "nullable": True} == strict({"type": "string", "nullable": True})
    assert {"type": "string", "nullable": False} == strict({"type": "string", "nullable": False})


def test_a_keyword_without_a_rule_is_a_mistake_of_ours() -> None:
    """It would else be checked and never be said."""
    with pytest.raises(jsonschema.SchemaError, match="uses uniqueItems, which has no rule"):
        faults({"uniqueItems": True}, [1, 1])

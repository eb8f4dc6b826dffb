"""Every edge of a schema small enough to write all of them down."""

from typing import Any

import pytest

from memory_imports_contract.live import edges

Json = Any  # a JSON value can be anything
SMALL: Json = {
    "type": "object",
    "required": ["name"],
    "properties": {
        "name": {"type": "string", "minLength": 2, "maxLength": 3},
        "kind": {"type": "string", "enum": ["Ab"]},
        "size": {"type": "integer", "minimum": 1, "maximum": 2},
        "list": {
            "type": "array",
            "minItems": 2,
            "maxItems": 3,
            "items": {
                "type": "object",
                "properties": {"word": {"type": "string", "maxLength": 2}, "traitGroup": {"type": "string"}},
                "additionalProperties": False,
            },
        },
    },
    "additionalProperties": False,
}
ITEM = {"word": "w", "traitGroup": "g"}
WHOLE = {"name": "ab", "kind": "Ab", "size": 1, "list": [ITEM, ITEM]}
LOOSE, TYPE = edges.LOOSE, edges.TYPE


def changed_in(schema: Json, where: str) -> list[tuple[str, Json, str | None]]:
    """What is tried at a place of a schema: in words, with the value that stands there, and the rule."""
    steps = [int(step) if step.isdecimal() else step for step in where.split("/")[1:]]
    found = []
    for edge in edges.of_body(schema, WHOLE):
        if edge.where == where:
            value = edge.value
            for step in steps:
                value = value[step] if isinstance(step, int) or step in value else "(gone)"
            found.append((edge.what, value, edge.accepted))
    return found


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        (
            "/name",
            [
                ("no name", "(gone)", edges.REQUIRED),
                ("2 characters", "aa", None),
                ("1 characters", "a", LOOSE),
                ("3 characters", "aaa", None),
                ("3 characters of two bytes each", "\u00e9\u00e9\u00e9", None),
                ("3 characters outside the first plane", "\U0001f600" * 3, None),
                ("4 characters", "aaaa", LOOSE),
                ("null for string", None, TYPE),
                ("a number for string", 7, TYPE),
                ("a list for string", ["text"], TYPE),
            ],
        ),
        (
            "/kind",
            [
                ("the word Ab", "Ab", None),
                ("the word ab", "ab", LOOSE),
                ("an unknown word", "AbX", LOOSE),
                ("null for string", None, TYPE),
                ("a number for string", 7, TYPE),
                ("a list for string", ["text"], TYPE),
            ],
        ),
        (
            "/size",
            [
                ("the number 1", 1, None),
                ("the number 0", 0, LOOSE),
                ("the number 2", 2, None),
                ("the number 3", 3, LOOSE),
                ("the number -1", -1, LOOSE),
                ("null for integer", None, TYPE),
                ("a text for integer", "7", TYPE),
                ("a fraction for integer", 1.5, TYPE),
                ("a truth value for integer", True, TYPE),
                ("a list for integer", [7], TYPE),
            ],
        ),
        (
            "/list",
            [
                ("2 items", [ITEM, ITEM], None),
                ("1 items", [ITEM], LOOSE),
                ("no items", [], LOOSE),
                ("3 items", [ITEM, ITEM, {**ITEM, "word": "w2"}], None),
                ("4 items", [ITEM, ITEM, {**ITEM, "word": "w2"}, {**ITEM, "word": "w3"}], LOOSE),
                ("null for array", None, TYPE),
                ("an object for array", {}, TYPE),
                ("a text for array", "text", TYPE),
            ],
        ),
        (
            "/list/1",
            [
                ("one field more", {**ITEM, "unheardOf": "text"}, edges.EXTRA),
                ("null for object", None, TYPE),
                ("a list for object", [], TYPE),
                ("a text for object", "text", TYPE),
            ],
        ),
        (
            "/list/1/traitGroup",
            [
                ("0 characters", "", None),
                *(
                    (f"{kind} for string", value, TYPE)
                    for kind, value in (("null", None), ("a number", 7), ("a list", ["text"]))
                ),
            ],
        ),
    ],
)
def test_every_edge_of_a_small_schema(where: str, expected: list[tuple[str, Json, str | None]]) -> None:
    """Just inside and just outside each keyword, and every other type; the rest of the body stays good."""
    assert expected == changed_in(SMALL, where)


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        (
            {"type": "integer", "minimum": 1},
            [
                ("the number 1", "1", None),
                ("the number 0", "0", LOOSE),
                ("the number -1", "-1", LOOSE),
                ("the text 'abc'", "abc", TYPE),
                ("the text '1.5'", "1.5", TYPE),
            ],
        ),
        (
            {"type": "string", "maxLength": 1},
            [
                ("0 characters", "", None),
                ("1 characters", "a", None),
                ("1 characters of two bytes each", "\u00e9", None),
                ("1 characters outside the first plane", "\U0001f600", None),
                ("2 characters", "aa", LOOSE),
            ],
        ),
    ],
)
def test_parameters_are_tried_as_texts(schema: Json, expected: list[tuple[str, str, str | None]]) -> None:
    """Numbers are written out, and a text that is no number is of the wrong type."""
    assert expected == [(edge.what, edge.value, edge.accepted) for edge in edges.of_text(schema)]


def test_ids_outside_a_pattern_differ_in_one_thing_each() -> None:
    """None that the pattern allows is among them."""
    good = "mem_x_" + "0" * 26
    found = list(edges.outside_pattern("mem_x_[0-7][0-9a-z]{25}", good))
    expected = [
        good + "0",
        good[:-1],
        "mem_x_8" + good[7:],
        good.upper(),
        "x" + good,
        good.replace("_", "-"),
        good[:-1] + "!",
        good + " ",
    ]
    assert expected == found
    assert expected[0] not in list(edges.outside_pattern("mem_x_[0-9a-z]{26,27}", good))

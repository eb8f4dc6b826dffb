"""Values on both sides of every constraint of a schema, derived from its keywords.

No limit is written here: each comes from the schema it is asked about. Whatever a schema does not forbid is taken to
be allowed, so that a text without a minimum length may be empty.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from typing import Any

from attrs import frozen

from memory_imports_contract.live.conformance import is_valid

Json = Any  # a JSON value can be anything
_RANDOM = 26
LOOSE, TYPE, REQUIRED, EXTRA = "limit-loosened", "type-unchecked", "required-unchecked", "extra-field-accepted"


@frozen
class Edge:
    """A value just inside a constraint, or just outside: then with the rule that is broken if it is accepted."""

    where: str
    what: str
    value: Json
    accepted: str | None = None


def of_body(schema: Mapping[str, Json], base: Json) -> Iterator[Edge]:
    """Bodies made of a good one by changing one thing."""
    for edge in _edges(schema, base, ""):
        if is_valid(schema, edge.value) is (edge.accepted is None):
            yield edge


def of_text(schema: Mapping[str, Json]) -> Iterator[Edge]:
    """Texts of a query parameter on both sides of its schema."""
    if schema["type"] == "integer":
        yield from (Edge("", edge.what, str(edge.value), edge.accepted) for edge in _numbers(schema, ""))
        yield from (Edge("", f"the text {text!r}", text, TYPE) for text in ("abc", "1.5"))
    else:
        yield from _texts(schema, "")


def outside_pattern(pattern: str, good: str) -> Iterator[str]:
    """Texts near a good one that the pattern does not match: longer, shorter, with another digit, in capitals."""
    first = len(good) - _RANDOM
    near = [good + "0", good[:-1], good[:first] + "8" + good[first + 1 :], good.upper()]
    near += ["x" + good, good.replace("_", "-"), good[:-1] + "!", good + " "]
    yield from (text for text in dict.fromkeys(near) if not re.fullmatch(pattern, text))


def _edges(schema: Mapping[str, Json], base: Json, where: str) -> Iterator[Edge]:
    kind = schema["type"]
    makers: Mapping[str, Callable[[], Iterator[Edge]]] = {
        "object": lambda: _objects(schema, base, where),
        "array": lambda: _arrays(schema, base, where),
        "integer": lambda: _numbers(schema, where),
        "string": lambda: _texts(schema, where),
    }
    yield from makers[kind]()
    wrong: Mapping[str, list[Json]] = {
        "object": [None, [], "text"],
        "array": [None, {}, "text"],
        "integer": [None, "7", 1.5, True, [7]],
        "string": [None, 7, ["text"]],
    }
    for value in wrong[kind]:
        yield Edge(where, f"{_kind(value)} for {schema['type']}", value, TYPE)


def _objects(schema: Mapping[str, Json], base: dict[str, Json], where: str) -> Iterator[Edge]:
    for name in schema.get("required", ()):
        without = {key: value for key, value in base.items() if key != name}
        yield Edge(f"{where}/{name}", f"no {name}", without, REQUIRED)
    yield Edge(where, "one field more", {**base, "unheardOf": "text"}, EXTRA)
    for name, inner in schema["properties"].items():
        for edge in _edges(inner, base[name], f"{where}/{name}"):
            yield Edge(edge.where, edge.what, {**base, name: edge.value}, edge.accepted)


def _arrays(schema: Mapping[str, Json], base: list[Json], where: str) -> Iterator[Edge]:
    least, most = schema.get("minItems", 0), schema.get("maxItems")
    if least:
        yield Edge(where, f"{least} items", _items(base, least))
        yield Edge(where, f"{least - 1} items", _items(base, least - 1), LOOSE)
        yield Edge(where, "no items", [], LOOSE)
    if most is not None:
        yield Edge(where, f"{most} items", _items(base, most))
        yield Edge(where, f"{most + 1} items", _items(base, most + 1), LOOSE)
    for edge in _edges(schema["items"], base[-1], f"{where}/{len(base) - 1}"):
        yield Edge(edge.where, edge.what, [*base[:-1], edge.value], edge.accepted)


def _items(base: list[Json], count: int) -> list[Json]:
    """So many items, no two alike."""
    items = deepcopy(base[:count])
    for number in range(len(items), count):
        items.append({key: f"{value}{number}" if key != "traitGroup" else value for key, value in base[-1].items()})
    return items


def _numbers(schema: Mapping[str, Json], where: str) -> Iterator[Edge]:
    for name, step in (("minimum", -1), ("maximum", 1)):
        if name in schema:
            yield Edge(where, f"the number {schema[name]}", schema[name])
            yield Edge(where, f"the number {schema[name] + step}", schema[name] + step, LOOSE)
    if schema.get("minimum", 0) > 0:  # a good number, to whoever overlooks the sign
        yield Edge(where, f"the number {-schema['minimum']}", -schema["minimum"], LOOSE)


def _texts(schema: Mapping[str, Json], where: str) -> Iterator[Edge]:
    if "enum" in schema:
        for word in schema["enum"]:
            yield Edge(where, f"the word {word}", word)
            yield Edge(where, f"the word {word.lower()}", word.lower(), LOOSE)
        yield Edge(where, "an unknown word", schema["enum"][0] + "X", LOOSE)
        return
    least, most = schema.get("minLength", 0), schema.get("maxLength")
    yield Edge(where, f"{least} characters", "a" * least)
    if least:
        yield Edge(where, f"{least - 1} characters", "a" * (least - 1), LOOSE)
    if most is not None:
        yield Edge(where, f"{most} characters", "a" * most)
        yield Edge(where, f"{most} characters of two bytes each", "\u00e9" * most)
        yield Edge(where, f"{most} characters outside the first plane", "\U0001f600" * most)
        yield Edge(where, f"{most + 1} characters", "a" * (most + 1), LOOSE)


def _kind(value: Json) -> str:
    names = {type(None): "null", dict: "an object", list: "a list", str: "a text", bool: "a truth value"}
    return {**names, int: "a number", float: "a fraction"}[type(value)]

"""Reads a schema into one canonical form: references, `allOf`, the two dialects and the side of the wire seen through.

What two schemas say alike reads alike here; nothing is compared. A schema may refer to itself, so members are
read only when they are asked for.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Literal, TypeAlias

from attrs import define, evolve, field, frozen

from memory_imports_contract.errors import DriftUnavailable
from memory_imports_contract.spec import keywords
from memory_imports_contract.spec.document import Document, Json, Place

Side: TypeAlias = Literal["request", "answer"]
WORDS = frozenset(("title", "description", "example", "examples", "externalDocs", "deprecated", "xml", "$comment"))
STRUCTURE = frozenset(("$ref", "allOf", "properties", "required", "items", "additionalProperties", "readOnly"))
UNIONS = ("oneOf", "anyOf")
_HIDDEN = {"request": "readOnly", "answer": "writeOnly"}


@frozen
class Fact:
    """What one keyword says, and where."""

    value: Json
    at: str
    raw: Json = None


@define(eq=False)
class Schema:
    """A schema as one side of the wire sees it.

    ``at`` is where it is used, ``home`` where it is written once references are followed.
    """

    document: Document
    side: Side
    at: str
    home: str
    facts: dict[str, Fact]
    words: dict[str, Fact]
    required: dict[str, str]
    members: dict[str, list[Place]]
    element: list[Place]
    rest: Place | None
    unions: list[Place]
    _fingerprint: str | None = field(default=None, init=False)

    @property
    def open(self) -> bool:
        """Whether an object may hold a property that is not named."""
        if self.rest is not None and self.rest.value is False:
            return False
        most = self.facts.get("maxProperties")
        return most is None or most.value > len(self.required)

    def deeper(self, places: list[Place]) -> "Schema":
        """Return a member, as the same side sees it."""
        return read(self.document, places, self.side)

    def fingerprint(self) -> str:
        """Return a text that schemas of one meaning share."""
        if self._fingerprint is None:
            self._fingerprint = json.dumps(_plain(self, ()), sort_keys=True, default=str)
        return self._fingerprint


def read(document: Document, places: list[Place], side: Side) -> Schema:
    """Return what the places say together. Raises `DriftUnavailable` where a reference leads nowhere."""
    key = (side, *(place.at for place in places))
    if key not in document.memo:
        document.memo[key] = _read(document, places, side)
    found: Schema = document.memo[key]
    return found


def _read(document: Document, places: list[Place], side: Side) -> Schema:
    parts = [part for place in places for part in _parts(document, place, ())]
    home = next((part.at for part in parts if STRUCTURE & part.value.keys() or "type" in part.value), None)
    schema = Schema(
        document=document,
        side=side,
        at=places[0].at,
        home=home or (parts[-1].at if parts else places[0].at),
        facts={},
        words={},
        required={},
        members={},
        element=[],
        rest=None,
        unions=[],
    )
    for part in parts:
        _take(schema, part)
    _hide(schema)
    keywords.settle(schema.facts, Fact, _implied(schema), older=document.older)
    return schema


def _implied(schema: Schema) -> str | None:
    """The type that the shape speaks of, where none is stated."""
    return "object" if schema.members else "array" if schema.element else None


def _parts(document: Document, place: Place, above: tuple[str, ...]) -> Iterator[Place]:
    raw = place.value
    if isinstance(raw, bool):
        raw = {} if raw else {"not": {}}
    if not isinstance(raw, Mapping):
        raise DriftUnavailable(f"{document.name} has no schema at {place.at}.")
    if place.at in above:
        raise DriftUnavailable(f"{document.name} defines the schema at {place.at} by itself.")
    above = (*above, place.at)
    if "$ref" in raw:
        if not document.older:  # 3.0 ignores what stands beside a reference
            yield Place({key: value for key, value in raw.items() if key != "$ref"}, place.at)
        yield from _parts(document, document.target(raw["$ref"]), above)
        return
    for key in ("allOf", *UNIONS):
        listed = place.get(key)
        alternatives = listed.items() if listed else []
        null = [inner for _, inner in alternatives if key != "allOf" and inner.value == {"type": "null"}]
        rest = [inner for _, inner in alternatives if inner not in null]
        if key == "allOf" or len(rest) == 1:
            for inner in rest:
                yield from _parts(document, inner, above)
            raw = {name: value for name, value in raw.items() if name != key} | ({"nullable": True} if null else {})
    yield Place(raw, place.at)


def _take(schema: Schema, part: Place) -> None:
    for key, inner in part.items():
        value = inner.value
        if key in WORDS or key.startswith("x-"):
            schema.words.setdefault(key, Fact(value, inner.at))
        elif key == "required" and isinstance(value, list):
            schema.required |= {str(name): inner.at for name in value}
        elif key == "properties":
            for name, member in inner.items():
                schema.members.setdefault(name, []).append(member)
        elif key == "items":
            schema.element.append(inner)
        elif key == "additionalProperties":
            schema.rest = _stricter(schema.rest, inner)
        elif key in UNIONS:
            schema.unions += [each for _, each in inner.items()]
        elif key not in ("discriminator", "readOnly", "writeOnly", "allOf", "$defs", "$id", "$schema"):
            known = schema.facts.get(key)
            fact = Fact(keywords.first(key, value, part.value), inner.at, value)
            schema.facts[key] = evolve(known, value=keywords.both(key, known.value, fact.value)) if known else fact


def _stricter(one: Place | None, two: Place) -> Place | None:
    """What two parts say together of the properties without names; None where anything goes."""
    return one if two.value in (True, {}) or (one and one.value is False) else two


def _hide(schema: Schema) -> None:
    """Drop the properties that this side never carries."""
    flag = _HIDDEN[schema.side]
    for name, places in list(schema.members.items()):
        resolved = [schema.document.resolved(place).value for place in places]
        if any(isinstance(raw, Mapping) and raw.get(flag) is True for raw in resolved):
            del schema.members[name]
            schema.required.pop(name, None)


def _plain(schema: Schema, above: tuple[str, ...]) -> Any:  # noqa: ANN401 - any JSON
    if schema.home in above:
        return {"again": len(above) - above.index(schema.home)}
    above = (*above, schema.home)
    rest = schema.rest.value if schema.rest else True

    def deeper(places: list[Place]) -> Any:  # noqa: ANN401 - any JSON
        return _plain(schema.deeper(places), above)

    return {
        "facts": {key: keywords.shown(key, fact.value) for key, fact in schema.facts.items()},
        "required": sorted(schema.required),
        "members": {name: deeper(places) for name, places in schema.members.items()},
        "element": deeper(schema.element) if schema.element else None,
        "rest": rest if isinstance(rest, bool) or schema.rest is None else deeper([schema.rest]),
        "unions": sorted(json.dumps(deeper([each]), sort_keys=True, default=str) for each in schema.unions),
    }

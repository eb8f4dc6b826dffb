"""Reads a schema into one canonical form: references, `allOf`, the two dialects and the side of the wire seen through.

What two schemas say alike reads alike here; nothing is compared. A schema may refer to itself, so members are
read only when they are asked for.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any, Literal, TypeAlias

from attrs import define, evolve, field

from memory_imports_contract.errors import DriftUnavailable
from memory_imports_contract.spec import implied, keywords
from memory_imports_contract.spec.document import Document, Json, Place
from memory_imports_contract.spec.keywords import OR_NULL, UNIONS, Fact
from memory_imports_contract.spec.parts import WORDS, alternatives, parts, says_nothing
from memory_imports_contract.spec.settle import settle

Side: TypeAlias = Literal["request", "answer"]
STRUCTURE = frozenset(("$ref", "allOf", "properties", "required", "items", "additionalProperties", "readOnly"))
_SILENT = ("discriminator", "readOnly", "writeOnly", "$defs", "$id", "$schema", "$anchor", "allOf")
_HIDDEN = {"request": "readOnly", "answer": "writeOnly"}


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
    def lists_words(self) -> bool:
        """Whether it is nothing but a list of words."""
        inside = self.members or self.required or self.element or self.rest or self.unions
        return not inside and "enum" in self.facts and self.facts.keys() <= {"enum", "nullable"}

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
        document.memo[key] = None  # while it is read: what needs itself for that has no end
        document.memo[key] = _read(document, places, side)
    found: Schema | None = document.memo[key]
    if found is None:
        raise DriftUnavailable(f"{document.name} defines the schema at {places[0].at} by itself; that has no end.")
    return found


def _read(document: Document, places: list[Place], side: Side) -> Schema:
    found = [part for place in places for part in parts(document, place)]
    home = next((part.at for part in found if STRUCTURE & part.value.keys() or "type" in part.value), None)
    schema = Schema(
        document=document,
        side=side,
        at=places[0].at,
        home=home or (found[-1].at if found else places[0].at),
        facts={},
        words={},
        required={},
        members={},
        element=[],
        rest=None,
        unions=[],
    )
    for part in found:
        _take(schema, part)
    _hide(schema)
    settle(schema.facts, _implied(schema), older=document.older)
    return schema


def _implied(schema: Schema) -> str | None:
    """The type that the shape speaks of, where none is stated."""
    return "object" if schema.members else "array" if schema.element else None


def _take(schema: Schema, part: Place) -> None:
    for key, inner in part.items():
        value = inner.value
        if key in WORDS or key.startswith("x-"):
            schema.words.setdefault(key, Fact(value, inner.at))
        elif complaint := keywords.flaw(key, value):
            raise DriftUnavailable(f"{schema.document.name}: `{key}` at {inner.at} {complaint}; put that right first.")
        elif key in _TAKERS:
            _TAKERS[key](schema, inner)
        elif key not in _SILENT:
            _say(schema, key, Fact(keywords.first(key, value, part.value), inner.at, value))


def _say(schema: Schema, key: str, fact: Fact) -> None:
    known = schema.facts.get(key)
    schema.facts[key] = evolve(known, value=keywords.both(key, known.value, fact.value)) if known else fact


def _require(schema: Schema, names: Place) -> None:
    schema.required |= {str(name): names.at for name in names.value}


def _name(schema: Schema, members: Place) -> None:
    for name, member in members.items():
        schema.members.setdefault(name, []).append(member)


def _list(schema: Schema, element: Place) -> None:
    schema.element += [] if says_nothing(element) else [element]


def _close(schema: Schema, rest: Place) -> None:
    """Keep the stricter of what two parts say of the properties without names."""
    if not says_nothing(rest) and not (schema.rest and schema.rest.value is False):
        schema.rest = rest


def _choose(schema: Schema, listed: Place) -> None:
    """Take over a choice; one between words is a list of words."""
    places, null = alternatives([inner for _, inner in listed.items()])
    found = [schema.deeper([inner]) for inner in places]
    if found and all(each.lists_words for each in found):
        null = null or any("nullable" in each.facts for each in found)
        _say(schema, "enum", Fact(frozenset(word for each in found for word in each.facts["enum"].value), listed.at))
    else:
        schema.unions += places
    if null:
        _say(schema, OR_NULL, Fact(value=True, at=listed.at))


_TAKERS: dict[str, Callable[[Schema, Place], None]] = {
    "required": _require,
    "properties": _name,
    "items": _list,
    **dict.fromkeys(("additionalProperties", "unevaluatedProperties"), _close),
    **dict.fromkeys(UNIONS, _choose),
}


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
        "facts": {key: _words(implied.effective(schema, key)) for key in schema.facts.keys() | implied.KEYWORDS},
        "required": sorted(schema.required),
        "members": {name: deeper(places) for name, places in schema.members.items()},
        "element": deeper(schema.element) if schema.element else None,
        "rest": rest if isinstance(rest, bool) or schema.rest is None else deeper([schema.rest]),
        "unions": sorted(json.dumps(deeper([each]), sort_keys=True, default=str) for each in schema.unions),
    }


def _words(value: Json) -> Json:
    return sorted(map(str, value)) if isinstance(value, frozenset) else value

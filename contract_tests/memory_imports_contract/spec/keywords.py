"""What single keywords of a schema mean: their canonical values, and which of two values allows more.

Knows no places and no severities; `rules.py` says what an effect is worth on which side of the wire.
"""

import json
import math
import re
from collections.abc import Callable, Mapping, MutableMapping
from enum import StrEnum
from typing import Any, TypeAlias

from attrs import evolve

from memory_imports_contract.errors import DriftUnavailable

Json: TypeAlias = Any  # a JSON value can be anything


class Effect(StrEnum):
    """What the new value does to what is allowed."""

    TIGHTENED = "tightened"
    LOOSENED = "loosened"
    CHANGED = "changed"


Outcome: TypeAlias = tuple[str, Effect]
TYPES = frozenset(("array", "boolean", "integer", "number", "object", "string"))
_UPPER = ("maximum", "maxLength", "maxItems", "maxProperties")
_LOWER = ("minimum", "minLength", "minItems", "minProperties")
_EXCLUSIVE = {"minimum": "exclusiveMinimum", "maximum": "exclusiveMaximum"}
_NUMERIC = frozenset((*_UPPER, *_LOWER, "multipleOf"))
_NARROWER_FORMATS = frozenset((("int32", "int64"), ("float", "double"), ("uri", "uri-reference")))
_APPLIES = {
    "string": ("minLength", "maxLength", "pattern"),
    "number": ("minimum", "maximum", "multipleOf"),
    "integer": ("minimum", "maximum", "multipleOf"),
    "array": ("minItems", "maxItems", "uniqueItems"),
    "object": ("minProperties", "maxProperties"),
}
_TYPED = frozenset(keyword for listed in _APPLIES.values() for keyword in listed)
# Two spellings of one expression, in the order in which they are unified.
_SPELLINGS = (("(?:", "("), (r"\d", "[0-9]"), ("{0,1}", "?"), ("{1,}", "+"), ("{0,}", "*"), ("{1}", ""))


def kebab(keyword: str) -> str:
    """Return a keyword as the beginning of a rule's name."""
    return re.sub(r"(?<=[a-z0-9])([A-Z])", r"-\1", keyword).lower().strip("$")


def first(keyword: str, value: Json, whole: Mapping[str, Json]) -> Json:
    """Return the value of a keyword within its schema, in canonical form."""
    if keyword in _NUMERIC and not isinstance(value, int | float):
        raise DriftUnavailable(f"A schema has a `{keyword}` that is no number.")
    if keyword == "enum" and not isinstance(value, list):
        raise DriftUnavailable("A schema has an `enum` that is no list.")
    if keyword in _EXCLUSIVE and whole.get(_EXCLUSIVE[keyword]) is True:
        return (value, True)
    if keyword in _EXCLUSIVE.values() and not isinstance(value, bool):
        return (value, True)
    if keyword == "type":
        words = frozenset(value if isinstance(value, list) else [value])
        return words | {"null"} if whole.get("nullable") is True else words
    if keyword in ("enum", "pattern", "format"):
        values = value if keyword == "enum" else [value]
        return frozenset(_text(_spelled(each) if keyword == "pattern" else each) for each in values)
    if keyword == "const":
        return frozenset((_text(value),))
    return (value, False) if keyword in _EXCLUSIVE else value


def both(keyword: str, one: Json, other: Json) -> Json:
    """Return what two parts of a schema say together of one keyword."""
    if keyword in _EXCLUSIVE or keyword in _EXCLUSIVE.values():
        return max(one, other) if "inimum" in keyword else min(one, other, key=lambda bound: (bound[0], not bound[1]))
    if keyword in _UPPER:
        return min(one, other)
    if keyword in _LOWER:
        return max(one, other)
    if keyword in ("type", "enum", "const"):
        return one & other
    if keyword in ("pattern", "format"):
        return one | other
    return one or other if keyword == "nullable" else other


def settle(
    facts: MutableMapping[str, Any], fact: Callable[[Json, str], Any], implied: str | None, *, older: bool
) -> None:
    """Bring what the dialects say differently to one form, and drop what says nothing."""
    for inclusive, exclusive in _EXCLUSIVE.items():
        found = facts.pop(exclusive, None)
        if found and not isinstance(found.value, bool):
            known = facts.get(inclusive)
            facts[inclusive] = fact(both(inclusive, known.value, found.value) if known else found.value, found.at)
    if "const" in facts:
        found = facts.pop("const")
        facts["enum"] = fact(found.value & facts["enum"].value if "enum" in facts else found.value, found.at)
    _settle_type(facts, fact, implied, older=older)
    whole = "type" in facts and facts["type"].value == {"integer"}
    for keyword in _EXCLUSIVE:
        if keyword in facts:
            value, exclusive = facts[keyword].value
            facts[keyword] = fact(_bound(keyword, value, whole=whole, exclusive=exclusive), facts[keyword].at)
    for keyword in ("minLength", "minItems", "minProperties", "uniqueItems"):
        if keyword in facts and not facts[keyword].value:
            del facts[keyword]
    if "type" in facts:
        applicable = {keyword for kind in facts["type"].value for keyword in _APPLIES.get(kind, ())}
        for keyword in (facts.keys() & _TYPED) - applicable:
            del facts[keyword]


def _settle_type(
    facts: MutableMapping[str, Any], fact: Callable[[Json, str], Any], implied: str | None, *, older: bool
) -> None:
    null = facts.pop("nullable", None)
    allowed = null is not None and null.value is True
    if "type" not in facts and implied:
        facts["type"] = fact(frozenset((implied,)), "")
    if "type" in facts:
        found = facts["type"]
        allowed = allowed or "null" in found.value
        words = found.value - {"null"}
        facts["type"] = fact(words - {"integer"} if {"integer", "number"} <= words else words, found.at)
        null = null or found
        if not words or words >= TYPES - {"integer"}:
            del facts["type"]
    if "enum" in facts:
        words = facts["enum"].value
        allowed = allowed and (older or "null" in words)
        facts["enum"] = evolve(facts["enum"], value=words - {"null"})
    if allowed and null is not None:
        facts["nullable"] = fact(True, null.at)  # noqa: FBT003 - the value of the keyword


def _bound(keyword: str, value: Json, *, whole: bool, exclusive: bool) -> Json:
    if whole and isinstance(value, int | float):
        if exclusive:
            return math.floor(value) + 1 if keyword == "minimum" else math.ceil(value) - 1
        return math.ceil(value) if keyword == "minimum" else math.floor(value)
    return (value, True) if exclusive else value


def shown(keyword: str, value: Json) -> Json:
    """Return a canonical value as plain data for people."""
    if isinstance(value, frozenset):
        words = sorted(value) if keyword == "type" else [json.loads(word) for word in sorted(value)]
        return words[0] if len(words) == 1 and keyword != "enum" else words
    if isinstance(value, tuple):
        return {"exclusive": value[0]}
    return value


def effect(keyword: str, old: Json, new: Json) -> Outcome:
    """Return what happened between two different values, as the end of a rule's name, and its effect.

    Args:
        keyword: The keyword.
        old: Its canonical value, None where it is absent.
        new: The same of the newer schema.
    """
    if keyword == "nullable":
        return ("added", Effect.LOOSENED) if new else ("removed", Effect.TIGHTENED)
    if old is None:
        return "added", Effect.TIGHTENED
    if new is None:
        return "removed", Effect.LOOSENED
    return _BETWEEN.get(keyword, lambda _old, _new: ("changed", Effect.CHANGED))(old, new)


def _limit(tight: str, loose: str, *, upper: bool) -> Callable[[Json, Json], Outcome]:
    def decide(old: Json, new: Json) -> Outcome:
        one, two = (bound if isinstance(bound, tuple) else (bound, False) for bound in (old, new))
        if upper:
            one, two = ((-value, exclusive) for value, exclusive in (one, two))
        return (tight, Effect.TIGHTENED) if two > one else (loose, Effect.LOOSENED)

    return decide


def _sets(less: str, more: str, changed: str) -> Callable[[Json, Json], Outcome]:
    def decide(old: frozenset[str], new: frozenset[str]) -> Outcome:
        if new < old:
            return less, Effect.TIGHTENED
        return (more, Effect.LOOSENED) if old < new else (changed, Effect.CHANGED)

    return decide


def _types(old: frozenset[str], new: frozenset[str]) -> Outcome:
    wide_old, wide_new = (words | {"integer"} if "number" in words else words for words in (old, new))
    return _sets("narrowed", "widened", "changed")(wide_old, wide_new)


def _formats(old: frozenset[str], new: frozenset[str]) -> Outcome:
    pair = tuple(json.loads(next(iter(words))) for words in (old, new))
    if pair in _NARROWER_FORMATS:
        return "widened", Effect.LOOSENED
    return ("narrowed", Effect.TIGHTENED) if pair[::-1] in _NARROWER_FORMATS else ("changed", Effect.CHANGED)


def _patterns(old: frozenset[str], new: frozenset[str]) -> Outcome:
    if new > old:
        return "narrowed", Effect.TIGHTENED
    return ("widened", Effect.LOOSENED) if new < old else ("changed", Effect.CHANGED)


def _multiples(old: Json, new: Json) -> Outcome:
    if new % old == 0:
        return "narrowed", Effect.TIGHTENED
    return ("widened", Effect.LOOSENED) if old % new == 0 else ("changed", Effect.CHANGED)


def _spelled(pattern: object) -> str:
    text = str(pattern)
    for one, other in _SPELLINGS:
        text = text.replace(one, other)
    return text


def _text(value: Json) -> str:
    return json.dumps(value, sort_keys=True, default=str)


_BETWEEN: dict[str, Callable[[Any, Any], Outcome]] = {
    **dict.fromkeys(_UPPER, _limit("lowered", "raised", upper=True)),
    **dict.fromkeys(_LOWER, _limit("raised", "lowered", upper=False)),
    "enum": _sets("words-removed", "words-added", "words-changed"),
    "type": _types,
    "format": _formats,
    "pattern": _patterns,
    "multipleOf": _multiples,
}

"""Brings what one schema says in several ways, and in two dialects, to one form, and drops what says nothing."""

import math
from fractions import Fraction

from attrs import evolve

from memory_imports_contract.spec.automata import EVERYTHING
from memory_imports_contract.spec.keywords import EXCLUSIVE, OR_NULL, TYPES, Fact, Json, both, kinds

_APPLIES = {
    "string": ("minLength", "maxLength", "pattern"),
    "number": ("minimum", "maximum", "multipleOf"),
    "integer": ("minimum", "maximum", "multipleOf"),
    "array": ("minItems", "maxItems", "uniqueItems"),
    "object": ("minProperties", "maxProperties"),
}
_TYPED = frozenset(keyword for listed in _APPLIES.values() for keyword in listed)
Facts = dict[str, Fact]


def settle(facts: Facts, implied: str | None, *, older: bool) -> None:
    """Settle the keywords of a schema.

    Args:
        facts: What each says, by keyword; changed in place.
        implied: The type that the rest of the schema speaks of, where none is stated.
        older: Whether the dialect is that of OpenAPI 3.0.
    """
    _bounds(facts)
    if "const" in facts:
        found = facts.pop("const")
        facts["enum"] = evolve(found, value=found.value & facts["enum"].value if "enum" in facts else found.value)
    _words(facts, older=older)
    _type(facts, implied)
    _whole_numbers(facts)
    for keyword in ("minLength", "minItems", "minProperties", "uniqueItems"):
        if keyword in facts and not facts[keyword].value:
            del facts[keyword]
    if "pattern" in facts:
        telling = frozenset(each for each in facts["pattern"].value if each.meaning != EVERYTHING)
        facts["pattern"] = evolve(facts["pattern"], value=telling)
        if not telling:
            del facts["pattern"]
    if "type" in facts:
        applicable = {keyword for kind in facts["type"].value for keyword in _APPLIES.get(kind, ())}
        for keyword in (facts.keys() & _TYPED) - applicable:
            del facts[keyword]
        if "enum" in facts and facts["type"].value == kinds(facts["enum"].value):
            del facts["type"]


def _bounds(facts: Facts) -> None:
    """Exclusive bounds, a flag in one dialect and a number in the other."""
    for inclusive, exclusive in EXCLUSIVE.items():
        found = facts.pop(exclusive, None)
        if found and not isinstance(found.value, bool):
            known = facts.get(inclusive)
            facts[inclusive] = evolve(found, value=both(inclusive, known.value, found.value) if known else found.value)


def _words(facts: Facts, *, older: bool) -> None:
    """A list of words has the types of its words, and those of another type never come."""
    null, besides = facts.pop("nullable", None), facts.pop(OR_NULL, None)
    allowed = null is not None and null.value is True
    if "type" in facts and "null" in facts["type"].value:
        allowed, null = True, null or facts["type"]
        facts["type"] = evolve(facts["type"], value=facts["type"].value - {"null"})
    if "enum" in facts:
        listed, words = facts["enum"], facts["enum"].value
        if "type" in facts or allowed:
            allowed = allowed and (older or "null" in words)
        else:
            allowed, null = "null" in words, listed
        words -= {"null"}
        types = facts["type"].value if "type" in facts else TYPES
        fitting = frozenset(word for word in words if kinds([word]) & _widened(types))
        facts["enum"] = evolve(listed, value=fitting or words)
        if fitting:
            facts["type"] = Fact(kinds(fitting), facts["type"].at if "type" in facts else "")
    if besides or (allowed and null):
        facts["nullable"] = besides or Fact(value=True, at=null.at if null else "")


def _widened(types: frozenset[str]) -> frozenset[str]:
    return types | {"integer"} if "number" in types else types


def _type(facts: Facts, implied: str | None) -> None:
    if "type" not in facts and implied:
        facts["type"] = Fact(frozenset((implied,)), "")
    if "type" in facts:
        words = facts["type"].value
        step = facts.get("multipleOf")
        if "number" in words and step and isinstance(step.value, int):
            words = words - {"number"} | {"integer"}
        facts["type"] = evolve(facts["type"], value=words - {"integer"} if {"integer", "number"} <= words else words)
        if not words or words >= TYPES - {"integer"}:
            del facts["type"]


def _whole_numbers(facts: Facts) -> None:
    """Bounds that every whole number keeps or breaks alike, and steps that each of them is."""
    whole = "type" in facts and facts["type"].value == {"integer"}
    for keyword in EXCLUSIVE:
        if keyword in facts:
            value, exclusive = facts[keyword].value
            facts[keyword] = evolve(facts[keyword], value=_bound(keyword, value, whole=whole, exclusive=exclusive))
    if whole and "multipleOf" in facts and Fraction(str(facts["multipleOf"].value)).numerator == 1:
        del facts["multipleOf"]


def _bound(keyword: str, value: Json, *, whole: bool, exclusive: bool) -> Json:
    if not whole:
        return (value, True) if exclusive else value
    if exclusive:
        return math.floor(value) + 1 if keyword == "minimum" else math.ceil(value) - 1
    return math.ceil(value) if keyword == "minimum" else math.floor(value)

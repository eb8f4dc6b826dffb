"""What single keywords of a schema mean: which values they may have, and each value in its canonical form.

Knows no severities; `settle.py` brings the keywords of one schema together, `effects.py` compares two values.
"""

import json
import math
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

from attrs import frozen

from memory_imports_contract.spec.patterns import Pattern, pattern

Json: TypeAlias = Any  # a JSON value can be anything
TYPES = frozenset(("array", "boolean", "integer", "number", "object", "string"))
_KINDS = {bool: "boolean", int: "integer", float: "number", str: "string", list: "array", dict: "object"}
UPPER = ("maximum", "maxLength", "maxItems", "maxProperties")
LOWER = ("minimum", "minLength", "minItems", "minProperties")
UNIONS = ("oneOf", "anyOf")
# Our own word for a choice of which one is null: it holds whatever a list of words says.
OR_NULL = "or null"
EXCLUSIVE = {"minimum": "exclusiveMinimum", "maximum": "exclusiveMaximum"}


@frozen
class Fact:
    """What one keyword says in canonical form, where, and as it is written there."""

    value: Json
    at: str
    raw: Json = None


def _number(value: Json) -> bool:
    return (isinstance(value, int) and not isinstance(value, bool)) or (
        isinstance(value, float) and math.isfinite(value)
    )


def _count(value: Json) -> bool:
    return _number(value) and value >= 0 and value == math.floor(value)


def _types(value: Json) -> bool:
    names = value if isinstance(value, list) else [value]
    return all(isinstance(name, str) and name in TYPES | {"null"} for name in names)


_FORMS: dict[str, tuple[Callable[[Json], bool], str]] = {
    **dict.fromkeys((*UPPER, *LOWER), (_count, "is no whole number from 0 on")),
    **dict.fromkeys(EXCLUSIVE, (_number, "is no number")),
    **dict.fromkeys(EXCLUSIVE.values(), (lambda value: isinstance(value, bool) or _number(value), "is no number")),
    **dict.fromkeys(("enum", "required"), (lambda value: isinstance(value, list), "is no list")),
    **dict.fromkeys(("pattern", "format"), (lambda value: isinstance(value, str), "is no text")),
    **dict.fromkeys(("uniqueItems", "nullable"), (lambda value: isinstance(value, bool), "is neither true nor false")),
    "properties": (lambda value: isinstance(value, Mapping), "is no object"),
    "multipleOf": (lambda value: _number(value) and value > 0, "is no number above 0"),
    "type": (_types, "is no type of JSON"),
}  # fmt: skip


def flaw(keyword: str, value: Json) -> str | None:
    """Return what is wrong with the value of a keyword, as the end of a sentence; None if nothing is."""
    fits, complaint = _FORMS.get(keyword, (None, ""))
    return None if fits is None or fits(value) else complaint


def first(keyword: str, value: Json, whole: Mapping[str, Json]) -> Json:
    """Return the value of a keyword within its schema, in canonical form."""
    value = same_numbers(value)
    if keyword in EXCLUSIVE:
        return (value, whole.get(EXCLUSIVE[keyword]) is True)
    if keyword in EXCLUSIVE.values() and not isinstance(value, bool):
        return (value, True)
    if keyword == "type":
        words = frozenset(value if isinstance(value, list) else [value])
        return words | {"null"} if whole.get("nullable") is True else words
    if keyword == "pattern":
        return frozenset((pattern(value),))
    if keyword in ("enum", "const", "format"):
        return frozenset(text(each) for each in (value if keyword == "enum" else [value]))
    return value


def both(keyword: str, one: Json, other: Json) -> Json:
    """Return what two parts of a schema say together of one keyword."""
    if keyword in EXCLUSIVE or keyword in EXCLUSIVE.values():
        return max(one, other) if "inimum" in keyword else min(one, other, key=lambda bound: (bound[0], not bound[1]))
    if keyword in UPPER:
        return min(one, other)
    if keyword in LOWER:
        return max(one, other)
    if keyword in ("type", "enum", "const"):
        return one & other
    if keyword in ("pattern", "format"):
        return one | other
    return one or other if keyword == "nullable" else other


def shown(keyword: str, value: Json) -> Json:
    """Return a canonical value as plain data for people."""
    if isinstance(value, frozenset):
        words = sorted(value) if keyword == "type" else sorted(map(_plain, value), key=text)
        return words[0] if len(words) == 1 and keyword != "enum" else words
    if isinstance(value, tuple):
        return {"exclusive": value[0]}
    return value


def text(value: Json) -> str:
    """Return a value as a text that equal values share."""
    return json.dumps(value, sort_keys=True, default=str)


def same_numbers(value: Json) -> Json:
    """Return a value in which a number has one form: 50.0 is 50."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, Mapping):
        return {key: same_numbers(each) for key, each in value.items()}
    return [same_numbers(each) for each in value] if isinstance(value, list) else value


def kinds(words: Iterable[str]) -> frozenset[str]:
    """Return the types of the words of an enum."""
    return frozenset(_KINDS[type(json.loads(word))] for word in words)


def _plain(word: str | Pattern) -> Json:
    return word.text if isinstance(word, Pattern) else json.loads(word)

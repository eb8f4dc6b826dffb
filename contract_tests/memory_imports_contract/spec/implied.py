"""What a keyword comes to beside the others of its schema: some say what is then said once more, or left out."""

import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from memory_imports_contract.spec.keywords import Json, kinds, text

if TYPE_CHECKING:
    from memory_imports_contract.spec.schema import Schema

_WIDER_FORMATS = {"int32": "int64", "float": "double", "uri": "uri-reference"}
_BITS = {"int32": 31, "int64": 63}


def effective(schema: "Schema", keyword: str) -> Json:
    """Return what holds for a keyword, whether it is stated or follows from another; None where nothing does."""
    fact = schema.facts.get(keyword)
    stated = fact.value if fact else None
    return _TABLE[keyword](schema, stated) if keyword in _TABLE else stated


def _types(schema: "Schema", stated: Json) -> Json:
    return stated or ("enum" in schema.facts and kinds(schema.facts["enum"].value)) or None


def _shortest(schema: "Schema", stated: Json) -> Json:
    return max((stated or 0, *(least for least, _ in _lengths(schema)))) or None


def _longest(schema: "Schema", stated: Json) -> Json:
    return min((most for most in (stated, *(most for _, most in _lengths(schema))) if most is not None), default=None)


def _lengths(schema: "Schema") -> Iterator[tuple[int, int | None]]:
    """How long a text is at least and at most, by each pattern and by the list of words."""
    facts = schema.facts
    if effective(schema, "type") != {"string"}:
        return
    for pattern in facts["pattern"].value if "pattern" in facts else ():
        yield pattern.shortest, pattern.longest
    if "enum" in facts and facts["enum"].value:
        found = [len(json.loads(word)) for word in facts["enum"].value]
        yield min(found), max(found)


def _fewest_properties(schema: "Schema", stated: Json) -> Json:
    return max(stated or 0, len(schema.required)) or None


def _formats(schema: "Schema", stated: Json) -> Json:
    """The formats that hold: a narrow one implies the wide one, and bounds imply those that are wide enough."""
    found = set(stated or ())
    low, high = (schema.facts.get(keyword) for keyword in ("minimum", "maximum"))
    if low and high and effective(schema, "type") == {"integer"}:
        found |= {text(name) for name, bits in _BITS.items() if -(2**bits) <= low.value and high.value < 2**bits}
    found |= {text(wide) for narrow, wide in _WIDER_FORMATS.items() if text(narrow) in found}
    return frozenset(found) or None


_TABLE: dict[str, Callable[["Schema", Json], Json]] = {
    "type": _types,
    "minLength": _shortest,
    "maxLength": _longest,
    "minProperties": _fewest_properties,
    "format": _formats,
}
KEYWORDS = _TABLE.keys()

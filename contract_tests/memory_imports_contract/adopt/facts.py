"""Writes what a canonical schema says in the contract's own dialect, facts without words. Reads no file."""

from memory_imports_contract.spec import keywords
from memory_imports_contract.spec.document import Json
from memory_imports_contract.spec.implied import effective
from memory_imports_contract.spec.keywords import Fact
from memory_imports_contract.spec.schema import Schema

# What the readers of the contract enforce; anything else is for a person to decide.
_KNOWN = frozenset((
    "type", "enum", "format", "nullable", "default", "maxProperties", "minItems", "maxItems", "minLength", "maxLength",
    "pattern", "minimum", "maximum",
))  # fmt: skip


class ByHandError(Exception):
    """The fact has no form in the contract that could be written without a person."""


def value(keyword: str, fact: Fact, before: Fact | None) -> Json:
    """Return the value of one keyword; the words of an enum keep the order that they had before.

    Raises:
        ByHandError: The contract's readers would not understand it.
    """
    if keyword not in _KNOWN or isinstance(fact.value, tuple):
        raise ByHandError
    if keyword == "enum":
        words = keywords.shown(keyword, fact.value)
        known = [word for word in (before.raw if before else ()) or () if word in words]
        return [*known, *(word for word in _written(fact, words) if word not in known)]
    if isinstance(fact.value, frozenset):
        if len(fact.value) != 1:
            raise ByHandError
        return keywords.shown(keyword, fact.value)
    return fact.value


def schema(whole: Schema) -> dict[str, Json]:
    """Return a schema of values and lists. Raises `ByHandError` for objects, whose parts have names of their own."""
    if whole.members or whole.unions or whole.rest:
        raise ByHandError
    kind = Fact(effective(whole, "type"), "")
    facts = ({"type": kind} if kind.value else {}) | whole.facts
    said = {key: value(key, facts[key], None) for key in sorted(facts, key=lambda key: (key != "type", key))}
    if whole.element:
        said["items"] = schema(whole.deeper(whole.element))
    return said


def _written(fact: Fact, words: list[Json]) -> list[Json]:
    """The words in the order in which they are written, as far as that is known."""
    raw = fact.raw if isinstance(fact.raw, list) else []
    return [word for word in raw if word in words] or words

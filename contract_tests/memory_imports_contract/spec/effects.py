"""Which of two values of a keyword allows more. Knows no places; `rules.py` says what that is worth on each side."""

import re
from collections.abc import Callable
from enum import StrEnum
from fractions import Fraction
from typing import Any, TypeAlias

from memory_imports_contract.spec.keywords import LOWER, UPPER, Json
from memory_imports_contract.spec.patterns import Pattern


class Effect(StrEnum):
    """What the new value does to what is allowed."""

    TIGHTENED = "tightened"
    LOOSENED = "loosened"
    CHANGED = "changed"


Outcome: TypeAlias = tuple[str, Effect]


def kebab(keyword: str) -> str:
    """Return a keyword as the beginning of a rule's name."""
    return re.sub(r"(?<=[a-z0-9])([A-Z])", r"-\1", keyword).lower().strip("$")


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


def _sets(less: Outcome, more: Outcome, changed: str = "changed") -> Callable[[Json, Json], Outcome]:
    def decide(old: frozenset[str], new: frozenset[str]) -> Outcome:
        return less if new < old else more if old < new else (changed, Effect.CHANGED)

    return decide


def _types(old: frozenset[str], new: frozenset[str]) -> Outcome:
    wide_old, wide_new = (words | {"integer"} if "number" in words else words for words in (old, new))
    return _sets(_NARROWED, _WIDENED)(wide_old, wide_new)


def _patterns(old: frozenset[Pattern], new: frozenset[Pattern]) -> Outcome:
    if all(any(one.covers(two) for two in new) for one in old):
        return _NARROWED
    return _WIDENED if all(any(two.covers(one) for one in old) for two in new) else ("changed", Effect.CHANGED)


def _multiples(old: Json, new: Json) -> Outcome:
    ratio = Fraction(str(new)) / Fraction(str(old))
    return _NARROWED if ratio.denominator == 1 else _WIDENED if ratio.numerator == 1 else ("changed", Effect.CHANGED)


_NARROWED, _WIDENED = ("narrowed", Effect.TIGHTENED), ("widened", Effect.LOOSENED)
_BETWEEN: dict[str, Callable[[Any, Any], Outcome]] = {
    **dict.fromkeys(UPPER, _limit("lowered", "raised", upper=True)),
    **dict.fromkeys(LOWER, _limit("raised", "lowered", upper=False)),
    "enum": _sets(("words-removed", Effect.TIGHTENED), ("words-added", Effect.LOOSENED), "words-changed"),
    "type": _types,
    "format": _sets(_WIDENED, _NARROWED),
    "pattern": _patterns,
    "multipleOf": _multiples,
}

"""Compares two schemas in canonical form, as one side of the wire sees them. Emits differences, decides nothing."""

from memory_imports_contract.spec import effects, keywords, properties
from memory_imports_contract.spec.difference import Emit, same, words
from memory_imports_contract.spec.document import step
from memory_imports_contract.spec.effects import Effect, kebab
from memory_imports_contract.spec.implied import effective
from memory_imports_contract.spec.keywords import Fact
from memory_imports_contract.spec.rules import RULES
from memory_imports_contract.spec.schema import Schema

Seen = set[tuple[str, str, str]]


def compare(before: Schema, after: Schema, emit: Emit, seen: Seen) -> None:
    """Emit every difference between two schemas.

    Args:
        before: The base's schema.
        after: The newer one.
        emit: Takes rule, pointer, old value, new value, and by keyword a name and the two schemas.
        seen: The pairs met so far; schemas may contain themselves.
    """
    pair = (before.at, before.home, after.home)
    if pair in seen:
        return
    seen.add(pair)
    words(before, after, emit)
    if (before.unions or after.unions) and _unions(before, after, emit, seen):
        return
    if _keywords(before, after, emit):
        return
    properties.compare(before, after, emit, lambda one, two: compare(one, two, emit, seen))
    _items(before, after, emit, seen)


def _keywords(before: Schema, after: Schema, emit: Emit) -> bool:
    """Whether the types have nothing in common, so that nothing else is worth saying."""
    types = [effective(schema, "type") for schema in (before, after)]
    if types[0] and types[1] and not _overlap(*types):
        _keyword("type", before, after, emit)
        return True
    for keyword in sorted(before.facts.keys() | after.facts.keys()):
        old, new = before.facts.get(keyword), after.facts.get(keyword)
        if keyword == "default":
            _default(before, old, new, emit)
        elif (old and old.value) != (new and new.value) and not _same(keyword, before, after):
            _keyword(keyword, before, after, emit)
    return False


def _same(keyword: str, before: Schema, after: Schema) -> bool:
    """Whether what is stated differently comes to the same beside everything else."""
    return effective(before, keyword) == effective(after, keyword) or properties.accounts_for(keyword, before, after)


def _overlap(one: frozenset[str], two: frozenset[str]) -> bool:
    numbers = {"integer", "number"}
    return bool(one & two or (one & numbers and two & numbers))


def _keyword(keyword: str, before: Schema, after: Schema, emit: Emit) -> None:
    stated = before.facts.get(keyword), after.facts.get(keyword)
    values = effective(before, keyword), effective(after, keyword)
    end, effect = effects.effect(keyword, *values)
    # What only followed from another keyword was never stated, whatever it came to.
    if stated[0] is None and effect is Effect.TIGHTENED:
        end, values = "added", (None, values[1])
    elif stated[1] is None and effect is Effect.LOOSENED:
        end, values = "removed", (values[0], None)
    rule = f"{kebab(keyword)}-{end}"
    if rule not in RULES:
        rule = f"keyword-{({'tightened': 'added', 'loosened': 'removed'}).get(effect.value, 'changed')}"
    at = stated[0].at if stated[0] and stated[0].at else before.home + step(keyword)
    shown = (keywords.shown(keyword, fact.value if fact else value) for fact, value in zip(stated, values, strict=True))
    emit(rule, at, *shown, name=keyword, before=before, after=after)


def _default(before: Schema, old: Fact | None, new: Fact | None, emit: Emit) -> None:
    if old and new and same(old.value, new.value):
        return
    end = "changed" if old and new else "added" if new else "removed"
    at = old.at if old else before.home + "/default"
    values = (old.value if old else None, new.value if new else None)
    emit(f"default-{end}", at, *values, name="default", before=before)


def _items(before: Schema, after: Schema, emit: Emit, seen: Seen) -> None:
    if before.element and after.element:
        compare(before.deeper(before.element), after.deeper(after.element), emit, seen)
    elif before.element or after.element:
        emit("items-limited" if after.element else "items-freed", before.home + "/items")


def _unions(before: Schema, after: Schema, emit: Emit, seen: Seen) -> bool:
    """Compare the alternatives; whether that was all that there is to compare."""
    sides = []
    for schema in (before, after):
        alternatives = [schema.deeper([each]) for each in schema.unions] or [schema]
        sides.append({each.fingerprint(): each for each in alternatives})
    gone = [each for text, each in sides[0].items() if text not in sides[1]]
    fresh = [each for text, each in sides[1].items() if text not in sides[0]]
    if len(gone) == len(fresh) == 1 and gone[0] is not before and fresh[0] is not after:
        compare(gone[0], fresh[0], emit, seen)
    else:
        key = "anyOf" if any("/anyOf" in each.at for each in (*gone, *fresh)) else "oneOf"
        for rule, found in (("alternative-removed", gone), ("alternative-added", fresh)):
            if found:
                emit(rule, before.home + step(key), before=before, after=after)
    return not (before.unions and after.unions)

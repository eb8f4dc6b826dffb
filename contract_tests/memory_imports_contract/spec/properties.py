"""Compares the properties of two objects: which there are, which are required, and what else may stand beside them."""

from collections.abc import Callable, Iterable
from difflib import SequenceMatcher

from memory_imports_contract.spec.difference import Emit
from memory_imports_contract.spec.document import Json, step
from memory_imports_contract.spec.schema import Schema


def compare(before: Schema, after: Schema, emit: Emit, deeper: Callable[[Schema, Schema], None]) -> None:
    """Emit the differences between the properties of two objects; ``deeper`` compares two members."""
    gone = [name for name in before.members if name not in after.members]
    fresh = [name for name in after.members if name not in before.members]
    pairs = _renamed(before, after, gone, fresh)
    for old, new in pairs.items():
        emit("property-renamed", _at(before, old), old, new, name=old, before=before, after=after)
    for name in gone:
        if name not in pairs:
            emit("property-removed", _at(before, name), _plain(before, name), name=name, before=before, after=after)
    for name in fresh:
        if name not in pairs.values():
            rule = "required-property-added" if name in after.required else "property-added"
            emit(rule, _at(before, name), None, _plain(after, name), name=name, before=before, after=after)
    for name, places in before.members.items():
        if name in after.members:
            deeper(before.deeper(places), after.deeper(after.members[name]))
    moved = {*gone, *fresh}
    _required(before, after, moved, emit)
    _rest(before, after, emit, deeper)


def accounts_for(keyword: str, before: Schema, after: Schema) -> bool:
    """Whether a changed count of properties only follows from properties that have names."""
    if keyword != "maxProperties":
        return False
    if _counted_by_name(before) and _counted_by_name(after):
        return True
    one, two = before.facts.get(keyword), after.facts.get(keyword)
    if one is None or two is None:
        return False
    raised: int = two.value - one.value
    came = len(after.members.keys() - before.members.keys())
    went = len(before.members.keys() - after.members.keys())
    return 0 < raised <= came or 0 < -raised <= went


def _counted_by_name(schema: Schema) -> bool:
    """Whether a count of properties says no more than their names do."""
    most = schema.facts.get("maxProperties")
    return _closed(schema) and (most is None or most.value >= len(schema.members))


def _closed(schema: Schema) -> bool:
    """Whether nothing but the properties with names may be there, however that is said."""
    if schema.rest is not None and schema.rest.value is False:
        return True
    return not schema.open and schema.members.keys() == schema.required.keys()


def _renamed(before: Schema, after: Schema, gone: list[str], fresh: list[str]) -> dict[str, str]:
    """The properties that kept everything but their names, where as many of one look went as came."""
    pairs: dict[str, str] = {}
    looks = {name: _look(schema, name) for schema, names in ((before, gone), (after, fresh)) for name in names}
    for look in dict.fromkeys(looks.values()):
        went, came = ([name for name in names if looks[name] == look] for names in (gone, fresh))
        if len(went) == len(came):
            pairs |= _likeliest(went, came)
    return pairs


def _likeliest(gone: list[str], fresh: list[str]) -> dict[str, str]:
    """Which name became which: those that are most alike first, then those that stand at the same place."""
    pairs: dict[str, str] = {}
    alike = {(one, two): SequenceMatcher(None, one, two).ratio() for one in gone for two in fresh}
    for one, two in sorted(alike, key=lambda pair: -alike[pair]):
        if one not in pairs and two not in pairs.values():
            pairs[one] = two
    return pairs


def _look(schema: Schema, name: str) -> tuple[str, bool]:
    return schema.deeper(schema.members[name]).fingerprint(), name in schema.required


def _required(before: Schema, after: Schema, moved: Iterable[str], emit: Emit) -> None:
    for name in (*before.required, *(name for name in after.required if name not in before.required)):
        if name in moved or (name in before.required) == (name in after.required):
            continue
        rule = "property-now-required" if name in after.required else "property-now-optional"
        at = before.required.get(name) or before.home + "/required"
        required = name in before.required
        emit(rule, at, required, not required, name=name, before=before, after=after)


def _rest(before: Schema, after: Schema, emit: Emit, deeper: Callable[[Schema, Schema], None]) -> None:
    old, new = (None if schema.rest is None else schema.rest.value for schema in (before, after))
    at = before.rest.at if before.rest else before.home + "/additionalProperties"
    if isinstance(old, dict) and isinstance(new, dict) and before.rest and after.rest:
        deeper(before.deeper([before.rest]), after.deeper([after.rest]))
    elif (old is False) != (new is False):
        if before.open != after.open and _closed(before) != _closed(after):
            rule = "additional-properties-closed" if new is False else "additional-properties-opened"
            emit(rule, at, _said(old), _said(new), name="additionalProperties", before=before, after=after)
    elif (old is None) != (new is None):
        rule = "additional-properties-limited" if old is None else "additional-properties-freed"
        emit(rule, at, _said(old), _said(new), name="additionalProperties", before=before, after=after)


def _said(value: Json) -> Json:
    return True if value is None else value


def _at(schema: Schema, name: str) -> str:
    places = schema.members.get(name)
    return places[0].at if places else f"{schema.home}/properties{step(name)}"


def _plain(schema: Schema, name: str) -> Json:
    return schema.document.resolved(schema.members[name][0]).value

"""Which edits of the contract take a difference over, as a table by rule. Edits nothing itself.

A rule without a row is for a person: it touches code, credentials, or shapes that need names of their own.
"""

from collections.abc import Callable, Sequence

from attrs import evolve, frozen

from memory_imports_contract.adopt import splice
from memory_imports_contract.adopt.facts import ByHandError, schema, value
from memory_imports_contract.spec.difference import Difference
from memory_imports_contract.spec.document import Document, Json, Place, step
from memory_imports_contract.spec.operations import Operation
from memory_imports_contract.spec.schema import Schema, read

ERROR = "#/components/schemas/Error"
_REQUIRED_FLAGS = ("parameter-now", "body-now", "header-now")


@frozen
class Edit:
    """A value for a place of the contract; None removes what is there, ``name`` gives it another name instead."""

    pointer: str
    value: Json = None
    name: str | None = None

    def apply(self, text: str) -> str:
        """Return the contract's text with the edit made. Raises `SpliceError`."""
        if self.name is not None:
            return splice.rename(text, self.pointer, self.name)
        if self.value is None:
            return splice.remove(text, self.pointer)
        return splice.put(text, self.pointer, self.value)

    def moved(self, home: str, use: str) -> "Edit":
        """Return the same edit of a copy that stands elsewhere."""
        return evolve(self, pointer=use + self.pointer.removeprefix(home))


def edits(difference: Difference) -> Sequence[Edit]:
    """Return the edits that take a difference over, in order.

    Raises:
        ByHandError: A person has to.
    """
    if difference.rule in _TABLE:
        return _TABLE[difference.rule](difference)
    if difference.rule.startswith(_REQUIRED_FLAGS) or difference.rule.startswith("default-"):
        return [Edit(difference.where, difference.new)]
    if isinstance(difference.before, Schema) and isinstance(difference.after, Schema):
        return _keyword(difference, difference.before, difference.after)
    raise ByHandError


def _keyword(difference: Difference, before: Schema, after: Schema) -> Sequence[Edit]:
    if difference.rule == "type-changed":
        return _facts(before, after)
    keyword = difference.name
    old, new = before.facts.get(keyword), after.facts.get(keyword)
    if difference.rule.startswith("keyword-") or (old is None and new is None):
        raise ByHandError
    return [Edit(difference.where, value(keyword, new, old) if new else None)]


def _facts(before: Schema, after: Schema) -> Sequence[Edit]:
    """Every fact anew: of another type, the old ones say nothing."""
    if before.members or after.members or before.element or after.element:
        raise ByHandError
    wanted = schema(after)
    kept = before.facts.keys() & wanted.keys()
    gone = [Edit(fact.at) for key, fact in before.facts.items() if key not in kept]
    at = {key: before.facts[key].at if key in kept else before.home + step(key) for key in wanted}
    return [*(Edit(at[key], said) for key, said in wanted.items()), *gone]


def _property_added(difference: Difference) -> Sequence[Edit]:
    before, after, name = difference.before, difference.after, difference.name
    said = schema(after.deeper(after.members[name]))
    names = [*before.required, name] if name in after.required else None
    return [Edit(difference.where, said), *_required(before, names), *_count(before, after)]


def _property_removed(difference: Difference) -> Sequence[Edit]:
    before, after, name = difference.before, difference.after, difference.name
    names = [each for each in before.required if each != name] if name in before.required else None
    return [Edit(difference.where, None), *_required(before, names), *_count(before, after)]


def _property_renamed(difference: Difference) -> Sequence[Edit]:
    before, old, new = difference.before, difference.old, difference.new
    names = [new if each == old else each for each in before.required] if old in before.required else None
    return [Edit(difference.where, name=new), *_required(before, names)]


def _required_changed(difference: Difference) -> Sequence[Edit]:
    before, name = difference.before, difference.name
    kept = [each for each in before.required if each != name]
    return _required(before, kept if name in before.required else [*kept, name])


def _required(before: Schema, names: list[str] | None) -> Sequence[Edit]:
    if names is None:
        return []
    at = next(iter(before.required.values()), f"{before.home}/required")
    return [Edit(at, names or None)]


def _count(before: Schema, after: Schema) -> Sequence[Edit]:
    """What a count of properties has to become when one comes or goes by name."""
    old, new = before.facts.get("maxProperties"), after.facts.get("maxProperties")
    if old is None or (new and new.value == old.value):
        return []
    return [Edit(old.at, new.value if new else None)]


def _closed(difference: Difference) -> Sequence[Edit]:
    return [Edit(difference.where, False if difference.new is False else None)]


def _parameter_renamed(difference: Difference) -> Sequence[Edit]:
    return [Edit(f"{difference.where}/name", difference.new)]


def _status_removed(difference: Difference) -> Sequence[Edit]:
    return [Edit(difference.where, None)]


def _header_added(difference: Difference) -> Sequence[Edit]:
    place = difference.after.get("schema")
    if place is None or "$ref" in place.value:
        raise ByHandError
    return [Edit(difference.where, {"schema": dict(place.value)})]


def shifted(difference: Difference) -> tuple[str, str] | None:
    """Where a shared component is used and where it stands, if the use could have a copy of its own."""
    before = difference.before
    if not isinstance(before, Schema) or before.at == before.home or before.members:
        return None
    return before.at, before.home


def _status_added(difference: Difference) -> Sequence[Edit]:
    """An answer with the error object; any other has parts that need names."""
    document, answer = difference.after
    looks = {
        _look(operation_document, place)
        for operation_document, place in (
            (document, answer),
            *((difference.before.document, known) for known in _errors(difference.before)),
        )
    }
    if len(looks) != 1 or "" in looks or difference.new == "default":
        raise ByHandError
    answer = {
        "description": f"Status {difference.new}; the vendor's specification names it.",
        "content": {"application/json": {"schema": {"$ref": ERROR}}},
    }
    return [Edit(difference.where, answer)]


def _errors(operation: Operation) -> list[Place]:
    return [answer for status, answer in operation.answers().items() if not status.startswith("2")]


def _look(document: Document, answer: Place) -> str:
    place: Place | None = answer
    for name in ("content", "application/json", "schema"):
        place = place.get(name) if place else None
    return read(document, [place], "answer").fingerprint() if place else ""


_TABLE: dict[str, Callable[[Difference], Sequence[Edit]]] = {
    "property-added": _property_added,
    "required-property-added": _property_added,
    "property-removed": _property_removed,
    "property-renamed": _property_renamed,
    "property-now-required": _required_changed,
    "property-now-optional": _required_changed,
    "additional-properties-closed": _closed,
    "additional-properties-opened": _closed,
    "parameter-renamed": _parameter_renamed,
    "status-added": _status_added,
    "status-removed": _status_removed,
    "header-removed": _status_removed,
    "header-added": _header_added,
}

"""One planted pair: the packaged specification, something done to it, and what has to be said about that."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any, TypeAlias

from attrs import frozen

Spec: TypeAlias = Any  # a specification is nested plain data
Change: TypeAlias = Callable[[Spec], object]

CREATE, LIST, FETCH = "CreateProfilesImportV2", "ListProfileImportsV2", "FetchProfileImportV2"
ALL = f"{CREATE}, {LIST}, {FETCH}"
IMPORTS = "/paths/~1v1~1Stores~1{storeId}~1Profiles~1Imports"
IMPORT = f"{IMPORTS}~1{{importId}}"
SCHEMAS, PARAMETERS, RESPONSES = "/components/schemas", "/components/parameters", "/components/responses"
JSON = "/content/application~1json"


@frozen
class Pair:
    """``where`` is the pointer of the one change that is expected."""

    name: str
    rule: str
    severity: str
    operation: str
    where: str
    change: Change


def at(spec: Spec, pointer: str) -> Spec:
    """What stands at a pointer."""
    for part in pointer.split("/")[1:]:
        name = part.replace("~1", "/").replace("~0", "~")
        spec = spec[int(name)] if isinstance(spec, list) else spec[name]
    return spec


def put(pointer: str, value: Spec) -> Change:
    """Set what stands at a pointer."""
    holder, _, name = pointer.rpartition("/")

    def change(spec: Spec) -> None:
        at(spec, holder)[name.replace("~1", "/").replace("~0", "~")] = deepcopy(value)

    return change


def drop(pointer: str) -> Change:
    """Remove what stands at a pointer."""
    holder, _, name = pointer.rpartition("/")

    def change(spec: Spec) -> None:
        found = at(spec, holder)
        key = name.replace("~1", "/").replace("~0", "~")
        del found[int(key) if isinstance(found, list) else key]

    return change


def add(pointer: str, value: Spec) -> Change:
    """Append to the list at a pointer, which is made if it is not there."""
    holder, _, name = pointer.rpartition("/")
    return lambda spec: at(spec, holder).setdefault(name, []).append(deepcopy(value))


def rename(pointer: str, name: str) -> Change:
    """Give the member at a pointer another name, at its place among the others."""
    holder, _, key = pointer.rpartition("/")
    old = key.replace("~1", "/").replace("~0", "~")

    def change(spec: Spec) -> None:
        found = at(spec, holder)
        members = [(name if each == old else each, value) for each, value in found.items()]
        found.clear()
        found.update(members)

    return change


def all_of(*changes: Change) -> Change:
    """Several changes, one after the other."""
    return lambda spec: [change(spec) for change in changes]


def put_in(name: str, rule: str, severity: str, operation: str, where: str, value: Spec) -> Pair:  # noqa: PLR0917 - a row
    """A pair whose change is a value at the very place."""
    return Pair(name, rule, severity, operation, where, put(where, value))


def dropped(name: str, rule: str, severity: str, operation: str, where: str) -> Pair:
    """A pair whose change is that the very place is gone."""
    return Pair(name, rule, severity, operation, where, drop(where))

"""Compares the parameters of two operations. Emits differences.

What is the same parameter under another name, or at another place, is said once and not as a loss and a gain.
"""

import json

from memory_imports_contract.spec.difference import Emit
from memory_imports_contract.spec.document import Place
from memory_imports_contract.spec.exchanges import Exchange
from memory_imports_contract.spec.implied import effective
from memory_imports_contract.spec.operations import Operation
from memory_imports_contract.spec.schema import read

_STYLES = {"query": "form", "cookie": "form", "path": "simple", "header": "simple"}
Key = tuple[str, str]


def compare(before: Operation, after: Operation, exchange: Exchange, emit: Emit) -> None:
    """Emit every difference between the parameters of two operations.

    Args:
        before: The base's operation.
        after: The newer one.
        exchange: Compares what two parameters hold.
        emit: Takes rule, pointer, old and new, and more by keyword.
    """
    old, new = before.parameters(), after.parameters()

    def same(one: Place, two: Place) -> None:
        exchange.flag("parameter", one, two)
        exchange.value(one, two)
        styles = _style(one, before), _style(two, after)
        if styles[0] != styles[1] and one.get("schema") and two.get("schema"):
            emit("parameter-encoding-changed", one.at, *styles, name=str(one.value["name"]))

    gone = [key for key in old if key not in new]
    fresh = [key for key in new if key not in old]
    for one, two in _pairs(before, after, gone, fresh):
        rule, part = ("parameter-moved", 0) if one[1].lower() == two[1].lower() else ("parameter-renamed", 1)
        emit(rule, old[one].at, one[part], two[part], name=one[1], before=old[one], after=new[two])
        gone.remove(one)
        fresh.remove(two)
        same(old[one], new[two])
    for key in gone:
        emit("parameter-removed", old[key].at, key[1], None, name=key[1], before=old[key])
    for key in fresh:
        required = new[key].value.get("required") is True
        rule = "required-parameter-added" if required else "parameter-added"
        emit(rule, f"{before.at}/parameters", None, key[1], name=key[1], after=new[key])
    for key in old.keys() & new.keys():
        names = [str(place.value["name"]) for place in (old[key], new[key])]
        if key[0] == "path" and names[0] != names[1]:
            emit("path-parameter-renamed", f"{old[key].at}/name", *names)
        same(old[key], new[key])


def _style(place: Place, operation: Operation) -> dict[str, object]:
    """How the value is written, as far as its type makes that matter."""
    raw = place.value
    style = raw.get("style", _STYLES.get(raw["in"]))
    schema = place.get("schema")
    types = effective(read(operation.document, [schema], "request"), "type") if schema else None
    reserved = raw.get("allowReserved") is True
    if types and types.isdisjoint(("array", "object")):
        return {"style": style if style in ("matrix", "label") else "plain", "allowReserved": reserved}
    return {"style": style, "explode": raw.get("explode", style == "form"), "allowReserved": reserved}


def _pairs(before: Operation, after: Operation, gone: list[Key], fresh: list[Key]) -> list[tuple[Key, Key]]:
    pairs = []
    left = list(fresh)
    for one in gone:
        moved = [two for two in left if two[1].lower() == one[1].lower()]
        look = _look(before, one)
        renamed = [two for two in left if two[0] == one[0] and _look(after, two) == look]
        found = moved[:1] or (renamed if len(renamed) == 1 else [])
        if found:
            pairs.append((one, found[0]))
            left.remove(found[0])
    return pairs


def _look(operation: Operation, key: Key) -> str:
    place = operation.parameters()[key]
    schema = place.get("schema")
    said = read(operation.document, [schema], "request").fingerprint() if schema else ""
    return json.dumps([place.value.get("required") is True, said])

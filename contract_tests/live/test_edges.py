"""The limits that are tried are those of the specification, and move when it does."""

from typing import Any

from memory_imports_contract.live import contract, edges
from memory_imports_contract.live.samples import good_body

Json = Any  # a JSON value can be anything
CREATE = contract.read().create
SCHEMA: Json = CREATE.body


def allowed(found: list[edges.Edge]) -> list[edges.Edge]:
    """The edges that are just inside."""
    return [edge for edge in found if edge.accepted is None]


def refused(found: list[edges.Edge]) -> list[edges.Edge]:
    """The edges that are just outside."""
    return [edge for edge in found if edge.accepted is not None]


def _at(found: list[edges.Edge], where: str, name: str) -> list[Any]:
    return [edge.value[name] for edge in found if edge.where == where and isinstance(edge.value.get(name), str | int)]


def test_every_constraint_of_the_create_request_has_two_sides() -> None:
    """Length of a text, range of a number, number of items: just inside and just outside."""
    found = list(edges.of_body(SCHEMA, good_body()))
    sizes = SCHEMA["properties"]["fileSize"]
    most = SCHEMA["properties"]["filename"]["maxLength"]
    items = SCHEMA["properties"]["columnMappings"]
    assert {sizes["minimum"], sizes["maximum"]} == set(_at(allowed(found), "/fileSize", "fileSize"))
    outside = {-sizes["minimum"], sizes["minimum"] - 1, sizes["maximum"] + 1}
    assert outside <= set(_at(refused(found), "/fileSize", "fileSize"))
    assert {0, most} == {len(text) for text in _at(allowed(found), "/filename", "filename")}
    assert most + 1 in {len(text) for text in _at(refused(found), "/filename", "filename") if isinstance(text, str)}
    lengths = {len(edge.value["columnMappings"]) for edge in allowed(found) if edge.where == "/columnMappings"}
    assert {items["minItems"], items["maxItems"]} == lengths


def test_a_changed_limit_changes_what_is_tried() -> None:
    """No limit is written down anywhere but in the specification."""
    changed = {**SCHEMA, "properties": {**SCHEMA["properties"], "fileSize": {"type": "integer", "maximum": 4096}}}
    found = list(edges.of_body(changed, good_body()))
    assert [4096] == _at(allowed(found), "/fileSize", "fileSize")


def test_a_wrong_edge_is_never_sent() -> None:
    """What the schema says of a whole body decides, whatever the edge was made for."""
    closed = {**SCHEMA, "properties": {**SCHEMA["properties"], "filename": {"type": "string", "minLength": 300}}}
    assert ["/filename"] == [edge.where for edge in allowed(list(edges.of_body(closed, good_body())))]


def test_ids_outside_a_pattern_are_near_ones() -> None:
    """Longer, shorter, in capitals: none of them matches, each could be taken for the good one."""
    parameter = CREATE.parameter("storeId").schema
    good = parameter["example"]
    found = list(edges.outside_pattern(parameter["pattern"], good))
    assert {good + "0", good[:-1], good + " ", good.upper()} <= set(found)
    assert good not in found

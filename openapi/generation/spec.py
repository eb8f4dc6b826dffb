"""Reads the specification and refuses what its readers do not understand. Runs no tool and writes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Spec = dict[str, Any]
Schema = dict[str, Any]

SCHEMA_REF = "#/components/schemas/"
ANY_KEYWORDS = frozenset(("type", "enum", "format", "nullable", "default", "$ref", "allOf"))
OBJECT_KEYWORDS = frozenset(("required", "properties", "additionalProperties", "maxProperties"))
ARRAY_KEYWORDS = frozenset(("items", "minItems", "maxItems"))
SCALAR_KEYWORDS = frozenset(("minLength", "maxLength", "pattern", "minimum", "maximum"))
KEYWORDS = ANY_KEYWORDS | OBJECT_KEYWORDS | ARRAY_KEYWORDS | SCALAR_KEYWORDS
ANNOTATIONS = frozenset(("title", "description", "example", "deprecated"))
TYPES = frozenset(("string", "integer", "number", "boolean", "array", "object"))


class SpecRefusedError(Exception):
    """The specification says something that nobody here would enforce."""


def load(path: Path) -> Spec:
    """Returns the specification at `path`.

    Raises:
        SpecRefusedError: it is no YAML mapping, or a schema goes beyond the subset.
    """
    try:
        document = yaml.safe_load(path.read_bytes())
    except yaml.YAMLError as error:
        raise SpecRefusedError(f"{path.name} is not YAML: {' '.join(str(error).split())}") from error
    if not isinstance(document, dict):
        raise SpecRefusedError(f"{path.name} holds no mapping.")
    checked = 0
    for where, schema in _schemas(document, ""):
        _check(document, where, schema)
        checked += 1
    if not checked:
        raise SpecRefusedError(f"{path.name} holds no schema.")
    return document


def is_annotation(keyword: str) -> bool:
    """Whether `keyword` informs people and constrains nothing."""
    return keyword in ANNOTATIONS or keyword.startswith("x-")


def _schemas(node: object, where: str) -> Iterator[tuple[str, object]]:
    if isinstance(node, list):
        for index, item in enumerate(node):
            yield from _schemas(item, f"{where}/{index}")
    if not isinstance(node, dict):
        return
    for key, value in node.items():
        place = f"{where}/{str(key).replace('~', '~0').replace('/', '~1')}"
        if key == "schema":
            yield place, value
        elif place == "/components/schemas":
            yield from ((f"{place}/{name}", schema) for name, schema in value.items())
        elif key not in {"example", "examples"} and not str(key).startswith("x-"):
            yield from _schemas(value, place)


def _check(document: Spec, where: str, schema: object) -> None:
    if not isinstance(schema, dict):
        raise SpecRefusedError(f"{where} is no schema object.")
    for keyword in schema:
        if keyword not in KEYWORDS and not is_annotation(keyword):
            raise SpecRefusedError(f"{where} uses `{keyword}`, which the wrapper's checker does not know.")
    for refused, sentence in _refusals(document, schema):
        if refused:
            raise SpecRefusedError(f"{where} {sentence}")
    for name, inner in schema.get("properties", {}).items():
        _check(document, f"{where}/properties/{name}", inner)
    if "items" in schema:
        _check(document, f"{where}/items", schema["items"])
    for index, part in enumerate(schema.get("allOf", [])):
        _check(document, f"{where}/allOf/{index}", part)


def _refusals(document: Spec, schema: Schema) -> Iterator[tuple[bool, str]]:
    ref = schema.get("$ref")
    if ref is not None:
        known = document.get("components", {}).get("schemas", {})
        target = str(ref).removeprefix(SCHEMA_REF)
        found = ref == SCHEMA_REF + target and target in known
        yield not found, f"refers to `{ref}`, which is no component schema."
        yield len(schema) > 1, "has keywords beside `$ref`, which OpenAPI 3.0 ignores."
    yield schema.get("type", "object") not in TYPES, f"has the type `{schema.get('type')}`."
    additional = schema.get("additionalProperties", True)
    yield not isinstance(additional, bool), "has an `additionalProperties` schema."
    yield "allOf" in schema and len(schema["allOf"]) != 1, "has an `allOf` of more or fewer than one part."

"""Turns the specification into the source of `contract.py`, constraints as data. Touches no file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from generation.spec import SpecRefusedError, is_annotation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generation.spec import Schema, Spec

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
MEDIA_TYPE = "application/json"

SOURCE = '''"""The contract as data. Written by openapi/generate.py; edit openapi/imports.yaml instead."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, TypedDict


class Value(TypedDict):
    """A parameter or a header."""

    required: bool
    schema: Mapping[str, Any]


class Request(TypedDict):
    """A JSON body that is sent."""

    required: bool
    schema: Mapping[str, Any]


class Answer(TypedDict):
    """A JSON body that comes back under one status, and its headers by their names."""

    schema: Mapping[str, Any]
    headers: Mapping[str, Value]


class Operation(TypedDict):
    """One operation; parameters by place (path, query) and name, responses by status."""

    method: str
    path: str
    parameters: Mapping[str, Mapping[str, Value]]
    request: Request | None
    responses: Mapping[int, Answer]


class CsvRules(TypedDict):
    """What binds a file but cannot be said in JSON Schema."""

{rule_types}


SERVER: Final = {server!r}
SPEC_SHA256: Final = {digest!r}
GENERATOR: Final = {generator!r}
FORMATTER: Final = {formatter!r}

OPERATIONS: Final[Mapping[str, Operation]] = {operations!r}

SCHEMAS: Final[Mapping[str, Mapping[str, Any]]] = {schemas!r}

CSV_RULES: Final[CsvRules] = {rules!r}
'''


def source(spec: Spec, *, digest: str, generator: str, formatter: str) -> str:
    """Returns the unformatted source of `contract.py`."""
    rules = spec["x-csv-rules"]
    return SOURCE.format(
        server=spec["servers"][0]["url"],
        digest=digest,
        generator=generator,
        formatter=formatter,
        operations=operations(spec),
        schemas={name: bare(schema) for name, schema in spec["components"]["schemas"].items()},
        rules=rules,
        rule_types="\n".join(f"    {name}: {_annotation(value)}" for name, value in rules.items()),
    )


def operations(spec: Spec) -> dict[str, Any]:
    """Returns every operation by its id, with all but the schemas resolved."""
    found = {}
    for path, item in spec["paths"].items():
        shared = item.get("parameters", [])
        for method in METHODS:
            if method in item:
                operation = item[method]
                found[operation["operationId"]] = {
                    "method": method.upper(),
                    "path": path,
                    "parameters": _parameters(spec, [*shared, *operation.get("parameters", [])]),
                    "request": _request(spec, operation),
                    "responses": {
                        int(status): _answer(spec, _resolved(spec, answer))
                        for status, answer in operation["responses"].items()
                    },
                }
    return found


def bare(schema: Schema) -> Schema:
    """Returns `schema` without what informs people only."""
    kept = {keyword: value for keyword, value in schema.items() if not is_annotation(keyword)}
    if "properties" in kept:
        kept["properties"] = {name: bare(inner) for name, inner in kept["properties"].items()}
    if "items" in kept:
        kept["items"] = bare(kept["items"])
    if "allOf" in kept:
        kept["allOf"] = [bare(part) for part in kept["allOf"]]
    return kept


def _parameters(spec: Spec, listed: list[Any]) -> dict[str, dict[str, Any]]:
    places: dict[str, dict[str, Any]] = {"path": {}, "query": {}}
    for entry in listed:
        parameter = _resolved(spec, entry)
        if parameter["in"] not in places:
            raise SpecRefusedError(f"The parameter `{parameter['name']}` is in the {parameter['in']}.")
        places[parameter["in"]][parameter["name"]] = _value(parameter)
    return places


def _request(spec: Spec, operation: Mapping[str, Any]) -> dict[str, Any] | None:
    if "requestBody" not in operation:
        return None
    body = _resolved(spec, operation["requestBody"])
    return {"required": body.get("required", False), "schema": bare(_body_schema(body))}


def _answer(spec: Spec, answer: Mapping[str, Any]) -> dict[str, Any]:
    headers = {name: _value(_resolved(spec, header)) for name, header in answer.get("headers", {}).items()}
    return {"schema": bare(_body_schema(answer)), "headers": headers}


def _value(described: Mapping[str, Any]) -> dict[str, Any]:
    return {"required": described.get("required", False), "schema": bare(described["schema"])}


def _body_schema(described: Mapping[str, Any]) -> Schema:
    if list(described.get("content", {})) != [MEDIA_TYPE]:
        raise SpecRefusedError(f"A body is not {MEDIA_TYPE}, and {MEDIA_TYPE} only.")
    schema: Schema = described["content"][MEDIA_TYPE]["schema"]
    return schema


def _resolved(spec: Spec, node: Mapping[str, Any]) -> Mapping[str, Any]:
    if "$ref" not in node:
        return node
    found: Any = spec
    for step in node["$ref"].removeprefix("#/").split("/"):
        found = found[step]
    return _resolved(spec, found)


def _annotation(rule: object) -> str:
    return "Sequence[str]" if isinstance(rule, list) else type(rule).__name__

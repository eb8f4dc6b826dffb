"""What a validator or a linter would not know of the specification, and a validator besides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from openapi_spec_validator import validate

if TYPE_CHECKING:
    from collections.abc import Iterator

Spec = dict[str, Any]

ERRORS = {"400", "401", "403", "404", "429", "500", "503"}
SUCCESS = {"CreateProfilesImportV2": "201", "ListProfileImportsV2": "200", "FetchProfileImportV2": "200"}


def resolved(spec: Spec, node: Any) -> Any:  # noqa: ANN401 - a node of a document may be anything
    """Follows references until there is none."""
    while isinstance(node, dict) and "$ref" in node:
        found: Any = spec
        for step in node["$ref"].removeprefix("#/").split("/"):
            found = found[step]
        node = found
    return node


def operations(spec: Spec) -> Iterator[Spec]:
    """Every operation of every path."""
    for item in spec["paths"].values():
        yield from (item[method] for method in ("get", "post") if method in item)


def answers(spec: Spec) -> Iterator[tuple[str, str, Spec]]:
    """Every operation id and status with its answer."""
    for operation in operations(spec):
        for status, answer in operation["responses"].items():
            yield operation["operationId"], status, resolved(spec, answer)


def check(spec: Spec, schema: Spec, value: object) -> None:
    """Validates as JSON Schema; the specification uses no keyword that OpenAPI 3.0 means differently."""
    document = {**schema, "components": spec["components"]}
    checker = jsonschema.Draft4Validator.FORMAT_CHECKER
    jsonschema.Draft4Validator(document, format_checker=checker).validate(value)


def test_is_valid_openapi(spec: Spec) -> None:
    """A validator that knows OpenAPI 3.0 finds nothing."""
    validate(spec)


def test_has_the_three_operations_with_every_status(spec: Spec) -> None:
    """Each operation documents one success and all seven errors, and nothing else."""
    expected = {name: {success, *ERRORS} for name, success in SUCCESS.items()}
    assert expected == {each["operationId"]: set(each["responses"]) for each in operations(spec)}


def test_every_error_has_the_error_body(spec: Spec) -> None:
    """No status invents a body of its own."""
    bodies = {
        answer["content"]["application/json"]["schema"]["$ref"]
        for _, status, answer in answers(spec)
        if status in ERRORS
    }
    assert {"#/components/schemas/Error"} == bodies


def test_every_answer_carries_the_request_id(spec: Spec) -> None:
    """Support asks for it, so no answer may go without."""
    expected = [{"$ref": "#/components/headers/RequestId"}] * 3 * (1 + len(ERRORS))
    assert expected == [answer["headers"]["twilio-request-id"] for _, _, answer in answers(spec)]


def test_retry_after_comes_with_429_alone(spec: Spec) -> None:
    """Nothing else documents when to come back."""
    found = {(name, status) for name, status, answer in answers(spec) if "Retry-After" in answer["headers"]}
    assert {(name, "429") for name in SUCCESS} == found


def test_no_object_schema_is_inline(spec: Spec) -> None:
    """Objects are component schemas, so that each has one name in every room."""
    inline = [
        where
        for where, node in nodes(spec, "")
        if isinstance(node, dict)
        and (node.get("type") == "object" or isinstance(node.get("properties"), dict))
        and where.rpartition("/")[0] != "/components/schemas"
    ]
    assert not inline


def test_every_operation_and_named_part_has_an_example(spec: Spec) -> None:
    """A reader never has to imagine a value."""
    parts = spec["components"]
    for kind in ("schemas", "parameters", "headers"):
        assert parts[kind]
        assert not [name for name, part in parts[kind].items() if "example" not in part]
    for operation in operations(spec):
        bodies = [resolved(spec, answer) for answer in operation["responses"].values()]
        bodies += [operation["requestBody"]] if "requestBody" in operation else []
        assert all(body["content"]["application/json"]["examples"] for body in bodies)


def test_every_example_validates(spec: Spec) -> None:
    """Each example obeys the schema that it illustrates, formats included."""
    checked = 0
    for where, node in nodes(spec, ""):
        if not isinstance(node, dict) or where.startswith("/components/examples"):
            continue
        if "example" in node and not where.endswith("/properties"):
            check(spec, node.get("schema", node), node["example"])
            checked += 1
        for example in node["examples"].values() if "schema" in node and "examples" in node else ():
            check(spec, node["schema"], resolved(spec, example)["value"])
            checked += 1
    assert checked >= len(spec["components"]["examples"]) + len(spec["components"]["schemas"])


def test_error_examples_name_their_own_status(spec: Spec) -> None:
    """An example under 404 speaks of 404."""
    for _, status, answer in answers(spec):
        if status in ERRORS:
            for example in answer["content"]["application/json"]["examples"].values():
                assert int(status) == resolved(spec, example)["value"]["status"]


@pytest.mark.parametrize(
    ("operation", "status", "expression"),
    [
        ("CreateProfilesImportV2", "201", "$response.body#/importId"),
        ("ListProfileImportsV2", "200", "$response.body#/imports/0"),
    ],
)
def test_links_lead_to_fetch(spec: Spec, operation: str, status: str, expression: str) -> None:
    """What create and list give can be followed to the import, within the same store."""
    answer = {(name, code): answer for name, code, answer in answers(spec)}[operation, status]
    link = resolved(spec, answer["links"]["fetch"])
    assert link["operationId"] == "FetchProfileImportV2"
    assert {"storeId": "$request.path.storeId", "importId": expression} == link["parameters"]


def nodes(node: object, where: str) -> Iterator[tuple[str, object]]:
    """Every node of the document with its JSON pointer, but for the insides of examples."""
    yield where, node
    if where.endswith("/example") or (where.endswith("/value") and "/examples/" in where):
        return
    pairs = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in pairs:
        yield from nodes(value, f"{where}/{str(key).replace('~', '~0').replace('/', '~1')}")

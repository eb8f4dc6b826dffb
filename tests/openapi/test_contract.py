"""The constraints as data agree with the specification, and reading them costs nothing."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "generated" / "memory_imports_api"
WORDS = {"description", "example", "title"}


def without_words(node: Any, *, names: bool = False) -> Any:  # noqa: ANN401 - a schema, or a part of one
    """A schema without descriptions and examples; `names` where the keys are names of properties."""
    if not isinstance(node, dict):
        return node
    return {
        key: without_words(value, names=key == "properties" and not names)
        for key, value in node.items()
        if names or key not in WORDS
    }


def test_schemas_are_those_of_the_specification(spec: dict[str, Any], contract: dict[str, Any]) -> None:
    """Every component schema is there with every constraint, and without words."""
    expected = {name: without_words(schema) for name, schema in spec["components"]["schemas"].items()}
    assert expected == contract["SCHEMAS"]
    assert contract["SCHEMAS"]["FileSize"]["maximum"] == 104857600


def test_operations_are_those_of_the_specification(spec: dict[str, Any], contract: dict[str, Any]) -> None:
    """Method, path and statuses come along; what a path names in braces is a required parameter."""
    expected = {
        operation["operationId"]: (method.upper(), path, {int(status) for status in operation["responses"]})
        for path, item in spec["paths"].items()
        for method, operation in item.items()
        if method != "parameters"
    }
    found = contract["OPERATIONS"]
    assert expected == {name: (each["method"], each["path"], set(each["responses"])) for name, each in found.items()}
    for each in found.values():
        in_path = each["parameters"]["path"]
        assert re.findall(r"{(\w+)}", each["path"]) == list(in_path)
        assert all(parameter["required"] for parameter in in_path.values())


def test_query_parameters_and_request_are_there(contract: dict[str, Any]) -> None:
    """Optional stays optional, required stays required, and references lead to schemas."""
    refs = {"pageSize": "PageSize", "pageToken": "PageToken", "orderBy": "SortOrder"}
    expected = {
        name: {"required": False, "schema": {"$ref": f"#/components/schemas/{schema}"}} for name, schema in refs.items()
    }
    assert expected == contract["OPERATIONS"]["ListProfileImportsV2"]["parameters"]["query"]
    request = {"required": True, "schema": {"$ref": "#/components/schemas/CreateImportRequest"}}
    assert request == contract["OPERATIONS"]["CreateProfilesImportV2"]["request"]
    assert contract["OPERATIONS"]["FetchProfileImportV2"]["request"] is None


def test_headers_come_with_their_schemas(contract: dict[str, Any]) -> None:
    """A reader can check Retry-After without reading the specification."""
    expected = {
        "twilio-request-id": {"required": False, "schema": {"type": "string"}},
        "Retry-After": {"required": False, "schema": {"type": "string", "pattern": "^[0-9]+$"}},
    }
    for operation in contract["OPERATIONS"].values():
        assert expected == operation["responses"][429]["headers"]


def test_says_where_it_comes_from(spec: dict[str, Any], contract: dict[str, Any]) -> None:
    """The specification's bytes and hash, the server, the CSV rules and the tools are on record."""
    content = (ROOT / "openapi" / "imports.yaml").read_bytes()
    assert content == (PACKAGE / "imports.yaml").read_bytes()
    assert hashlib.sha256(content).hexdigest() == contract["SPEC_SHA256"]
    assert spec["servers"][0]["url"] == contract["SERVER"]
    assert spec["x-csv-rules"] == contract["CSV_RULES"]
    assert contract["GENERATOR"] == "openapi-python-client 0.29.1"
    assert f"ruff {version('ruff')}" == contract["FORMATTER"]


def test_is_typed() -> None:
    """Type checkers believe a package only with this marker."""
    assert (PACKAGE / "py.typed").is_file()


@pytest.mark.parametrize("module", ["", ".contract", ".models", ".types"])
def test_what_the_wrapper_reads_does_not_import_httpx(module: str) -> None:
    """Importing the contract or a model must not cost an HTTP library."""
    code = f"import sys; sys.path.insert(0, sys.argv[1]); import memory_imports_api{module}"
    code += "; print('httpx' in sys.modules)"
    ended = subprocess.run(
        [sys.executable, "-c", code, str(PACKAGE.parent)], capture_output=True, check=True, text=True
    )
    assert ended.stdout.strip() == "False"

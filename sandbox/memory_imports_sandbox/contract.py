"""The specification as data: which requests there are, and whether one is allowed.

The file is found without importing the package that carries it, so that a mistake of the generated client cannot
hide here. Requests are judged by the jsonschema library; messages name places and rules, never values.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import yaml
from attrs import frozen
from jsonschema import Draft4Validator, Draft202012Validator, FormatChecker
from jsonschema.exceptions import best_match

from memory_imports_sandbox.settings import SandboxError

Json = Any  # a JSON value can be anything; jsonschema decides
_METHODS = ("get", "put", "post", "delete", "patch")


@frozen
class Operation:
    """One operation: its id, where it is, and the specification's words for what it takes."""

    name: str
    method: str
    path: re.Pattern[str]
    parameters: tuple[Mapping[str, Json], ...]
    body: Mapping[str, Json] | None
    replies: Mapping[str, Json]


@frozen
class CsvRules:
    """What binds a file; numbers of the specification."""

    max_rows: int
    max_columns: int
    tolerated_row_errors: int
    identifiers: tuple[str, ...]
    max_trait_characters: int
    delete_marker: str


def packaged() -> Path:
    """The specification that was installed with this project.

    Raises:
        SandboxError: The package that carries it is not installed.
    """
    found = find_spec("memory_imports_api")
    if found is None or not found.submodule_search_locations:
        raise SandboxError("The package memory_imports_api, which carries the specification, is not installed.")
    return Path(found.submodule_search_locations[0]) / "imports.yaml"


def load(path: Path | None = None) -> "Contract":
    """The specification of the file, in YAML or JSON; None for the packaged one.

    Raises:
        SandboxError: The file cannot be read as a specification.
    """
    source = path or packaged()
    try:
        return _load(source.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        raise SandboxError(f"{source} is not a specification of imports ({type(error).__name__}).") from error


@lru_cache(maxsize=4)
def _load(text: str) -> "Contract":
    # The loader written in C where there is one: the other takes longer than everything else at a start.
    return Contract(yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader)))  # noqa: S506 - both are safe


class Contract:
    """A specification and what is asked of it."""

    def __init__(self, document: Mapping[str, Json]) -> None:
        """Takes what the sandbox needs out of the document.

        Raises:
            KeyError: The document lacks a part.
        """
        self._document = document
        older = str(self._document["openapi"]).startswith("3.0")
        self._validator = Draft4Validator if older else Draft202012Validator
        self._schemas = _with_null(self._document)
        self.rules = _rules(self._document["x-csv-rules"])
        self.operations = tuple(self._operations())
        self.largest_page: int = self._limit("ListProfileImportsV2", "200", "imports", "maxItems")
        self.largest_file: int = self._largest_file()

    def resolve(self, node: Json) -> Json:
        """The node, or what its reference leads to."""
        while isinstance(node, Mapping) and "$ref" in node:
            node = self._at(node["$ref"])
        return node

    def problem(self, schema: Mapping[str, Json], value: Json, what: str) -> str | None:
        """What is wrong with the value, without the value; None if nothing is."""
        # References lead from the root, so the specification is the root, and asks for this schema alone.
        validator = self._validator({**self._schemas, "allOf": [schema]}, format_checker=FormatChecker())
        error = best_match(validator.iter_errors(value))
        if error is None:
            return None
        place = what + "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in error.absolute_path)
        rule = error.validator_value
        words = f" {rule}" if isinstance(rule, (str, int, float)) else ""
        return f"{place} breaks the rule {error.validator}{words}."

    def _at(self, reference: str) -> Json:
        node: Json = self._document
        for part in reference.removeprefix("#/").split("/"):
            node = node[part.replace("~1", "/").replace("~0", "~")]
        return node

    def _operations(self) -> list[Operation]:
        found = []
        for template, item in self._document["paths"].items():
            path = re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>[^/]+)", re.escape(template)))
            found += [self._operation(method, path, item, item[method]) for method in _METHODS if method in item]
        return found

    def _operation(self, method: str, path: re.Pattern[str], item: Json, node: Json) -> Operation:
        parameters = [*item.get("parameters", ()), *node.get("parameters", ())]
        body = self.resolve(node.get("requestBody"))
        return Operation(
            name=node["operationId"],
            method=method.upper(),
            path=path,
            parameters=tuple(self.resolve(parameter) for parameter in parameters),
            body=body["content"]["application/json"]["schema"] if body else None,
            replies={str(status): self.resolve(reply) for status, reply in node["responses"].items()},
        )

    def operation(self, name: str) -> Operation:
        """The operation of that id.

        Raises:
            KeyError: The specification has none.
        """
        return {operation.name: operation for operation in self.operations}[name]

    def at(self, path: str) -> list[tuple[Operation, Mapping[str, str]]]:
        """The operations of a path, each with the path's parameters, decoded."""
        matches = [(operation, operation.path.fullmatch(path)) for operation in self.operations]
        return [
            (operation, {name: unquote(value) for name, value in match.groupdict().items()})
            for operation, match in matches
            if match
        ]

    def _limit(self, name: str, status: str, part: str, rule: str) -> Json:
        schema = self.resolve(self.operation(name).replies[status]["content"]["application/json"]["schema"])
        return self.resolve(schema["properties"][part])[rule]

    def _largest_file(self) -> Json:
        schema = self.resolve(self.operation("CreateProfilesImportV2").body)
        return self.resolve(schema["properties"]["fileSize"])["maximum"]


def _rules(node: Mapping[str, Json]) -> CsvRules:
    return CsvRules(
        max_rows=node["maxRows"],
        max_columns=node["maxColumns"],
        tolerated_row_errors=node["toleratedRowErrors"],
        identifiers=tuple(node["identifiers"]),
        max_trait_characters=node["maxTraitCharacters"],
        delete_marker=node["deleteMarker"],
    )


def _with_null(node: Json) -> Json:
    """The specification with OpenAPI 3.0's `nullable` in JSON Schema's words."""
    if isinstance(node, Mapping):
        copy = {key: _with_null(value) for key, value in node.items()}
        if copy.get("nullable") is True and isinstance(copy.get("type"), str):
            copy["type"] = [copy["type"], "null"]
        return copy
    return [_with_null(item) for item in node] if isinstance(node, list) else node

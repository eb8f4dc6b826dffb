"""The specification as the live checks need it: operations, schemas without references, codes of the examples.

The file is found without importing the package that carries it. Nothing here knows a limit, a status or a field:
all of them are read.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import yaml
from attrs import frozen

from memory_imports_contract.errors import DriftUnavailable

Json = Any  # a JSON value can be anything; jsonschema decides
_METHODS = ("get", "put", "post", "delete", "patch")
_MEDIA = "application/json"


@frozen
class Parameter:
    """One parameter: where it goes and what it may be."""

    name: str
    place: str
    schema: Mapping[str, Json]


@frozen(eq=False)
class Operation:
    """One operation, with every reference resolved."""

    name: str
    method: str
    template: str
    parameters: tuple[Parameter, ...]
    body: Mapping[str, Json] | None
    answers: Mapping[int, Mapping[str, Json]]
    codes: Mapping[int, frozenset[int]]

    @property
    def success(self) -> int:
        """The one status that says yes."""
        return next(status for status in sorted(self.answers) if 200 <= status < 300)  # noqa: PLR2004 - HTTP's own

    def parameter(self, name: str) -> Parameter:
        """The parameter of that name."""
        return next(parameter for parameter in self.parameters if parameter.name == name)


@frozen(eq=False)
class Contract:
    """A specification, read once; the three operations by what they do."""

    document: Mapping[str, Json]
    create: Operation
    listing: Operation
    fetch: Operation

    @property
    def operations(self) -> tuple[Operation, ...]:
        """Create, list, fetch."""
        return (self.create, self.listing, self.fetch)


def packaged() -> Path:
    """The specification that was installed with this project.

    Raises:
        DriftUnavailable: The package that carries it is not installed.
    """
    found = find_spec("memory_imports_api")
    if found is None or not found.submodule_search_locations:
        raise DriftUnavailable("The package memory_imports_api, which carries the specification, is not installed.")
    return Path(found.submodule_search_locations[0]) / "imports.yaml"


def read(source: Path | None = None) -> Contract:
    """Reads the specification, the packaged one by default.

    Raises:
        DriftUnavailable: The file is not a specification of imports.
    """
    path = source or packaged()
    try:
        return _read(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError, KeyError, TypeError, AttributeError, StopIteration) as error:
        raise DriftUnavailable(f"{path} is not a specification of imports ({type(error).__name__}).") from error


@cache
def _read(text: str) -> Contract:
    document = yaml.safe_load(text)
    inlined = _inline(document, document)
    operations = list(_operations(inlined))
    create = next(one for one in operations if one.body is not None)
    reading = [one for one in operations if one.method == "GET"]
    fetch = next(one for one in reading if len(_in_path(one)) > len(_in_path(create)))
    listing = next(one for one in reading if one.template == create.template)
    return Contract(inlined, create, listing, fetch)


def _in_path(operation: Operation) -> list[str]:
    return [parameter.name for parameter in operation.parameters if parameter.place == "path"]


def _operations(document: Mapping[str, Json]) -> Iterator[Operation]:
    for template, item in document["paths"].items():
        for method in _METHODS:
            if method in item:
                yield _operation(template, method, item)


def _operation(template: str, method: str, item: Mapping[str, Json]) -> Operation:
    node = item[method]
    parameters = [*item.get("parameters", ()), *node.get("parameters", ())]
    contents = {int(status): answer["content"][_MEDIA] for status, answer in node["responses"].items()}
    return Operation(
        name=node["operationId"],
        method=method.upper(),
        template=template,
        parameters=tuple(Parameter(one["name"], one["in"], one["schema"]) for one in parameters),
        body=node["requestBody"]["content"][_MEDIA]["schema"] if "requestBody" in node else None,
        answers={status: content["schema"] for status, content in contents.items()},
        codes={status: _codes(content) for status, content in contents.items()},
    )


def _codes(content: Mapping[str, Json]) -> frozenset[int]:
    shown = [example["value"] for example in content.get("examples", {}).values()]
    return frozenset(value["code"] for value in shown if "code" in value)


def _inline(node: Json, document: Json) -> Json:
    """The node without references; the specification of imports is a tree, so that this ends."""
    if isinstance(node, list):
        return [_inline(item, document) for item in node]
    if not isinstance(node, dict):
        return node
    if isinstance(reference := node.get("$ref"), str):
        target = document
        for part in reference.removeprefix("#/").split("/"):
            target = target[part.replace("~1", "/").replace("~0", "~")]
        return _inline(target, document)
    return {key: _inline(value, document) for key, value in node.items()}

"""From a request to parameters and a body that the contract allows; everything else is refused.

Choices that the vendor leaves open: unknown query parameters are ignored, one given twice is refused, and a body
that is not called JSON gets 400, because the contract knows no 415.
"""

import json
import re
from collections.abc import Mapping
from typing import Any, NoReturn
from urllib.parse import parse_qsl

from memory_imports_sandbox.contract import Contract, Json, Operation
from memory_imports_sandbox.messages import INVALID_REQUEST, Request
from memory_imports_sandbox.settings import SandboxError

LONGEST_BODY = 1 << 20


class Refused(Exception):  # noqa: N818 - it is the answer, not a fault
    """The request is not allowed; the message says why, without its values."""

    def __init__(self, message: str, code: int = INVALID_REQUEST) -> None:
        super().__init__(message)
        self.code = code


def check(contract: Contract, operation: Operation, name: str, text: str, code: int = INVALID_REQUEST) -> Json:
    """The parameter's value, in the type that the contract gives it.

    Raises:
        Refused: The contract does not allow the value.
    """
    schema = next(node["schema"] for node in operation.parameters if node["name"] == name)
    value: Json = text
    if contract.resolve(schema).get("type") == "integer" and re.fullmatch(r"-?[0-9]{1,18}", text):
        value = int(text)
    if wrong := contract.problem(schema, value, name):
        raise Refused(wrong, code)
    return value


def check_store(contract: Contract, store_id: str) -> None:
    """Makes sure that the contract allows the store id, since no client could use it otherwise.

    Raises:
        SandboxError: It does not.
    """
    try:
        check(contract, contract.operation("CreateProfilesImportV2"), "storeId", store_id)
    except Refused as refused:
        raise SandboxError(f"The store id {store_id!r} is of no use: {refused}") from refused


def query(contract: Contract, operation: Operation, text: str) -> dict[str, Json]:
    """The query parameters that the operation knows, defaults included.

    Raises:
        Refused: One is given twice, is missing though required, or has a value that is not allowed.
    """
    known = {node["name"]: node for node in operation.parameters if node["in"] == "query"}
    given: dict[str, str] = {}
    for name, value in parse_qsl(text, keep_blank_values=True):
        if name in given and name in known:
            raise Refused(f"{name} is given twice.")
        given[name] = value
    found: dict[str, Json] = {}
    for name, node in known.items():
        if name in given:
            found[name] = check(contract, operation, name, given[name])
        elif node.get("required"):
            raise Refused(f"{name} is missing.")
        else:
            found[name] = contract.resolve(node["schema"]).get("default")
    return found


def body(contract: Contract, operation: Operation, request: Request) -> Mapping[str, Any]:
    """The JSON body.

    Raises:
        Refused: It is too long, not JSON, not said to be JSON, or not what the contract allows.
    """
    if len(request.body) > LONGEST_BODY:
        raise Refused("The body is too long.")
    media_type = (request.header("content-type") or "").partition(";")[0].strip().lower()
    if media_type != "application/json":
        raise Refused("The body must be application/json.")
    try:
        value: Any = json.loads(request.body, parse_constant=_not_json)
        json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise Refused("The body is not JSON.") from error
    if wrong := contract.problem(operation.body or {}, value, "body"):
        raise Refused(wrong)
    found: Mapping[str, Any] = value
    return found


def _not_json(_: str) -> NoReturn:
    raise ValueError("a number that JSON does not know")

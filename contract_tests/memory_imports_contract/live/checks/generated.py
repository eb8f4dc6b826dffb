"""What schemathesis thinks up: requests that the contract allows, and requests that it forbids.

Each is judged by the contract again before it is sent, in the form that goes over the wire, so that only requests
that are certainly right or certainly wrong count. Page tokens are left out: only a page can give one.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import schemathesis
from schemathesis.core import NotSet
from schemathesis.generation import GenerationMode

from memory_imports_contract.live.bench import NOTHING, Bench
from memory_imports_contract.live.checks.creation import fetched
from memory_imports_contract.live.conformance import is_valid
from memory_imports_contract.live.contract import Contract, Operation
from memory_imports_contract.live.drawn import drawn
from memory_imports_contract.live.judge import refusal, success

Json = Any  # a JSON value can be anything
_OPAQUE = "pageToken"
_DRAWN = 24
_LOOKED_AT = 4


def generated(bench: Bench, count: int) -> None:
    """Sends up to so many allowed and so many forbidden requests for each operation."""
    for operation in bench.contract.operations:
        if operation.body is not None and not bench.may("create"):
            continue
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            for case in _fitting(operation, mode, _wired(bench.contract, operation, mode, bench.seed), count):
                if bench.session.left > 0:
                    _send(bench, operation, case)


def _send(bench: Bench, operation: Operation, case: "_Wire") -> None:
    if operation.body is not None and case.allowed:
        made = bench.create(case.body, "generated-request-refused", "", "a generated request that the contract allows")
        if made is not None and len(bench.created) % _LOOKED_AT == 0:
            fetched(bench, made)
        return
    ask = bench.ask(operation, import_id=case.import_id, query=case.query, body=case.body)
    place = "/request/query" if operation is bench.contract.listing else "/request/body"
    if operation is bench.contract.fetch:
        expected = refusal(404, "unknown-import-status", "unknown-import-accepted", "/request/path/importId", "an id")
    elif case.allowed:
        what = "a generated request that the contract allows"
        expected = success(operation, "generated-request-refused", place, what)
    else:
        what = "a generated request that the contract forbids"
        expected = refusal(400, "refusal-status", "generated-request-accepted", place, what)
    bench.check(operation, ask, expected)


class _Wire:
    """A generated request as it goes over the wire; `allowed` is None where that is not certain."""

    def __init__(self, operation: Operation, case: Json) -> None:
        self.body = NOTHING if isinstance(case.body, NotSet) else case.body
        self.import_id = str((case.path_parameters or {}).get("importId", ""))
        schemas = {one.name: one.schema for one in operation.parameters if one.place == "query"}
        given = {name: value for name, value in (case.query or {}).items() if name in schemas and name != _OPAQUE}
        self.query = [(name, _text(value)) for name, value in given.items()]
        verdicts = [_judged_text(schemas[name], text) for name, text in self.query]
        nested = any(isinstance(value, (list, dict)) for value in given.values())
        self.allowed = None if nested or None in verdicts else all(verdicts)
        if operation.body is not None:
            self.allowed = _judged_body(operation.body, self.body)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Wire) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)

    @property
    def key(self) -> str:
        """The same for the same request."""
        return repr((self.import_id, self.query, self.body))


def _fitting(operation: Operation, mode: GenerationMode, cases: Iterable[_Wire], count: int) -> list[_Wire]:
    """The requests that are certainly what they were made for; ids of imports only if they are well-formed."""
    if operation.method == "GET" and "importId" in {one.name for one in operation.parameters}:
        pattern = operation.parameter("importId").schema["pattern"]
        good = mode is GenerationMode.POSITIVE
        made_up = [one for one in cases if re.fullmatch(pattern, one.import_id) and Bench.is_made_up(one.import_id)]
        return made_up[:count] if good else []
    return [one for one in cases if one.allowed is (mode is GenerationMode.POSITIVE)][:count]


@cache
def _wired(contract: Contract, operation: Operation, mode: GenerationMode, seed: int) -> tuple[_Wire, ...]:
    """What is thought up depends on the contract and the seed alone, so a process needs to do it once."""
    known = _schemathesis(contract)[operation.template][operation.method]
    fixed = {"storeId": operation.parameter("storeId").schema["example"]}
    cases = drawn(known.as_strategy(generation_mode=mode, path_parameters=fixed), _DRAWN, seed)
    return tuple(dict.fromkeys(_Wire(operation, case) for case in cases))


@cache
def _schemathesis(contract: Contract) -> Json:
    """The specification without credentials, which the bench sees to."""
    document = {key: value for key, value in contract.document.items() if key != "security"}
    document["components"] = {key: value for key, value in document["components"].items() if key != "securitySchemes"}
    return schemathesis.openapi.from_dict(document)


def _judged_body(schema: Mapping[str, Json], body: Json) -> bool | None:
    """Whether the body is allowed; None where servers may differ, as on 1.0 for a whole number."""
    if body is NOTHING or isinstance(body, (str, bytes)) or _has(body, (float, bool)) or _has_odd_text(body):
        return None
    return is_valid(schema, body)


def _has(value: Json, kinds: tuple[type, ...]) -> bool:
    if isinstance(value, dict):
        return any(_has(item, kinds) for item in value.values())
    if isinstance(value, list):
        return any(_has(item, kinds) for item in value)
    return isinstance(value, kinds)


def _has_odd_text(value: Json) -> bool:
    """Whether some text holds a NUL or half a character, which many a store cannot keep."""
    if isinstance(value, dict):
        return any(_has_odd_text(item) for pair in value.items() for item in pair)
    if isinstance(value, list):
        return any(_has_odd_text(item) for item in value)
    return isinstance(value, str) and any(character == "\0" or "\ud800" <= character <= "\udfff" for character in value)


def _text(value: Json) -> str:
    if isinstance(value, bool) or value is None:
        return str(value).lower() if value is not None else "null"
    return str(value)


def _judged_text(schema: Mapping[str, Json], text: str) -> bool | None:
    """Whether the text of a parameter is allowed; None for an empty one, and for ` 7` or `+7`."""
    if not text.strip() or "\0" in text or _has_odd_text(text):
        return None
    if schema["type"] != "integer":
        return is_valid(schema, text)
    if re.fullmatch(r"-?[0-9]{1,9}", text):
        return is_valid(schema, int(text))
    return False if re.fullmatch(r"[a-zA-Z]+", text) else None

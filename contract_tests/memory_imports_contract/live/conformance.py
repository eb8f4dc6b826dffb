"""Is this JSON what the schema says: every fault by rule and place, formats really checked.

Stricter than the schema in one respect: a property that the specification does not know is a fault in every object,
also where the schema would let it pass. Never shows a value but by its kind.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import jsonschema
from attrs import frozen
from jsonschema import Draft4Validator, FormatChecker
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend
from rfc3339_validator import validate_rfc3339  # type: ignore[import-untyped] # it has no types

Json = Any  # a JSON value can be anything; jsonschema decides

_RULES: Mapping[str, str] = {
    "type": "answer-type",
    "format": "answer-format",
    "pattern": "answer-pattern",
    "enum": "answer-enum",
    "maxLength": "answer-length",
    "minLength": "answer-length",
    "maxItems": "answer-length",
    "minItems": "answer-length",
    "minProperties": "answer-length",
    "maxProperties": "answer-length",
    "minimum": "answer-range",
    "maximum": "answer-range",
}
_TYPES = frozenset({"answer-type", "answer-null"})
_INT32 = 1 << 31
_formats = FormatChecker(formats=())


@frozen
class Fault:
    """One fault of a JSON value: the rule it breaks, its JSON pointer, and a sentence without the value."""

    rule: str
    pointer: str
    message: str


def _pattern(_: Json, pattern: str, instance: Json, __: Json) -> Iterator[ValidationError]:
    """As in ECMAScript, whose `$` is the end: Python's is also before a last line break."""
    if isinstance(instance, str) and not re.search(re.sub(r"\$$", r"\\Z", pattern), instance):
        yield ValidationError("It does not match.")


_Validator = extend(Draft4Validator, {"pattern": _pattern})  # type: ignore[no-untyped-call] # it has no types


@_formats.checks("date-time")
def _is_moment(value: object) -> bool:
    # RFC 3339 lets `t` and `z` be written small, which its validator does not know.
    return not isinstance(value, str) or (validate_rfc3339(value.upper()) and moment(value) is not None)


@_formats.checks("uri")
def _is_uri(value: object) -> bool:
    if not isinstance(value, str):
        return True
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return bool(parts.scheme and parts.netloc) and value.isascii() and not any(mark in value for mark in ' <>"{}|\\^`')


@_formats.checks("int32")
def _is_int32(value: object) -> bool:
    return not isinstance(value, int) or -_INT32 <= value < _INT32


def moment(text: object) -> datetime | None:
    """The moment that an RFC 3339 text names, or None if it names none."""
    try:
        found = datetime.fromisoformat(str(text).upper())
    except ValueError:
        return None
    return found if found.tzinfo is not None else None


def faults(schema: Mapping[str, Json], value: Json) -> list[Fault]:
    """Everything that is wrong with the value."""
    validator = _Validator(strict(schema), format_checker=_formats)
    found: dict[tuple[str, str], Fault] = {}
    for error in validator.iter_errors(value):
        for fault in _faults(error):
            found.setdefault((fault.rule, fault.pointer), fault)
    unknown = {fault.pointer.rpartition("/")[0] for fault in found.values() if fault.rule == "answer-field-unknown"}
    mistyped = {fault.pointer for fault in found.values() if fault.rule in _TYPES}
    return [
        fault
        for fault in found.values()
        if not (fault.pointer in unknown and "maxProperties" in fault.message)  # one field too many is said once
        and not (fault.pointer in mistyped and fault.rule not in _TYPES)  # the wrong type is in no enum either
    ]


def is_valid(schema: Mapping[str, Json], value: Json) -> bool:
    """Whether the schema, as it stands, lets the value pass."""
    return bool(_Validator(_with_null(schema), format_checker=_formats).is_valid(value))


def pointer(parts: Iterable[object]) -> str:
    """A JSON pointer (RFC 6901) of these steps."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)


def _faults(error: ValidationError) -> Iterator[Fault]:
    path = list(error.absolute_path)
    keyword = str(error.validator)
    schema: Json = error.schema
    instance: Json = error.instance
    if keyword == "additionalProperties":
        for name in sorted(set(instance) - set(schema["properties"])):
            yield Fault("answer-field-unknown", pointer([*path, name]), "The contract knows no such field.")
    elif keyword == "required":
        for name in sorted(set(schema["required"]) - set(instance)):
            yield Fault("answer-field-missing", pointer([*path, name]), "The contract requires this field.")
    elif keyword == "type":
        rule = "answer-null" if error.instance is None else "answer-type"
        seen = "null" if error.instance is None else type(error.instance).__name__
        yield Fault(rule, pointer(path), f"Expected type {error.validator_value}, saw {seen}.")
    elif keyword in _RULES:
        length = f" of length {len(error.instance)}" if isinstance(error.instance, (str, list)) else ""
        message = f"The value{length} breaks {keyword} {error.validator_value}."
        yield Fault(_RULES[keyword], pointer(path), message)
    else:
        raise jsonschema.SchemaError(f"The specification uses {keyword}, which has no rule here.")


def strict(schema: Json) -> Json:
    """The schema with every object closed to properties that it does not name."""
    if isinstance(schema, list):
        return [strict(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: strict(value) for key, value in _with_null(schema).items()}
    if isinstance(closed.get("properties"), dict) and closed.get("type") == "object":
        closed["additionalProperties"] = False
    return closed


def _with_null(schema: Mapping[str, Json]) -> dict[str, Json]:
    """OpenAPI 3.0's `nullable` in JSON Schema's words."""
    copy = dict(schema)
    if copy.get("nullable") is True and isinstance(copy.get("type"), str):
        copy["type"] = [copy["type"], "null"]
    return copy

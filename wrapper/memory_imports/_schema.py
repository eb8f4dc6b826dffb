"""Is this JSON what the contract says: the place and a sentence for each thing that is not.

Pure, and small because the contract uses a small part of JSON Schema; the generator of the contract refuses a
keyword that is not handled here. Sentences name limits and types, never the value: it may be personal data.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Any, TypeAlias, cast
from urllib.parse import urlsplit

from attrs import frozen

Schema: TypeAlias = Mapping[str, Any]


@frozen
class Violation:
    """``pointer`` is a JSON pointer into the value ('' is the whole); ``sentence`` says what should be there."""

    pointer: str
    sentence: str
    keyword: str


def violations(
    value: object, schema: Schema, schemas: Mapping[str, Schema], *, tolerant: bool = False, at: str = ""
) -> Iterator[Violation]:
    """Yield each way in which a value breaks a schema.

    Args:
        value: Parsed JSON.
        schema: What it should be.
        schemas: The named schemas that references point to.
        tolerant: Let an object have properties that the schema does not know.
        at: The pointer of the value.
    """
    schema = _resolve(schema, schemas)
    if value is None and schema.get("nullable"):
        return
    kind = schema.get("type")
    if kind is not None and not _TYPES[kind](value):
        yield Violation(at, f"must be of type {kind}", "type")
        return
    for keyword, wanted in schema.items():
        if keyword not in _SIMPLE:
            continue
        applies, holds, sentence = _SIMPLE[keyword]
        if isinstance(value, applies) and not holds(value, wanted):
            yield Violation(at, sentence.format(wanted), keyword)
    if not isinstance(value, list | dict):
        return
    deeper = partial(violations, schemas=schemas, tolerant=tolerant)
    if isinstance(value, list):
        for index, item in enumerate(cast("list[object]", value)):
            yield from deeper(item, schema.get("items", {}), at=f"{at}/{index}")
    else:
        yield from _object(cast("dict[str, object]", value), schema, deeper, tolerant=tolerant, at=at)


def _object(
    value: Mapping[str, Any],
    schema: Schema,
    deeper: Callable[..., Iterator[Violation]],
    *,
    tolerant: bool,
    at: str,
) -> Iterator[Violation]:
    known = schema.get("properties", {})
    for name in schema.get("required", ()):
        if name not in value:
            yield Violation(f"{at}/{escape(name)}", "is required and is missing", "required")
    for name, member in value.items():
        if name in known:
            yield from deeper(member, known[name], at=f"{at}/{escape(name)}")
        elif not tolerant and schema.get("additionalProperties", True) is False:
            yield Violation(f"{at}/{escape(name)}", "is not a property that the contract knows", "additionalProperties")
    if not tolerant and len(value) > schema.get("maxProperties", len(value)):
        yield Violation(at, f"must have at most {schema['maxProperties']} properties", "maxProperties")


def escape(name: str) -> str:
    """Return a property name as a step of a JSON pointer (RFC 6901)."""
    return name.replace("~", "~0").replace("/", "~1")


def _resolve(schema: Schema, schemas: Mapping[str, Schema]) -> Schema:
    while True:
        if "$ref" in schema:
            schema = schemas[schema["$ref"].rpartition("/")[2]]
        elif "allOf" in schema:
            base = _resolve(schema["allOf"][0], schemas)
            schema = {**base, **{key: schema[key] for key in schema if key != "allOf"}}
        else:
            return schema


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_integer(value: object) -> bool:
    return _is_number(value) and (isinstance(value, int) or (isinstance(value, float) and value.is_integer()))


_TYPES: dict[str, Callable[[object], bool]] = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "number": _is_number,
    "integer": _is_integer,
}

# RFC 3339 is narrower than what datetime reads (weeks, basic forms, no zone), so its shape comes first.
_DATE_TIME = re.compile(
    r"(\d{4}-\d\d-\d\d[Tt](?:[01]\d|2[0-3]):[0-5]\d:)([0-5]\d|60)((?:\.\d+)?(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d))",
    re.ASCII,
)


def read_date_time(text: str) -> datetime | None:
    """Return an RFC 3339 date-time; None if the text is none. A leap second reads as the second before it."""
    found = _DATE_TIME.fullmatch(text)
    if not found:
        return None
    start, second, rest = found.groups()
    try:
        return datetime.fromisoformat(f"{start}{'59' if second == '60' else second}{rest}".upper())
    except ValueError:
        return None


def _matches(text: str, pattern: str) -> bool:
    # In the contract's dialect a final $ is the end of the text; in Python's it also stands before a last line break.
    return re.search(re.sub(r"\$$", r"\\Z", pattern), text) is not None


def _is_format(text: str, name: str) -> bool:
    check = _FORMATS.get(name)
    return check is None or check(text)


def _is_uri(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return bool(parts.scheme) and bool(parts.netloc or parts.path) and not re.search(r"[\s<>\"{}|\\^`]", text)


_FORMATS: dict[str, Callable[[str], bool]] = {
    "date-time": lambda text: read_date_time(text) is not None,
    "uri": _is_uri,
}

_Rule: TypeAlias = tuple[type | tuple[type, ...], Callable[[Any, Any], bool], str]
_SIMPLE: dict[str, _Rule] = {
    "enum": (object, lambda value, words: value in words, "must be one of {0}"),
    "minLength": (str, lambda value, limit: len(value) >= limit, "must have at least {0} characters"),
    "maxLength": (str, lambda value, limit: len(value) <= limit, "must have at most {0} characters"),
    "pattern": (str, _matches, "must match {0}"),
    "format": (str, _is_format, "must be a {0}"),
    "minimum": ((int, float), lambda value, limit: value >= limit, "must be at least {0}"),
    "maximum": ((int, float), lambda value, limit: value <= limit, "must be at most {0}"),
    "minItems": (list, lambda value, limit: len(value) >= limit, "must have at least {0} items"),
    "maxItems": (list, lambda value, limit: len(value) <= limit, "must have at most {0} items"),
}

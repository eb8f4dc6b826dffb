"""How each value becomes the text of a cell, whatever kind of file it comes from; nothing is lost unsaid. Pure."""

import json
import math
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import cast

# From here on a binary floating-point number, such as a spreadsheet's, does not keep every digit of a decimal one.
EXACT = 10**15
_LONG = 1000


def text_of(value: object) -> tuple[str, str | None]:
    """Return the text of a value, "" for none, and the code of what is to be remarked on it, if anything."""
    if value is None:
        return "", None
    if isinstance(value, str):
        return value, None
    if isinstance(value, bool):
        return str(value).lower(), None
    if isinstance(value, int):
        return str(value), "long_number" if abs(value) >= _LONG else None
    if isinstance(value, float):
        return of_float(value)
    if isinstance(value, bytes):
        return _of_bytes(value)
    if isinstance(value, list | tuple | Mapping):
        return json.dumps(_plain(cast("object", value)), ensure_ascii=False), "nested_value"
    return _of_others(value), None


def of_float(value: float, exact: int = EXACT) -> tuple[str, str | None]:
    """Return the shortest decimal that means this number, without an exponent, and without ``.0`` where it is whole.

    From ``exact`` on its digits are not to be trusted.
    """
    if not math.isfinite(value):
        return ("" if math.isnan(value) else str(value)), None
    if not value.is_integer():
        return format(Decimal(repr(value)), "f"), None
    if abs(value) >= exact:
        return format(Decimal(repr(value)), "f").removesuffix(".0"), "inexact_number"
    return str(int(value)), "whole_number"


def of_time(text: str) -> str:
    """Return a date and time as ISO 8601 writes it, without a fraction of nothing."""
    moment, dot, fraction = text.replace(" ", "T").partition(".")
    digits = fraction.rstrip("0")
    return moment + (dot + digits if digits else "")


def of_seconds(seconds: Decimal) -> str:
    """Return a length of time as ISO 8601 writes it."""
    text = format(seconds, "f")
    return f"PT{text.rstrip('0').rstrip('.') if '.' in text else text}S"


def _of_bytes(value: bytes) -> tuple[str, str | None]:
    try:
        return value.decode(), None
    except UnicodeDecodeError:
        return "", "not_text"


def _of_others(value: object) -> str:
    if isinstance(value, Decimal):
        return format(value, "f") if value.is_finite() else ""
    if isinstance(value, datetime) and value.tzinfo is not None:
        return of_time(value.astimezone(UTC).replace(tzinfo=None).isoformat()) + "Z"
    if isinstance(value, date | time):
        return of_time(value.isoformat())
    if isinstance(value, timedelta):
        return of_seconds(Decimal(value // timedelta(microseconds=1)).scaleb(-6))
    return str(value)


def _plain(value: object) -> object:
    """Return what JSON can hold, the texts being those that cells would have."""
    if isinstance(value, Mapping):
        return {text_of(key)[0]: _plain(inner) for key, inner in cast("Mapping[object, object]", value).items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in cast("Sequence[object]", value)]
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return text_of(value)[0]

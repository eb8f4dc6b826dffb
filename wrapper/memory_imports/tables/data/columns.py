"""Columns of Arrow as texts, a batch at a time. Python's own types hold most values; the others are cast."""

from collections import Counter
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any, NamedTuple

from memory_imports.tables.data.refusal import library
from memory_imports.tables.data.values import of_float, of_seconds, of_time, text_of

_KIND = "Tables of Arrow"
# Extensions whose values Python has types for; what others hold is read as it is stored.
_KNOWN = {"arrow.uuid", "arrow.bool8"}
_EXACT_SINGLE = 2**24
_A_SECOND = {"s": 0, "ms": -3, "us": -6, "ns": -9}


class Found(NamedTuple):
    """What is to be remarked on so many values, the first of them at this place of the batch."""

    code: str
    at: int
    times: int


def texts(column: Any) -> tuple[list[str], list[Found]]:  # noqa: ANN401 - an array of Arrow, which has no types
    """Return the text of each value, "" for none and for one that has no text."""
    pa = library("pyarrow", _KIND)
    try:
        return _texts(_unwrapped(column, pa), pa)
    except (ValueError, ImportError, OverflowError, pa.ArrowException):
        missing = column.is_null().to_pylist()
        return _each(missing, lambda is_missing: ("", None if is_missing else "no_text"))


def _texts(column: Any, pa: Any) -> tuple[list[str], list[Found]]:  # noqa: ANN401 - of that library
    kind, types = column.type, pa.types
    if types.is_float16(kind) or types.is_float32(kind):
        # The shortest decimal of a single differs from that of a double.
        singles = _cast(column.cast(pa.float32()), pa)
        return _each(singles, lambda text: of_float(float(text), _EXACT_SINGLE) if text else ("", None))
    if types.is_fixed_size_binary(kind):
        # What polars gives for objects of Python: their addresses in memory.
        raise ValueError
    if types.is_date(kind):
        return _cast(column, pa), []
    if types.is_timestamp(kind):
        zone = "" if kind.tz is None else "Z"
        moments = _cast(column.cast(pa.timestamp(kind.unit)), pa)
        # The library has no text for what is beyond its own calendar, and says so.
        beyond = ("", "no_text")
        return _each(moments, lambda text: beyond if text[:1] == "<" else (of_time(text) + zone if text else "", None))
    if types.is_time(kind):
        return [of_time(text) for text in _cast(column, pa)], []
    if types.is_duration(kind):
        power = _A_SECOND[kind.unit]
        ticks = column.cast(pa.int64()).to_pylist()
        return ["" if some is None else of_seconds(Decimal(some).scaleb(power)) for some in ticks], []
    try:
        values = column.to_pylist()
        if types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind):
            return [text or "" for text in values], []
    except UnicodeDecodeError:
        # Whether texts are UTF-8 is not looked at by whoever writes them.
        values = column.cast(pa.large_string()).cast(pa.large_binary()).to_pylist()
    return _each(values, text_of)


def _unwrapped(column: Any, pa: Any) -> Any:  # noqa: ANN401 - of that library
    """Return the values themselves, however they are encoded."""
    if isinstance(column.type, pa.BaseExtensionType) and column.type.extension_name not in _KNOWN:
        column = column.storage
    if pa.types.is_dictionary(column.type):
        values = column.dictionary
        if pa.types.is_string_view(values.type):
            column = pa.DictionaryArray.from_arrays(column.indices, pa.array(values.to_pylist(), pa.large_string()))
        column = column.dictionary_decode()
    if pa.types.is_run_end_encoded(column.type):
        column = library("pyarrow.compute", _KIND).run_end_decode(column)
    return column


def _cast(column: Any, pa: Any) -> list[str]:  # noqa: ANN401 - of that library
    return [text or "" for text in column.cast(pa.string()).to_pylist()]


def _each(values: Iterable[Any], text: Callable[[Any], tuple[str, str | None]]) -> tuple[list[str], list[Found]]:
    cells: list[str] = []
    times: Counter[str] = Counter()
    first: dict[str, int] = {}
    for at, value in enumerate(values):
        cell, code = text(value)
        cells.append(cell)
        if code is not None:
            times[code] += 1
            first.setdefault(code, at)
    return cells, [Found(code, at, times[code]) for code, at in first.items()]

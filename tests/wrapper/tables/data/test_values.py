"""How each value becomes the text of a cell, from Python's types and from those of Arrow."""

from __future__ import annotations

import math
import uuid
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from memory_imports.tables.data.columns import texts
from memory_imports.tables.data.values import text_of

VALUES: list[tuple[object, str, str | None]] = [
    (None, "", None),
    (" a\n", " a\n", None),
    (True, "true", None),
    (0, "0", None),
    (-999, "-999", None),
    (-1000, "-1000", "long_number"),
    (10**30, "1" + "0" * 30, "long_number"),
    (math.nan, "", None),
    (-math.inf, "-inf", None),
    (0.1, "0.1", None),
    (1e-7, "0.0000001", None),
    (491701234567.0, "491701234567", "whole_number"),
    (-0.0, "0", "whole_number"),
    (1e22, "1" + "0" * 22, "inexact_number"),
    (1234567890123456.0, "1234567890123456", "inexact_number"),
    (Decimal("1.50"), "1.50", None),
    (Decimal("1E+3"), "1000", None),
    (Decimal("NaN"), "", None),
    (date(2024, 1, 31), "2024-01-31", None),
    (datetime(2024, 1, 31, 12, 0, 1, 500000), "2024-01-31T12:00:01.5", None),  # noqa: DTZ001 - of no zone
    (datetime(2024, 1, 31, 1, tzinfo=timezone(timedelta(hours=2))), "2024-01-30T23:00:00Z", None),
    (time(1, 2, 3), "01:02:03", None),
    (timedelta(days=1, milliseconds=1500), "PT86401.5S", None),
    (timedelta(seconds=-10), "PT-10S", None),
    ("ö".encode(), "ö", None),
    (b"\xff", "", "not_text"),
    ([], "[]", "nested_value"),
    (("a", 1, None, True, math.nan, 0.5), '["a", 1, null, true, null, 0.5]', "nested_value"),
    ({"ö": {1: date(2024, 1, 31)}}, '{"ö": {"1": "2024-01-31"}}', "nested_value"),
    (uuid.UUID(int=1), "00000000-0000-0000-0000-000000000001", None),
]


@pytest.mark.parametrize(("value", "text", "code"), VALUES, ids=repr)
def test_the_text_of_a_value(value: object, text: str, code: str | None) -> None:
    """And what is to be remarked on it."""
    assert (text, code) == text_of(value)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_keeps_its_value_and_has_no_exponent(value: float) -> None:
    """So a phone number that was taken for a number stays one."""
    text, _ = text_of(value)
    assert value == float(text)
    assert "e" not in text.lower()
    assert not text.endswith(".0")


D = Decimal
COLUMNS: dict[str, tuple[pa.Array, list[str], list[tuple[str, int, int]]]] = {
    "integers": (pa.array([1, None, 1000, 2**63], pa.uint64()), ["1", "", "1000", str(2**63)], [("long_number", 2, 2)]),
    "doubles": (
        pa.array([0.1, 5, None, 1e16]),
        ["0.1", "5", "", "1" + "0" * 16],
        [("whole_number", 1, 1), ("inexact_number", 3, 1)],
    ),
    "singles": (
        pa.array([0.1, None, 12, 16777216], pa.float32()),
        ["0.1", "", "12", "16777216"],
        [("whole_number", 2, 1), ("inexact_number", 3, 1)],
    ),
    "booleans": (pa.array([True, None, False]), ["true", "", "false"], []),
    "texts": (pa.array(["a", None, ""]), ["a", "", ""], []),
    "views of texts": (pa.array(["a", None], pa.string_view()), ["a", ""], []),
    "texts that are none": (
        pa.array([b"a", b"\xff", None]).cast(pa.binary()).view(pa.string()),
        ["a", "", ""],
        [("not_text", 1, 1)],
    ),
    "categories": (pa.array(["b", None, "a", "b"]).dictionary_encode(), ["b", "", "a", "b"], []),
    "categories of views": (
        pa.DictionaryArray.from_arrays(pa.array([1, None, 0], pa.uint32()), pa.array(["a", "b"], pa.string_view())),
        ["b", "", "a"],
        [],
    ),
    "runs": (pa.RunEndEncodedArray.from_arrays([2, 3], ["x", "y"]), ["x", "x", "y"], []),
    "days": (pa.array([0, None, 10**7], pa.date32()), ["1970-01-01", "", "29349-01-26"], []),
    "moments": (
        pa.array([0, None, 10**9 + 1], pa.timestamp("ns")),
        ["1970-01-01T00:00:00", "", "1970-01-01T00:00:01.000000001"],
        [],
    ),
    "moments of a zone": (
        pa.array([datetime(2024, 1, 31, tzinfo=UTC)], pa.timestamp("ms", tz="Europe/Berlin")),
        ["2024-01-31T00:00:00Z"],
        [],
    ),
    "moments beyond all calendars": (
        pa.array([10**15, 0], pa.timestamp("s")),
        ["", "1970-01-01T00:00:00"],
        [("no_text", 0, 1)],
    ),
    "times": (pa.array([1500, None], pa.time64("ns")), ["00:00:00.0000015", ""], []),
    "lengths of time": (pa.array([1500, None], pa.duration("ms")), ["PT1.5S", ""], []),
    "decimals": (pa.array([D("1.50"), None, D("0.00")]), ["1.50", "", "0.00"], []),
    "lists": (pa.array([[1, 2], None, []]), ["[1, 2]", "", "[]"], [("nested_value", 0, 2)]),
    "identifiers": (
        pa.ExtensionArray.from_storage(pa.uuid(), pa.array([bytes(15) + b"\1"], pa.binary(16))),
        ["00000000-0000-0000-0000-000000000001"],
        [],
    ),
    "booleans of a byte": (
        pa.ExtensionArray.from_storage(pa.bool8(), pa.array([1, None], pa.int8())),
        ["true", ""],
        [],
    ),
    "an extension of texts": (
        pa.ExtensionArray.from_storage(pa.opaque(pa.string(), "name", "vendor"), pa.array(["x", None])),
        ["x", ""],
        [],
    ),
    "nothing": (pa.nulls(2), ["", ""], []),
    "bytes of one length": (pa.array([b"ab", None], pa.binary(2)), ["", ""], [("no_text", 0, 1)]),
}


@pytest.mark.parametrize("name", COLUMNS)
def test_the_texts_of_a_column(name: str) -> None:
    """And what is to be remarked on its values, with the first of them."""
    column, expected, found = COLUMNS[name]
    assert (expected, found) == texts(column)

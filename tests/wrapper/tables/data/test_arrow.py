"""Parquet and Arrow files: every type in them, faults in the middle, and what pandas leaves in them."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from pyarrow import ipc, parquet

from memory_imports.errors import FileRefused
from memory_imports.tables.sources import open_table

FRAME = pd.DataFrame({"e": ["a@x.y", None], "p": [491701234567.0, np.nan]}, index=["k", "l"])


def written(table: Any, **options: object) -> bytes:  # noqa: ANN401 - of that library
    """A table as a Parquet file."""
    out = io.BytesIO()
    parquet.write_table(table, out, **options)
    return out.getvalue()


def test_a_float_column_of_phones_is_read_as_phones_and_remarked_on() -> None:
    """What pandas makes of numbers where one is missing; its index has no name and is no column."""
    table = open_table(written(pa.Table.from_pandas(FRAME)))
    assert ("e", "p") == table.header
    assert [["a@x.y", "491701234567"], ["", ""]] == [record.cells for record in table.rows()]
    (found,) = table.remarks
    assert ("whole_number", "note", "p", 1) == (found.code, found.severity, found.column, found.row)


def test_an_index_with_a_name_is_a_column() -> None:
    """Somebody has named it."""
    table = open_table(written(pa.Table.from_pandas(FRAME.rename_axis("key"))))
    assert ("e", "p", "key") == table.header
    assert ["k", "l"] == [record.cells[2] for record in table.rows()]


def test_remarks_count_over_all_batches() -> None:
    """With the first row of all, and once however often the file is read."""
    numbers = pa.table({"a": ["x"] * 10_000, "b": [None] * 5000 + [1.0] * 5000})
    table = open_table(written(numbers, row_group_size=3000))
    for _ in range(2):
        assert 10_000 == len(list(table.rows()))
        assert [("b", 5001, "5,000 numbers")] == [
            (found.column, found.row, found.message[:13]) for found in table.remarks
        ]


def test_places_share_the_file_out() -> None:
    """So that whoever watches sees how far it is."""
    table = open_table(written(pa.table({"a": ["x"] * 4}), compression="none"))
    places = [record.offset for record in table.rows()]
    assert [0, table.size // 4, table.size // 2, 3 * table.size // 4] == places


def test_a_file_that_is_damaged_in_the_middle() -> None:
    """It is refused when the reading comes there, in one sentence without any of it."""
    content = bytearray(written(pa.table({"a": [f"text {number}" for number in range(50_000)]}), compression="snappy"))
    content[5000:6000] = b"\xff" * 1000
    with pytest.raises(FileRefused, match="Parquet file is damaged") as caught:
        list(open_table(bytes(content)).rows())
    assert {"damaged": 1} == caught.value.counts


def test_a_column_that_has_no_text_costs_no_other() -> None:
    """Its cells are blank, and that is said."""
    table = open_table(written(pa.table({"a": ["x"], "b": pa.array([b"12"], pa.binary(2))})))
    assert [["x", ""]] == [record.cells for record in table.rows()]
    assert [("no_text", "warning", "b")] == [(found.code, found.severity, found.column) for found in table.remarks]


def test_an_arrow_file_is_looked_over_before_it_is_believed() -> None:
    """Its library would read what is not there."""
    out = io.BytesIO()
    with ipc.new_file(out, pa.schema([("a", pa.string())])) as writer:
        writer.write_batch(pa.record_batch([pa.array(["text"])], ["a"]))
    content = out.getvalue()
    # Where the text ends, which stands before the text.
    end = content.rindex(b"\4\0\0\0", 0, content.index(b"text"))
    wrong = content[:end] + b"\0\0\1\0" + content[end + 4 :]
    with pytest.raises(FileRefused, match="Arrow file is damaged"):
        list(open_table(wrong).rows())


def test_a_file_of_one_large_batch_is_read_in_pieces() -> None:
    """Whoever wrote it had it in memory; nobody needs to have it again."""
    out = io.BytesIO()
    with ipc.new_file(out, pa.schema([("a", pa.int64())])) as writer:
        writer.write_batch(pa.record_batch([pa.array(range(10_000))], ["a"]))
    assert list(map(str, range(10_000))) == [record.cells[0] for record in open_table(out.getvalue()).rows()]

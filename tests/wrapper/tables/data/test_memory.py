"""Tables in memory: what is read is what was there when it was given."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING, Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from tests.wrapper.tables.data.written import FORMS

from memory_imports.errors import InvalidRequest
from memory_imports.tables.sources import open_table

if TYPE_CHECKING:
    from pathlib import Path

HEADER, ROWS = ("a", "b"), [("1", "2"), ("3", "")]
MEMORY = ("Arrow", "a stream", "pandas", "polars")


def rows(source: Any) -> list[list[str]]:  # noqa: ANN401 - of any library
    """The cells of a table."""
    with open_table(source) as table:
        return [record.cells for record in table.rows()]


def test_a_copy_is_private_and_goes_with_the_table(tmp_path: Path) -> None:
    """The name says that it is of no file."""
    with open_table(FORMS["a stream"](HEADER, ROWS), spool=tmp_path) as table:
        (folder,) = tmp_path.iterdir()
        (copy,) = folder.iterdir()
        assert (0o700, 0o600) == (stat.S_IMODE(folder.stat().st_mode), stat.S_IMODE(copy.stat().st_mode))
        assert "the table given" == table.name
        assert [list(row) for row in ROWS] == [record.cells for record in table.rows()]
    assert [] == list(tmp_path.iterdir())


def test_a_frame_that_changes_later_is_read_as_it_was() -> None:
    """Its owner goes on working with it."""
    frame = pd.DataFrame({"a": [1, 2]})
    table = open_table(frame)
    frame.loc[0, "a"] = 9
    assert [["1"], ["2"]] == [record.cells for record in table.rows()]


def test_a_column_of_pandas_may_hold_values_of_several_kinds() -> None:
    """As reading a spreadsheet gives: each is written as the text of its own kind."""
    mixed = ["+49", 491701234567, 49.0, None, float("nan"), pd.NaT, pd.NA, True]
    frame = pd.DataFrame({"a": pd.Series(mixed, dtype="object"), "b": range(8)})
    texts = ["+49", "491701234567", "49", "", "", "", "", "true"]
    assert [[text, str(at)] for at, text in enumerate(texts)] == rows(frame)
    assert mixed[:3] == list(frame["a"][:3])


def test_names_that_are_numbers_are_names() -> None:
    """As pandas gives them where there is no header."""
    table = open_table(pd.DataFrame([[1, 2]]))
    assert ("0", "1") == table.header


def test_categories_and_moments() -> None:
    """Types that only some of the libraries have."""
    frame = pl.DataFrame({"a": ["x", None, "x"]}).with_columns(b=pl.col("a").cast(pl.Categorical))
    assert [["x", "x"], ["", ""], ["x", "x"]] == rows(frame)
    moments = pd.DataFrame({"a": pd.to_datetime(["2024-01-31", None]), "b": pd.Categorical(["x", "y"])})
    assert [["2024-01-31T00:00:00", "x"], ["", "y"]] == rows(moments)


def test_objects_of_polars_are_blank_and_told() -> None:
    """There is no text for them."""
    table = open_table(pl.DataFrame({"a": [object()]}))
    assert [[""]] == [record.cells for record in table.rows()]
    assert ["no_text"] == [found.code for found in table.remarks]


SECRET = "ada@example.com"
REFUSED: dict[str, Any] = {
    "a series": pl.Series([SECRET]),
    "two columns of one name": pd.DataFrame([[SECRET, 1]], columns=["a", "a"]),
    "objects without a text": pd.DataFrame({"a": [SECRET, 1], "b": [1, 2]})
    .assign(b=[pd.Period("2024"), object()])
    .set_axis(["a", "a"], axis=1),
    "a stream that fails": pa.RecordBatchReader.from_batches(
        pa.schema([("a", pa.string())]), (pa.array([SECRET]) for _ in range(1))
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_table(tmp_path: Path, name: str) -> None:
    """One sentence, nothing left behind, and no value in it."""
    with pytest.raises(InvalidRequest, match="give it columns of text") as caught:
        open_table(REFUSED[name], spool=tmp_path)
    assert SECRET not in str(caught.value)
    assert [] == list(tmp_path.iterdir())


def test_a_frame_without_columns_leaves_nothing_behind(tmp_path: Path) -> None:
    """It is refused when it has been copied."""
    with pytest.raises(ValueError, match="no columns"):
        open_table(pd.DataFrame(), spool=tmp_path)
    assert [] == list(tmp_path.iterdir())

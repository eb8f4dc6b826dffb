"""Excel workbooks: which sheet is read, what a cell's value and format say, and what nobody should lose unsaid."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from tests.wrapper.tables.data.written import shared, workbook

from memory_imports.errors import FileRefused, InvalidRequest
from memory_imports.tables.data import excel
from memory_imports.tables.sources import open_table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from memory_imports.tables.table import Table

AB = [["a", "b"], ["1", "2"]]


def cells(table: Table) -> list[list[str]]:
    """The sound rows."""
    return [record.cells for record in table.rows() if record.fault is None]


def one(value: object, shown: str = "General", kind: str | None = None) -> Table:
    """A sheet of one row: a value in its format."""

    def change(book: Any) -> None:  # noqa: ANN401 - of that library
        cell = book.active["B2"]
        cell.number_format = shown
        cell.data_type = kind or cell.data_type

    return open_table(workbook({"People": [["a", "b"], ["x", value]]}, change))


@pytest.mark.parametrize(
    ("value", "shown", "text", "codes"),
    [
        ("text", "General", "text", []),
        ("0049", "General", "0049", []),
        ("=1+1", "General", "=1+1", []),
        (True, "General", "true", []),
        (999, "General", "999", []),
        (-2.5, "0.0", "-2.5", []),
        (447700900001, "General", "447700900001", ["long_number"]),
        (447700900001, "0", "447700900001", ["long_number"]),
        (447700900001, '"+"0', "+447700900001", []),
        (447700900001, "\\+#", "+447700900001", []),
        (1067, "00000", "01067", []),
        (99999, "00000", "99999", ["long_number"]),
        (-1067, "00000", "-1067", ["long_number"]),
        (1.5, "00000", "1.5", []),
        (1067.0, "#,##0.00", "1067", ["long_number"]),
        (1234567890123456, "0", "1234567890123456", ["inexact_number"]),
        (4.4770090000112301e17, "General", "447700900001123000", ["inexact_number"]),
        (datetime(2024, 1, 31), "yyyy-mm-dd", "2024-01-31", []),  # noqa: DTZ001 - a sheet has no zones
        (datetime(2024, 1, 31), "yyyy-mm-dd hh:mm", "2024-01-31T00:00:00", []),  # noqa: DTZ001 - the same
        (datetime(2024, 1, 31, 12, 30), "dd.mm.yyyy", "2024-01-31T12:30:00", []),  # noqa: DTZ001 - the same
        (date(2024, 1, 31), "d mmm", "2024-01-31", []),
        (time(12, 30), "hh:mm", "12:30:00", []),
        (timedelta(hours=30), "[hh]:mm:ss", "PT108000S", []),
    ],
)
def test_a_cell_is_its_value_with_what_its_format_adds_to_it(
    value: object, shown: str, text: str, codes: Sequence[str]
) -> None:
    """Zeros and a plus in front are kept where the sheet shows them; what is in danger is remarked on."""
    table = one(value, shown)
    assert [["x", text]] == cells(table)
    assert [(code, "b", 1) for code in codes] == [(found.code, found.column, found.row) for found in table.remarks]


def test_errors_are_blank_and_told() -> None:
    """They are no values; the blank policy decides."""
    table = one("#N/A", kind="e")
    assert [["x", ""]] == cells(table)
    (found,) = table.remarks
    assert ("error_cell", "warning", "b", 1) == (found.code, found.severity, found.column, found.row)


def test_formulas_without_a_saved_result_are_blank_and_told() -> None:
    """As programs write them that do not calculate; a result that was saved is a value."""

    def change(book: Any) -> None:  # noqa: ANN401 - of that library
        for place in ("B2", "D2"):
            book.active[place].data_type = "f"

    content = workbook({"People": [["a", "b"], ["x", "=1+1", None, "=2"], ["y", "z"]]}, change)
    table = open_table(content)
    assert [["x", ""], ["y", "z"]] == [record.cells for record in table.rows()]
    assert [("unsaved_formula", "b", 1)] == [(found.code, found.column, found.row) for found in table.remarks]
    saved = edited(content, "<v></v>", "<v>2</v>")
    assert [["x", "2", "", "2"], ["y", "z"]] == [record.cells for record in open_table(saved).rows()]


def edited(content: bytes, old: str, new: str, part: str = "xl/worksheets/sheet1.xml") -> bytes:
    """A workbook in whose XML something is different."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            text = before.read(name)
            if name == part:
                text = text.replace(b"<v/>", b"<v></v>").replace(b"<v />", b"<v></v>")
                assert old.encode() in text
                text = text.replace(old.encode(), new.encode())
            after.writestr(name, text)
    return out.getvalue()


def test_a_row_has_its_number_on_the_sheet_for_its_line() -> None:
    """Blank rows between others are faults, as blank lines are; those at the end are none."""
    table = open_table(workbook({"People": [["a", "b"], ["1"], [], [], ["", "2"], [" "], [], []]}))
    found = [(record.row, record.line, record.cells, record.fault and record.fault.code) for record in table.rows()]
    assert [
        (1, 2, ["1", ""], None),
        (2, 3, [], "blank_line"),
        (3, 4, [], "blank_line"),
        (4, 5, ["", "2"], None),
        (5, 6, [" ", ""], None),
    ] == found


def test_what_stands_beside_the_header_makes_a_row_ragged() -> None:
    """Cells that are blank do not."""

    def change(book: Any) -> None:  # noqa: ANN401 - of that library
        for place in ("C1", "D3"):
            book.active[place].number_format = "0.0"

    table = open_table(workbook({"People": [["a", "b"], ["1", "2", "", 5000], ["1", "2"]]}, change))
    assert [["1", "2", "", "5000"], ["1", "2"]] == cells(table)
    assert () == table.remarks


@pytest.mark.parametrize(
    ("states", "sheet", "expected"),
    [
        (("visible", "visible"), None, "One"),
        (("hidden", "visible"), None, "Two"),
        (("visible", "visible"), "Two", "Two"),
        (("visible", "veryHidden"), "Two", "Two"),
    ],
)
def test_the_first_sheet_that_is_shown_is_read_or_the_one_that_is_named(
    states: Sequence[str], sheet: str | None, expected: str
) -> None:
    """Which one, and that there are others, is said where nobody has named it."""

    def change(book: Any) -> None:  # noqa: ANN401 - of that library
        book.active = states.index("visible")
        for one, state in zip(book.worksheets, states, strict=True):
            one.sheet_state = state

    table = open_table(
        workbook({"One": [["a", "b"], ["One", "x"]], "Two": [["a", "b"], ["Two", "x"]]}, change), sheet=sheet
    )
    assert [[expected, "x"]] == cells(table)
    assert expected == table.dialect.sheet
    assert (["sheet"] if sheet is None else []) == [note.code for note in table.notes]


def test_a_sheet_that_is_not_there() -> None:
    """The first few that are there are named; a file that has none says so."""
    content = workbook({f"Sheet {number}": AB for number in range(7)})
    with pytest.raises(InvalidRequest, match=r"has no sheet 'x', but 'Sheet 0', .*'Sheet 4', \.\.\.") as caught:
        open_table(content, sheet="x")
    assert "sheet" == caught.value.field
    with pytest.raises(InvalidRequest, match="has no sheets"):
        open_table(b"a,b\n1,2\n", sheet="x")


def test_what_a_sheet_hides_or_merges_is_said() -> None:
    """Merged cells are blank but for the first; hidden rows are rows."""

    def change(book: Any) -> None:  # noqa: ANN401 - of that library
        book.active.merge_cells("A2:A3")
        book.active.row_dimensions[3].hidden = True

    table = open_table(workbook({"People": [["a", "b"], ["1", "2"], ["", "3"]]}, change))
    assert [["1", "2"], ["", "3"]] == cells(table)
    assert [("merged_cells", "warning"), ("hidden_rows", "note")] == [
        (note.code, note.severity) for note in table.notes
    ]


def test_what_a_sheet_hides_is_seen_wherever_it_stands() -> None:
    """In a sheet of many pieces, whatever stands where they meet."""

    def change(book: Any) -> None:  # noqa: ANN401 - of that library
        for number in (2, 20_000):
            book.active.row_dimensions[number].hidden = True
        for number in range(2, 2000):
            book.active.merge_cells(start_row=number, end_row=number, start_column=3, end_column=4)

    table = open_table(workbook({"People": [["a"], *[[f"a text of some length {n}"] for n in range(20_000)]]}, change))
    assert ["ranges of cells are merged (1,998)", "hidden rows (2)"] == [
        note.message[: note.message.index(")") + 1] for note in table.notes
    ]


def test_a_sheet_whose_size_is_wrong_is_read_whole() -> None:
    """What it says of itself is not relied upon."""
    content = workbook({"People": [*AB, ["3", "4"]]})
    table = open_table(edited(content, 'ref="A1:B3"', 'ref="A1:A1"'))
    assert [["1", "2"], ["3", "4"]] == cells(table)


def test_a_date_that_no_calendar_has_is_an_error() -> None:
    """The library warns of it, which is of no use to anybody."""
    table = one(10**9, "yyyy-mm-dd")
    assert [["x", ""]] == cells(table)
    assert ["error_cell"] == [found.code for found in table.remarks]


GOOD = shared(workbook({"People": AB}))
REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "cut off": (lambda: GOOD[:-100], "damaged"),
    "a ZIP archive": (lambda: archive("people.csv"), "not_text"),
    "OpenDocument": (lambda: archive("mimetype", "content.xml"), "not_text"),
    "a Word document": (lambda: archive("[Content_Types].xml", "word/document.xml"), "not_text"),
    "a binary workbook": (lambda: archive("[Content_Types].xml", "xl/workbook.bin"), "not_text"),
    "a workbook of nothing": (lambda: archive("[Content_Types].xml", "xl/workbook.xml"), "damaged"),
    "no XML": (lambda: edited(GOOD, "<sheetData>", "<"), "damaged"),
    "a text that is not there": (lambda: edited(GOOD, 't="s"><v>0</v>', 't="s"><v>99</v>'), "damaged"),
    "an empty sheet": (lambda: workbook({"People": []}), "empty_file"),
    "a blank first row": (lambda: workbook({"People": [[], *AB]}), "blank_line"),
    "only charts": (lambda: edited(GOOD, "worksheet", "chartsheet", "xl/_rels/workbook.xml.rels"), "empty_file"),
}


def archive(*names: str) -> bytes:
    """A ZIP archive of files without content."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name in names:
            made.writestr(name, "")
    return out.getvalue()


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_at_all(name: str) -> None:
    """It is refused with one problem, and a sentence that holds no cell."""
    content, code = REFUSED[name]
    with pytest.raises(FileRefused) as caught:
        list(open_table(content()).rows())
    assert {code: 1} == caught.value.counts


def test_texts_that_would_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """They are refused before they are read."""
    monkeypatch.setattr(excel, "_MOST_TEXT", 10)
    with pytest.raises(FileRefused, match="more text than can be held"):
        open_table(GOOD)

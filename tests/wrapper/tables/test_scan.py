"""What one pass finds: every problem with its place, every row in or out, and the ways on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.wrapper.tables.made import Made

from memory_imports.errors import FileRefused, Problem
from memory_imports.tables import Blank, Rules, parse_mapping
from memory_imports.tables.facts import Dialect, Forecast
from memory_imports.tables.form import check_form
from memory_imports.tables.rules import Options
from memory_imports.tables.scan import Scan, scan
from memory_imports.tables.sources import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from memory_imports.tables.sources import Record

RULES = Rules(
    max_bytes=10_000,
    max_rows=5,
    max_columns=4,
    max_characters=16,
    identifiers=frozenset({"email", "phone", "whatsapp"}),
    delete_marker="\\N",
)
COLUMNS = {"e": "Contact.email", "p": "Contact.phone", "n": "Contact.firstName"}


def scanned(rows: Sequence[Sequence[str] | Fault], blank: Blank = "refuse", rejects: Path | None = None) -> Scan:
    """Scan these rows of an email, a phone and a name."""
    return scan([Made("epn", rows)], parse_mapping(COLUMNS), RULES, Options(blank=blank, rejects=rejects))


GOOD = ("a@x.y", "+4930000001", "Ada")
LATER = ("b@x.y", "+4930000002", "Bob")
# rows, policy, and of each problem: code, severity, row, line, column
Place = tuple[str, str, int | None, int | None, str | None]
CASES: dict[str, tuple[Sequence[Sequence[str] | Fault], Blank, list[Place]]] = {
    "nothing wrong": ([GOOD, LATER], "refuse", []),
    "no rows": ([], "refuse", [("no_rows", "error", None, None, None)]),
    "a faulty record": ([GOOD, Fault("nul", "a NUL.")], "refuse", [("nul", "error", 2, 3, None)]),
    "a blank line": ([GOOD, Fault("blank_line", "blank.")], "refuse", [("blank_line", "warning", 2, 3, None)]),
    "too few cells": ([GOOD, ("a@x.y",)], "refuse", [("ragged_row", "error", 2, 3, None)]),
    "too many cells": ([(*GOOD, "")], "refuse", [("ragged_row", "error", 1, 2, None)]),
    "a blank cell after a line break in one": (
        [("a@x.y", "+4930000001", "A\nB"), ("b@x.y", "+4930000002", "")],
        "refuse",
        [("blank_cell", "error", 2, 4, "n")],
    ),
    "a cell of spaces": ([("a@x.y", "+4930000001", " \t")], "refuse", [("blank_cell", "error", 1, 2, "n")]),
    "a delete marker": ([("a@x.y", "+4930000001", "\\N")], "refuse", [("delete_marker", "error", 1, 2, "n")]),
    "a delete marker that may": (
        [("a@x.y", "+4930000001", "\\N")],
        "overwrite",
        [("delete_marker", "warning", 1, 2, "n")],
    ),
    "no identifier": ([("", " ", "Ada")], "overwrite", [("missing_identifier", "error", 1, 2, None)]),
    "identifiers that are only deleted": (
        [("\\N", "", "Ada")],
        "delete",
        [("delete_marker", "warning", 1, 2, "e"), ("missing_identifier", "error", 1, 2, None)],
    ),
    "too little to keep": ([("a@x.y", "", "")], "keep", [("too_few_cells", "error", 1, 2, None)]),
    "malformed identifiers": (
        [("ada", "none", "Ada")],
        "refuse",
        [("malformed_email", "error", 1, 2, "e"), ("malformed_phone", "error", 1, 2, "p")],
    ),
    "a phone of ten digits": (
        [("a@x.y", "4155550100", "Ada")],
        "refuse",
        [("phone_read_as_us", "warning", 1, 2, "p")],
    ),
    "a phone of nine digits": (
        [("a@x.y", "030123456", "Ada")],
        "refuse",
        [("phone_without_country", "error", 1, 2, "p")],
    ),
    "a long cell": ([("a@x.y", "+4930000001", "x" * 17)], "refuse", [("long_cell", "error", 1, 2, "n")]),
    "many spaces": ([("a@x.y", "+4930000001", " " * 17)], "overwrite", [("long_cell", "error", 1, 2, "n")]),
    "characters of unclear standing": (
        [("a@x.y", "+4930000001", "\u4e00"), ("b@x.y", "+4930000002", "Zo\u00eb \u1ebd\u0301")],
        "refuse",
        [("unclear_character", "warning", 1, 2, "n")],
    ),
    "a wide space": ([("a@x.y", "+4930000001", "\u3000")], "overwrite", []),
    "somebody again": (
        [GOOD, ("A@x.y", "+4930000003", "Ada")],
        "refuse",
        [("repeated_identifier", "note", 2, 3, None)],
    ),
    "two people made one": (
        [("a@x.y", "+4930000001", "A\nB"), LATER, ("a@x.y", "+4930000002", "Ada")],
        "refuse",
        [("merging_rows", "warning", 3, 5, None)],
    ),
    "several in a row, in the order of columns": (
        [("ada", "", "x" * 17), ("\\N", "", "x")],
        "overwrite",
        [
            ("malformed_email", "error", 1, 2, "e"),
            ("long_cell", "error", 1, 2, "n"),
            ("delete_marker", "warning", 2, 3, "e"),
            ("missing_identifier", "error", 2, 3, None),
        ],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_names_each_problem_and_its_place(case: str) -> None:
    """Rows count records, lines count lines; an error keeps its row out, and nothing else does."""
    rows, blank, expected = CASES[case]
    found = scanned(rows, blank)
    assert expected == [(each.code, each.severity, each.row, each.line, each.column) for each in found.problems]
    wrong = {each.row for each in found.problems if each.severity == "error" and each.row}
    left = {each.row for each in found.problems if each.code == "blank_line"}
    assert wrong | left == {row for row in range(1, 20) if found.files[0].rejected(row)}
    assert (len(wrong), len(wrong | left)) == (found.rejects, found.files[0].rejects)
    assert (not rows) == found.fatal


def test_a_header_that_does_not_fit_is_fatal() -> None:
    """And the rows are not read."""
    found = scan([Made("ep", [GOOD])], parse_mapping(COLUMNS), RULES, Options())
    assert (True, {"missing_column": 1}, 0) == (found.fatal, found.counts, found.files[0].rows)
    with pytest.raises(FileRefused, match=r"^people\.csv, line 1, column 'n': the file has no such column"):
        found.refuse()


def test_a_mapping_without_an_identifier_is_fatal() -> None:
    """Every row would be refused."""
    found = scan([Made("en", [GOOD])], parse_mapping({"n": "Contact.n", "e": "Contact.e"}), RULES, Options())
    assert (True, {"no_identifier": 1}) == (found.fatal, found.counts)


def test_what_was_found_out_about_the_form_is_told() -> None:
    """First, and of its own file."""
    table = Made("epn", [GOOD])
    table.notes = (Problem(code="encoding", severity="note", file="people.csv", message="read as cp1252."),)
    assert table.notes == scan([table], parse_mapping(COLUMNS), RULES, Options()).problems


class Remarked(Made):
    """A table that says something of the values of its columns once they have been read."""

    done = False

    def rows(self) -> Iterator[Record]:
        """Every record in order."""
        yield from super().rows()
        self.done = True

    @property
    def remarks(self) -> tuple[Problem, ...]:
        """One of a mapped column, one of another, one of the whole."""
        places = ("e", "x", None) if self.done else ()
        return tuple(
            Problem(code="odd", severity="warning", file=self.name, column=place, message="odd.") for place in places
        )


def test_what_a_pass_finds_out_about_values_is_told_where_it_matters() -> None:
    """Of mapped columns and of the whole with a mapping, of all columns without."""
    found = scan([Remarked("epnx", [(*GOOD, "1")])], parse_mapping(COLUMNS), RULES, Options())
    assert ["e", None] == [problem.column for problem in found.problems]
    form = check_form([Remarked("epnx", [(*GOOD, "1")])], RULES)
    assert ["e", "x", None] == [problem.column for problem in form.problems if problem.code == "odd"]


def test_rows_under_too_many_columns_are_not_read_for_their_form() -> None:
    """The file before and the file behind are."""
    wide = Remarked("x" * (RULES.max_columns + 1), [GOOD])
    form = check_form([Remarked("epnx", [(*GOOD, "1")]), wide, Remarked("epnx", [(*GOOD, "1")])], RULES)
    assert (2, 1, 0) == (form.rows, form.counts["too_many_columns"], form.counts.get("no_rows", 0))
    assert not wide.done


def test_a_good_file_is_not_refused() -> None:
    """Nor one with warnings only."""
    scanned([GOOD, Fault("blank_line", "blank.")]).refuse()


WAYS = (
    "the service would overwrite what it has stored. Choose what becomes of it: --blank keep leaves it as it is, "
    "--blank overwrite empties it, --blank delete deletes it (in Python blank=)."
)
ONLY = "With --rejects FILE (in Python rejects=) only the other rows are sent."
OTHER = (
    "people.csv, row 1, line 2, column 'e': the cell is no email address; correct it. And 2 more. 2 rows would not go "
    "in. Correct them, or name a file for them with --rejects (in Python rejects=), and the others are sent."
)
REFUSALS: dict[str, tuple[Sequence[Sequence[str] | Fault], Blank, str]] = {
    "blank cells": (
        [("a@x.y", "", ""), ("b@x.y", "", "B"), GOOD],
        "refuse",
        f"2 rows with blank cells in 2 mapped columns ('p', 'n'): {WAYS} {ONLY}",
    ),
    "blank cells and more": (
        [("a@x.y", "+4930000001", ""), ("b",), GOOD],
        "refuse",
        f"1 row with blank cells in 1 mapped column ('n'): {WAYS} 1 more row would not go in either. {ONLY}",
    ),
    "other errors": ([("a", "b", "c"), ("b",), GOOD], "keep", OTHER),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_rows_that_would_not_go_in_refuse_all_and_the_ways_on_are_named(case: str) -> None:
    """In one sentence for the blank cells, however many there are."""
    rows, blank, expected = REFUSALS[case]
    with pytest.raises(FileRefused) as caught:
        scanned(rows, blank).refuse()
    assert expected == str(caught.value)


def test_no_more_than_a_few_columns_are_named() -> None:
    """A sentence is read, a list is not."""
    columns = {name: f"Contact.{name}" for name in "abcdefg"} | {"e": "Contact.email"}
    rules = evolve(RULES, max_columns=9)
    found = scan([Made("abcdefg", [[*"    ", "e@x.y", *"  "]])], parse_mapping(columns), rules, Options())
    assert "in 6 mapped columns ('a', 'b', 'c', 'd', 'f', ...): " in str(found.refusal)


def test_rejected_rows_are_written_and_the_others_may_go(tmp_path: Path) -> None:
    """With the codes of their errors, not of what is only doubtful."""
    path = tmp_path / "rejects.csv"
    found = scanned([("a", "4155550100", "x"), GOOD, Fault("blank_line", "blank.")], rejects=path)
    found.refuse()
    assert str(path) == found.rejects_file
    assert "file,row,line,problems,e,p,n\npeople.csv,1,2,malformed_email,a,4155550100,x\n" == path.read_text()


def test_nothing_is_written_where_a_file_is_of_no_use(tmp_path: Path) -> None:
    """It would be taken for all that is wrong."""
    path = tmp_path / "rejects.csv"
    files = [Made("epn", [("a", "b", "c")]), Made("epn", [], name="empty.csv")]
    found = scan(files, parse_mapping(COLUMNS), RULES, Options(rejects=path))
    assert (True, None, []) == (found.fatal, found.rejects_file, list(tmp_path.iterdir()))


def test_a_file_of_nothing_but_rejects_is_refused(tmp_path: Path) -> None:
    """The rejected rows are written all the same."""
    path = tmp_path / "rejects.csv"
    with pytest.raises(FileRefused, match=r"And 1 more\. No row is left to send; .*rejects\.csv has them all\.$"):
        scanned([("a", "b", "c")], rejects=path).refuse()
    assert 2 == path.read_text().count("\n")


def test_files_are_counted_together() -> None:
    """A row that meets one of an earlier file is told with its own file, row and line."""
    first = Made("epn", [GOOD, Fault("nul", "nul.")])
    second = Made("nxep", [("L\nB", "", *LATER[:2]), ("C", "", "c@x.y", "+4930000001")], name="more.csv")
    found = scan([first, second], parse_mapping(COLUMNS), RULES, Options())
    assert [("people.csv", 2, 3, "nul"), ("more.csv", 2, 4, "repeated_identifier")] == [
        (each.file, each.row, each.line, each.code) for each in found.problems
    ]
    assert Forecast(creates=2, updates=1) == found.forecast
    assert [[0, None], [None, 0]] == [[one.shared(1), one.shared(2)] for one in found.files]
    assert [("1 of its rows is left out",), ("1 of its columns is not mapped, and not sent",)] == [
        one.rewrite for one in found.files
    ]


def test_what_is_to_be_changed_is_said() -> None:
    """Of the form and of the content, each with its reason."""
    rows = [("a@x.y", "030 1234567", ""), ("b@x.y", "+4930000002", "\\N")]
    table = Made("epn", rows)
    table.as_is, table.dialect = False, Dialect(delimiter=";")
    found = scan([table], parse_mapping(COLUMNS), RULES, Options(blank="delete", region="DE"))
    assert (
        "its columns are parted by semicolons, and are sent parted by commas",
        "1 of its blank cells is sent as the delete marker",
        "1 of its phone numbers is sent with the country code",
    ) == found.files[0].rewrite
    assert 2 == found.forecast.deletes


def test_blank_cells_are_counted_by_column_and_rows_by_what_is_filled() -> None:
    """A bit a mapping; a column may feed two."""
    columns = {"e": "Contact.email", "p": "Contact.phone", "n": "Contact.firstName"}
    mappings = [*parse_mapping(columns), *parse_mapping({"e": "Other.email"})]
    rows = [GOOD, ("b@x.y", "", "B"), ("c@x.y", "", ""), LATER, ("c@x.y", " ", "C"), ("x", "", ""), ("", "", "")]
    found = scan([Made("epn", rows)], mappings, RULES, Options(blank="keep")).files[0]
    assert {0b1111: 2, 0b1101: 2, 0b1001: 1} == found.groups
    assert {"e": 1, "p": 5, "n": 3} == found.blanks
    assert 2 == found.rejects


def test_a_column_of_two_traits_deletes_both() -> None:
    """Each is counted."""
    mappings = [*parse_mapping(COLUMNS), *parse_mapping({"n": "Other.name"})]
    found = scan([Made("epn", [("a@x.y", "+4930000001", "\\N")])], mappings, RULES, Options(blank="overwrite"))
    assert 2 == found.forecast.deletes


def test_extents_cover_every_row_and_every_byte() -> None:
    """Runs of whole records, one after the other."""
    rows = [("a@x.y", "+4930000001", f'"\n{"x" * (number % 900)}') for number in range(20_000)]
    table = Made("epn", rows)
    found = scan([table], parse_mapping(COLUMNS), evolve(RULES, max_characters=1024), Options()).files[0]
    ends = table.header_bytes, 1, 2
    for extent in found.extents:
        assert ends == (extent.offset, extent.first_row, extent.first_line)
        ends = extent.offset + extent.length, extent.first_row + extent.rows, extent.first_line + 2 * extent.rows
    assert (table.size, 20_001) == ends[:2]
    assert 7 == len(found.extents)


CELLS = st.sampled_from(
    ["", " ", "\\N", "a@x.y", "b@x.y", "+4930000001", "4155550100", "030123456", "secret", "x" * 17]
)


@settings(deadline=None)
@given(
    rows=st.lists(st.lists(CELLS, min_size=2, max_size=4), min_size=1, max_size=8),
    blank=st.sampled_from(["refuse", "overwrite", "keep", "delete"]),
)
def test_counts_fit_together_and_no_message_holds_a_cells_value(rows: list[list[str]], blank: Blank) -> None:
    """Whatever the rows."""
    found = scanned(rows, blank)
    sent = len(rows) - found.rejects
    forecast = found.forecast
    assert sent == forecast.creates + forecast.updates + forecast.merges
    assert found.rejects == sum(found.files[0].rejected(row) for row in range(1, len(rows) + 1))
    assert (sent if blank == "keep" else 0) == sum(found.files[0].groups.values())
    assert sum(found.counts.values()) == len(found.problems)
    assert found.errors == sum(each.severity == "error" for each in found.problems)
    assert (found.refusal is not None) == bool(found.rejects)
    # What is told of a code, by how many times it was found, goes for all of them.
    assert len(found.counts) == len({(each.code, each.severity) for each in found.problems})
    text = f"{found.refusal}{[each.message for each in found.problems]}{found!r}"
    assert not any(value in text for value in ("@x.y", "493", "4155", "0301", "secret"))

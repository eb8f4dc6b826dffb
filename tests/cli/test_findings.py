"""How problems are shown: the first ones with their places, or all of them by kind."""

from collections.abc import Callable

import pytest
from attrs import evolve

from memory_imports.cli import findings
from memory_imports.cli.screen import Screen
from memory_imports.errors import Problem, Severity
from tests.cli.conftest import Streams


def problem(code: str, severity: Severity = "error", file: str = "a.csv", **place: object) -> Problem:
    """Return a problem whose message is its code in words."""
    return Problem(code=code, severity=severity, file=file, message=f"{code} it is.", **place)  # type: ignore[arg-type] # rows, columns


def test_kinds_are_in_the_order_of_their_weight() -> None:
    """With exact counts, the first three places, and a sign that there are more."""
    found = [
        problem("odd", "note"),
        *(problem("blank", "warning", row=row, column="phone") for row in range(1, 5)),
        problem("ragged", row=1700),
    ]
    table = findings.by_kind(found, {"odd": 1, "blank": 4, "ragged": 1, "late": 9})
    assert [
        ("ragged", "error", "1", "row 1,700", "ragged it is."),
        ("blank", "warning", "4", "row 1 'phone'; row 2 'phone'; row 3 'phone'; …", "blank it is."),
        ("odd", "note", "1", "the file", "odd it is."),
        ("late", "", "9", "; …", ""),
    ] == [*table.rows]


def test_what_differs_in_words_is_told_apart() -> None:
    """A row of two cells is none of four; where not all are known, or many differ, the first is said to be that."""
    short, long = problem("ragged", row=1), evolve(problem("ragged", row=3), message="longer it is.")
    lines = [("1", "row 1", "ragged it is."), ("1", "row 3", "longer it is.")]
    assert lines == [line[2:] for line in findings.by_kind([short, long], {"ragged": 2}).rows]
    many = [evolve(short, row=row, message=f"{row} it is.") for row in range(1, 5)]
    for found, count, first in ((many, 4, "1"), ([short, long], 3, "ragged")):
        (line,) = findings.by_kind(found, {"ragged": count}).rows
        assert (str(count), f"{first} it is. (The first; the others differ in detail.)") == (line[2], line[4])


def test_what_is_in_no_row_is_in_its_line() -> None:
    """As a header is; a column without a name would be no place at all."""
    rows = findings.by_kind([problem("x", line=1, column=""), problem("y", line=1)], {"x": 1, "y": 1}).rows
    assert ["line 1 ''", "line 1"] == [row[3] for row in rows]


def test_places_name_their_file_where_there_are_several() -> None:
    """Rows of two files are not told apart by number."""
    table = findings.by_kind([problem("x", row=1), problem("x", file="b.csv", row=2)], {"x": 2})
    assert "a.csv row 1; b.csv row 2" == table.rows[0][3]


def test_problems_name_their_file_where_there_are_several(capsys: pytest.CaptureFixture[str]) -> None:
    """And what is said twice is said once."""
    findings.tell([problem("x", row=1, line=2), problem("x", file="b.csv", row=2, line=3)], {"x": 2}, Screen())
    lines = [line.split() for line in capsys.readouterr().err.splitlines()]
    expected = ["file row line column what", "a.csv 1 2 x it is.", "b.csv 2 3 as above"]
    assert [line.split() for line in expected] == lines


def test_a_code_is_never_folded(terminals: Callable[[], Streams], monkeypatch: pytest.MonkeyPatch) -> None:
    """Half of one is found in no page, however little room there is."""
    screen = terminals()
    monkeypatch.setenv("COLUMNS", "60")
    code = "phone_without_country"
    long = evolve(problem(code, row=1, column="phone"), message="what it is " * 20)
    Screen().out(findings.by_kind([long], {code: 1}))
    assert f" {code} " in screen[0].getvalue()


@pytest.mark.parametrize(
    ("rows", "file", "words"), [(1, "r.csv", "; it is in r.csv"), (2, "r.csv", "; they are in r.csv"), (2, None, "")]
)
def test_rows_that_stay_out_are_where_they_are_kept(rows: int, file: str | None, words: str) -> None:
    """If they are."""
    assert words == findings.kept(rows, file)


def test_notes_are_not_counted_among_what_is_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    """They are said on their own, and quietly."""
    found = [problem("odd", "note"), problem("x", row=1)]
    findings.tell(found, {"odd": 1, "x": 3}, Screen(quiet=True))
    assert "and 2 more (x 3)" == capsys.readouterr().err.splitlines()[-1]


@pytest.mark.parametrize(
    ("found", "counts", "words"),
    [
        ([], {}, ""),
        ([problem("x")], {"x": 1}, "1 error"),
        ([problem("x"), problem("odd", "note")], {"odd": 2, "x": 1000}, "1,000 errors, 2 notes"),
    ],
)
def test_a_sum_is_by_weight(found: list[Problem], counts: dict[str, int], words: str) -> None:
    """And exact."""
    assert words == findings.summed(counts, found)

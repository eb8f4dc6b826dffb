"""Problems: counted exactly, the first kept, refused in one sentence."""

import pytest

from memory_imports.errors import FileRefused
from memory_imports.tables.problems import KEPT, Problems


def test_counts_stay_exact_beyond_what_is_kept() -> None:
    """The first thousand with their places, the number of each kind whatever it is."""
    problems = Problems("people.csv")
    for row in range(1, KEPT + 2):
        problems.add("blank_cell", "blank.", row=row, line=row + 1, column="email")
    problems.add("ragged_row", "ragged.", row=5000)
    assert {"blank_cell": KEPT + 1, "ragged_row": 1} == problems.counts
    assert [*range(1, KEPT), 5000] == [each.row for each in problems.kept]
    with pytest.raises(FileRefused) as caught:
        problems.refuse()
    assert "people.csv, row 1, line 2, column 'email': blank. And 1001 more." == str(caught.value)
    assert {"blank_cell": KEPT + 1, "ragged_row": 1} == caught.value.counts
    assert KEPT == len(caught.value.problems)


def test_nothing_but_warnings_refuses_nothing() -> None:
    """They are for people to read."""
    problems = Problems("people.csv")
    problems.add("delete_marker", "deletes.", severity="warning")
    problems.refuse()
    assert {"delete_marker": 1} == problems.counts


def test_an_error_after_a_thousand_warnings_is_still_told() -> None:
    """It is what refuses the file, so it is among the problems that are kept."""
    problems = Problems("people.csv")
    for _ in range(KEPT + 5):
        problems.add("delete_marker", "deletes.", severity="warning")
    problems.add("ragged_row", "ragged.", row=2000)
    problems.add("ragged_row", "ragged.", row=2001)
    with pytest.raises(FileRefused, match=r"^people\.csv, row 2000: ragged\. And 1 more\.$") as caught:
        problems.refuse()
    assert KEPT == len(caught.value.problems)
    assert [2000] == [each.row for each in caught.value.problems if each.severity == "error"]


def test_a_problem_of_the_whole_file_has_no_place() -> None:
    """Nor does it pretend to be one of many."""
    problems = Problems("people.csv")
    problems.add("empty_file", "empty.")
    with pytest.raises(FileRefused, match=r"^people\.csv: empty\.$"):
        problems.refuse()


def test_of_each_kind_one_at_least_is_kept() -> None:
    """However late it comes; what makes room is the last of those that are not alone."""
    problems = Problems("people.csv")
    for row in range(1, KEPT + 2):
        problems.add("blank_cell", "it is blank.", severity="warning", row=row)
    problems.add("email", "it is none.", severity="note", row=8)
    for row in (9, 10):
        problems.add("email", "it is none.", row=row)
    assert KEPT == len(problems.kept)
    assert [KEPT - 2, 8, 9] == [each.row for each in problems.kept[-3:]]
    assert {"blank_cell": KEPT + 1, "email": 3} == problems.counts
    assert "people.csv, row 9: it is none. And 1 more." == problems.sentence()

"""The header: its names, and whether every mapped column is among them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from memory_imports.models import ColumnMapping
from memory_imports.tables.header import check_header
from memory_imports.tables.problems import Problems

EMAIL, NAME = ColumnMapping("email", "Contact", "email"), ColumnMapping("first name", "Contact", "firstName")


def check(*header: str, max_columns: int = 100) -> tuple[list[int], Problems]:
    """Where the mapped columns are, and the problems."""
    problems = Problems("people.csv")
    return check_header(header, [EMAIL, NAME], problems, max_columns=max_columns), problems


def test_a_good_header_has_no_problem() -> None:
    """Positions are those of the mappings, in their order; other columns do not matter."""
    positions, problems = check("first name", "unmapped", "email")
    assert [2, 0] == positions
    assert [] == problems.kept


CASES: dict[str, tuple[tuple[str, ...], dict[str, int], str | None]] = {
    "a byte order mark": (("\ufeffx", "email", "first name"), {"byte_order_mark": 1}, None),
    "semicolons": (("email;first name",), {"wrong_delimiter": 1}, None),
    "tabs": (("email\tfirst name",), {"wrong_delimiter": 1}, None),
    "bars": (("email|first name",), {"wrong_delimiter": 1}, None),
    "a semicolon in a name": (("a;b", "email", "first name"), {}, None),
    "a name twice": (("email", "first name", "x", "x"), {"duplicate_header": 1}, "x"),
    "a name three times": (("email", "first name", "x", "x", "x"), {"duplicate_header": 1}, "x"),
    "a space before": (("email", "first name", " x"), {"header_spaces": 1}, " x"),
    "a space after": (("email", "first name", "x "), {"header_spaces": 1}, "x "),
    "two spaces": (("email", "first name", "x  y"), {"header_spaces": 1}, "x  y"),
    "no name": (("email", "first name", ""), {"header_spaces": 1}, ""),
    "no names": (("email", "", "first name", "", ""), {"header_spaces": 1}, ""),
    "a line for Excel": (("sep=", ""), {"no_header": 1}, None),
    "a line for Excel alone": (("SEP=;",), {"no_header": 1}, None),
    "a title": (("Customers of 2026", "", " "), {"no_header": 1}, None),
    "a missing column": (("email", "name"), {"missing_column": 1}, "first name"),
}


@pytest.mark.parametrize("case", CASES)
def test_names_what_is_wrong(case: str) -> None:
    """Once for each name, on line 1, as an error."""
    header, counts, column = CASES[case]
    _, problems = check(*header)
    assert counts == problems.counts
    assert [(1, None, column, "error")] * len(counts) == [
        (each.line, each.row, each.column, each.severity) for each in problems.kept
    ]


def test_another_delimiter_is_the_one_thing_to_say() -> None:
    """Every column would be missing besides."""
    positions, problems = check("email;first name")
    assert ([], {"wrong_delimiter": 1}) == (positions, problems.counts)
    assert "semicolons" in problems.kept[0].message


def test_too_many_columns_are_the_one_thing_to_say() -> None:
    """However many there are: a file of commas alone is told of at once."""
    assert {} == check("email", "first name", max_columns=2)[1].counts
    positions, problems = check("email", "first name", *([""] * 500_000), max_columns=2)
    assert ([], {"too_many_columns": 1}) == (positions, problems.counts)
    assert "500002 columns; at most 2" in problems.kept[0].message


def test_hints_at_a_similar_name() -> None:
    """A slip of the pen is found; a file that has nothing like it is not read out."""
    assert "did you mean 'first_name'?" in check("email", "first_name")[1].kept[0].message
    assert "did you mean 'EMAIL'?" in check("EMAIL", "first name")[1].kept[0].message
    assert "did you mean 'First Name'?" in check("email", "First Name", "FIRST NAME")[1].kept[0].message
    assert "none of its 2 columns" in check("xxx", "zzz")[1].kept[0].message
    assert "its first line has a single cell" in check("Customers")[1].kept[0].message


def test_columns_are_named_where_some_are_known() -> None:
    """Then what is there is a header; a long one is cut short."""
    assert "; its columns are 'email', 'zzz'." in check("email", "zzz")[1].kept[0].message
    many = [f"c{number}" for number in range(20)]
    assert "'c10', ..." in check("email", *many)[1].kept[0].message


@pytest.mark.parametrize(
    ("header", "words"),
    [
        (("email", "first name", ""), "no name; name it, or take it out of every line (the first line ends in a delim"),
        (("", "email", "first name"), "no name; name it, or take it out of every line."),
        (("email", "first name", " x"), "spaces around it; take them out."),
        (("email", "first name", "x  y"), "two spaces in a row; leave one."),
    ],
)
def test_what_is_wrong_with_a_name_is_told_apart(header: tuple[str, ...], words: str) -> None:
    """Each is corrected elsewhere."""
    assert words in check(*header)[1].kept[0].message


@settings(deadline=None)
@given(st.lists(st.from_regex(r"[0-9]{6,12}", fullmatch=True), min_size=2, max_size=5))
def test_a_file_without_a_header_is_not_repeated(cells: list[str]) -> None:
    """Then its first record is of people, and is no name that may be shown."""
    _, problems = check(*cells)
    assert 2 == problems.counts["missing_column"]
    assert not any(cell in problem.message for problem in problems.kept for cell in cells)


def test_one_column_need_not_be_several() -> None:
    """Where nothing in its name parts columns elsewhere."""
    problems = Problems("people.csv")
    assert [] == check_header(["email"], (), problems, max_columns=100)
    assert {} == problems.counts

"""What is wrong with a suggestion is named, and a header that is a person is not read out."""

import pytest
from tests.tables.suggest.limits import LIMITS

from memory_imports.errors import FileRefused, Problem
from memory_imports.tables.header import fault_of
from memory_imports.tables.suggest import problems_of, refuse_data, suggest

EXPECTED = {
    "nothing": (["Email", "First Name"], []),
    "no identifier": (
        ["First Name", "Last Name"],
        [
            (
                "no_identifier",
                "warning",
                None,
                "no column is mapped to an identifier; map one of email, phone, whatsapp.",
            )
        ],
    ),
    "one column": (
        ["Email"],
        [("too_few_mappings", "warning", None, "fewer than 2 columns are mapped (1); map more.")],
    ),
    "twice": (
        ["Email", "Phone", "x", "x"],
        [("duplicate_header", "warning", "x", "2 columns have this name, so none is mapped; keep one.")],
    ),
    "too long": (
        ["Email", "Phone", "x" * 65],
        [
            (
                "long_name",
                "warning",
                "x" * 65,
                "the name has 65 characters; at most 64 are allowed, so it is not mapped: shorten it.",
            )
        ],
    ),
    "spaces": (
        ["Email ", "Phone", "a  b", ""],
        [("header_spaces", "warning", name, f"{fault_of(name)}.") for name in ("Email ", "a  b", "")],
    ),
    "rivals": (
        ["Email", "Phone", "Mobile"],
        [("same_trait", "note", "Mobile", "column 'Phone' is the better one for Contact.phone.")],
    ),
    "rivals for what nobody has": (
        ["Email", "City", "Work Phone", "Home Phone"],
        [],
    ),
}


@pytest.mark.parametrize("case", EXPECTED)
def test_a_problem_is_named(case: str) -> None:
    """With its code, its column and what to do."""
    header, expected = EXPECTED[case]
    found = problems_of(suggest(header, [], LIMITS), "people.csv", LIMITS)
    assert expected == [(each.code, each.severity, each.column, each.message) for each in found]
    assert all(each.file == "people.csv" and each.row is None for each in found)


@pytest.mark.parametrize("person", ["ann@example.com", "+49 30 1234567"])
def test_a_person_instead_of_a_header_is_refused(person: str) -> None:
    """Nobody is named."""
    with pytest.raises(FileRefused) as refused:
        refuse_data("people.csv", ["Ann", person])
    message = "the first line is of a person, not of columns; put the columns' names above it."
    assert f"people.csv, line 1: {message}" == refused.value.message
    assert {"no_header": 1} == refused.value.counts
    assert (
        Problem(code="no_header", severity="error", file="people.csv", line=1, message=message),
    ) == refused.value.problems


def test_a_header_is_no_person() -> None:
    """Whatever else it is."""
    refuse_data("people.csv", ["Email", "2024-01-01", "", "a@b"])

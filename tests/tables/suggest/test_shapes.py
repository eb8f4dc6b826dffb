"""What values look like is counted over the first rows, and nothing of them is kept."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from memory_imports.tables.suggest.shapes import SAMPLE, Shape, is_data, shapes

EMAILS = ["ann@example.com", " Bob.Smith+x@sub.example.co.uk ", "zoë@exämple.de"]
NO_EMAILS = ["ann", "ann@", "@example.com", "ann@example", "a b@example.com", "a@example.com, b@example.com"]
PHONES = ["+49 30 1234567", "030/1234567", "(212) 555-0100", "'+8801912010701", "212.555.0100 x12", "5550100"]
INTERNATIONAL = ["+49 30 1234567", "'+8801912010701", "0049301234567"]
NO_PHONES = ["12345", "12345678901234567", "2024-01-01T00:00", "call me", "+", "1-2"]


def shape_of(*values: str) -> Shape:
    """The shape of one column."""
    (shape,) = shapes(1, ([value] for value in values))
    return shape


@pytest.mark.parametrize("value", EMAILS)
def test_an_email_address_is_seen(value: str) -> None:
    """Blanks around it do no harm."""
    assert Shape(rows=1, filled=1, emails=1) == shape_of(value)


@pytest.mark.parametrize("value", [*NO_EMAILS, *NO_PHONES])
def test_other_text_is_neither(value: str) -> None:
    """Two addresses in a cell included."""
    assert Shape(rows=1, filled=1) == shape_of(value)


@pytest.mark.parametrize("value", PHONES)
def test_a_phone_number_is_seen(value: str) -> None:
    """As people write them."""
    assert Shape(rows=1, filled=1, phones=1, international=int(value in INTERNATIONAL)) == shape_of(value)


def test_an_international_number_says_its_country() -> None:
    """By the sign or by two zeros."""
    assert 3 == shape_of(*INTERNATIONAL).international


def test_blank_cells_are_counted_as_blank() -> None:
    """A column is blank that has rows and nothing in them."""
    assert (True, False, False) == (shape_of("", " ").blank, shape_of("", "a").blank, shape_of().blank)


def test_most_and_few() -> None:
    """Of the filled cells only; of none there is neither most nor few."""
    nine = shape_of(*["a@example.com"] * 9, "a", "")
    assert (True, False) == (nine.mostly(nine.emails), nine.hardly(nine.emails))
    assert (False, True) == (nine.mostly(nine.phones), nine.hardly(nine.phones))
    assert (False, False) == (shape_of("").mostly(0), shape_of("").hardly(0))


def test_only_the_first_rows_are_taken() -> None:
    """However many there are."""
    taken = 0

    def endless() -> Iterator[list[str]]:
        nonlocal taken
        while True:
            taken += 1
            yield ["a"]

    assert SAMPLE == shapes(1, endless())[0].rows == taken


def test_a_short_row_has_fewer_cells_and_a_long_one_none_too_many() -> None:
    """They are another command's to complain of."""
    first, second = shapes(2, [["a"], ["a", "b", "c"], []])
    assert (2, 1) == (first.rows, second.rows)


@settings(deadline=None)
@given(st.text())
def test_any_value_is_of_some_shape(value: str) -> None:
    """Nothing fails."""
    assert 1 == shape_of(value).rows


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("ann@example.com", True),
        ("+49 30 1234567", True),
        ("email", False),
        ("5550100", False),
        ("0049301234567", False),
        ("2024-01-01", False),
    ],
)
def test_a_person_in_the_header_is_seen(name: str, expected: bool) -> None:  # noqa: FBT001 - a parameter
    """A date or a number as a column's name is none."""
    assert expected == is_data(name)

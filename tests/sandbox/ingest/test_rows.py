"""Cells: how identifiers are read, and what makes a row bad."""

from __future__ import annotations

from typing import Any

import pytest
from tests.sandbox.conftest import mappings

from memory_imports_sandbox import Settings
from memory_imports_sandbox.contract import load
from memory_imports_sandbox.ingest.columns import plan
from memory_imports_sandbox.ingest.rows import Row, email, is_foreign, judge, phone

RULES = load().rules
PLAN = plan(
    ["email", "phone", "whatsapp", "first"],
    mappings(email="Contact.email", phone="Contact.phone", whatsapp="Contact.whatsapp", first="Contact.firstName"),
    RULES,
)


def row(*cells: str, **switches: Any) -> Row | str:  # noqa: ANN401 - any switch of Settings
    """The row of the cells: email, phone, whatsapp, first name."""
    return judge(PLAN, RULES, Settings(**switches))(list(cells))


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Ada@Example.ORG", "ada@example.org"),
        (" ada @ example.org\u00a0", "ada@example.org"),
        ("ada", None),
        ("@example.org", None),
        ("ada@", None),
        ("a@b@c", None),
    ],
)
def test_email_is_compared_in_lower_case_without_spaces(cell: str, expected: str | None) -> None:
    """And has one @ between two things."""
    assert expected == email(cell)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("+493012345678", "+493012345678"),
        (" +49 (30) 1234-5678 ", "+493012345678"),
        ("415 555 0100", "+14155550100"),
        ("(415) 555.0100", "+14155550100"),
        ("1-415-555-0100", "+14155550100"),
        ("0301234567", "+10301234567"),
        ("030 12345678", None),
        ("79115550100", None),
        ("555-0100", None),
        ("+0123456789", None),
        ("+1415555010012345", None),
        ("call me", None),
        ("٠١٢٣٤٥٦٧٨٩", None),
        ("+٤٩٣٠١٢٣٤٥", None),
    ],
)
def test_phone_is_read_as_a_us_number_unless_it_says_otherwise(cell: str, expected: str | None) -> None:
    """Ten digits are a US number, even those of a Berliner who left the country code out."""
    assert expected == phone(cell)


def test_a_row_has_links_and_values() -> None:
    """Identifiers as they are compared, other cells as they are, a deleted one as None."""
    links = ["email:a@b.c", "phone:+14155550100", "whatsapp:wa"]
    assert (links, ["a@b.c", "+14155550100", "wa", "  Ada "]) == row("A@b.c", "4155550100", " wa ", "  Ada ")
    assert (["phone:+14155550100"], [None, "+14155550100", " ", None]) == row("\\N", "4155550100", " ", "\\N")


@pytest.mark.parametrize(
    ("cells", "word"),
    [
        (("a@b.c", "", ""), "ragged_row"),
        (("a@b.c", "", "", "", ""), "ragged_row"),
        (("", " ", "\\N", "Ada"), "no_identifier"),
        (("ada", "", "", "Ada"), "bad_email"),
        (("a@b.c", "12", "", "Ada"), "bad_phone"),
        (("a@b.c", "", "", "x" * 1025), "trait_too_long"),
    ],
)
def test_a_bad_row_has_one_word_for_it(cells: tuple[str, ...], word: str) -> None:
    """The first fault counts."""
    assert word == row(*cells)


def test_the_longest_trait_is_allowed() -> None:
    """The limit itself is not above the limit."""
    assert not isinstance(row("a@b.c", "", "", "x" * 1024), str)


def test_letters_that_are_not_latin_are_refused_only_where_asked() -> None:
    """By default every letter is taken."""
    assert not isinstance(row("a@b.c", "", "", "Юлия"), str)
    assert "characters" == row("a@b.c", "", "", "Юлия", characters="refuse")
    assert not isinstance(row("a@b.c", "", "", "Zoë Łukasz Nguyễn €", characters="refuse"), str)
    assert is_foreign("王")
    assert not is_foreign("Zoë 1_")


def test_arrays_are_text_unless_asked() -> None:
    """And only what is an array in JSON becomes one."""
    assert '["a"]' == row("a@b.c", "", "", '["a"]')[1][3]
    for cell, value in (('["a", 1]', ["a", 1]), ("[x", "[x"), ('{"a": 1}', '{"a": 1}'), ("[" * 1000, "[" * 1000)):
        assert value == row("a@b.c", "", "", cell, arrays="json")[1][3]

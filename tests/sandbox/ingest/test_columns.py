"""The header against the mappings."""

from __future__ import annotations

import pytest
from tests.sandbox.conftest import mappings

from memory_imports_sandbox.contract import load
from memory_imports_sandbox.ingest.columns import Column, plan
from memory_imports_sandbox.ingest.records import BrokenFile

RULES = load().rules
TWO = mappings(email="Contact.email", first="Contact.firstName")


def test_mapped_columns_get_their_places_and_the_others_are_ignored() -> None:
    """In the order of the mappings."""
    found = plan(["x", "first", "", "email"], TWO, RULES)
    assert 4 == found.width
    assert [Column(3, "Contact", "email", "email"), Column(1, "Contact", "firstName", None)] == found.columns


def test_one_column_may_feed_two_traits() -> None:
    """A phone that is a WhatsApp number as well."""
    both = [*mappings(phone="Contact.phone"), *mappings(phone="Contact.whatsapp")]
    assert ["phone", "whatsapp"] == [column.kind for column in plan(["phone"], both, RULES).columns]


@pytest.mark.parametrize(
    ("header", "columns", "reason"),
    [
        ("no_header", TWO, "no_header"),
        ("bad_quoting", TWO, "no_header"),
        (["email", "first", *map(str, range(99))], TWO, "too_many_columns"),
        (["email", "first", "x", "x"], TWO, "duplicate_header"),
        (["email", "first", " x"], TWO, "spaces_in_header"),
        (["email", "first", "x  y"], TWO, "spaces_in_header"),
        (["email", "First"], TWO, "missing_column"),
        (["a", "b"], mappings(a="Contact.firstName", b="Contact.lastName"), "no_identifier_column"),
        (["a", "b"], mappings(a="Contact.email", b="Contact.email"), "duplicate_trait"),
    ],
)
def test_a_header_that_breaks_a_rule_breaks_the_file(
    header: list[str] | str, columns: list[dict[str, str]], reason: str
) -> None:
    """With one word for it."""
    with pytest.raises(BrokenFile) as caught:
        plan(header, columns, RULES)
    assert reason == caught.value.reason

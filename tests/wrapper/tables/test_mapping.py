"""From the words people write to mappings."""

import pytest

from memory_imports.errors import InvalidRequest
from memory_imports.models import ColumnMapping
from memory_imports.tables import parse_mapping


def test_the_last_dot_parts_group_and_trait() -> None:
    """In the order given."""
    assert (
        ColumnMapping("email_address", "Contact", "email"),
        ColumnMapping("a.b", "My.Group", "trait"),
    ) == parse_mapping({"email_address": "Contact.email", "a.b": "My.Group.trait"})
    assert () == parse_mapping({})


@pytest.mark.parametrize("target", ["", ".", "email", "Contact.", ".email"])
def test_half_a_target_is_none(target: str) -> None:
    """The column is named."""
    with pytest.raises(InvalidRequest, match=r"write Group\.trait") as caught:
        parse_mapping({"a": target})
    assert "a" == caught.value.field


def test_two_columns_cannot_go_to_one_trait() -> None:
    """One would overwrite the other; both are named."""
    with pytest.raises(InvalidRequest, match=r"'a' and 'b' are both mapped to Contact\.email") as caught:
        parse_mapping({"a": "Contact.email", "b": "Contact.email"})
    assert "b" == caught.value.field

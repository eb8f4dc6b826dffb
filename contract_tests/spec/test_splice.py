"""One value of a text is changed, and what people wrote around it stays."""

import pytest

from memory_imports_contract.adopt.splice import SpliceError, put

TEXT = "a: [x, y]  # why\nb:\n  - name: p\n    type: q\n# the end\n"


def test_a_list_on_one_line_keeps_what_is_said_of_it() -> None:
    """The comment is a person's."""
    assert TEXT.replace("[x, y]", "[x, z]") == put(TEXT, "/a", ["x", "z"])


def test_a_list_in_a_block_has_one_item_more() -> None:
    """After the others, before what follows the list."""
    item = "  - name: r\n    type: s\n"
    assert TEXT.replace("# the end", f"{item}# the end") == put(TEXT, "/b/-", {"name": "r", "type": "s"})


def test_nothing_is_appended_within_a_line() -> None:
    """A person has to."""
    with pytest.raises(SpliceError, match="The list is on one line"):
        put(TEXT, "/a/-", "z")

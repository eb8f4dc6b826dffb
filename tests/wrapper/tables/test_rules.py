"""What a caller decides: everything that is no choice is refused, before any file is opened."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memory_imports.errors import InvalidRequest
from memory_imports.tables import Options

# Callers without a type checker.
chosen: Callable[..., Options] = Options
BLANK = ["refuse", "overwrite", "keep", "delete"]
ANYTHING = (
    st.none() | st.booleans() | st.integers() | st.text() | st.lists(st.text()) | st.sampled_from(["KEEP", "kepe"])
)


@given(ANYTHING.filter(lambda given: given not in BLANK))
def test_what_becomes_of_blank_cells_is_one_of_four_words(given: object) -> None:
    """Any other would be the service's own way, and empty what is stored."""
    with pytest.raises(InvalidRequest, match="give one of 'refuse', 'overwrite', 'keep' and 'delete'") as caught:
        chosen(blank=given)
    assert ("blank", True) == (caught.value.field, caught.value.message.startswith(f"blank is {given!r}; "))


@pytest.mark.parametrize(
    ("decided", "sentence"),
    [
        ({"region": "GBR"}, "region is 'GBR'; give a country's two letters, such as GB."),
        ({"region": ""}, "region is ''; give a country's two letters, such as GB."),
        ({"region": "4\u00e4"}, "region is '4\u00e4'; give a country's two letters, such as GB."),
        ({"region": 44}, "region is 44; give a country's two letters, such as GB."),
        ({"rejects": 1}, "rejects is 1; give the path of a file."),
        ({"encoding": 8}, "encoding is 8; give a text, or nothing."),
        ({"encoding": "latin"[::-1]}, "there is no encoding 'nital'; give one like utf-8 or cp1252."),
        ({"delimiter": b","}, "delimiter is b','; give a text, or nothing."),
        ({"delimiter": ",,"}, "a delimiter is one character, such as a comma, a semicolon, a tab or a bar."),
        ({"sheet": 1}, "sheet is 1; give a text, or nothing."),
    ],
)
def test_each_other_choice_is_refused_by_its_name(decided: dict[str, Any], sentence: str) -> None:
    """Whatever the files are, and whether or not they would ask for it."""
    with pytest.raises(InvalidRequest) as caught:
        chosen(**decided)
    assert ([*decided], sentence) == ([caught.value.field], caught.value.message)


def test_what_may_be_chosen_is_kept() -> None:
    """A path may be given as a text."""
    for blank in BLANK:
        options = chosen(blank=blank, region="gb", rejects="out.csv", encoding="UTF8", delimiter="tab", sheet="")
        assert (blank, Path("out.csv"), "gb") == (options.blank, options.rejects, options.region)
    assert Options(blank="refuse", region=None, rejects=None, encoding=None, delimiter=None, sheet=None) == Options()

"""The file is what a run reads: the same mapping comes back, whatever the columns are called."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.tables.suggest.limits import LIMITS

from memory_imports.cli.columns import columns_of
from memory_imports.tables.suggest import Suggestion, Suggestions, as_yaml, suggest
from memory_imports.tables.suggest.document import quoted

ANY = st.characters(codec=None)
SPECIAL = st.sampled_from(" \t\n\r\0\"'\\#:-?,[]{}&*!|>%@`~=.<\x85\u2028\ufeff\ud800😀é会")
WORDS = st.sampled_from(
    ["yes", "No", "null", "~", "1.0", "2024-01-01", "a: b", "- a", "? a", "<<", "=", "columns", "a #b"]
)
NAMES = st.text(ANY | SPECIAL, max_size=20) | WORDS


def mapped(columns: dict[str, str], others: list[str] | None = None) -> Suggestions:
    """Suggestions that map these, with comments between them."""
    lines = [
        Suggestion(column=name, target=target, confidence="high", reason=f"as {name!r}", mapped=True)
        for name, target in columns.items()
    ]
    comments = [Suggestion(column=name, target=None, reason=f"not {name!r}") for name in others or ()]
    return Suggestions(columns=(*comments, *lines, *comments))


def read_back(text: str, encoding: str) -> dict[str, str]:
    """What a run reads from the file."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "people.yaml"
        file.write_bytes(text.encode(encoding))
        return columns_of([], str(file))


@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
@settings(deadline=None)
@given(columns=st.dictionaries(NAMES, NAMES, min_size=1, max_size=5), others=st.lists(NAMES, max_size=3))
@example(columns={"yes": "Contact.email", "a\nb: c": "Contact.phone"}, others=["columns:\n  x: y"])
def test_a_run_reads_the_same_mapping(encoding: str, columns: dict[str, str], others: list[str]) -> None:
    """Of any names, in a file or on a terminal that has only plain letters."""
    assert columns == read_back(as_yaml(mapped(columns, others), encoding), encoding)


@settings(deadline=None)
@given(st.lists(NAMES, max_size=8))
def test_a_suggestion_reads_as_its_mapping(header: list[str]) -> None:
    """From names to a file and back."""
    suggestions = suggest([*header, "Email (of them)", "Phone"], [], LIMITS)
    assert suggestions.mapping == read_back(as_yaml(suggestions), "utf-8")


@given(NAMES)
def test_a_name_stays_on_its_line(name: str) -> None:
    """Nothing in it may begin another; other readers of YAML see the same name, and text."""
    assert [quoted(name)] == quoted(name).splitlines()
    assert {name: "a"} == yaml.safe_load(f"{quoted(name)}: a")


def test_a_comment_becomes_a_line_without_its_sign() -> None:
    """Which is how a person maps a column."""
    text = as_yaml(suggest(["Email", "Loyalty Points"], [], LIMITS))
    assert "  # Loyalty Points: Contact.loyaltyPoints  # low: " in text
    edited = text.replace("  # Loyalty", "  Loyalty")
    assert {"Email": "Contact.email", "Loyalty Points": "Contact.loyaltyPoints"} == read_back(edited, "utf-8")


def test_the_file_says_how_sure_it_is_and_why() -> None:
    """A line for each column, in the file's order."""
    text = as_yaml(suggest(["E-Mail", "Billing City", "会社名", "yes"], [], LIMITS))
    assert [
        "columns:",
        "  E-Mail: Contact.email  # high: a name for it in English",
        "  # Billing City: Contact.city  # medium: a name for it in English, but it is where bills go",
        "  # 会社名:  # no trait of the service is known by this name",
        '  # "yes": Contact.yes  # low: no trait of the service is known by this name',
    ] == text.splitlines()[2:]


def test_without_a_mapped_column_there_is_still_a_file_to_edit() -> None:
    """A run refuses it; a person takes a sign away, and it does not."""
    text = as_yaml(suggest(["Loyalty Points"], [], LIMITS))
    assert {"columns": None} == yaml.safe_load(text)
    assert {"Loyalty Points": "Contact.loyaltyPoints"} == read_back(text.replace("\n  # ", "\n  "), "utf-8")

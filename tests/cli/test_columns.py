"""Which column goes where, from options and files."""

from pathlib import Path

import pytest

from memory_imports.cli.columns import columns_of, repeated
from memory_imports.cli.stops import UsageError
from tests.cli.conftest import Cli


def test_the_last_equals_sign_parts_column_and_trait() -> None:
    """A column's name may hold one."""
    assert {"a=b": "Contact.email"} == columns_of(["a=b=Contact.email"], None)


def test_file_and_options_add_up(tmp_path: Path) -> None:
    """In a file, words are text even where YAML sees a number, a date or a yes."""
    file = tmp_path / "people.yaml"
    file.write_text("columns:\n  yes: Contact.email\n  2024-01-01: Contact.phone\n  '1.0': Contact.city\n")
    expected = {"yes": "Contact.email", "2024-01-01": "Contact.phone", "1.0": "Contact.city", "b": "Contact.state"}
    assert expected == columns_of(["b=Contact.state"], str(file))


@pytest.mark.parametrize("pair", ["Contact.email", "=Contact.email", ""])
def test_a_pair_without_a_column_is_refused(pair: str) -> None:
    """The sentence shows how it is written."""
    with pytest.raises(UsageError, match=r"write COLUMN=Group\.trait"):
        columns_of([pair], None)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("columns: [", "line 1: this is not YAML"),
        ("columns: {a: \x01}", "this is not YAML"),
        ("columns: {[a]: b}", "line 1: this is not YAML"),
        ("columns: &x [*x]", "this is not YAML"),
        ("[" * 1000, "this is not YAML"),
        ('columns: {"\\UFFFFFFFF": x.y}', "this is not YAML"),
        ('columns: {"\\U00110000": x.y}', "this is not YAML"),
        ("columns: !!python/object/apply:os._exit [9]", "is not a mapping file"),
        ("columns:" + " " * 300_000, "has more than 262144 bytes"),
        ("", "is not a mapping file"),
        ("columns:", "is not a mapping file"),
        ("columns: [a, b]", "is not a mapping file"),
        ("columns: {a: {b: c}}", "is not a mapping file"),
        ("columns: {a: b}\nblank: keep", "holds 'blank', which means nothing here"),
        ("columns: {a: x.y, a: x.z}", "names 'a' twice"),
        ("columns: {c: x.y}", "Column 'c' is mapped twice"),
        ("columns: {[a]: b, [a]: c}", "line 1: this is not YAML"),
    ],
)
def test_a_file_that_cannot_be_understood_is_refused(tmp_path: Path, text: str, sentence: str) -> None:
    """Each in a sentence that says what is wrong."""
    file = tmp_path / "people.yaml"
    file.write_text(text)
    with pytest.raises(UsageError) as refused:
        columns_of(["c=Contact.city"], str(file))
    assert sentence in refused.value.message


def test_no_mapping_at_all_is_refused(tmp_path: Path) -> None:
    """An empty file says as little as no option."""
    file = tmp_path / "people.yaml"
    file.write_text("columns: {}")
    with pytest.raises(UsageError, match=r"No column is mapped; .* memory-imports map suggests"):
        columns_of([], str(file))


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    """As any other file that is not YAML."""
    file = tmp_path / "people.yaml"
    file.write_bytes(b"columns: {\xff: a.b}")
    with pytest.raises(UsageError, match="this is not YAML"):
        columns_of([], str(file))


def test_many_names_are_not_each_compared_with_all() -> None:
    """A file of thousands of names would take minutes."""
    compared: list[str] = []

    class Name(str):
        __slots__ = ()
        __hash__ = str.__hash__

        def __eq__(self, other: object) -> bool:
            compared.append(self)
            return str.__eq__(self, other)

    assert repeated(Name(f"c{number}") for number in range(1000)) is None
    assert "c9" == repeated(Name(f"c{number % 10}") for number in (*range(10), 9))
    assert len(compared) < 1000


def test_a_file_that_is_not_there_is_refused(cli: Cli, people: Path) -> None:
    """With exit code 2."""
    done = cli("run", people, "--mapping", "/nowhere.yaml")
    assert (2, "error: /nowhere.yaml cannot be read: No such file or directory.\n") == (done.code, done.err)


def test_a_run_takes_a_mapping_file(cli: Cli, people: Path, tmp_path: Path) -> None:
    """As it takes options."""
    (tmp_path / "people.yaml").write_text("columns: {email: Contact.email, name: Contact.firstName}\n")
    assert 0 == cli("run", people, "--mapping", tmp_path / "people.yaml").code

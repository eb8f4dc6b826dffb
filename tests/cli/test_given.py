"""Which files and choices the words of `run`, `plan` and `check` mean."""

import argparse
from pathlib import Path

import pytest

from memory_imports.cli import amounts
from memory_imports.cli.given import files_of
from memory_imports.cli.stops import UsageError


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of files, and the one that words start from."""
    for name in ("b.csv", "a.csv", "other.txt"):
        (tmp_path / name).touch()
    (tmp_path / "c.csv").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("words", "files"),
    [
        (["*.csv"], ["a.csv", "b.csv"]),
        (["b.csv", "*.csv"], ["b.csv", "a.csv"]),
        (["a.csv", "./a.csv"], ["a.csv"]),
        (["-", "a.csv", "-"], ["-", "a.csv"]),
        (["missing.csv"], ["missing.csv"]),
        (["[ab].csv", "?ther.txt"], ["a.csv", "b.csv", "other.txt"]),
    ],
)
def test_patterns_are_filled_in_and_each_file_counts_once(words: list[str], files: list[str]) -> None:
    """In the order of the words, those of a pattern by name; folders are no files."""
    assert files == files_of(words)


def test_a_name_that_looks_like_a_pattern_is_a_name(folder: Path) -> None:
    """Where there is such a file."""
    (folder / "[ab].csv").touch()
    assert ["[ab].csv"] == files_of(["[ab].csv"])


@pytest.mark.usefixtures("folder")
def test_a_pattern_that_nothing_is_like_is_refused() -> None:
    """A run of no files must not look like one that went well."""
    with pytest.raises(UsageError, match=r"No file is like \*\.tsv\."):
        files_of(["*.csv", "*.tsv"])


@pytest.mark.parametrize(("text", "character"), [(";", ";"), ("tab", "\t"), (r"\t", "\t"), ("|", "|")])
def test_a_delimiter_is_one_character(text: str, character: str) -> None:
    """A tab may be named."""
    assert character == amounts.delimiter(text)


@pytest.mark.parametrize("text", ["", ";;", '"', "\n", "\0"])
def test_what_cannot_part_columns_is_refused(text: str) -> None:
    """As any other option that means nothing."""
    with pytest.raises(argparse.ArgumentTypeError, match="does not part columns"):
        amounts.delimiter(text)

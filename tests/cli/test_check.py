"""`check`: what it says of files, in its table and in its JSON. Sends nothing, and needs no service."""

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from memory_imports.cli import main
from tests.cli.conftest import COLUMNS, Cli, Streams

KEYS = ["outcome", "exit_code", "rows", "bytes", "columns", "counts", "problems", "error"]
AWFUL = "email,name\nann@example.com,Ann\nbob,Bob\neve@example.com,Eve,x\nzoe@example.com,\n"


def test_a_clean_file_gives_the_json_of_the_interface(alone: Cli, people: Path) -> None:
    """Every field in its order."""
    done = alone("check", people, *COLUMNS, "--json")
    assert KEYS == list(done.json)
    assert ("clean", 0, 2, people.stat().st_size, {}, [], None) == tuple(done.json[k] for k in KEYS if k != "columns")
    column = {"file": str(people), "column": "name", "target": "Contact.firstName", "blank_cells": 0}
    assert column == done.json["columns"][1]
    assert 0 == done.code


def test_every_problem_is_named_with_its_place(alone: Cli, people: Path) -> None:
    """Counted by code; one error is enough for exit code 1."""
    people.write_text(AWFUL)
    done = alone("check", people, *COLUMNS, "--json")
    assert ("problems", 1, 4, None) == (done.json["outcome"], done.code, done.json["rows"], done.json["error"])
    assert {"malformed_email": 1, "ragged_row": 1, "blank_cell": 1} == done.json["counts"]
    places = [(one["code"], one["row"], one["line"], one["column"]) for one in done.json["problems"]]
    assert [("malformed_email", 2, 3, "email"), ("ragged_row", 3, 4, None), ("blank_cell", 4, 5, "name")] == places


def test_a_person_gets_a_table_by_kind(alone: Cli, people: Path) -> None:
    """With a sum above it, and no value of a cell."""
    people.write_text(AWFUL)
    done = alone("check", people, *COLUMNS)
    headline, headings, *lines = done.out.splitlines()
    assert f"3 errors (4 rows, {people.stat().st_size} bytes)" == headline
    assert ["problem", "severity", "count", "first", "at", "what"] == headings.split()
    assert {"malformed_email", "ragged_row", "blank_cell"} == {line.split()[0] for line in lines}
    assert "bob" not in done.out + done.err


def test_warnings_alone_are_clean(alone: Cli, people: Path) -> None:
    """They are shown; the exit code is for errors."""
    people.write_text("email,name\nann@example.com,Zoë \U0001f600\nann@example.com,Ann\n")
    done = alone("check", people, *COLUMNS, "--json")
    assert ("clean", 0) == (done.json["outcome"], done.code)
    assert {"unclear_character": 1, "repeated_identifier": 1} == done.json["counts"]


def test_without_a_mapping_only_the_form_is_checked(alone: Cli, people: Path) -> None:
    """And it says so, and where to get one."""
    people.write_text(AWFUL)
    done = alone("check", people, "--json")
    assert ({"no_mapping": 1, "ragged_row": 1}, 4, 1) == (done.json["counts"], done.json["rows"], done.code)
    assert "memory-imports map" in done.json["problems"][0]["message"]
    assert [("email", None), ("name", None)] == [(one["column"], one["target"]) for one in done.json["columns"]]


def test_rejected_rows_are_written_for_their_owner_alone(alone: Cli, people: Path, tmp_path: Path) -> None:
    """With file, row, line and codes before their cells; the file is named at the end."""
    people.write_text(AWFUL)
    rejects = tmp_path / "rejects.csv"
    done = alone("check", people, *COLUMNS, "--rejects", rejects)
    assert (1, f"3 rows would stay out; they are in {rejects}.") == (done.code, done.out.splitlines()[-1])
    assert 0o600 == stat.S_IMODE(rejects.stat().st_mode)
    assert 4 == len(rejects.read_text().splitlines())


def test_rejects_that_are_none_are_not_promised(alone: Cli, people: Path, tmp_path: Path) -> None:
    """Nor a file that an earlier check has left, where this one could not tell."""
    rejects = tmp_path / "rejects.csv"
    done = alone("check", people, *COLUMNS, "--rejects", rejects)
    assert (0, f"No row would stay out, so {rejects} has none.") == (done.code, done.out.splitlines()[-1])
    assert 1 == len(rejects.read_text().splitlines())
    people.write_text("email,nom\nann@example.com,Ann\n")
    assert str(rejects) not in alone("check", people, *COLUMNS, "--rejects", rejects).out


def test_rejects_take_the_place_of_no_other_file(alone: Cli, people: Path, tmp_path: Path) -> None:
    """A mapping one wrote by hand would be gone, and the words of the command are what is wrong."""
    mapping = tmp_path / "people.yaml"
    mapping.write_text(text := "columns: {email: Contact.email, name: Contact.firstName}\n")
    done = alone("check", people, "--mapping", mapping, "--rejects", mapping)
    words = f"error: {mapping} is there already and holds something else; give rejected rows another file.\n"
    assert (2, text) == (done.code, mapping.read_text())
    assert done.err.endswith(words)


def test_rejects_without_a_mapping_make_no_sense(alone: Cli, people: Path, tmp_path: Path) -> None:
    """Nobody knows yet which rows they would be."""
    done = alone("check", people, "--rejects", tmp_path / "r.csv")
    assert (2, True) == (done.code, "depends on the mapping" in done.err)


def test_a_file_that_is_no_table_is_a_problem_like_others(alone: Cli, people: Path) -> None:
    """Not an error of the command: that is what it is there to find."""
    people.write_bytes(b"")
    done = alone("check", people, *COLUMNS, "--json")
    assert ("problems", 1, {"empty_file": 1}, None) == tuple(
        done.json[key] for key in ("outcome", "exit_code", "counts", "error")
    )
    assert alone("check", people, *COLUMNS).out.startswith("1 error\n")


def test_a_file_that_is_not_there_ends_with_2(alone: Cli) -> None:
    """In one sentence."""
    done = alone("check", "/nowhere/people.csv", "--json")
    assert (2, "refused", "InvalidRequest") == (done.code, done.json["outcome"], done.json["error"]["kind"])


def test_rows_that_were_not_read_are_not_counted(alone: Cli, people: Path) -> None:
    """A file without the column has rows all the same; one without rows has none."""
    people.write_text("email,nom\nann@example.com,Ann\n")
    assert f"1 error ({people.stat().st_size} bytes)" == alone("check", people, *COLUMNS).out.splitlines()[0]
    assert alone("check", people, *COLUMNS, "--json").json["rows"] is None
    people.write_text("email,name\n")
    assert "1 error (0 rows, 11 bytes)" == alone("check", people, *COLUMNS).out.splitlines()[0]


def test_a_delimiter_too_many_is_told_from_a_cell_too_many(alone: Cli, people: Path) -> None:
    """It is taken out of every line at once, where the other wants looking at."""
    people.write_text("email,name\nann@example.com,Ann,\nbob@example.com,Bob,Bobby\n")
    told = [each["message"] for each in alone("check", people, *COLUMNS, "--json").json["problems"]]
    have = "the row has 3 cells and the header 2"
    ends = f"{have}: it ends in delimiters that the header has not; take them out."
    assert [ends, f"{have}; make them equal."] == told


def test_several_files_are_one_table(alone: Cli, people: Path) -> None:
    """A person in two of them is seen to be one."""
    other = people.with_name("other.csv")
    other.write_text(people.read_text())
    done = alone("check", people.with_name("*.csv"), *COLUMNS, "--json")
    assert (4, {"repeated_identifier": 2}) == (done.json["rows"], done.json["counts"])


def test_a_terminal_sees_how_far_the_reading_is(people: Path, terminals: Callable[[], Streams], bare: object) -> None:
    """In bytes of the whole."""
    del bare
    streams = terminals()
    assert 0 == main(["check", str(people), str(people.with_name("p*.csv")), *COLUMNS])
    assert f"100% of {people.stat().st_size} bytes" in streams[1].getvalue()
    assert "Nothing is wrong (2 rows" in streams[0].getvalue()


def test_how_a_file_is_written_is_said(alone: Cli, people: Path) -> None:
    """As notes, which are no errors; and what was detected wrongly can be named."""
    people.write_bytes("email;name\nann@example.com;Zoë\n".encode("cp1252"))
    done = alone("check", people, *COLUMNS, "--json")
    assert ("clean", {"encoding": 1, "delimiter": 1}) == (done.json["outcome"], done.json["counts"])
    assert {"encoding": 1, "delimiter": 1, "no_mapping": 1} == alone("check", people, "--json").json["counts"]
    named = alone("check", people, *COLUMNS, "--encoding", "cp1252", "--delimiter", ";", "--json")
    assert ("clean", {}) == (named.json["outcome"], named.json["counts"])


@pytest.mark.parametrize("text", ["email,name\n", "email,name\na@example.com,x\n\nb@example.com,y\n"])
def test_the_form_alone_can_be_wrong(alone: Cli, people: Path, text: str) -> None:
    """A file without rows is refused, a line without anything on it is left out."""
    people.write_text(text)
    expected = {"email,name\n": ("no_rows", 1)}.get(text, ("blank_line", 0))
    done = alone("check", people, "--json")
    assert expected == (list(done.json["counts"])[1], done.code)


@pytest.mark.parametrize(("given", "expected"), [(None, "1"), ("3", "3")])
def test_numpy_starts_no_threads_unless_told_to(
    alone: Cli, people: Path, monkeypatch: pytest.MonkeyPatch, given: str | None, expected: str
) -> None:
    """Its linear algebra would, and there is none; what was set is left as it was."""
    name, seen = "OPENBLAS_NUM_THREADS", list[str | None]()
    if given is None:
        monkeypatch.delenv(name, raising=False)
    else:
        monkeypatch.setenv(name, given)
    monkeypatch.setattr("memory_imports.cli.check.execute", lambda *_: seen.append(os.environ.get(name)))
    alone("check", people)
    assert [expected] == seen
    assert given == os.environ.get(name)

"""Files that are no CSV, by command: checked, mapped, planned and run like any other."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from memory_imports.cli import main
from memory_imports.tables.data.remarks import KINDS
from tests.cli.conftest import COLUMNS, Cli, Streams
from tests.wrapper.tables.data.written import FORMS, workbook

if TYPE_CHECKING:
    from collections.abc import Callable

PAGE = Path(__file__).parents[2] / "docs" / "files.md"
HEADER = ("email", "name")
NAMES = {"JSON lines": "people.jsonl", "Excel": "people.xlsx", "Parquet": "people.parquet", "Feather": "people.arrow"}


@pytest.fixture(params=NAMES)
def other(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A file of three people, of whom one has no name."""
    file = tmp_path / NAMES[request.param]
    rows = [(f"{who}@{tmp_path.name}.example", name) for who, name in (("a", "Ann"), ("b", "Bob"), ("c", ""))]
    file.write_bytes(FORMS[request.param](HEADER, rows))
    return file


def test_it_is_checked(alone: Cli, other: Path) -> None:
    """A blank cell is named by its row."""
    done = alone("check", other, *COLUMNS, "--json")
    assert (1, 3, {"blank_cell": 1}) == (done.code, done.json["rows"], done.json["counts"])
    assert [(3, "name")] == [(one["row"], one["column"]) for one in done.json["problems"]]
    assert {"no_mapping": 1} == alone("check", other, "--json").json["counts"]


def test_it_is_mapped(alone: Cli, other: Path) -> None:
    """By its columns' names."""
    assert {"email": "Contact.email"}.items() <= alone("map", other, "--json").json["mapping"].items()


def test_it_is_planned_and_run_as_a_csv_file(cli: Cli, other: Path, tmp_path: Path) -> None:
    """Under a name that says so; the row that stays out is written down, and again nothing is sent."""
    rejects = tmp_path / "rejects.csv"
    planned = cli("plan", other, *COLUMNS, "--rejects", rejects).json
    assert (2, 1) == (planned["rows"], planned["rejects"])
    done = cli("run", other, *COLUMNS, "--rejects", rejects, "--json")
    assert ("completed_with_errors", 2) == (done.json["outcome"], done.json["rows"])
    assert rejects.read_text().splitlines()[1].startswith(f"{other},3,")
    (part,) = done.json["parts"]
    assert "people.csv" == cli("status", part["import_id"], "--json").json["filename"]
    again = cli("run", other, *COLUMNS, "--rejects", rejects, "--json")
    assert [part["import_id"]] == [each["import_id"] for each in again.json["parts"]]


def test_a_sheet_may_be_named(alone: Cli, tmp_path: Path) -> None:
    """Which one is read is said where nobody names it."""
    file = tmp_path / "people.xlsx"
    file.write_bytes(workbook({"Old": [HEADER, ("a@x.example", "Ann")], "New": [HEADER, ("b@x.example", "Bob")]}))
    assert {"sheet": 1} == alone("check", file, *COLUMNS, "--json").json["counts"]
    assert {} == alone("check", file, *COLUMNS, "--sheet", "New", "--json").json["counts"]
    missing = alone("check", file, "--sheet", "Newer")
    assert (2, f"error: {file} has no sheet 'Newer', but 'Old', 'New'.\n") == (missing.code, missing.err)
    assert 0 == alone("map", file, "--sheet", "New").code


def test_another_sheet_of_a_file_is_another_job(cli: Cli, tmp_path: Path) -> None:
    """The same bytes, and yet nothing of it has gone in."""
    file = tmp_path / "people.xlsx"
    rows = {sheet: [HEADER, (f"{sheet}@{tmp_path.name}.example", "Ann")] for sheet in ("Old", "New")}
    file.write_bytes(workbook(rows))
    runs = [cli("run", file, *COLUMNS, "--sheet", sheet, "--json").json for sheet in ("Old", "New")]
    assert ["completed"] * 2 == [run["outcome"] for run in runs]
    assert 2 == len({run["parts"][0]["import_id"] for run in runs})


def test_a_library_that_is_missing_is_named(alone: Cli, other: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In one sentence, with exit code 2."""

    def missing(name: str) -> object:
        raise ImportError(name)

    monkeypatch.setattr("memory_imports.tables.data.refusal.import_module", missing)
    done = alone("check", other, *COLUMNS)
    if other.suffix == ".jsonl":
        assert 1 == done.code
    else:
        assert 2 == done.code
        assert done.err.endswith(
            "another library; install memory-imports with its extra data, from where you have memory-imports.\n"
        )
        assert 1 == done.err.count("\n")


def test_a_terminal_sees_how_far_the_reading_is(
    other: Path, terminals: Callable[[], Streams], bare: pytest.MonkeyPatch
) -> None:
    """In bytes of the file."""
    del bare
    streams = terminals()
    assert 1 == main(["check", str(other), *COLUMNS])
    size = other.stat().st_size
    assert f"of {size / 1000:,.1f} kB" in streams[1].getvalue() or f"of {size} bytes" in streams[1].getvalue()


def test_the_page_about_it_shows_what_it_says(alone: Cli, bare: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Its file, its command, its output; and all that may be said of a column."""
    page = PAGE.read_text(encoding="utf-8")
    ((name, content),) = re.findall(r"^```jsonl (.*)\n((?:.*\n)*?)```$", page, re.MULTILINE)
    ((command, output),) = re.findall(r"^\$ memory-imports ((?:.*\\\n)*.*)\n((?:.*\n)*?)```$", page, re.MULTILINE)
    (tmp_path / name).write_text(content, encoding="utf-8")
    bare.chdir(tmp_path)
    assert output == alone(*command.replace("\\\n", " ").split(), "--quiet").out
    told = re.findall(r"^\| `(\w+)` \| (note|warning) \|", page, re.MULTILINE)
    assert {code: severity for code, (severity, *_) in KINDS.items()} == dict(told)

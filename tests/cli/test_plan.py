"""`plan`: what a run would do, in tables on a terminal and in JSON elsewhere. Sends nothing, and needs no service."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from attrs import evolve

from memory_imports.cli import main, planning
from memory_imports.cli.screen import Screen
from memory_imports.tables.facts import ColumnFacts, Forecast
from tests.cli.conftest import COLUMNS, Cli, Streams
from tests.cli.test_board import PLAN, part
from tests.cli.test_run import KEYS, PART

BLANKS = "email,name,age\nann@example.com,Ann,40\nbob@example.com,,41\n"


def test_a_pipe_gets_the_json_of_the_interface(alone: Cli, people: Path) -> None:
    """That of a run, of which nothing has been sent, and a forecast."""
    found = alone("plan", people, *COLUMNS).json
    assert set(KEYS) < set(found)
    assert ("planned", 0, None, 2, None) == tuple(
        found[key] for key in ("outcome", "exit_code", "store_id", "rows", "error")
    )
    assert PART == list(found["parts"][0])[: len(PART)]
    (only,) = found["parts"]
    assert (None, None, 1, 2, 2, [], ["email", "name"]) == tuple(
        only[key] for key in ("import_id", "state", "first_row", "last_row", "rows", "after", "columns")
    )
    assert people.stat().st_size == only["bytes"] == found["bytes"]
    assert {"creates": 2, "updates": 0, "merges": 0, "deletes": 0} == found["forecast"]
    assert {"file": str(people), "column": "name", "target": "Contact.firstName", "blank_cells": 0} in found["columns"]


def test_the_store_is_named_where_it_is_known(alone: Cli, people: Path, bare: pytest.MonkeyPatch) -> None:
    """It need not be."""
    bare.setenv("TWILIO_MEMORY_STORE_ID", "mem_store_x")
    assert "mem_store_x" == alone("plan", people, *COLUMNS).json["store_id"]
    assert "mem_store_y" == alone("plan", people, *COLUMNS, "--store", "mem_store_y").json["store_id"]


def test_a_file_that_would_be_refused_is_refused(alone: Cli, people: Path) -> None:
    """With the problems, their places and the ways on; nothing is planned."""
    people.write_text(BLANKS)
    done = alone("plan", people, *COLUMNS)
    assert ("refused", 1, []) == (done.json["outcome"], done.code, done.json["parts"])
    assert ({"blank_cell": 1}, 2) == (done.json["counts"], done.json["problems"][0]["row"])
    for way in ("keep", "overwrite", "delete"):
        assert f"--blank {way} " in done.json["error"]["message"]


def test_rejected_rows_are_counted_and_their_file_is_named(alone: Cli, people: Path, tmp_path: Path) -> None:
    """The others would be sent."""
    people.write_text(BLANKS)
    rejects = tmp_path / "rejects.csv"
    found = alone("plan", people, *COLUMNS, "--rejects", rejects).json
    assert (1, 1, str(rejects)) == (found["rows"], found["rejects"], found["rejects_file"])
    assert found["rewrite"][str(people)]


def test_a_terminal_gets_tables(people: Path, terminals: Callable[[], Streams], bare: pytest.MonkeyPatch) -> None:
    """The parts, the columns, what is in sight and what is rewritten."""
    people.write_text(BLANKS)
    streams = terminals()
    bare.setenv("COLUMNS", "160")
    assert 0 == main(["plan", str(people), *COLUMNS, "--blank", "overwrite"])
    text = streams[0].getvalue()
    for words in (
        "2 rows",
        "goes to",
        "empty the stored trait",
        "In sight: 2 new profiles",
        "is not sent as it stands",
    ):
        assert words in text


def test_a_terminal_gets_json_if_it_asks(people: Path, terminals: Callable[[], Streams], bare: object) -> None:
    """One line of it."""
    del bare
    streams = terminals()
    assert 0 == main(["plan", str(people), *COLUMNS, "--json"])
    assert streams[0].getvalue().startswith('{"outcome": "planned"')


def test_many_parts_are_cut_short() -> None:
    """Those that wait for many others, too; all of them are in the JSON."""
    parts = [evolve(part(number, 1, 1), after=tuple(range(min(number, 9)))) for number in range(25)]
    plan = evolve(PLAN, parts=tuple(parts), rejects=3, rejects_file="r.csv", files=("a.csv", "b.csv"))
    drawn = planning.drawn(plan)
    table = drawn[1]
    assert not isinstance(table, str)
    assert ("…", "and 5 more") == tuple(table.rows[-1][:2])
    assert ("1", "1, 2, 3, 4, 5, …") == (table.rows[1][-1], table.rows[9][-1])
    assert "3 rows will not go in; they are in r.csv." in drawn
    assert "30 rows, 3.0 kB from 2 files in 25 imports" == drawn[0]
    assert 25 == len(planning.described(plan)["parts"])


def test_a_plan_fits_80_columns(terminals: Callable[[], Streams], monkeypatch: pytest.MonkeyPatch) -> None:
    """With the names of its parts in one piece."""
    monkeypatch.setenv("COLUMNS", "80")
    screen = terminals()
    large = [evolve(part(number, 60_000, 1_897_791), filename=f"part{number}.part-0001.csv") for number in range(5)]
    Screen().out(*planning.drawn(evolve(PLAN, parts=tuple(large))))
    assert 5 == len(re.findall(r"part\d\.part-0001\.csv .*1,897,791", screen[0].getvalue()))


def test_what_is_in_sight_is_in_words() -> None:
    """Of an empty store: nobody here knows what is stored."""
    plan = evolve(PLAN, forecast=Forecast(creates=1, updates=2, merges=0, deletes=1))
    expected = "In sight: 1 new profile, 2 updates and 0 merges, if the store were empty; "
    assert f"{expected}1 cell would delete what is stored." in planning.drawn(plan)
    none = evolve(PLAN, forecast=Forecast(creates=2))
    assert "In sight: 2 new profiles, 0 updates and 0 merges, if the store were empty." in planning.drawn(none)


def test_files_that_are_mapped_alike_have_their_columns_once() -> None:
    """With the blank cells of all of them; which file has how many is in the JSON."""
    columns = [
        ColumnFacts(file=file, column="mail", target="Contact.email", blank_cells=blanks)
        for file, blanks in (("a.csv", 1), ("b.csv", 2))
    ]
    table = planning.drawn(evolve(PLAN, files=("a.csv", "b.csv"), columns=tuple(columns)))[2]
    assert not isinstance(table, str)
    assert ("column", "goes to", "blank cells", "what they do") == table.headings
    assert [("mail", "Contact.email", "3", "keep the row out")] == table.rows

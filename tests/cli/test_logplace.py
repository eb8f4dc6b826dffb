"""`--log-file`: never a file that the command reads or writes for something else."""

import json
import os
from pathlib import Path

import pytest

from tests.cli.conftest import Cli

CSV = "email,name\nann@example.com,Ann\n"
CASES = {
    "run, a file to read": ("run people.csv --map email=Contact.email --yes", "people.csv", "a file to read"),
    "check, a file to read": ("check people.csv", "people.csv", "a file to read"),
    "check, one of a pattern": ("check p*.csv", "people.csv", "a file to read"),
    "check, by another way": ("check ./people.csv", "../{here}/people.csv", "a file to read"),
    "check, another name of it": ("check people.csv", "hard.csv", "a file to read"),
    "check, a mapping": ("check people.csv --mapping m.yaml", "m.yaml", "--mapping"),
    "check, rejected rows": ("check people.csv --rejects r.csv", "r.csv", "--rejects"),
    "run, the journal": ("run people.csv --journal j", "j", "the journal"),
    "run, beside the journal": ("run people.csv --journal j", "j-wal", "the journal"),
    "jobs, the journal": ("jobs --journal j", "j", "the journal"),
    "jobs, the journal as it is": ("jobs", "state/memory-imports/journal.sqlite3", "the journal"),
    "map, the file": ("map people.csv", "people.csv", "the file to read"),
    "map, its output": ("map people.csv -o m.yaml --yes", "m.yaml", "--output"),
    "drift spec, the specification": ("drift spec new.yaml", "new.yaml", "the specification to look at"),
    "drift spec, what it compares with": ("drift spec new.yaml --base old.yaml", "old.yaml", "--base"),
    "drift spec, its report": ("drift spec new.yaml -o rep", "rep", "--output"),
    "drift spec, what is passed over": ("drift spec new.yaml --ignore i.yaml", "i.yaml", "--ignore"),
    "drift live, its report": ("drift live -o rep", "rep", "--output"),
    "sandbox, in its data": ("sandbox --data d", "d/sandbox.sqlite3", "--data"),
}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a file of people and a mapping, to stand in."""
    (tmp_path / "people.csv").write_text(CSV)
    (tmp_path / "m.yaml").write_text("columns: {email: Contact.email}\n")
    (tmp_path / "hard.csv").hardlink_to(tmp_path / "people.csv")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("case", CASES)
def test_a_log_goes_into_no_file_of_another_use(alone: Cli, here: Path, case: str) -> None:
    """It is refused before anything is opened, made or written."""
    words, log, what = CASES[case]
    before = {path: path.stat().st_mode for path in here.rglob("*")}
    done = alone(*words.split(), "--json", "--log-file", log.format(here=here.name))
    assert (2, "UsageError") == (done.code, done.json["error"]["kind"])
    assert f"is {what} as well; give the log a file of its own." in done.json["error"]["message"]
    assert before == {path: path.stat().st_mode for path in here.rglob("*")}
    assert CSV == (here / "people.csv").read_text()


def test_nor_into_what_is_piped_in(alone: Cli, here: Path) -> None:
    """Where the shell has opened the very file."""
    descriptor = os.open(here / "people.csv", os.O_RDONLY)
    before = os.dup(0)
    os.dup2(descriptor, 0)
    try:
        done = alone("check", "-", "--log-file", "people.csv")
    finally:
        os.dup2(before, 0)
        os.close(before)
        os.close(descriptor)
    assert (2, True) == (done.code, "is a file to read as well" in done.err)
    assert CSV == (here / "people.csv").read_text()


@pytest.mark.parametrize(
    "words", ["check people.csv", "check p*.csv x*.csv", "map people.csv", "jobs", "check people.csv --rejects r.csv"]
)
def test_any_other_file_will_do(alone: Cli, here: Path, words: str) -> None:
    """Beside them, and although another file is not there."""
    alone(*words.split(), "--log-file", "run.log")
    assert "begin" == json.loads((here / "run.log").read_text().splitlines()[0])["event"]


def test_without_a_home_there_is_no_journal_to_be_kept_apart_from(
    alone: Cli, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command itself says what is wrong."""
    monkeypatch.delenv("XDG_STATE_HOME")
    monkeypatch.setenv("HOME", "")
    assert "There is no home folder" in alone("jobs", "--log-file", "run.log").err
    assert (here / "run.log").exists()

"""`jobs`: what is unfinished on this machine."""

from pathlib import Path

import pytest

from memory_imports._effects import Record
from memory_imports.jobs import Job, Journal, default_path
from tests.cli.conftest import COLUMNS, Cli

STORE = "mem_store_" + 26 * "1"


def begun(job: str, *files: str, parts: int = 3, done: int = 0, store: str = STORE) -> None:
    """Leave a job in the journal."""
    with Journal(default_path()) as journal:
        journal.begin(Job(key=job, store_id=store, files=files, parts=parts, rows=1234, bytes=5_000_000))
        for part in range(done):
            journal.write(job, Record("ended", {"part": part, "state": "COMPLETED"}))


def test_nothing_is_unfinished_where_nothing_was_begun(alone: Cli) -> None:
    """And asking leaves no journal behind."""
    for words, sentence in ((("jobs",), "No run is unfinished.\n"), (("jobs", "--all"), "No run is known.\n")):
        assert (0, sentence) == (alone(*words).code, alone(*words).out)
    assert not default_path().exists()


def test_unfinished_runs_are_listed_with_how_far_they_are(alone: Cli) -> None:
    """Files by their names, the first three of many."""
    begun("a", "/data/one.csv", done=2)
    begun("b", *(f"/data/{number}.csv" for number in range(5)))
    begun("c", "/data/done.csv", parts=1, done=1)
    headings, first, second = alone("jobs").out.splitlines()
    assert ["files", "store", "state", "parts", "rows", "bytes", "last", "news"] == headings.split()
    assert ["one.csv", "…11111111", "unfinished", "2", "of", "3", "1,234", "5.0", "MB"] == first.split()[:9]
    assert second.startswith("0.csv, 1.csv, 2.csv and 2 more files")
    assert 4 == len(alone("jobs", "--all").out.splitlines())


def test_one_file_on_its_way_to_two_stores_is_told_apart(alone: Cli) -> None:
    """By as much of the stores' ids as fits; a short one is whole."""
    begun("a", "/data/one.csv", store=f"mem_store_{18 * '0'}ABCDEFGH")
    begun("b", "/data/one.csv", store="mem_1")
    assert ["…ABCDEFGH", "mem_1"] == [line.split()[1] for line in alone("jobs").out.splitlines()[1:]]


@pytest.mark.parametrize(("store", "number"), [(STORE, 1), ("mem_store_" + 26 * "2", 0)])
def test_one_object_for_scripts(alone: Cli, store: str, number: int) -> None:
    """Paths in full, times with their zone; of one store if one is named."""
    begun("a", "/data/one.csv", done=2)
    done = alone("jobs", "--store", store, "--json")
    assert (0, "completed", number) == (done.code, done.json["outcome"], len(done.json["jobs"]))
    for job in done.json["jobs"]:
        assert ("a", "unfinished", ["/data/one.csv"], 3, 2, 0) == (
            *(job[name] for name in ("job", "state", "files", "parts", "done", "failed")),
        )
        assert job["began"].endswith("+00:00")


def test_a_run_appears_in_the_journal_that_it_was_told(cli: Cli, people: Path, tmp_path: Path) -> None:
    """And is finished when it has ended."""
    place = tmp_path / "journal"
    cli("run", people, *COLUMNS, "--journal", place)
    (job,) = cli("jobs", "--all", "--journal", place, "--json").json["jobs"]
    assert ("finished", [str(people.resolve())], 2) == (job["state"], job["files"], job["rows"])


def test_a_broken_journal_is_one_sentence(alone: Cli) -> None:
    """As for a run."""
    default_path().parent.mkdir(parents=True)
    default_path().write_bytes(b"nothing of ours" * 1000)
    done = alone("jobs")
    assert (2, True) == (done.code, "cannot be used" in done.err)


def test_a_journal_that_nobody_could_look_for_is_one_sentence(alone: Cli, tmp_path: Path) -> None:
    """Its name is too long for any file."""
    done = alone("jobs", "--journal", tmp_path / ("n" * 300), "--json")
    assert (2, "JobConflict") == (done.code, done.json["error"]["kind"])

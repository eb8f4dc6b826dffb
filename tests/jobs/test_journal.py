"""The journal: durable, private, and honest about what it cannot read."""

import os
import sqlite3
import stat
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from attrs import evolve

from memory_imports._effects import Record
from memory_imports.errors import JobConflict
from memory_imports.jobs import Job, Journal, default_path
from memory_imports.jobs.entries import Entry
from memory_imports.jobs.statements import CLEAR

IMPORT = "mem_import_00000000000000000000000001"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the journal of a test is: in a folder that does not exist yet."""
    return tmp_path / "state" / "journal.sqlite3"


@pytest.fixture
def journal(path: Path) -> Iterator[Journal]:
    """An open journal."""
    with Journal(path) as opened:
        yield opened


JOB = Job(
    key="a" * 64,
    store_id="mem_store_00000000000000000000000000",
    files=("/data/people.csv",),
    parts=2,
    rows=3,
    bytes=99,
)


def line(event: str, part: int = 0, **fields: object) -> Record:
    """Return a line about a part of the job."""
    return Record(event, {"part": part, **fields})


def written(journal: Journal, record: Record) -> Entry:
    """Write a line, and return what is found of its part."""
    journal.write(JOB.key, record)
    return journal.entries(JOB.key)[record.fields["part"]]


def test_of_an_unknown_job_nothing_is_found(journal: Journal) -> None:
    """A job that was never begun has no entry and no standing."""
    assert ({}, []) == (journal.entries("no such key"), journal.standings())


def test_a_line_is_there_for_the_next_process(path: Path) -> None:
    """What was written is found through another connection, while the first is still open."""
    with Journal(path) as first, Journal(path) as second:
        first.write(JOB.key, line("uploading", import_id=IMPORT))
        entry = second.entries(JOB.key)[0]
    assert (entry.stage, entry.import_id, entry.state) == ("uploading", IMPORT, None)


def test_the_last_line_of_a_part_counts(journal: Journal) -> None:
    """A later line replaces the one before it, keeps nothing of it, and touches no other part."""
    written(journal, line("uploaded", 1, import_id=IMPORT))
    written(journal, line("uploaded", import_id=IMPORT))
    entry = written(journal, line("creating"))
    assert (entry.stage, entry.import_id) == ("creating", None)
    assert "uploaded" == journal.entries(JOB.key)[1].stage


@pytest.mark.parametrize("counts", [(3, 1), (None, None), (0, 0)])
def test_the_counts_of_an_ended_part_are_kept(journal: Journal, counts: tuple[int | None, int | None]) -> None:
    """How it ended is told again when it is asked for again; None is not 0."""
    errors, warnings = counts
    entry = written(journal, line("ended", import_id=IMPORT, state="COMPLETED", errors=errors, warnings=warnings))
    assert (entry.state, entry.errors, entry.warnings) == ("COMPLETED", *counts)


def test_counts_beyond_all_measure_are_kept_as_the_largest(journal: Journal) -> None:
    """The import has ended, whatever the service makes of it."""
    entry = written(journal, line("ended", import_id=IMPORT, errors=2**64, warnings=1))
    assert (entry.errors, entry.warnings) == (2**63 - 1, 1)


def test_a_file_name_need_not_be_text(journal: Journal) -> None:
    """It comes back as it was."""
    odd = evolve(JOB, files=(os.fsdecode(b"/\xff.csv"), "/two.csv"))
    journal.begin(odd)
    assert [odd] == [standing.job for standing in journal.standings()]


def test_a_standing_counts_what_has_ended(journal: Journal) -> None:
    """Unfinished, failed, finished: by the parts that went in and those that did not."""
    found = []
    journal.begin(JOB)
    for record in (None, line("uploaded"), line("ended", state="FAILED"), line("ended", state="COMPLETED")):
        if record is not None:
            journal.write(JOB.key, record)
        (standing,) = journal.standings()
        found.append((standing.state, standing.done, standing.failed))
    journal.write(JOB.key, line("ended", 1, state="COMPLETED"))
    found.append((journal.standings()[0].state, journal.standings()[0].done, 0))
    assert found == [
        ("unfinished", 0, 0),
        ("unfinished", 0, 0),
        ("failed", 0, 1),
        ("unfinished", 1, 0),
        ("finished", 2, 0),
    ]


def test_a_job_is_begun_once(journal: Journal) -> None:
    """Going on with it leaves when it was begun."""
    journal.begin(JOB)
    (first,) = journal.standings()
    journal.begin(JOB)
    assert [first] == journal.standings()


def test_what_was_finished_long_ago_is_forgotten(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    """With its lock, when the next job begins; what is unfinished stays, however old."""
    unfinished = evolve(JOB, key="b" * 64)
    for job in (JOB, unfinished):
        with journal.claim(job.key):
            journal.begin(job)
            journal.write(job.key, line("ended", state="COMPLETED"))
    journal.write(JOB.key, line("ended", 1, state="COMPLETED"))
    later = time.time() + 91 * 24 * 3600
    monkeypatch.setattr("memory_imports.jobs.journal.time.time", lambda: later)
    new = evolve(JOB, key="c" * 64)
    with journal.claim(new.key):
        journal.begin(new)
    assert [unfinished, new] == [standing.job for standing in journal.standings()]
    assert {} == journal.entries(JOB.key)
    assert ["b" * 16, "c" * 16] == sorted(lock.name.split(".")[2] for lock in journal.path.parent.glob("*.lock"))


def test_a_job_that_is_held_is_not_forgotten(path: Path) -> None:
    """Whoever runs it would go on without what it has recorded, and a lock taken away could be held twice."""
    with Journal(path) as first, Journal(path) as second, first.claim(JOB.key):
        first.write(JOB.key, line("uploaded", import_id=IMPORT))
        with pytest.raises(JobConflict, match="another run"):
            second.forget(JOB.key)
        assert "uploaded" == first.entries(JOB.key)[0].stage
        with pytest.raises(JobConflict, match="another run"), second.claim(JOB.key):
            pytest.fail("it was claimed twice")


def test_what_was_finished_long_ago_stays_while_somebody_holds_it(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """He may be about to go by it; and a job that is begun does not forget itself."""
    with Journal(path) as first, Journal(path) as second:
        first.begin(JOB)
        for part in (0, 1):
            first.write(JOB.key, line("ended", part, state="COMPLETED"))
        later = time.time() + 91 * 24 * 3600
        monkeypatch.setattr("memory_imports.jobs.journal.time.time", lambda: later)
        with first.claim(JOB.key):
            second.begin(evolve(JOB, key="b" * 64))
        first.begin(JOB)
        assert 2 == len(first.entries(JOB.key))


def test_what_a_forgotten_job_sent_was_sent_all_the_same(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    """A job before it is not the last to be in the store because of that; one after it is."""
    other, third = evolve(JOB, key="b" * 64, parts=3), evolve(JOB, key="c" * 64)
    for job in (JOB, other):
        journal.begin(job)
        for part in range(job.parts):
            journal.write(job.key, line("ended", part, import_id=IMPORT, state="COMPLETED"))
    journal.forget(other.key)
    assert not journal.is_last(JOB)
    journal.begin(third)
    journal.write(third.key, line("uploaded", import_id=IMPORT))
    assert journal.is_last(third)
    assert [JOB, third] == [standing.job for standing in journal.standings()]
    later = time.time() + 91 * 24 * 3600
    monkeypatch.setattr("memory_imports.jobs.journal.time.time", lambda: later)
    journal.begin(third)
    with closing(sqlite3.connect(journal.path)) as database:
        assert {third.key} == {key for (key,) in database.execute("SELECT job FROM parts")}


def test_a_journal_of_the_version_before_is_gone_on_with(path: Path) -> None:
    """It lacks tables, and keeps what it knows."""
    with Journal(path) as old:
        old.write(JOB.key, line("uploaded", import_id=IMPORT))
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        for change in ("DROP TABLE digests", "DROP TABLE abandoned", "PRAGMA user_version = 2"):
            database.execute(change)
    with Journal(path) as new:
        assert {0: "uploaded"} == {part: entry.stage for part, entry in new.entries(JOB.key).items()}
        new.begin(JOB, ["digest"])
        assert (IMPORT, new.entries(JOB.key)[0].at) == new.sent(evolve(JOB, key="b" * 64), "digest")


def test_what_a_part_left_behind_is_kept_until_the_job_is_forgotten(journal: Journal) -> None:
    """Later lines of the part do not take it away."""
    journal.begin(JOB)
    assert ("i1",) == written(journal, line("creating", abandoned=("i1",))).abandoned
    assert ("i1", "i2") == written(journal, line("created", import_id=IMPORT, abandoned=("i1", "i2"))).abandoned
    assert ("i1", "i2") == written(journal, line("uploaded", import_id=IMPORT)).abandoned
    assert () == written(journal, line("creating", 1)).abandoned
    journal.forget(JOB.key)
    assert () == written(journal, line("creating")).abandoned


class Dying:
    """A connection whose process ends before it could say so many statements more."""

    def __init__(self, connection: sqlite3.Connection, statements: int) -> None:
        self._connection, self._left = connection, statements

    def execute(self, statement: str, given: Any) -> sqlite3.Cursor:  # noqa: ANN401 - as SQLite
        """Do it, while there are some left."""
        self._left -= 1
        if self._left < 0:
            raise KeyboardInterrupt
        return self._connection.execute(statement, given)

    def close(self) -> None:
        """Let go of the file as it is."""
        self._connection.close()


@pytest.mark.parametrize("statements", range(8))
def test_a_job_is_begun_and_forgotten_whole_or_not_at_all(path: Path, statements: int) -> None:
    """A process that ends half-way leaves no job of which a part is unknown: that one would be sent again."""
    with Journal(path) as journal:
        journal.begin(JOB, ["one", "two"])
        for part in range(JOB.parts):
            journal.write(JOB.key, line("ended", part, import_id=IMPORT, state="COMPLETED"))
        before = journal.entries(JOB.key)
    with suppress(KeyboardInterrupt), Journal(path) as journal:
        journal._connection = Dying(journal._connection, statements)  # type: ignore[assignment] # noqa: SLF001 - from below its own code
        journal.clear(JOB.key)
    with Journal(path) as journal:
        whole = statements > len(CLEAR) + 1
        assert ({} if whole else before) == journal.entries(JOB.key)
        assert (0 if whole else 1) == len(journal.standings())


def test_only_the_owner_can_read_it(journal: Journal) -> None:
    """The file is 0600 and its folder 0700, whatever the umask."""
    assert stat.S_IMODE(journal.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(journal.path.parent.stat().st_mode) == 0o700


def test_a_job_is_claimed_once(path: Path) -> None:
    """A second run of the same job is told so, and one of another job is not."""
    with (
        Journal(path) as first,
        Journal(path) as second,
        first.claim("a" * 64),
        second.claim("b" * 64),
        pytest.raises(JobConflict, match="another run"),
        second.claim("a" * 64),
    ):
        pytest.fail("the job was claimed twice")


def test_a_claim_ends_with_its_block(path: Path) -> None:
    """A job that was let go, by an error too, can be claimed again."""
    with Journal(path) as journal:
        with pytest.raises(ZeroDivisionError), journal.claim("a" * 64):
            raise ZeroDivisionError
        with journal.claim("a" * 64):
            assert {} == journal.entries("a" * 64)


def test_a_file_that_is_no_journal_is_refused(tmp_path: Path) -> None:
    """The sentence names the file and the way out."""
    path = tmp_path / "journal.sqlite3"
    path.write_bytes(b"not a database, but long enough to be taken for one" * 100)
    with pytest.raises(JobConflict, match=r"journal\.sqlite3 cannot be used .* move it away"):
        Journal(path)


def test_a_database_of_something_else_is_left_alone(tmp_path: Path) -> None:
    """Even if its table has the same name; nothing is added to it."""
    path = tmp_path / "other.sqlite3"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE jobs (title TEXT)")
    before = path.read_bytes()
    with pytest.raises(JobConflict, match="something else"):
        Journal(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("damage", ["DROP TABLE parts", "ALTER TABLE parts RENAME COLUMN stage TO title"])
def test_a_table_that_is_not_ours_is_one_sentence(path: Path, damage: str) -> None:
    """For each way in which it is used, with the import that was at stake."""
    with Journal(path) as journal:
        with closing(sqlite3.connect(path)) as other:
            other.execute(damage)
        for use in (lambda: journal.entries(JOB.key), lambda: journal.is_last(JOB)):
            with pytest.raises(JobConflict, match="cannot be used"):
                use()
        with pytest.raises(JobConflict, match=f"^{IMPORT} could not be recorded. .*cannot be used") as caught:
            journal.write(JOB.key, line("uploading", import_id=IMPORT))
    assert caught.value.import_id == IMPORT


def test_a_broken_page_is_one_sentence(path: Path) -> None:
    """The head of the file is whole, what is behind it is not."""
    with Journal(path) as journal:
        journal.write(JOB.key, line("creating"))
    content = path.read_bytes()
    path.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))
    with Journal(path) as journal, pytest.raises(JobConflict, match=r"cannot be used .* move it away"):
        journal.entries(JOB.key)


@pytest.mark.parametrize("problem", [OSError(37, "No locks available"), NotImplementedError("no locks here")])
def test_a_place_that_knows_no_locks_is_one_sentence(
    journal: Journal, monkeypatch: pytest.MonkeyPatch, problem: Exception
) -> None:
    """Without a lock nothing is sent."""

    def fail(_: object) -> None:
        raise problem

    monkeypatch.setattr("memory_imports.jobs.journal.FileLock.acquire", fail)
    with pytest.raises(JobConflict, match="locks"), journal.claim("a" * 64):
        pytest.fail("it was claimed")


def test_a_journal_of_a_newer_version_is_refused(path: Path) -> None:
    """Nothing is guessed about what a newer version wrote."""
    with Journal(path):
        pass
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(JobConflict, match="newer version"):
        Journal(path)


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """A folder that is a file is one sentence, not a traceback."""
    (tmp_path / "state").write_bytes(b"")
    with pytest.raises(JobConflict, match="cannot be written"):
        Journal(tmp_path / "state" / "journal.sqlite3")


def test_a_journal_that_links_elsewhere_is_refused(tmp_path: Path) -> None:
    """A link that somebody else laid is not followed."""
    target = tmp_path / "target"
    (tmp_path / "journal.sqlite3").symlink_to(target)
    with pytest.raises(JobConflict, match="cannot be written"):
        Journal(tmp_path / "journal.sqlite3")
    assert not target.exists()


def test_the_usual_place_follows_the_environment() -> None:
    """XDG_STATE_HOME wins over the home folder."""
    assert default_path({"XDG_STATE_HOME": "/state"}) == Path("/state/memory-imports/journal.sqlite3")
    assert default_path({}) == Path.home() / ".local/state/memory-imports/journal.sqlite3"


def test_a_relative_state_folder_is_none() -> None:
    """As the specification of these folders says."""
    assert default_path({"XDG_STATE_HOME": "state"}) == default_path({})


@pytest.mark.parametrize("home", ["", "relative", None])
def test_without_a_home_folder_a_place_has_to_be_named(monkeypatch: pytest.MonkeyPatch, home: str | None) -> None:
    """An empty one is not the root of the file system, and a user need not have one."""
    if home is None:
        monkeypatch.setattr("os.path.expanduser", lambda path: path)
    else:
        monkeypatch.setenv("HOME", home)
    monkeypatch.delenv("XDG_STATE_HOME", raising=False)
    with pytest.raises(JobConflict, match=r"no home folder .* --journal"):
        default_path()


def test_a_journal_that_another_run_makes_at_the_same_time_is_taken_as_it_is(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There was none at the first look, and there is one at the second."""
    with Journal(path) as first:
        first.write(JOB.key, line("creating"))
    versions = iter((0, 3))
    monkeypatch.setattr("memory_imports.jobs.schema.version_of", lambda _: next(versions))
    with Journal(path) as second:
        assert [0] == list(second.entries(JOB.key))


@pytest.mark.parametrize("mode", [0o644, 0o666, 0o640])
def test_a_journal_that_others_could_read_is_closed_to_them(path: Path, mode: int) -> None:
    """Whatever made it so wide."""
    with Journal(path):
        pass
    path.chmod(mode)
    with Journal(path):
        assert 0o600 == stat.S_IMODE(path.stat().st_mode)


def test_a_journal_of_another_user_is_not_used(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who wrote it could say that everything has gone in."""
    with Journal(path):
        pass
    monkeypatch.setattr("memory_imports.jobs.places._me", lambda: path.stat().st_uid + 1)
    with pytest.raises(JobConflict, match="it belongs to another user"):
        Journal(path)


def test_what_is_no_file_is_no_journal(path: Path) -> None:
    """A pipe, a device, a link and a folder: one sentence, and no waiting for somebody to write."""
    path.parent.mkdir()
    pipe, link = path.with_name("pipe"), path.with_name("link")
    os.mkfifo(pipe)
    link.symlink_to(path)
    for place in (pipe, link, path.parent, Path(os.devnull), path.with_name("n" * 300)):
        with pytest.raises(JobConflict, match=r"cannot be written \("):
            Journal(place)
    assert not path.exists()


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE parts SET stage = 'up'",
        "UPDATE parts SET stage = 7",
        "UPDATE parts SET import_id = NULL",
        "UPDATE parts SET import_id = x'00ff'",
        "UPDATE parts SET errors = 'three'",
        "UPDATE parts SET at = 1e300",
        "UPDATE parts SET at = 'noon'",
        "UPDATE jobs SET files = '['",
        "UPDATE jobs SET files = '[]'",
        "UPDATE jobs SET files = '[1]'",
        "UPDATE jobs SET files = 7",
        "UPDATE jobs SET rows = 'many'",
        "UPDATE jobs SET began = -1e300",
        "DROP TABLE parts",
    ],
)
def test_what_makes_no_sense_is_one_sentence(path: Path, damage: str) -> None:
    """A bit that has flipped must not send a file twice, nor leave one out."""
    with Journal(path) as journal:
        journal.begin(JOB)
        journal.write(JOB.key, line("uploaded", import_id=IMPORT, errors=1))
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute(damage)
    with Journal(path) as journal, pytest.raises(JobConflict, match=r"journal.* (is damaged|cannot be used)"):  # noqa: PT012 - one of them reads it
        journal.standings()
        journal.entries(JOB.key)


def test_a_journal_whose_fault_cannot_even_be_said_is_one_sentence(path: Path) -> None:
    """The database quotes what it cannot read, whether or not that is text."""
    with Journal(path):
        pass
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("PRAGMA writable_schema = ON")
        database.execute("UPDATE sqlite_master SET name = CAST(x'ff' AS TEXT), sql = 'CREATE'")
    with pytest.raises(JobConflict, match="cannot be used"), Journal(path) as journal:
        journal.standings()


class Working:
    """A connection that works for a while; ``told`` is what was asked of it, in order, each when it was through."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.begun, self.done = Event(), Event()

    def execute(self, statement: str, _: object) -> "Working":
        """Take until `done` is set."""
        self.begun.set()
        self.done.wait(10)
        self.told.append(statement)
        return self

    def fetchall(self) -> list[object]:
        """Return nothing."""
        return []

    def close(self) -> None:
        """Close it."""
        self.told.append("close")


def test_a_journal_is_closed_when_what_is_being_written_is_written(path: Path) -> None:
    """SQLite does not survive the loss of a connection that it works with."""
    journal = Journal(path)
    journal._connection.close()  # noqa: SLF001 - from below its own code
    journal._connection = working = Working()  # type: ignore[assignment] # noqa: SLF001 - the same
    writer = Thread(target=journal.clear, args=(JOB.key,))
    closer = Thread(target=journal.__exit__, args=(None, None, None))
    writer.start()
    assert working.begun.wait(10)
    closer.start()
    closer.join(0.05)
    working.done.set()
    for thread in (writer, closer):
        thread.join(10)
    assert ["COMMIT", "close"] == working.told[-2:]

"""Jobs of one part against the sandbox, over a real socket: each interrupted somewhere, then run again."""

import gzip
import logging
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from attrs import evolve

import memory_imports_sandbox as sandbox
from memory_imports import MemoryImports, Progress, errors
from memory_imports._effects import Record
from memory_imports.jobs import Journal
from memory_imports.tables import Options
from tests.jobs.bench import COLUMNS, QUICK, REFUSED, Bench, bench_at


class Interrupted(BaseException):
    """Stands for Ctrl-C, a crash or a reboot."""


def at(phase: str) -> Callable[[Progress], None]:
    """Return a listener that ends the process, as it were, when the run comes to this phase."""

    def tell(progress: Progress) -> None:
        if progress.phase == phase:
            raise Interrupted

    return tell


def test_a_job_runs_to_its_end(bench: Bench) -> None:
    """The result tells what was sent and what became of it."""
    result = bench.run()
    (part,) = result.parts
    assert (result.outcome, result.rows, part.state) == ("completed", 2, "COMPLETED")
    assert bench.imports() == [part.import_id]


def test_a_finished_job_is_not_sent_again(bench: Bench) -> None:
    """The second run sends nothing, says so, and tells the same outcome."""
    first, second = bench.run(), bench.run()
    assert len(bench.imports()) == 1
    assert second.parts[0].import_id == first.parts[0].import_id
    assert [problem.code for problem in second.problems] == ["already_imported"]
    assert second.outcome == "completed"


def test_a_finished_job_is_sent_again_on_request(bench: Bench) -> None:
    """`fresh` is the way to mean it."""
    bench.run()
    bench.run(fresh=True)
    assert len(bench.imports()) == 2


def test_a_copy_under_another_name_is_the_same_job(bench: Bench) -> None:
    """What is sent makes the job, not what its file is called."""
    bench.run()
    bench.file = bench.file.rename(bench.file.with_name("copy.csv"))
    bench.run()
    assert len(bench.imports()) == 1


def test_an_interruption_before_the_create_leaves_nothing(bench: Bench) -> None:
    """The next run starts as if there had been none."""
    with pytest.raises(Interrupted):
        bench.run(at("creating"))
    result = bench.run()
    assert (result.outcome, len(bench.imports()), result.problems) == ("completed", 1, ())


def test_an_interruption_before_the_upload_names_the_import_left_behind(bench: Bench) -> None:
    """Its URL is gone, so another is created, and the empty one is named."""
    with pytest.raises(Interrupted):
        bench.run(at("uploading"))
    (left,) = bench.imports()
    result = bench.run()
    assert result.parts[0].abandoned == (left,)
    assert [problem.code for problem in result.problems] == ["abandoned_import"]
    assert result.outcome == "completed"


def test_what_two_interruptions_left_behind_is_named(bench: Bench) -> None:
    """The second run had no time to tell of what the first one left."""
    for _ in range(2):
        with pytest.raises(Interrupted):
            bench.run(at("uploading"))
    left = bench.imports()[::-1]
    result = bench.run()
    assert tuple(left) == result.parts[0].abandoned
    assert tuple(left) == bench.run().parts[0].abandoned
    assert ["abandoned_import", "abandoned_import"] == [problem.code for problem in result.problems]


def test_an_interruption_amid_the_upload_is_looked_into_and_told(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    """With the import and its state at each look, and with a line of the log: a minute is long without a word."""
    with pytest.raises(Interrupted):
        bench.run(at("uploading"))
    (left,) = bench.imports()
    with Journal(bench.journal) as book:
        book.write(bench.job().key, Record("uploading", {"part": 0, "import_id": left}))
    caplog.set_level(logging.INFO, "memory_imports")
    told: list[Progress] = []
    result = bench.run(told.append)
    assert (None, *["PENDING"] * 5) == tuple(news.state for news in told if news.phase == "resuming")
    assert {(left, 0, 2)} == {(news.import_id, news.part, news.rows) for news in told if news.phase == "resuming"}
    assert ["part 0: looking whether the file of an interrupted upload arrived"] == [
        record.message for record in caplog.records if vars(record).get("event") == "arrival"
    ]
    assert ((left,), "completed") == (result.parts[0].abandoned, result.outcome)


def test_an_interruption_after_the_upload_sends_nothing_again(bench: Bench) -> None:
    """The next run waits for the import that has the file."""
    with pytest.raises(Interrupted):
        bench.run(at("processing"))
    result = bench.run()
    assert [result.parts[0].import_id] == bench.imports()
    assert result.outcome == "completed"


def test_a_run_that_was_not_waited_for_is_waited_for_by_the_next(bench: Bench) -> None:
    """Without waiting the outcome is `uploaded`; with it the same import is followed."""
    first = bench.run(follow=False)
    second = bench.run()
    assert (first.outcome, second.outcome) == ("uploaded", "completed")
    assert first.parts[0].import_id == second.parts[0].import_id


def test_a_timeout_carries_the_import_that_the_run_went_on_with(tmp_path: Path) -> None:
    """Waiting no time at all for what an earlier run uploaded ends in a timeout, and sends nothing."""
    with bench_at(sandbox.Settings(pending_seconds=60), tmp_path) as bench:
        first = bench.run(follow=False)
        with pytest.raises(errors.WaitTimeout) as caught:
            bench.run(timeout=0)
        assert caught.value.import_id == first.parts[0].import_id
        assert len(bench.imports()) == 1


def test_without_time_nothing_is_begun(bench: Bench) -> None:
    """No import is made that could not be filled."""
    with pytest.raises(errors.WaitTimeout, match=r"no time left for rows 1 to 2 of .*people\.csv; run it again"):
        bench.run(timeout=0)
    assert [] == bench.imports()
    assert "completed" == bench.run().outcome


def test_a_changed_file_is_another_job(bench: Bench) -> None:
    """Once the first is done, new content under its name is sent, and the old job stays what it was."""
    bench.run()
    with bench.file.open("a") as file:
        file.write("cyd@example.com,Cyd\n")
    assert bench.run().rows == 3
    assert len(bench.imports()) == 2


@pytest.mark.parametrize("follow", [True, False])
def test_a_file_that_went_in_before_another_is_not_taken_for_sent(bench: Bench, *, follow: bool) -> None:
    """A, B and A again: the store may hold what B says, so the third run asks what is meant."""
    first = bench.run()
    others = bench.file.with_name("others.csv")
    others.write_text("email,name\nann@example.com,Anna\n")
    people, bench.file = bench.file, others
    bench.run(follow=follow)
    bench.file = people
    with pytest.raises(errors.JobConflict, match=r"went in as .* since; use --fresh") as caught:
        bench.run()
    assert (caught.value.import_id, caught.value.state) == (first.parts[0].import_id, "COMPLETED")
    assert caught.value.code == "already_imported"
    assert len(bench.imports()) == 2
    bench.run(fresh=True)
    assert [problem.code for problem in bench.run().problems] == ["already_imported"]


def test_a_file_that_failed_does_not_count_as_gone_in(bench: Bench) -> None:
    """What another file did not become cannot have overwritten this one."""
    bench.run()
    people, bench.file = bench.file, bench.file.with_name("failing.csv")
    bench.file.write_text("email,name\n" + REFUSED * 150)
    assert bench.run().outcome == "failed"
    bench.file = people
    assert [problem.code for problem in bench.run().problems] == ["already_imported"]


def test_an_import_that_the_service_has_forgotten_is_no_dead_end(bench: Bench, tmp_path: Path) -> None:
    """The journal's import is named, and the way on."""
    left = bench.run(follow=False).parts[0].import_id
    with bench_at(evolve(QUICK, store_id=bench.client.store_id), tmp_path) as emptied:
        job = emptied.job()
        with Journal(bench.journal) as book:
            book.begin(job)
            book.write(job.key, Record("uploaded", {"part": 0, "import_id": left}))
        with pytest.raises(errors.JobConflict, match=f"{left}, which the service does not know; use --fresh") as caught:
            emptied.run()
        assert (caught.value.import_id, caught.value.code) == (left, "unknown_import")
        assert emptied.run(fresh=True).outcome == "completed"


@pytest.mark.parametrize("known", [None, "created", "creating"])
def test_an_unknown_store_stays_one(bench: Bench, known: str | None) -> None:
    """Whatever the journal says: no import of it is missing."""
    store_id = "mem_store_" + 26 * "0"
    client = MemoryImports(
        store_id, credentials=bench.client.settings.credentials, base_url=bench.client.settings.base_url
    )
    with client:
        bench.client = client
        if known is not None:
            job = bench.job()
            with Journal(bench.journal) as book:
                book.begin(job)
                left = None if known == "creating" else "mem_import_" + 26 * "0"
                book.write(job.key, Record(known, {"part": 0, "import_id": left}))
        for _ in ("the first time", "with what the first left in the journal"):
            with pytest.raises(errors.NotFound):
                bench.run()
            with Journal(bench.journal) as book:
                # Nothing was made that anybody could go on with, unless a create request had no answer.
                assert (known == "creating") == bool(book.standings())


def test_a_journal_that_breaks_on_the_way_names_the_import(bench: Bench) -> None:
    """Nobody has to search for what was made."""
    dropped: list[str] = []

    def tell(news: Progress) -> None:
        if news.phase == "processing" and not dropped:
            dropped.append(str(news.import_id))
            with closing(sqlite3.connect(bench.journal)) as other:
                other.execute("DROP TABLE parts")

    with pytest.raises(
        errors.JobConflict,
        match=r"^mem_import_.* has the file, which could not be recorded: .*free it and run the same command again",
    ) as caught:
        bench.run(tell)
    assert [caught.value.import_id] == dropped == bench.imports()


def test_two_runs_of_one_job_do_not_race(bench: Bench) -> None:
    """The second is told so and sends nothing."""
    with Journal(bench.journal) as other, other.claim(bench.job().key), pytest.raises(errors.JobConflict):
        bench.run()
    assert bench.imports() == []


def test_a_failed_import_is_tried_anew(bench: Bench) -> None:
    """FAILED is an end, but not one that keeps the file from being sent again."""
    bench.file.write_text("email,name\n" + REFUSED * 150)
    assert [bench.run().outcome, bench.run().outcome] == ["failed", "failed"]
    assert len(bench.imports()) == 2


@pytest.mark.parametrize(
    ("columns", "same"),
    [(dict(reversed(COLUMNS.items())), True), ({"email": "Contact.email", "name": "Contact.lastName"}, False)],
)
@pytest.mark.parametrize("head", ["", "\ufeff"])
def test_the_mappings_are_part_of_the_key(bench: Bench, head: str, columns: dict[str, str], *, same: bool) -> None:
    """Their order is not, in a file that is rewritten neither: another target makes another job."""
    bench.file.write_text(head + bench.file.read_text(), encoding="utf-8")
    usual = bench.job().key
    bench.columns = columns
    assert (bench.job().key == usual) is same


def packed(file: Path) -> Path:
    """Return the file compressed."""
    other = file.with_suffix(".csv.gz")
    other.write_bytes(gzip.compress(file.read_bytes()))
    return other


def rewritten(file: Path) -> Path:
    """Return the same rows in another encoding, parted by another character, with a column that nobody maps."""
    other = file.with_name("other.csv")
    text = "".join(f"{line};x\n" for line in file.read_text().replace(",", ";").splitlines())
    other.write_text(text, encoding="utf-8-sig")
    return other


@pytest.mark.parametrize(
    "options",
    [
        *(Options(blank=blank) for blank in ("overwrite", "keep", "delete")),
        Options(region="GB"),
        Options(rejects=Path("rejects.csv")),
        Options(encoding="utf-8", delimiter=","),
    ],
)
def test_what_changes_nothing_of_what_is_sent_does_not_send_it_again(
    bench: Bench, options: Options, tmp_path: Path
) -> None:
    """A choice without effect is no other job."""
    bench.run()
    bench.options = evolve(options, rejects=options.rejects and tmp_path / options.rejects)
    assert [problem.code for problem in bench.run().problems] == ["already_imported"]
    assert len(bench.imports()) == 1


@pytest.mark.parametrize("change", [packed, rewritten])
def test_the_same_rows_from_another_kind_of_file_are_not_sent_again(
    bench: Bench, change: Callable[[Path], Path]
) -> None:
    """The service would get the same bytes."""
    bench.run()
    bench.file = change(bench.file)
    assert "already_imported" in {problem.code for problem in bench.run().problems}
    assert len(bench.imports()) == 1


def test_a_choice_that_changes_what_is_sent_makes_another_job(bench: Bench) -> None:
    """The same file with its blank cells deleted is not what went in before."""
    with bench.file.open("a") as file:
        file.write("cyd@example.com,\n")
    keys: set[str] = set()
    for options in (Options(blank="overwrite"), Options(blank="delete")):
        bench.options = options
        keys.add(bench.job().key)
    assert len(keys) == 2


def test_an_import_that_another_job_goes_on_with_is_nobodys_orphan(bench: Bench) -> None:
    """It looks as if a lost answer had left it behind: the same name, size and mappings, and it waits for its file."""
    waiting = bench.client.create(bench.file.name, size=bench.file.stat().st_size, mappings=COLUMNS)
    job = bench.job()
    with Journal(bench.journal) as journal:
        other = evolve(job, key="another", files=("/elsewhere/people.csv",))
        journal.begin(other)
        journal.write(other.key, Record("uploading", {"part": 0, "import_id": waiting.import_id}))
        journal.begin(job)
        journal.write(job.key, Record("creating", {"part": 0}))
    (part,) = bench.run().parts
    assert () == part.abandoned

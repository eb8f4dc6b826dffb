"""Two jobs of one file and store, each in its own way: they never have anything under way side by side."""

from pathlib import Path

import pytest

import memory_imports_sandbox as sandbox
from memory_imports import errors
from memory_imports._effects import Record
from memory_imports.jobs import Journal
from tests.jobs.bench import COLUMNS, REFUSED, Bench, bench_at, of_rows

OTHERS = {**COLUMNS, "name": "Contact.lastName"}
SLOW = sandbox.Settings(pending_seconds=60)


@pytest.mark.parametrize("fresh", [False, True])
@pytest.mark.parametrize("has_begun", [False, True])
def test_a_job_of_the_same_file_that_is_running_is_left_alone(bench: Bench, *, fresh: bool, has_begun: bool) -> None:
    """Nothing is sent beside it, and what it has recorded stays."""
    job = bench.job()
    bench.columns = OTHERS
    with Journal(bench.journal) as running, running.claim(job.key):
        running.begin(job)
        if has_begun:
            running.write(job.key, Record("created", {"part": 0, "import_id": "mem_import_1"}))
        with pytest.raises(errors.JobConflict, match=r"right now.*; wait for it to end") as caught:
            bench.run(fresh=fresh)
        assert ("mem_import_1" if has_begun else None, None) == (caught.value.import_id, caught.value.code)
        assert [job] == [standing.job for standing in running.standings()]
        assert has_begun == bool(running.entries(job.key))
    assert [] == bench.imports()
    assert "completed" == bench.run(fresh=fresh).outcome


def test_a_job_can_be_seen_by_others_before_it_looks_for_them(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else two that begin at the same moment would both see nobody."""
    seen: list[int] = []

    def look(journal: Journal, *_: object, **__: object) -> None:
        seen.append(len(journal.standings()))

    monkeypatch.setattr("memory_imports.jobs.job.clear_the_way", lambda _, *given, **named: look(*given, **named))
    bench.run()
    assert [1] == seen


def test_an_earlier_version_that_is_still_processed_is_waited_for(tmp_path: Path) -> None:
    """Its rows could write over the newer ones; where that is meant, `fresh` says so."""
    with bench_at(SLOW, tmp_path) as bench:
        (first,) = bench.run(follow=False).parts
        bench.columns = OTHERS
        with pytest.raises(errors.JobConflict) as caught:
            bench.run()
        assert (
            f"An earlier version of {bench.file}, or the same one mapped otherwise, was sent as {first.import_id} and "
            "is still PENDING: its rows might overwrite newer ones. Wait for it with memory-imports wait "
            f"{first.import_id}, then run this again; use --fresh to send everything as it is now all the same."
        ) == caught.value.message
        assert ("under_way", first.import_id, "PENDING") == (
            caught.value.code,
            caught.value.import_id,
            caught.value.state,
        )
        assert [first.import_id] == bench.imports()
        assert "uploaded" == bench.run(fresh=True, follow=False).outcome


def test_an_earlier_version_that_has_ended_since_is_in_nobodys_way(bench: Bench) -> None:
    """The service is asked, and the journal learns of it."""
    (first,) = bench.run(follow=False).parts
    bench.client.wait(str(first.import_id))
    bench.columns = OTHERS
    assert "completed" == bench.run().outcome
    with Journal(bench.journal) as journal:
        assert ["finished", "finished"] == [standing.state for standing in journal.standings()]


def test_an_earlier_version_of_which_a_part_has_failed_since_is_half_done(bench: Bench) -> None:
    """When all of it was sent nobody knew; to send another version now would leave the rest of this one unsent."""
    bench.rules = of_rows(101)
    bad = [REFUSED.replace("x@", f"x{number}@") for number in range(101)]
    bench.file.write_text("".join(["email,name\n", *bad, "ann@example.com,Ann\n"]))
    sent = bench.run(follow=False).parts
    for part in sent:
        bench.client.wait(str(part.import_id))
    bench.columns = OTHERS
    with pytest.raises(errors.JobConflict, match="is half done") as caught:
        bench.run()
    assert "half_done" == caught.value.code
    assert len(sent) == len(bench.imports())


def test_an_earlier_version_that_the_service_has_forgotten_is_no_dead_end(bench: Bench) -> None:
    """It may be in: `fresh` is the way on."""
    job = bench.job()
    with Journal(bench.journal) as journal:
        journal.begin(job)
        journal.write(job.key, Record("uploaded", {"part": 0, "import_id": "mem_import_" + 26 * "0"}))
    bench.columns = OTHERS
    with pytest.raises(errors.JobConflict, match="which the service does not know; use --fresh") as caught:
        bench.run()
    assert "unknown_import" == caught.value.code
    assert "completed" == bench.run(fresh=True).outcome

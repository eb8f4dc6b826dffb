"""Jobs of many parts against the sandbox: all rows once, in order where it matters, whatever ends a run."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from memory_imports import Progress, errors
from memory_imports.tables import Options
from tests.jobs.bench import COLUMNS, REFUSED, Bench, of_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

PEOPLE = [f"p{number}@example.com,Person {number}\n" for number in range(10)]


class Interrupted(BaseException):
    """Stands for Ctrl-C, a crash or a reboot."""


@pytest.fixture
def bench(bench: Bench) -> Bench:
    """A bench with ten people, three of them an import."""
    write(bench, PEOPLE)
    bench.rules = of_rows(3)
    return bench


def write(bench: Bench, rows: Iterable[str]) -> None:
    """Write the file."""
    bench.file.write_text("email,name\n" + "".join(rows))


def stopping(part: int, phase: str) -> Callable[[Progress], None]:
    """Return a listener that ends the process, as it were, when a part comes to this phase."""

    def tell(news: Progress) -> None:
        if (news.part, news.phase) == (part, phase):
            raise Interrupted

    return tell


def sent(bench: Bench) -> list[tuple[str, int]]:
    """Return the imports that hold something, each with its size."""
    held = [bench.client.fetch(import_id) for import_id in bench.imports()]
    return sorted((status.filename, status.file_size or 0) for status in held if status.state != "PENDING")


def test_every_part_goes_in_and_is_told_in_the_order_of_the_file(bench: Bench) -> None:
    """Four parts, three at a time: the result is in the order of the plan, not of the ends."""
    result = bench.run(concurrency=3)
    assert ("completed", 10) == (result.outcome, result.rows)
    assert [(1, 3, 3), (4, 6, 3), (7, 9, 3), (10, 10, 1)] == [
        (part.first_row, part.last_row, part.rows) for part in result.parts
    ]
    assert {part.import_id for part in result.parts} == set(bench.imports())
    assert [f"people.part-000{number}.csv" for number in (1, 2, 3, 4)] == [name for name, _ in sent(bench)]


def test_a_finished_job_of_many_parts_is_told_as_one(bench: Bench) -> None:
    """It names the import that ended last."""
    first = bench.run()
    again = bench.run()
    assert [part.import_id for part in first.parts] == [part.import_id for part in again.parts]
    (note,) = again.problems
    assert "already_imported" == note.code
    assert "went in as 4 parts, the last of them mem_import_" in note.message
    assert 4 == len(bench.imports())


@pytest.mark.parametrize("phase", ["creating", "uploading", "processing"])
@pytest.mark.parametrize("part", [0, 2, 3])
def test_an_interruption_loses_nothing_and_sends_nothing_twice(bench: Bench, part: int, phase: str) -> None:
    """The same call goes on: every part is in one import, and the empty ones are named."""
    with pytest.raises(Interrupted):
        bench.run(stopping(part, phase), concurrency=2)
    result = bench.run()
    assert ("completed", 10) == (result.outcome, result.rows)
    assert 4 == len(sent(bench))
    assert {each.import_id for each in result.parts} == {
        import_id for import_id in bench.imports() if bench.client.fetch(import_id).state != "PENDING"
    }
    empty = set(bench.imports()) - {each.import_id for each in result.parts}
    assert empty == {import_id for each in result.parts for import_id in each.abandoned}
    assert "completed" == bench.run().outcome


def test_what_had_gone_in_before_is_a_note(bench: Bench) -> None:
    """How much of it, and that it was not sent again."""
    with pytest.raises(Interrupted):
        bench.run(stopping(2, "creating"), concurrency=1)
    (note,) = bench.run().problems
    assert ("resumed", "note") == (note.code, note.severity)
    assert note.message.startswith("2 of 4 parts had gone in by an earlier run")


def test_rows_of_one_person_go_in_the_order_of_the_file(bench: Bench) -> None:
    """However many parts are under way: the last row has the last word."""
    write(bench, [f"same@example.com,Version {number}\n" for number in range(12)])
    order: list[tuple[int | None, str | None]] = []
    bench.run(lambda news: order.append((news.part, news.state or news.phase)), concurrency=4)
    begun = [part for part, word in order if word == "creating"]
    ended = [part for part, word in order if word == "COMPLETED"]
    assert [0, 1, 2, 3] == begun == ended
    assert all(order.index((part, "COMPLETED")) < order.index((part + 1, "creating")) for part in (0, 1, 2))


def test_a_part_that_fails_keeps_back_only_what_may_not_overtake_it(bench: Bench) -> None:
    """Its person's later rows wait, everybody else goes in; once it is put right, the rest is sent."""
    bench.rules = of_rows(101)
    bad = [REFUSED.replace("x@", f"x{number}@") for number in range(101)]
    fine = [f"y{number}@example.com,Y\n" for number in range(101)]
    write(bench, [*bad, *fine, bad[0], fine[0]])
    result = bench.run()
    assert "failed" == result.outcome
    assert ["FAILED", "COMPLETED", None] == [part.state for part in result.parts]
    (note,) = [problem for problem in result.problems if problem.code == "part_not_sent"]
    assert (203, "warning") == (note.row, note.severity)
    # What was kept back is not counted as sent.
    assert result.rows == 202 == sum(part.rows for part in result.parts if part.import_id)
    assert result.bytes == sum(part.bytes for part in result.parts if part.import_id)
    assert 2 == len(bench.imports())


def test_without_waiting_a_part_is_followed_if_another_waits_for_it(bench: Bench) -> None:
    """Else the two would race."""
    write(bench, [*PEOPLE[:3], PEOPLE[0], *PEOPLE[4:6]])
    result = bench.run(follow=False)
    assert ["COMPLETED", None] == [part.state for part in result.parts]
    assert "uploaded" == result.outcome


@pytest.mark.parametrize("change", ["file", "mapping", "policy", "cut"])
def test_a_half_done_job_is_not_mixed_with_another_of_the_same_file(bench: Bench, change: str) -> None:
    """What has changed since is noticed, before anything of it is sent."""
    write(bench, [*PEOPLE[:9], "p9@example.com,\n"])
    bench.options = Options(blank="overwrite")
    with pytest.raises(Interrupted):
        bench.run(stopping(2, "creating"), concurrency=1)
    before = bench.imports()
    match change:
        case "file":
            write(bench, [*PEOPLE, "new@example.com,New\n"])
        case "mapping":
            bench.columns = COLUMNS | {"name": "Contact.lastName"}
        case "policy":
            bench.options = Options(blank="delete")
        case "cut":  # as another version might: its second part is not what the first version's was
            bench.rules = of_rows(4)
    with pytest.raises(
        errors.JobConflict, match=r"people\.csv is half done \(2 of 4 parts went in\), .* use --fresh"
    ) as caught:
        bench.run()
    assert caught.value.import_id == before[0]
    assert before == bench.imports()
    assert "completed" == bench.run(fresh=True).outcome
    assert "completed" == bench.run().outcome


def test_an_upload_that_was_cut_off_is_not_told_as_sent(bench: Bench) -> None:
    """Nobody knows whether it arrived; and once the file is another, only a fresh run can go on."""
    write(bench, PEOPLE[:3])
    with pytest.raises(Interrupted):
        bench.run(cut_off)
    write(bench, PEOPLE[:4])
    with pytest.raises(errors.JobConflict) as caught:
        bench.run()
    assert (
        f"An earlier run of {bench.file} is half done (0 of 1 parts went in, and 1 may have), and since then the file, "
        "its mapping or what becomes of its rows has changed. Only with all of that as it was can that run be "
        "finished; use --fresh to send everything as it is now."
    ) == caught.value.message
    assert bench.imports() == [caught.value.import_id]
    assert "half_done" == caught.value.code
    assert "completed" == bench.run(fresh=True).outcome


def cut_off(news: Progress) -> None:
    """End the process, as it were, in the middle of an upload."""
    if news.phase == "uploading" and news.bytes_sent:
        raise Interrupted


def test_a_job_of_which_nothing_was_sent_hinders_no_other(bench: Bench) -> None:
    """Nothing of it can be in the store."""
    with pytest.raises(Interrupted):
        bench.run(stopping(0, "creating"), concurrency=1)
    write(bench, PEOPLE[:5])
    assert "completed" == bench.run().outcome


def test_a_job_of_which_everything_was_sent_hinders_no_other(bench: Bench) -> None:
    """Whether its ends were waited for or not."""
    bench.run(follow=False)
    write(bench, PEOPLE[:5])
    assert "completed" == bench.run().outcome


def test_what_meets_a_problem_lets_the_others_come_to_their_ends(bench: Bench) -> None:
    """The problem is raised after that, and no further part is begun."""
    broken: list[int] = []

    def tell(news: Progress) -> None:
        if news.part == 1 and news.phase == "uploading":
            broken.append(1)
            raise errors.UploadRefused("No.", status=403)

    with pytest.raises(errors.UploadRefused) as caught:
        bench.run(tell, concurrency=2)
    assert ["COMPLETED", None] == [part.state for part in caught.value.parts[:2]]
    assert broken
    with closing(sqlite3.connect(bench.journal)) as connection:
        stages = dict(connection.execute("SELECT part, stage FROM parts"))
    assert ("ended", "uploading") == (stages[0], stages[1])
    assert 3 not in stages
    assert "completed" == bench.run().outcome


def test_no_cell_and_no_url_is_left_on_the_disk(bench: Bench) -> None:
    """Not in the journal while it is open, nor in what a run leaves behind."""
    seen: list[bytes] = []

    def look(news: Progress) -> None:
        if news.phase == "processing":
            seen.append(bench.journal.read_bytes())

    bench.options = Options(blank="delete")
    bench.run(look)
    left = [path for path in bench.journal.parent.rglob("*") if path.is_file() and path != bench.file]
    content = b"".join([*seen, *(path.read_bytes() for path in left)])
    assert b"mem_import_" in content
    assert [] == [word for word in (b"example.com", b"Person", b"http", b"Signature") if word in content]

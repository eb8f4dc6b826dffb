"""Many parts at once: what is shown of all of them."""

import re
from collections.abc import Callable
from contextlib import nullcontext
from io import BytesIO

import pytest
from attrs import evolve
from rich.progress import Progress as Live

from memory_imports import Progress
from memory_imports.cli.board import Tally, board
from memory_imports.cli.screen import Screen
from memory_imports.tables.facts import Forecast, Plan, PlannedPart
from tests.cli.conftest import Streams


def part(index: int, rows: int, size: int) -> PlannedPart:
    """Return a part of a plan; what it would send is of no interest here."""
    return PlannedPart(
        index=index,
        file="people.csv",
        filename=f"people.part-{index + 1:04}.csv",
        first_row=1,
        last_row=rows,
        rows=rows,
        size=size,
        sha256="",
        mappings=(),
        open=lambda: nullcontext(BytesIO()),
    )


PLAN = Plan(
    key="",
    files=("people.csv",),
    blank="refuse",
    rows=30,
    bytes=3000,
    rejects=0,
    rejects_file=None,
    parts=(part(0, 10, 1000), part(1, 20, 2000)),
    forecast=Forecast(),
    columns=(),
    rewrite={},
    problems=(),
    counts={},
)


def uploading(part: int, sent: int) -> Progress:
    """Return the news of an upload."""
    return Progress(phase="uploading", part=part, bytes_sent=sent, bytes_total=2000, import_id="mem_import_x")


def processing(part: int, state: str) -> Progress:
    """Return the news of an import that has its file."""
    return Progress(phase="processing", part=part, import_id="mem_import_x", state=state)


def test_a_tally_is_of_absolute_figures() -> None:
    """A retry starts again from nothing; what is uploaded stays so; rows count when their part has ended."""
    tally = Tally(PLAN)
    for news in (uploading(1, 500), uploading(0, 900), uploading(1, 0), processing(0, "PENDING")):
        tally.take(news)
    assert "0 of 2 parts, 0 of 30 rows, 1.0 kB of 3.0 kB" == tally.amount
    tally.take(processing(0, "COMPLETED"))
    assert "1 of 2 parts, 10 of 30 rows, 1.0 kB of 3.0 kB" == tally.amount


def test_a_pipe_gets_each_line_once(capsys: pytest.CaptureFixture[str]) -> None:
    """Under the name of its part, though the parts take turns."""
    with board(PLAN, Screen()) as tell:
        for news in (uploading(0, 1), uploading(1, 1), uploading(0, 2), processing(1, "PENDING")):
            tell(news)
    assert [
        "people.part-0001.csv: uploading 2.0 kB to mem_import_x",
        "people.part-0002.csv: uploading 2.0 kB to mem_import_x",
        "mem_import_x: PENDING",
    ] == capsys.readouterr().err.splitlines()


def resuming(part: int, state: str | None = None) -> Progress:
    """Return the news of a part of which nobody knows yet whether it was sent."""
    return Progress(phase="resuming", part=part, bytes_total=2000, import_id="mem_import_x", state=state)


def test_a_pipe_is_told_once_why_nothing_moves(capsys: pytest.CaptureFixture[str]) -> None:
    """However often the service is asked."""
    with board(PLAN, Screen()) as tell:
        for news in (resuming(0), resuming(0, "PENDING"), resuming(0, "PENDING")):
            tell(news)
    assert [
        "people.part-0001.csv: looking for up to a minute whether the interrupted upload to mem_import_x arrived"
    ] == capsys.readouterr().err.splitlines()


def test_a_terminal_is_told_why_a_part_does_not_move(
    terminals: Callable[[], Streams], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its state alone would not say so."""
    screen = terminals()
    monkeypatch.setenv("COLUMNS", "160")
    with board(PLAN, Screen()) as tell:
        tell(resuming(0, "PENDING"))
    assert "0%, looking whether it arrived" in screen[1].getvalue()


def test_a_terminal_gets_one_table(terminals: Callable[[], Streams], monkeypatch: pytest.MonkeyPatch) -> None:
    """A line for all, and one for each part that is under way; nothing of it stays."""
    screen = terminals()
    monkeypatch.setenv("COLUMNS", "160")
    with board(PLAN, Screen()) as tell:
        tell(uploading(0, 500))
        tell(uploading(1, 500))
        tell(processing(0, "COMPLETED"))
    text = screen[1].getvalue()
    assert "1 of 2 parts, 10 of 30 rows, 1.5 kB of 3.0 kB" in text
    last = text.rpartition("1 of 2 parts")[2]
    assert (False, True) == ("people.part-0001.csv" in last, "people.part-0002.csv" in last)
    assert text.endswith("\x1b[2K")


def test_what_went_in_earlier_counts(terminals: Callable[[], Streams], monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that goes on starts where the other stopped."""
    screen = terminals()
    monkeypatch.setenv("COLUMNS", "160")
    with board(PLAN, Screen(), [0]) as tell:
        tell(uploading(1, 500))
    assert "1 of 2 parts, 10 of 30 rows, 1.5 kB of 3.0 kB" in screen[1].getvalue()


@pytest.mark.parametrize("width", [80, 110])
def test_a_line_is_one_line(terminals: Callable[[], Streams], monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    """With all figures whole and a bar that shows something; of an import that waits, its state and no pace."""
    screen = terminals()
    monkeypatch.setenv("COLUMNS", str(width))
    plan = evolve(PLAN, bytes=60_000_000, parts=tuple(part(at, 10, 12_000_000) for at in range(5)))
    with board(plan, Screen()) as tell:
        for sent in range(1, 9):
            tell(uploading(0, sent * 1_000_000))
            tell(uploading(1, sent * 1_000_000))
        tell(processing(1, "PENDING"))
        tell(uploading(2, 1))
    lines = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", screen[1].getvalue()).splitlines()[-6:-1]
    assert "0 of 5 parts, 0 of 30 rows, 20.0 MB of 60.0 MB" == lines[0].strip()
    assert ["all parts", "people.part-0001.csv", "people.part-0002.csv"] == [
        re.split(" +[━╸╺]", line)[0] for line in lines[1:4]
    ]
    assert not any("…" in line or len(line) > width for line in lines)
    assert all(line.count("━") + line.count("╸") + line.count("╺") >= 10 for line in lines[1:])
    assert (True, True) == (" left" in lines[2], lines[3].rstrip().endswith("100%, PENDING"))


def test_what_is_uploaded_is_not_about_to_end(terminals: Callable[[], Streams]) -> None:
    """The service takes its time, which nobody here knows."""
    screen = terminals()
    with board(PLAN, Screen()) as tell:
        tell(uploading(1, 1000))
        tell(processing(0, "PENDING"))
    assert screen[1].getvalue().count("waiting for the service") == 0
    with board(PLAN, Screen()) as tell:
        tell(processing(0, "PENDING"))
        tell(Progress(phase="creating", part=1))
    assert "33%, waiting for the service" in screen[1].getvalue()
    with board(PLAN, Screen()) as tell:
        tell(processing(0, "PENDING"))
        tell(processing(1, "PENDING"))
    assert "100%, uploaded" in screen[1].getvalue()


def test_a_terminal_that_goes_away_ends_no_import(
    terminals: Callable[[], Streams], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even at the very end."""
    terminals()
    stop = Live.stop

    def fail(live: Live) -> None:
        stop(live)
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Live, "stop", fail)
    with board(PLAN, Screen()) as tell:
        tell(processing(0, "FAILED"))

"""What people see: colours on a terminal, plain text in a pipe, nothing that steers a terminal."""

import io
import json
import logging
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest
from rich.live import Live

import memory_imports_sandbox as package
from memory_imports import Progress
from memory_imports.cli import main
from memory_imports.cli.amounts import size
from memory_imports.cli.live import live
from memory_imports.cli.progress import shown
from memory_imports.cli.report import Report
from memory_imports.cli.screen import Screen, Table, printable
from tests.cli.conftest import COLUMNS, Cli, Streams, lead

Phase = Literal["checking", "creating", "uploading", "processing"]
TABLE = Table(("name", "n"), [("a\nb\x1b[2J", "1"), ("c", "20")], "Things", frozenset({"n"}))


def test_a_terminal_gets_colours_and_a_bar(
    bare: pytest.MonkeyPatch, service: package.Announcement, people: Path, terminals: Callable[[], Streams]
) -> None:
    """And no trace of the bar at the end."""
    lead(bare, service)
    streams = terminals()
    assert 0 == main(["run", str(people), *COLUMNS])
    out, err = (stream.getvalue() for stream in streams)
    assert "\x1b[1;36m" in out
    assert "Completed without row errors" in out
    assert "COMPLETED" in err
    assert err.endswith("\x1b[?25h\r\x1b[1A\x1b[2K")


def test_the_bar_says_how_much_has_been_sent(terminals: Callable[[], Streams]) -> None:
    """In absolute figures, and how fast it goes as soon as that is known."""
    screen = terminals()
    with shown("people.csv", Screen()) as tell:
        tell(Progress(phase="uploading", bytes_sent=1500, bytes_total=3000, import_id="mem_import_x"))
    assert "people.csv: uploading" in screen[1].getvalue()
    assert "50% of 3.0 kB" in screen[1].getvalue()


def test_what_a_resumed_run_waits_for_fits_80_columns(
    terminals: Callable[[], Streams], monkeypatch: pytest.MonkeyPatch
) -> None:
    """For a minute it is all that moves; what is said elsewhere would be cut off in the middle."""
    screen = terminals()
    monkeypatch.setenv("COLUMNS", "80")
    with shown("people.csv", Screen()) as tell:
        tell(Progress(phase="resuming", bytes_total=2000, import_id="mem_import_" + "x" * 26))
    assert "people.csv: looking whether its upload arrived, up to a minute" in screen[1].getvalue()


def test_reading_once_more_has_a_name_of_its_own(terminals: Callable[[], Streams]) -> None:
    """A file that has been checked is not checked anew; an upload that is tried again prepares nothing."""
    screen = terminals()
    steps: list[tuple[Phase, int]] = [("checking", 0), ("checking", 2000), ("checking", 40), ("checking", 50)]
    steps += [("uploading", 2000), ("uploading", 40)]
    drawn: list[str] = []
    with shown("people.csv", Screen()) as tell:
        for phase, done in steps:
            before = len(screen[1].getvalue())
            tell(Progress(phase=phase, bytes_sent=done, bytes_total=2000, import_id="mem_import_x"))
            drawn += re.findall(r"people\.csv: (\w+)", screen[1].getvalue()[before:])
    assert ["checking", "preparing", "uploading"] == list(dict.fromkeys(drawn))


def test_an_upload_has_a_pace_and_what_follows_it_has_none(terminals: Callable[[], Streams]) -> None:
    """On the clock of the test; what has no end has taken so long."""
    now = 0.0
    stream = terminals()[1]
    with live(spinner=False) as lines:
        lines.get_time = lambda: now
        upload = lines.add_task("upload", total=4000, amount=" of 4.0 kB", told="")
        lines.add_task("wait", total=None, amount="", told="")
        for now in (1.0, 2.0):
            lines.update(upload, completed=1000 * int(now))
        lines.refresh()
        assert "50% of 4.0 kB, 1.0 kB/s, 0:00:02 left" in stream.getvalue()
        assert re.search("wait .* 0:00:02", stream.getvalue())
        lines.update(upload, told="PENDING")
        lines.refresh()
    assert "50% of 4.0 kB, PENDING\n" in stream.getvalue().replace(" \n", "\n")


@pytest.mark.parametrize("broken", ["write", "flush"])
def test_a_terminal_that_goes_away_ends_no_import(terminals: Callable[[], Streams], broken: str) -> None:
    """The line that was shown on it is worth less, up to its very end."""
    screen = terminals()

    def gone(*_: object) -> int:
        raise OSError(5, "Input/output error")

    with shown("people.csv", Screen()) as tell:
        setattr(screen[1], broken, gone)
        tell(Progress(phase="uploading", bytes_sent=1500, bytes_total=3000, import_id="mem_import_x"))
    assert "people.csv" in screen[1].getvalue()


def test_a_live_line_that_cannot_be_taken_away_ends_no_import(
    terminals: Callable[[], Streams], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever of the terminal it needs for that."""
    terminals()
    stop = Live.stop

    def fail(live: Live) -> None:
        stop(live)
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Live, "stop", fail)
    with shown("people.csv", Screen()) as tell:
        tell(Progress(phase="checking"))


def test_a_terminal_that_cannot_show_a_name_spells_it_out(terminals: Callable[[], Streams]) -> None:
    """In the live line, too."""
    screen = terminals()
    screen[1].encoding = "ascii"
    with shown("Zoë.csv", Screen()) as tell:
        tell(Progress(phase="checking"))
    assert "Zo\\xeb.csv: checking" in screen[1].getvalue()


def test_no_color_is_honoured(terminals: Callable[[], Streams], monkeypatch: pytest.MonkeyPatch) -> None:
    """Bold is left, colours are not."""
    monkeypatch.setenv("NO_COLOR", "1")
    screen = terminals()
    Screen().tell("no", "error")
    assert "\x1b[1merror: \x1b[0mno\n" == screen[1].getvalue()


def test_an_error_is_red_on_a_terminal(terminals: Callable[[], Streams]) -> None:
    """Its label only."""
    screen = terminals()
    Screen().tell("no [bold]", "error")
    assert "\x1b[1;31merror: \x1b[0mno [bold]\n" == screen[1].getvalue()


@pytest.mark.parametrize("size", ["²", "9" * 5000, "-1", "wide", ""])
def test_a_size_that_is_none_is_taken_no_notice_of(
    alone: Cli, terminals: Callable[[], Streams], monkeypatch: pytest.MonkeyPatch, size: str
) -> None:
    """What draws would take a superscript for a number, and stays as it was for whoever comes later."""
    for name in ("COLUMNS", "LINES"):
        monkeypatch.setenv(name, size)
    del alone
    streams = terminals()
    for name in ("COLUMNS", "LINES"):
        monkeypatch.setenv(name, size)
    assert 2 == main(["list"])
    assert "No store" in streams[1].getvalue()
    assert size == os.environ["COLUMNS"]


def test_help_is_coloured_on_a_terminal(terminals: Callable[[], Streams], bare: pytest.MonkeyPatch) -> None:
    """Where what colours it is installed; brackets are brackets."""
    bare.setattr("memory_imports.cli.run.DESCRIPTION", "a [bold] text")
    screen = terminals()
    assert 0 == main(["run", "--help"])
    assert "a [bold] text" in screen[0].getvalue()
    coloured = screen[0].getvalue()
    assert "\x1b[36m--map\x1b[0m" in coloured
    bare.setattr("memory_imports.cli.parser.find_spec", lambda _: None)
    assert 0 == main(["run", "--help"])
    assert "\x1b" not in screen[0].getvalue().removeprefix(coloured)


def test_nothing_that_is_printed_gives_an_order_to_a_runner(capsys: pytest.CaptureFixture[str]) -> None:
    """A column or a file may be called like the commands that continuous integration finds in what a program prints."""
    Screen().out("::error::x", "a\n  ::stop-commands::y", Table(("a", "b"), [("::set-output name=x::y", "##[error]z")]))
    Screen().tell("##vso[task.setvariable]x ## fine :: fine", "error")
    out, err = capsys.readouterr()
    expected = ["\\x3a:error::x", "a", "  \\x3a:stop-commands::y", "a", "\\x3a:set-output name=x::y  \\x23#[error]z"]
    assert expected == [line if line.startswith(("\\", "  ")) else line[:1] for line in out.splitlines()]
    assert "error: \\x23#vso[task.setvariable]x ## fine :: fine\n" == err


def test_json_gives_no_order_either_and_says_the_same() -> None:
    """To whoever reads JSON."""
    text = Report({"file": "##[error]x ####vso[y"}).as_json()
    assert "##" not in text
    assert "##[error]x ####vso[y" == json.loads(text)["file"]


def test_a_table_in_a_terminal_cannot_steer_it(terminals: Callable[[], Streams]) -> None:
    """Line breaks and escapes in cells are spelled out."""
    screen = terminals()
    Screen().out(TABLE, Table(("a",), [("b",)]))
    assert "a\\nb\\x1b[2J" in screen[0].getvalue()
    assert "Things" in screen[0].getvalue()


def test_a_table_in_a_pipe_is_aligned(capsys: pytest.CaptureFixture[str]) -> None:
    """Without its title; numbers to the right."""
    Screen().out(TABLE)
    assert ["name          n", "a\\nb\\x1b[2J   1", "c            20"] == capsys.readouterr().out.splitlines()


def test_what_a_stream_cannot_encode_is_spelled_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name is no reason to fail."""
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii"))
    Screen().out("Zoë \udcff")
    assert b"Zo\\xeb \\udcff\n" == raw.getvalue()


def test_nothing_unprintable_is_left() -> None:
    """Letters of every language stay."""
    assert "田中\\x9b\\u202e\n" == printable("田中\x9b\u202e\n")


@pytest.mark.parametrize("options", [{"quiet": True}, {"verbose": True}])
def test_no_bar_where_it_would_be_in_the_way(terminals: Callable[[], Streams], options: dict[str, bool]) -> None:
    """Quiet shows nothing; verbose shows lines, between those of the log."""
    screen = terminals()
    with shown("people.csv", Screen(**options)) as tell:
        tell(Progress(phase="checking"))
        tell(Progress(phase="checking"))
    assert ("" if "quiet" in options else "people.csv: checking\n") == screen[1].getvalue()


def test_the_log_is_shown_to_those_who_ask(cli: Cli, people: Path) -> None:
    """With neither secret nor signature, and for this run only."""
    done = cli("run", people, *COLUMNS, "--verbose")
    assert "DEBUG part 0: CreateProfilesImportV2 was answered 201, request id RQ" in done.err
    assert "Signature" not in done.err
    assert "DEBUG" not in cli("run", people, *COLUMNS, "--fresh").err
    assert logging.NOTSET == logging.getLogger("memory_imports").level


def test_no_line_of_the_log_moves_a_cursor(capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever a service has put into it."""
    with Screen(verbose=True).logging():
        logging.getLogger("memory_imports").info("request id %s", "RQ\x9b2J")
    assert capsys.readouterr().err.endswith("INFO request id RQ\\x9b2J\n")


def test_no_line_of_the_log_shows_what_signs_a_url(capsys: pytest.CaptureFixture[str]) -> None:
    """Should one ever get into it, from whatever library."""
    with Screen(verbose=True).logging():
        logging.getLogger("memory_imports").info("at %s", "https://a.test/b?sig=s3cret")
    assert capsys.readouterr().err.endswith("INFO at https://a.test/b?***\n")


@pytest.mark.parametrize(
    ("amount", "words"),
    [(999, "999 bytes"), (1500, "1.5 kB"), (104_000_000, "104.0 MB"), (2_000_000_000, "2.0 GB")],
)
def test_sizes_are_in_words(amount: int, words: str) -> None:
    """In thousands, as file managers count."""
    assert words == size(amount)

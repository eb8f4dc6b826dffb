"""`--log-file`: JSON lines from what was asked for to how it ended, for their owner alone, and without a secret."""

import errno
import json
import logging
import os
import re
import stat
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import memory_imports_sandbox as package
from memory_imports import Retry
from memory_imports.cli import logfile, stops
from memory_imports.cli.screen import Screen
from tests.cli.conftest import COLUMNS, Cli, lead
from tests.cli.program import access, environment, ran, sandbox
from tests.support.replies import LOST, SECRET, STORE, USER, error, import_id, status
from tests.support.server import Server
from tests.support.wire import Script

UNKNOWN = f"mem_import_{'0' * 26}"
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """Where to keep the log."""
    return tmp_path / "run.log"


def lines(log: Path) -> list[dict[str, Any]]:
    """Return the lines of a log."""
    return [json.loads(line) for line in log.read_text(encoding="ascii").splitlines()]


def test_a_run_is_kept_from_its_beginning_to_its_end(cli: Cli, people: Path, log: Path) -> None:
    """Each line with its time, level and logger; the ids that the report has are in it."""
    done = cli("run", people, *COLUMNS, "--json", "--log-file", log)
    kept = lines(log)
    assert all(TIME.fullmatch(line["time"]) for line in kept)
    assert [["time", "pid", "level", "logger", "message", "event"]] * len(kept) == [list(line)[:6] for line in kept]
    first, last = kept[0], kept[-1]
    assert ("begin", "run", "memory_imports.cli") == (first["event"], first["command"], first["logger"])
    assert {"version", "python", "platform"} <= set(first)
    assert ("end", 0, "completed", "INFO") == (last["event"], last["exit_code"], last["outcome"], last["level"])
    part = done.json["parts"][0]
    assert {part["import_id"]} == {line["import_id"] for line in kept if "import_id" in line}
    assert set(part["request_ids"]) <= {line.get("request_id") for line in kept}
    uploaded = next(line for line in kept if line.get("operation") == "upload")
    assert (200, 1, 0) == (uploaded["status"], uploaded["attempt"], uploaded["part"])


def test_the_file_is_its_owners_alone_and_is_added_to(cli: Cli, people: Path, log: Path) -> None:
    """Whatever is shown on the screen meanwhile, and whatever mode an old file has."""
    cli("run", people, *COLUMNS, "--quiet", "--log-file", log)
    assert 0o600 == stat.S_IMODE(log.stat().st_mode)
    log.chmod(0o644)
    first = log.read_text()
    cli("list", "--verbose", "--log-file", log)
    assert log.read_text().startswith(first)
    assert 2 == sum(line["event"] == "end" for line in lines(log))
    assert 0o600 == stat.S_IMODE(log.stat().st_mode)
    assert [0, 0] == [len(logging.getLogger(name).handlers[1:]) for name in logfile._LOGGERS]  # noqa: SLF001 - those that it uses


def test_quiet_and_verbose_stay_what_they_are(cli: Cli, people: Path, log: Path) -> None:
    """The file takes nothing from the screen and adds nothing to it."""
    quiet = cli("run", people, *COLUMNS, "--quiet", "--log-file", log)
    assert "" == quiet.err
    plain, logged = (cli("list", *words) for words in ((), ("--log-file", log)))
    assert (plain.out, plain.err) == (logged.out, logged.err)
    assert "DEBUG ListProfileImportsV2 was answered 200" in cli("list", "--verbose", "--log-file", log).err
    assert logging.NOTSET == logging.getLogger("memory_imports").level


def test_every_try_and_the_error_at_the_end_are_kept(cli: Cli, log: Path) -> None:
    """Although the screen is quiet."""
    cli("status", UNKNOWN, "--base-url", "http://127.0.0.1:1", "--quiet", "--log-file", log)
    kept = lines(log)
    assert ["begin", "no_answer", "retry", "no_answer", "ended", "end"] == [line["event"] for line in kept]
    assert [1, 2] == [line["attempt"] for line in kept if line["event"] == "no_answer"]
    assert all(line["reason"].startswith("ConnectError") for line in kept[1:4])
    assert ("ERROR", 1, "ConnectionLost") == (kept[-1]["level"], kept[-1]["exit_code"], kept[-1]["kind"])


def test_an_error_is_kept_with_its_ids(cli: Cli, log: Path) -> None:
    """Those that a support ticket wants."""
    done = cli("status", UNKNOWN, "--json", "--log-file", log)
    last = lines(log)[-1]
    error = done.json["error"]
    assert {name: error[name] for name in ("kind", "status", "code", "request_id", "import_id")} == {
        name: last[name] for name in ("kind", "status", "code", "request_id", "import_id")
    }
    assert last["request_id"]


def test_commands_that_share_a_file_are_told_apart(log: Path, tmp_path: Path) -> None:
    """By the number of the process, which each line has."""
    env = environment(tmp_path / "state")
    for _ in range(2):
        ran("list", "--log-file", log, env=env)
    pids = [line["pid"] for line in lines(log)]
    assert ([pids[0]] * 2, [pids[2]] * 2) == (pids[:2], pids[2:])
    assert pids[0] != pids[2]


def test_a_retry_is_found_by_what_it_is_of(alone: Cli, bare: pytest.MonkeyPatch, log: Path) -> None:
    """Operation, import and try: after an answer and after none alike, and the screen names them, too."""
    bare.setattr("memory_imports.client.Retry", partial(Retry, attempts=3, base=0.0))
    with Server(Script([error(20429, 429), LOST, status()])) as server:
        lead(bare, SimpleNamespace(username=USER, password=SECRET, store_id=STORE, base_url=server.base))
        done = alone("status", import_id(), "--log-file", log)
    retries = [line for line in lines(log) if line["event"] == "retry"]
    about = {"operation": "FetchProfileImportV2", "import_id": import_id()}
    assert [about | {"attempt": 1}, about | {"attempt": 2}] == [
        {name: line[name] for name in (*about, "attempt")} for line in retries
    ]
    asked = f"warning: FetchProfileImportV2 for {import_id()} "
    assert [1, 1] == [done.err.count(f"{asked}{came}") for came in ("was answered 429; ", "had no answer at try 2: ")]


def test_no_name_of_a_function_is_shown(cli: Cli, log: Path) -> None:
    """What asks for the newest import is a list, whoever calls it."""
    assert 0 == cli("doctor", "--log-file", log).code
    assert "list ended after" in [line["message"].partition(" 0.")[0] for line in lines(log)]


def test_what_stops_a_command_before_it_begins_is_kept(alone: Cli, log: Path) -> None:
    """Missing credentials, for one."""
    assert 2 == alone("list", "--log-file", log).code
    assert ("end", 2, "refused") == tuple(lines(log)[-1][name] for name in ("event", "exit_code", "outcome"))


def test_a_reader_who_goes_away_is_no_error(cli: Cli, people: Path, log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The last line says that nobody read on."""
    cli("run", people, *COLUMNS)

    def gone(*_: object) -> None:
        raise BrokenPipeError

    monkeypatch.setattr(Screen, "out", gone)
    cli("list", "--log-file", log)
    last = lines(log)[-1]
    assert ("INFO", "list ends: nobody reads on") == (last["level"], last["message"])


def test_nothing_secret_is_kept(people: Path, log: Path, tmp_path: Path) -> None:
    """Of a process of its own: neither the secret nor what signs a URL nor a person."""
    with package.running(package.Settings(pending_seconds=0, processing_seconds=0)) as service:
        env = environment(tmp_path / "state", **access(service))
        assert 0 == ran("run", people, *COLUMNS, "--yes", "--verbose", "--log-file", log, env=env).code
    text = log.read_text()
    assert [] == [secret for secret in (service.password, "X-Amz-Signature", "ann@", "Ann") if secret in text]


def test_what_signs_a_url_is_scrubbed_from_any_line() -> None:
    """Should one ever get into a text, from whatever library."""
    record = logging.makeLogRecord(
        {
            "name": "memory_imports",
            "levelname": "INFO",
            "msg": "at %s",
            "args": ("https://a.example/b?X-Amz-Signature=ab",),
        }
        | {"reason": "https://a.example/?sig=ab", "status": 200, "created": 1.5}
    )
    line = json.loads(logfile.line_of(record))
    assert ("at https://a.example/b?***", "https://a.example/?***") == (line["message"], line["reason"])
    assert ("1970-01-01T00:00:01.500Z", 200) == (line["time"], line["status"])


@pytest.mark.parametrize("place", ["link", "folder", "pipe", "nowhere/run.log", "n" * 300])
def test_what_is_no_file_of_ours_is_refused(cli: Cli, tmp_path: Path, place: str) -> None:
    """In a sentence with what to do, before anything is done; what a link leads to is not touched."""
    (tmp_path / "link").symlink_to(tmp_path / "target")
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    done = cli("list", "--json", "--log-file", tmp_path / place)
    assert (2, "UsageError", []) == (done.code, done.json["error"]["kind"], done.json["imports"])
    assert "name another with --log-file" in done.err
    assert not (tmp_path / "target").exists()


def test_a_device_is_refused(cli: Cli) -> None:
    """It can be opened and is no file."""
    assert "it is no file" in cli("list", "--log-file", "/dev/null").err


def test_a_full_disk_ends_no_import(cli: Cli, people: Path, log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is said, once."""

    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    done = cli("run", people, *COLUMNS, "--quiet", "--log-file", log)
    monkeypatch.undo()
    assert 0 == done.code
    assert (
        f"warning: The log file {log} cannot be written any more (No space left on device); the run goes on.\n"
        == done.err
    )


@pytest.mark.parametrize("left", [b'{"half a li', b""])
def test_half_a_line_is_left_alone(cli: Cli, log: Path, left: bytes) -> None:
    """What a full disk has left of an earlier run spoils no line of the next."""
    log.write_bytes(left)
    cli("list", "--log-file", log)
    kept = log.read_bytes().splitlines()
    assert [left] * bool(left) == kept[: bool(left)]
    assert "begin" == json.loads(kept[bool(left)])["event"]
    assert "end" == json.loads(kept[-1])["event"]


def test_a_disk_that_is_full_for_a_while_spoils_one_line(
    cli: Cli, people: Path, log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is written in pieces is one line, and what is cut off is not glued to the next."""
    write, tries = os.write, iter(range(1000))

    def tight(descriptor: int, data: bytes) -> int:
        match next(tries):
            case 1 | 3:
                return write(descriptor, data[: len(data) // 2])
            case 4:
                raise OSError(errno.ENOSPC, "No space left on device")
            case _:
                return write(descriptor, data)

    monkeypatch.setattr(os, "write", tight)
    cli("run", people, *COLUMNS, "--quiet", "--log-file", log)
    monkeypatch.undo()
    first, second, third, *rest = log.read_text().splitlines()
    assert {"begin", "end"} <= {json.loads(line)["event"] for line in (first, second, *rest)}
    with pytest.raises(ValueError, match="line 1"):
        json.loads(third)


def test_a_file_of_another_user_is_refused(cli: Cli, log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Although all may write to it: its owner could read the log, and its mode cannot be changed."""
    log.write_text("")
    log.chmod(0o666)
    monkeypatch.setattr(logfile, "_me", lambda: log.stat().st_uid + 1)
    done = cli("list", "--json", "--log-file", log)
    assert (2, "UsageError") == (done.code, done.json["error"]["kind"])
    assert "it belongs to another user" in done.json["error"]["message"]
    assert ("", 0o666) == (log.read_text(), stat.S_IMODE(log.stat().st_mode))


def test_a_file_whose_mode_cannot_be_changed_is_refused(cli: Cli, log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some file systems have none; others could look into it."""

    def unable(*_: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    log.write_text("")
    log.chmod(0o644)
    monkeypatch.setattr(os, "chmod", unable)
    monkeypatch.setattr(os, "supports_fd", {unable})
    done = cli("list", "--json", "--log-file", log)
    assert (2, "UsageError") == (done.code, done.json["error"]["kind"])
    assert "Operation not permitted" in done.json["error"]["message"]


def test_what_is_told_of_an_error_is_what_json_tells() -> None:
    """One list for both."""
    assert ("kind", *stops.DETAILS) == logfile._ERROR  # noqa: SLF001 - what is compared


def test_the_log_of_the_sandbox_is_kept_too(log: Path, tmp_path: Path) -> None:
    """The faults that it makes, for one."""
    words = ("--faults", "7", "--fault-rate", "1", "--fault-kinds", "too-many-much-later", "--log-file", str(log))
    with sandbox(*words, env=environment(tmp_path)) as (_, access_to):
        ran("list", "--quiet", env=environment(tmp_path / "client", **access_to))
    assert "memory_imports_sandbox" in {line["logger"] for line in lines(log)}

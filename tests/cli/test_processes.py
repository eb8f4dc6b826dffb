"""The program as people run it: every way in which it may go wrong, each with its exit code and no traceback."""

import json
import os
import shlex
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
from attrs import evolve

import memory_imports_sandbox as package
from memory_imports.cli.demo import SAMPLE
from tests.cli.conftest import COLUMNS, QUICK, Cli, lead
from tests.cli.program import Ended, access, ended, environment, ran, read_until, sandbox, started

# Bytes a second: so slow that nothing is through before a test has done its worst.
CRAWL = 1
LENIENT = "error,ignore::ResourceWarning"


@pytest.fixture
def env(service: package.Announcement, tmp_path: Path) -> Mapping[str, str]:
    """An environment with access to the sandbox."""
    return environment(tmp_path, **access(service))


def check(done: Ended, code: int, outcome: str, sentence: str) -> None:
    """Hold an ending against the interface."""
    assert (code, code, outcome) == (done.code, done.json["exit_code"], done.json["outcome"])
    last = done.err.splitlines()[-1]
    assert last.startswith("error: ")
    assert sentence in last
    assert done.json["error"]["message"] in last
    assert "Traceback" not in done.out + done.err


def empty(file: Path) -> None:
    """Write nothing."""
    file.write_bytes(b"")


def whole(file: Path) -> None:
    """Write one person."""
    file.write_text("email,name\nann@example.com,Ann\n")


@pytest.mark.parametrize(
    ("write", "words", "changed", "code", "outcome", "sentence"),
    [
        (empty, COLUMNS, {}, 1, "refused", "the file is empty"),
        (whole, COLUMNS[:2], {}, 2, "refused", "mapped columns"),
        (whole, (*COLUMNS, "--map", "nmae=Contact.lastName"), {}, 1, "refused", "did you mean 'name'?"),
        (whole, COLUMNS, {"TWILIO_API_SECRET": "not-the-one"}, 4, "failed", "credentials"),
        (whole, COLUMNS, {"TWILIO_API_SECRET": ""}, 2, "refused", "No credentials"),
        (whole, (*COLUMNS, "--store", "mem_store_" + 26 * "0"), {}, 1, "failed", "tore"),
        (whole, (*COLUMNS, "--sing"), {}, 2, "refused", "--sing means nothing here"),
    ],
    ids=["empty", "one mapping", "no such column", "password", "no password", "unknown store", "usage"],
)
def test_what_cannot_work_ends_in_one_sentence(  # noqa: PLR0917 - pytest passes them by name
    env: Mapping[str, str],
    tmp_path: Path,
    write: object,
    words: tuple[str, ...],
    changed: dict[str, str],
    code: int,
    outcome: str,
    sentence: str,
) -> None:
    """And nothing of it is left at the service."""
    file = tmp_path / "people.csv"
    assert callable(write)
    write(file)
    done = ran("run", file, *words, "--json", env={**env, **changed})
    check(done, code, outcome, sentence)
    assert [] == [part for part in done.json["parts"] if part["import_id"]]
    assert "not-the-one" not in done.out + done.err


def test_an_interruption_ends_with_130_and_the_same_command_goes_on(
    cli: Cli, bare: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """While the file is on its way; the second run finds the service as it was, only faster."""
    whole(file := tmp_path / "people.csv")
    words = ("run", file, *COLUMNS, "--json")
    with (
        package.running(package.Settings(upload_rate=CRAWL, data=tmp_path / "data")) as slow,
        # The signal may come after the file has been opened and before anybody holds it.
        started(*words, env=environment(tmp_path / "state", **access(slow, PYTHONWARNINGS=LENIENT))) as process,
    ):
        read_until(process, "uploading")
        process.send_signal(signal.SIGINT)
        done = ended(process)
    check(done, 130, "interrupted", "run the same command again")
    import_id = done.json["parts"][0]["import_id"]
    assert (import_id, True) == (done.json["error"]["import_id"], done.json["error"]["resumable"])
    port = int(slow.base_url.rpartition(":")[2])
    with package.running(evolve(QUICK, data=tmp_path / "data", port=port)):
        lead(bare, slow)
        again = cli(*words)
    assert (0, [import_id]) == (again.code, again.json["parts"][0]["abandoned"])


@contextmanager
def ignoring(number: int) -> Iterator[None]:
    """Let what is started here ignore a signal."""
    before = signal.signal(number, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(number, before)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_the_end_of_a_service_or_of_a_terminal_interrupts(tmp_path: Path, number: int) -> None:
    """As Ctrl-C does: no copy of anybody's rows is left."""
    whole(file := tmp_path / "people.csv")
    with (
        package.running(package.Settings(pending_seconds=3600)) as slow,
        started("run", file, *COLUMNS, "--json", env=environment(tmp_path, **access(slow))) as process,
    ):
        read_until(process, "PENDING")
        process.send_signal(number)
        done = ended(process)
    check(done, 130, "interrupted", "run the same command again")
    assert "PENDING" == done.json["parts"][0]["state"]


def test_who_ignores_the_end_of_the_terminal_goes_on(tmp_path: Path) -> None:
    """That is what nohup is for."""
    whole(file := tmp_path / "people.csv")
    with (
        package.running(package.Settings(pending_seconds=1)) as slow,
        ignoring(signal.SIGHUP),
        started("run", file, *COLUMNS, "--json", env=environment(tmp_path, **access(slow))) as process,
    ):
        read_until(process, "PENDING")
        process.send_signal(signal.SIGHUP)
        done = ended(process)
    assert (0, "completed") == (done.code, done.json["outcome"])


def test_a_sandbox_that_stops_halfway_ends_with_1(tmp_path: Path) -> None:
    """The import stays in the JSON, and the same command would go on."""
    whole(file := tmp_path / "people.csv")
    # Killed, it cannot remove its folder.
    env = environment(tmp_path, TMPDIR=str(tmp_path))
    with started("sandbox", "--upload-rate", str(CRAWL), env=env) as service:
        assert service.stdout is not None
        service.stdout.readline()
        exports = dict(service.stdout.readline().removeprefix("export ").strip().split("=", 1) for _ in range(4))
        with started("run", file, *COLUMNS, "--json", "--timeout", "2", env={**env, **exports}) as process:
            read_until(process, "uploading")
            service.kill()
            service.wait()
            done = ended(process)
    check(done, 1, "failed", "No answer")
    assert ("ConnectionLost", True) == (done.json["error"]["kind"], done.json["error"]["resumable"])
    assert done.json["parts"][0]["import_id"].startswith("mem_import_")


def test_a_reader_who_goes_away_causes_no_complaint(env: Mapping[str, str]) -> None:
    """As `head` does."""
    with started("list", env=env) as process:
        assert process.stdout is not None
        process.stdout.close()
        process.stdout = None
        assert (0, "") == (ended(process).code, ended(process).err)


def test_a_sandbox_ends_cleanly(tmp_path: Path) -> None:
    """SIGTERM ends it with 0, and its temporary folder is gone."""
    env = environment(tmp_path, TMPDIR=str(tmp_path))
    with sandbox(env=env) as (_, found):
        assert found["TWILIO_MEMORY_BASE_URL"].startswith("http://127.0.0.1:")
        assert list(tmp_path.glob("memory-imports-sandbox-*"))
    assert [] == list(tmp_path.glob("memory-imports-sandbox-*"))


def test_an_interrupted_demo_leaves_nothing_behind(tmp_path: Path) -> None:
    """Neither process nor folder."""
    env = environment(tmp_path, TMPDIR=str(tmp_path))
    with started("demo", "--json", env=env) as process:
        read_until(process, "PENDING")
        os.kill(process.pid, signal.SIGINT)
        done = ended(process)
    assert (130, "interrupted") == (done.code, done.json["outcome"])
    assert [] == list(tmp_path.iterdir())


def test_the_demo_works_where_nothing_is_set_up(tmp_path: Path) -> None:
    """No account, and no proxy that could be reached."""
    done = ran("demo", env=environment(tmp_path, TMPDIR=str(tmp_path), ALL_PROXY="http://127.0.0.1:9"))
    assert (0, []) == (done.code, list(tmp_path.iterdir()))
    assert "920" in done.out


def test_the_sample_gives_the_json_of_the_interface(env: Mapping[str, str]) -> None:
    """COMPLETED and 1,000 rows."""
    columns = json.loads((SAMPLE / "people.json").read_text())["columns"]
    words = [word for column, target in columns.items() for word in ("--map", f"{column}={target}")]
    done = ran("run", SAMPLE / "people.csv", *words, "--json", env=env)
    (part,) = done.json["parts"]
    assert (0, 1, "COMPLETED", 1000) == (done.code, done.out.count("\n"), part["state"], part["rows"])


def test_the_journal_is_for_its_owner_alone(env: Mapping[str, str], tmp_path: Path) -> None:
    """It says which files of people went where."""
    whole(file := tmp_path / "people.csv")
    assert 0 == ran("run", file, *COLUMNS, env=env).code
    (journal,) = tmp_path.glob("memory-imports/journal.sqlite3")
    assert 0o600 == stat.S_IMODE(journal.stat().st_mode)


def test_help_is_quick_because_it_imports_little(env: Mapping[str, str]) -> None:
    """Neither the HTTP library nor what draws tables; and it says how to begin."""
    program = "import sys; from memory_imports.cli import main; main(['--help']); print(sorted(sys.modules))"
    python = ["-X", "utf8", "-c", program]
    done = subprocess.run([sys.executable, *python], env=dict(env), capture_output=True, text=True, check=True)
    help_text, _, modules = done.stdout.rpartition("\n['")
    heavy = {"httpx", "rich", "yaml", "uvicorn", "urllib.request", "memory_imports.client", "memory_imports_sandbox"}
    assert set() == {name for name in heavy if f"'{name}'" in modules}
    assert "memory-imports demo" in help_text


@pytest.mark.parametrize("redirection", [">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-"])
def test_the_import_goes_its_way_where_the_shell_has_closed_a_stream(
    env: Mapping[str, str], tmp_path: Path, redirection: str
) -> None:
    """What can be said is said, nothing of it ends up in a file, and only lost results are no success."""
    whole(file := tmp_path / "people.csv")
    words = shlex.join([sys.executable, "-m", "memory_imports", "run", str(file), *COLUMNS, "--json", "--fresh"])
    shell = ["bash", "-c", f"{words} {redirection}"]
    done = subprocess.run(shell, env=dict(env), capture_output=True, text=True, check=False)
    lost = ">&-" in redirection.split()
    assert (1 if lost else 0, False) == (done.returncode, "Traceback" in done.stderr)
    if not lost:
        assert "completed" == json.loads(done.stdout)["outcome"]
    elif redirection == ">&-":
        assert "error: Standard output cannot be written: Bad file descriptor.\n" in done.stderr
    assert ["finished"] == [job["state"] for job in ran("jobs", "--all", "--json", env=env).json["jobs"]]

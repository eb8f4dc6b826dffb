"""`status`, `wait` and `list` in this process."""

from collections.abc import Callable
from pathlib import Path

import pytest

import memory_imports_sandbox as package
from memory_imports.cli import main
from tests.cli.conftest import COLUMNS, REFUSED, Cli, Streams, lead

STATUS = ["outcome", "exit_code", "store_id", "import_id", "state", "filename", "bytes", "created_at", "updated_at"]
STATUS += ["errors", "warnings", "mappings", "request_id", "error"]


def sent(cli: Cli, people: Path, *options: str) -> str:
    """Import the people and return the import's id."""
    import_id: str = cli("run", people, *COLUMNS, "--json", *options).json["parts"][0]["import_id"]
    return import_id


def test_status_gives_one_import_as_json(cli: Cli, people: Path) -> None:
    """Every field, the times with their zone."""
    done = cli("status", sent(cli, people), "--json")
    assert (0, STATUS) == (done.code, list(done.json))
    assert ("completed", "COMPLETED", "people.csv") == (*(done.json[k] for k in ("outcome", "state", "filename")),)
    assert done.json["created_at"].endswith("+00:00")
    assert {"column_name": "email", "trait_group": "Contact", "trait_name": "email"} in done.json["mappings"]


def test_status_shows_one_import_as_text(cli: Cli, people: Path) -> None:
    """A line for each fact."""
    done = cli("status", sent(cli, people))
    assert 0 == done.code
    assert ["state", "COMPLETED"] == done.out.splitlines()[1].split()
    assert "mapped      email to Contact.email" in done.out


@pytest.mark.parametrize(("rows", "code", "outcome"), [(1, 3, "completed_with_errors"), (150, 1, "failed")])
@pytest.mark.parametrize("command", ["status", "wait"])
def test_the_exit_code_is_that_of_the_import(  # noqa: PLR0917 - pytest passes them by name
    picky: Cli, people: Path, command: str, rows: int, code: int, outcome: str
) -> None:
    """Whoever asks, and whenever."""
    people.write_text("email,name\nann@example.com,Ann\n" + REFUSED * rows)
    import_id = sent(picky, people)
    done = picky(command, import_id, "--json")
    assert (code, outcome) == (done.code, done.json["outcome"])
    assert ("failed" == outcome) == (done.json["error"] is not None)


def test_an_import_on_its_way_is_waited_for_until_the_time_is_up(
    cli: Cli, bare: pytest.MonkeyPatch, people: Path
) -> None:
    """`status` says that it is on its way, `wait` ends with 5 and the state last seen."""
    with package.running(package.Settings(pending_seconds=3600)) as slow:
        lead(bare, slow)
        import_id = sent(cli, people, "--no-wait")
        now = cli("status", import_id, "--json")
        late = cli("wait", import_id, "--timeout", "0.1", "--json")
    assert ("pending", 0, None) == (now.json["outcome"], now.code, now.json["error"])
    assert ("timed_out", 5, "PENDING") == (late.json["outcome"], late.code, late.json["state"])
    assert f"{import_id}: PENDING" in late.err


def test_wait_shows_the_import_at_its_end(cli: Cli, people: Path) -> None:
    """The same table as `status`."""
    import_id = sent(cli, people, "--no-wait")
    done = cli("wait", import_id)
    assert (0, import_id) == (done.code, done.out.split()[1])


@pytest.mark.parametrize(
    ("order", "words"),
    [
        ((), "1 import, newest first; memory-imports status ID tells of one"),
        (("--order", "asc"), "1 import, oldest first; memory-imports status ID tells of one"),
    ],
)
def test_a_list_on_a_terminal_says_what_it_is(
    cli: Cli, people: Path, terminals: Callable[[], Streams], order: tuple[str, ...], words: str
) -> None:
    """Beside the ids, which stay as they are."""
    cli("run", people, *COLUMNS)
    out, err = terminals()
    assert 0 == main(["list", "--limit", "1", *order])
    assert (f"{words}\n", 1) == (err.getvalue(), len(out.getvalue().split()))


def test_an_empty_store_is_said_to_be_empty(bare: pytest.MonkeyPatch, terminals: Callable[[], Streams]) -> None:
    """A terminal that shows nothing would leave it open."""
    with package.running(package.Settings()) as empty:
        lead(bare, empty)
        out, err = terminals()
        assert 0 == main(["list"])
    assert ("", "0 imports\n") == (out.getvalue(), err.getvalue())


def test_list_prints_ids_newest_first_or_oldest_first(cli: Cli, people: Path) -> None:
    """One a line, so many at most."""
    first, second = sent(cli, people), sent(cli, people, "--fresh")
    assert [second, first] == cli("list", "--limit", "2").out.split()
    found = cli("list", "--order", "asc", "--json").json
    assert ["outcome", "exit_code", "store_id", "imports", "error"] == list(found)
    assert [first, second] == found["imports"][-2:]


def test_an_id_that_the_store_does_not_have_ends_with_1(cli: Cli) -> None:
    """Its id stays in the JSON."""
    import_id = "mem_import_" + 26 * "0"
    done = cli("status", import_id, "--json")
    assert (1, "failed", "NotFound", import_id) == (
        done.code,
        done.json["outcome"],
        done.json["error"]["kind"],
        done.json["import_id"],
    )


@pytest.mark.parametrize(("words", "warnings"), [((), 2), (("--quiet",), 0)])
def test_every_try_without_an_answer_is_said(cli: Cli, words: tuple[str, ...], warnings: int) -> None:
    """Nobody waits in silence for a service that is down, unless they asked for silence."""
    import_id = f"mem_import_{'0' * 26}"
    done = cli("status", import_id, "--base-url", "http://127.0.0.1:1", *words)
    assert 1 == done.code
    named = [f"warning: FetchProfileImportV2 for {import_id} had no answer at try {n}: ConnectError" for n in (1, 2)]
    assert [warnings // 2] * 2 == [done.err.count(line) for line in named]


def test_the_ids_of_requests_are_shown(cli: Cli, picky: Cli, people: Path) -> None:
    """Of an import as it is, and of one that failed: a ticket needs them."""
    done = cli("status", sent(cli, people))
    assert any(line.split()[0] == "request_id" and line.split()[1].startswith("RQ") for line in done.out.splitlines())
    people.write_text("email,name\nann@example.com,Ann\n" + REFUSED * 150)
    failed = picky("run", people, *COLUMNS, "--json").json
    assert failed["error"]["request_id"] == failed["parts"][0]["request_ids"][-1]
    assert failed["error"]["request_id"]


def test_an_interrupted_run_has_the_ids_of_its_requests(cli: Cli, bare: pytest.MonkeyPatch, people: Path) -> None:
    """Of the request that made the import, and of the one that asked last."""
    with package.running(package.Settings(pending_seconds=3600)) as slow:
        lead(bare, slow)
        late = cli("run", people, *COLUMNS, "--timeout", "1", "--json").json
    assert 2 == len({*late["parts"][0]["request_ids"]})
    assert late["error"]["request_id"] == late["parts"][0]["request_ids"][-1]

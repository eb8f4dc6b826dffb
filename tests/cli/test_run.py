"""`run` in this process: what it prints, and what it leaves in its JSON."""

import socket
import sqlite3
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

import memory_imports_sandbox as package
from memory_imports import Progress, errors
from memory_imports._endpoints import RULES
from memory_imports._flow import Manner
from memory_imports.jobs import default_path
from memory_imports_api.models import ImportState
from tests.cli.conftest import COLUMNS, QUICK, REFUSED, Cli, Typing, lead

# Its name in the package is that of the function.
run_module = import_module("memory_imports._flow.run")
KEYS = ["outcome", "exit_code", "store_id", "rows", "bytes", "parts", "problems"]
KEYS += ["counts", "rejects", "rejects_file", "error"]
PART = ["import_id", "state", "file", "first_row", "last_row", "rows", "bytes", "sha256"]
PART += ["errors", "warnings", "request_ids", "abandoned"]


def test_a_run_gives_the_json_of_the_interface(cli: Cli, people: Path) -> None:
    """Every field in its order, and nothing else."""
    done = cli("run", people, *COLUMNS, "--json")
    assert 0 == done.code
    found = done.json
    assert KEYS == list(found)
    assert PART == list(found["parts"][0])
    assert ("completed", 0, 2, None, []) == (
        *(found[k] for k in ("outcome", "exit_code", "rows", "error", "problems")),
    )
    assert ("COMPLETED", 1, 2, 2) == (*(found["parts"][0][k] for k in ("state", "first_row", "last_row", "rows")),)
    assert people.stat().st_size == found["bytes"] == found["parts"][0]["bytes"]


def test_a_run_in_a_pipe_is_plain_text(cli: Cli, people: Path) -> None:
    """A headline and a table on standard output, a few lines of progress on the other."""
    done = cli("run", people, *COLUMNS)
    headline, headings, part = done.out.splitlines()
    assert "Completed without row errors (2 rows, " in headline
    assert ["import", "state", "rows", "bytes", "errors", "warnings"] == headings.split()
    assert ["COMPLETED", "2"] == part.split()[1:3]
    assert ["people.csv: checking", "people.csv: creating an import"] == done.err.splitlines()[:2]
    assert "\x1b" not in done.out + done.err


def test_quiet_says_nothing_of_progress(cli: Cli, people: Path) -> None:
    """Only the result is left."""
    done = cli("--quiet", "run", people, *COLUMNS)
    assert ("", 3) == (done.err, len(done.out.splitlines()))


def test_the_same_run_again_sends_nothing_unless_told_so(cli: Cli, people: Path) -> None:
    """It says that the file is there; --fresh sends it once more."""
    first = cli("run", people, *COLUMNS, "--json").json["parts"][0]["import_id"]
    again = cli("run", people, *COLUMNS)
    assert (0, True) == (again.code, f"note: the file went in as {first}" in again.err)
    fresh = cli("run", people, *COLUMNS, "--json", "--fresh").json
    assert first != fresh["parts"][0]["import_id"]


def test_what_went_in_with_other_files_is_warned_of(cli: Cli, people: Path) -> None:
    """Once, where nobody is asked."""
    other = people.with_name("other.csv")
    other.write_text(people.read_text().replace("@", "@other."))
    first = cli("run", people, *COLUMNS, "--json").json["parts"][0]["import_id"]
    both = cli("run", people, other, *COLUMNS, "--no-wait")
    assert 0 == both.code
    warning = f"as {first}, in a run of other files or of another version of them; they are sent again."
    assert 1 == " ".join(both.err.split()).count(warning)
    fresh = cli("run", people, *COLUMNS, "--json", "--fresh")
    assert "sent again" not in fresh.err


def test_who_is_asked_hears_first_what_is_sent_again(cli: Cli, typing: Typing, people: Path) -> None:
    """They can still say no."""
    first = cli("run", people, *COLUMNS, "--json").json["parts"][0]["import_id"]
    (other := people.with_name("other.csv")).write_text("email,name\nann@example.org,Ann\n")
    code, _, err = typing("run", [people, other, *COLUMNS], "n")
    said = " ".join(err.split())
    assert (1, True) == (code, said.index(first) < said.index("Send it?"))


def test_nothing_is_said_to_be_sent_again_where_nothing_will_be(cli: Cli, people: Path) -> None:
    """An earlier version that is half done comes first."""
    (other := people.with_name("other.csv")).write_text("email,name\nann@example.org,Ann\n")
    import_id = cli("run", people, other, *COLUMNS, "--json").json["parts"][0]["import_id"]
    with sqlite3.connect(default_path()) as journal:
        journal.execute("DELETE FROM parts WHERE part = 1")
    journal.close()
    other.write_text("email,name\nbea@example.org,Bea\n")
    refused = cli("run", people, other, *COLUMNS, "--json")
    assert (2, "half_done", import_id) == (refused.code, *(refused.json["error"][key] for key in ("code", "import_id")))
    assert "sent again" not in refused.err


def test_what_went_in_earlier_is_told_however_a_run_ends(cli: Cli, bare: pytest.MonkeyPatch, people: Path) -> None:
    """A script must not take it for nothing."""
    (other := people.with_name("other.csv")).write_text("email,name\nann@example.org,Ann\n")
    first = cli("run", people, other, *COLUMNS, "--json").json["parts"]
    with sqlite3.connect(default_path()) as journal:
        journal.execute("DELETE FROM parts WHERE part = 1")
    journal.close()
    bare.setenv("TWILIO_API_SECRET", "wrong")
    refused = cli("run", people, other, *COLUMNS, "--json")
    assert (4, 2) == (refused.code, len(refused.json["parts"]))
    assert "The same command goes on from there. 1 of 2 parts are in.\n" in refused.err
    assert refused.json["error"]["resumable"]
    told, unsent = refused.json["parts"]
    assert {**first[0], "request_ids": []} == told
    assert (None, None) == (unsent["import_id"], unsent["state"])


def test_a_job_of_which_nothing_came_anywhere_is_none(cli: Cli, bare: pytest.MonkeyPatch, people: Path) -> None:
    """A base URL that was forgotten leaves nothing behind that would stay unfinished for ever."""
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        bare.setenv("TWILIO_MEMORY_BASE_URL", f"http://127.0.0.1:{nobody.getsockname()[1]}")
        lost = cli("run", people, *COLUMNS, "--json")
    assert (1, "ConnectionLost") == (lost.code, lost.json["error"]["kind"])
    assert [] == cli("jobs", "--all", "--json").json["jobs"]


@pytest.mark.parametrize("options", [[], ["--quiet"]])
def test_that_nothing_was_sent_is_said_to_all(cli: Cli, people: Path, options: list[str]) -> None:
    """A headline of its own, and a note that --quiet does not silence."""
    cli("run", people, *COLUMNS)
    again = cli("run", people, *COLUMNS, *options)
    assert (0, True) == (again.code, again.out.startswith("Already imported; nothing was sent (2 rows, "))
    assert "nothing was sent. Use --fresh" in again.err


def test_a_file_that_others_have_overwritten_is_not_taken_for_sent(cli: Cli, people: Path) -> None:
    """A, B and A again: the third run says that it would not be what it seems, and how to mean it."""
    first = cli("run", people, *COLUMNS, "--json").json["parts"][0]["import_id"]
    with (other := people.with_name("other.csv")).open("w") as file:
        file.write(people.read_text().replace("Ann", "Zoe"))
    cli("run", other, *COLUMNS)
    again = cli("run", people, *COLUMNS, "--json")
    assert (2, "refused", "JobConflict") == (again.code, again.json["outcome"], again.json["error"]["kind"])
    assert (first, "COMPLETED") == (again.json["error"]["import_id"], again.json["error"]["state"])
    assert "other files have gone into this store since; use --fresh" in again.err


@pytest.mark.parametrize(
    ("state", "code", "words"),
    [
        ("COMPLETED", 0, "Completed; the service did not say whether rows were refused (2 rows, "),
        ("FAILED", 1, "The import failed; the service counts no row errors and does not say more."),
    ],
)
def test_counts_that_the_service_did_not_give_are_not_made_up(  # noqa: PLR0917 - pytest passes them by name
    cli: Cli, bare: pytest.MonkeyPatch, people: Path, state: str, code: int, words: str
) -> None:
    """Neither in the headline nor in the table."""
    wait = run_module.wait

    def uncounted(*arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - as the flow itself
        status = yield from wait(*arguments, **options)
        return evolve(status, state=ImportState(state), summary=None)

    bare.setattr(run_module, "wait", uncounted)
    done = cli("run", people, *COLUMNS)
    assert (code, True) == (done.code, words in done.out + done.err)
    assert [state, "2", str(people.stat().st_size)] == done.out.splitlines()[2].split()[1:]


def test_the_journal_can_be_elsewhere(cli: Cli, people: Path, tmp_path: Path) -> None:
    """Then the usual place stays untouched."""
    assert 0 == cli("run", people, *COLUMNS, "--journal", tmp_path / "journal").code
    assert (True, False) == ((tmp_path / "journal").exists(), (tmp_path / "state").exists())


def test_a_run_need_not_wait(cli: Cli, people: Path) -> None:
    """It leaves when the file is uploaded."""
    found = cli("run", people, *COLUMNS, "--no-wait", "--json").json
    assert ("uploaded", 0, None) == (found["outcome"], found["exit_code"], found["parts"][0]["state"])


def test_row_errors_end_with_3(picky: Cli, people: Path) -> None:
    """Completed is not the same as whole."""
    people.write_text("email,name\nann@example.com,Ann\n" + REFUSED)
    found = picky("run", people, *COLUMNS, "--json").json
    assert ("completed_with_errors", 3, 1, None) == (
        found["outcome"],
        found["exit_code"],
        found["parts"][0]["errors"],
        found["error"],
    )


def test_a_failed_import_ends_with_1_and_a_sentence(picky: Cli, people: Path) -> None:
    """What is known of the import stays in the JSON."""
    people.write_text("email,name\n" + REFUSED * 150)
    done = picky("run", people, *COLUMNS, "--json")
    found = done.json
    assert ("failed", 1, "FAILED") == (found["outcome"], done.code, found["parts"][0]["state"])
    assert ("ImportFailedError", found["parts"][0]["import_id"]) == (
        found["error"]["kind"],
        found["error"]["import_id"],
    )
    assert "error: The import failed; the service counts" in done.err


def test_a_refused_file_names_its_problems_as_json(cli: Cli, people: Path) -> None:
    """With row and line, and without the cell."""
    people.write_text("email,name\nann@example.com,Ann\nbob@example.com,secret,x\n")
    done = cli("run", people, *COLUMNS, "--json")
    assert ("refused", 1, []) == (done.json["outcome"], done.code, done.json["parts"])
    assert ("ragged_row", 2, 3) == (*(done.json["problems"][0][k] for k in ("code", "row", "line")),)
    assert "FileRefused" == done.json["error"]["kind"]
    assert "secret" not in done.out + done.err


def test_a_refused_file_shows_its_first_problems(cli: Cli, people: Path) -> None:
    """Three that say the same, and how many there are of each kind."""
    people.write_text("email,name\n" + "ann@example.com,\n" * 1500 + "x\n")
    done = cli("run", people, *COLUMNS)
    lines = done.err.splitlines()
    assert ["row", "line", "column", "what"] == lines[1].split()
    assert ["1", "2", "name"] == lines[2].split()[:3]
    assert ["2", "3", "name", "as", "above"] == lines[3].split()
    assert ["1501", "1502", "the", "row"] == lines[5].split()[:4]
    assert "and 1,497 more (blank_cell 1,500, ragged_row 1)" == lines[6]
    assert lines[7].startswith("error: ")
    assert 8 == len(lines)


def test_a_refused_file_shows_twenty_problems_at_most(cli: Cli, people: Path) -> None:
    """However different they are."""
    people.write_text("email,name\n" + "".join("," * number + "\n" for number in range(2, 30)))
    lines = cli("run", people, *COLUMNS).err.splitlines()
    assert ("20", "and 8 more (ragged_row 28)") == (lines[21].split()[0], lines[22])


def test_blank_cells_may_overwrite_where_that_is_meant(cli: Cli, people: Path) -> None:
    """--blank overwrite lets them through."""
    people.write_text("email,name\nann@example.com,\n")
    assert (1, 0) == (cli("run", people, *COLUMNS).code, cli("run", people, *COLUMNS, "--blank", "overwrite").code)


@pytest.mark.parametrize("options", [["--json"], []])
def test_running_out_of_time_ends_with_5_and_the_same_command_goes_on(
    cli: Cli, bare: pytest.MonkeyPatch, people: Path, tmp_path: Path, options: list[str]
) -> None:
    """Nothing is sent again: the second run waits for the import of the first."""
    words = ("run", people, *COLUMNS, *options)
    with package.running(package.Settings(data=tmp_path / "data", pending_seconds=3600)) as slow:
        lead(bare, slow)
        late = cli(*words, "--timeout", "2")  # enough to upload on a busy machine
    port = int(slow.base_url.rpartition(":")[2])
    with package.running(evolve(QUICK, data=tmp_path / "data", port=port)):
        done = cli(*words)
    assert (5, 0) == (late.code, done.code)
    assert "error: mem_import_" in late.err
    if options:
        assert ("timed_out", True) == (late.json["outcome"], late.json["error"]["resumable"])
        assert (late.json["parts"][0]["import_id"], "PENDING") == (
            done.json["parts"][0]["import_id"],
            late.json["parts"][0]["state"],
        )


def test_an_error_names_its_import_and_leaves_the_parts(cli: Cli, bare: pytest.MonkeyPatch, people: Path) -> None:
    """As they were planned, where no news of them had come."""

    def lost(*_: object, **__: object) -> None:
        raise errors.ConnectionLost("No answer.", reason="made up", import_id="mem_import_x")

    bare.setattr("memory_imports.jobs.run_job", lost)
    found = cli("run", people, *COLUMNS, "--json").json
    assert ("failed", 1, "mem_import_x") == (found["outcome"], found["exit_code"], found["error"]["import_id"])
    assert ([PART], True) == ([list(part) for part in found["parts"]], found["error"]["resumable"])


def test_an_interruption_leaves_the_import_in_the_json(cli: Cli, bare: pytest.MonkeyPatch, people: Path) -> None:
    """As it was last seen."""

    def stopped(_client: object, _job: object, manner: Manner, **_: object) -> None:
        manner.tell(Progress(phase="processing", part=0, import_id="mem_import_x", state="PENDING"))
        raise KeyboardInterrupt

    bare.setattr("memory_imports.jobs.run_job", stopped)
    done = cli("run", people, *COLUMNS, "--json")
    assert (130, "interrupted", 2) == (done.code, done.json["outcome"], done.json["rows"])
    assert ("Interrupted", "mem_import_x", "PENDING", True) == (
        *(done.json["error"][key] for key in ("kind", "import_id", "state", "resumable")),
    )


@pytest.fixture
def typed(cli: Cli, typing: Typing) -> Typing:
    """A terminal with access to the sandbox."""
    del cli
    return partial(typing, "run")


@pytest.mark.parametrize(("answer", "code", "last"), [("y", 0, "COMPLETED"), ("n", 1, "Nothing was sent.")])
def test_a_person_sees_the_plan_and_is_asked(typed: Typing, people: Path, answer: str, code: int, last: str) -> None:
    """Nothing goes out before the answer."""
    ended, out, err = typed([people, *COLUMNS], answer)
    assert (code, True) == (ended, "2 rows, " in out and "in 1 import" in out)
    assert "In sight: 2 new profiles" in out
    assert "Send it? [y/N] " in err
    assert last in (out + err).split("[y/N]")[-1] + out
    assert "error" not in err


@pytest.mark.parametrize("option", ["--yes", "--json", "--quiet"])
def test_a_person_who_does_not_want_to_is_not_asked(typed: Typing, people: Path, option: str) -> None:
    """Nor shown a plan."""
    ended, out, err = typed([people, *COLUMNS, option])
    assert (0, False, False) == (ended, "In sight" in out, "Send it?" in err)


def test_a_file_with_rejects_goes_in_without_them_and_says_where_they_are(
    cli: Cli, people: Path, tmp_path: Path
) -> None:
    """Exit code 3: not every row went in."""
    people.write_text(people.read_text() + "no address,Cyd\n")
    done = cli("run", people, *COLUMNS, "--rejects", tmp_path / "rejects.csv")
    assert (3, True) == (done.code, f"1 row did not go in; it is in {tmp_path / 'rejects.csv'}." in done.out)
    assert "malformed_email" in done.err


@pytest.mark.parametrize("good", [0, 1])
def test_rows_that_the_service_refuses_are_counted_now_and_later(picky: Cli, people: Path, good: int) -> None:
    """With what is known of them and what to do; nobody is told that a file went in of which nothing did."""
    people.write_text("email,name\n" + REFUSED * 2 + "ann@example.com,Ann\n" * good)
    refused = f"the service refused 2 of {2 + good}"
    first, again = picky("run", people, *COLUMNS), picky("run", people, *COLUMNS)
    assert (3, 3) == (first.code, again.code)
    assert first.out.startswith(f"Completed, but {refused} rows (")
    assert again.out.startswith(f"Sent earlier, when {refused} rows; nothing was sent (")
    for done in (first, again):
        assert f"{refused} rows of mem_import_" in done.err
        assert "says neither which nor why; see what check warns of in them" in done.err
    assert f"and the service refused 2 of its {2 + good} rows; nothing was sent. Use --fresh" in again.err
    assert "went in" not in again.err + again.out


def test_parts_of_several_files_name_theirs(cli: Cli, people: Path) -> None:
    """Those of one file need not."""
    other = people.with_name("other.csv")
    other.write_text("email,name\ncyd@other.example,Cyd\n")
    headings, *lines = [line.split() for line in cli("run", people, other, *COLUMNS).out.splitlines()[1:]]
    assert ["import", "file", "state"] == headings[:3]
    assert ["people.csv", "other.csv"] == [line[1] for line in lines]


def test_parts_that_failed_are_counted(picky: Cli, bare: pytest.MonkeyPatch, people: Path) -> None:
    """And the first of them is named; what waits for one was not sent."""
    bare.setattr("memory_imports._endpoints.RULES", evolve(RULES, max_rows=150))
    bad = REFUSED.replace("x@", "{}@") * 1
    rows = [bad.format(f"x{number}") for number in range(150)]
    people.write_text("email,name\n" + "".join([*rows, "y@example.com,Y\n", rows[0]]))
    done = picky("run", people, *COLUMNS)
    assert (1, True) == (done.code, "error: 1 of 2 imports failed; the service counts" in done.err)
    lines = done.out.splitlines()
    assert lines[0].startswith("Failed: ")
    assert "not sent" == lines[3][:8]

"""How commands end that do not do what was asked: exit code, outcome, one sentence, one JSON object."""

import io
import json
import sys
import threading
from importlib import import_module
from pathlib import Path

import pytest

from memory_imports import Credentials, errors
from memory_imports.cli import extras, main, stops
from tests.cli.conftest import COLUMNS, Cli, Typing

CASES = [
    (KeyboardInterrupt(), 130, "interrupted", True),
    (errors.FileRefused("x", problems=(), counts={}), 1, "refused", False),
    (errors.SourceChanged("x"), 1, "failed", False),
    (errors.InvalidRequest("x", field="y"), 2, "refused", False),
    (errors.CredentialsMissing("x"), 2, "refused", False),
    (errors.JobConflict("x"), 2, "refused", False),
    (errors.CredentialsRefused("x", status=401), 4, "failed", False),
    (errors.BadRequest("x", status=400), 1, "failed", False),
    (errors.NotFound("x", status=404), 1, "failed", False),
    (errors.RateLimited("x", status=429), 1, "failed", True),
    (errors.ServiceUnavailable("x", status=503), 1, "failed", True),
    (errors.UploadRefused("x", status=403), 1, "failed", True),
    (errors.UploadExpired("x", status=403), 1, "failed", True),
    (errors.ContractBroken("x", operation="o", pointer="", status=200), 1, "failed", False),
    (errors.UnknownState("x", operation="o", pointer="", status=200), 1, "failed", True),
    (errors.ConnectionLost("x", reason="y"), 1, "failed", True),
    (errors.WaitTimeout("x", import_id="i", state="PENDING", waited=1.0), 5, "timed_out", True),
    (stops.UsageError("x"), 2, "refused", False),
    (stops.ExtraMissingError("x"), 2, "refused", False),
    (stops.SandboxRefusedError("x"), 2, "refused", False),
    (stops.DemoFailedError("x"), 1, "failed", False),
    (stops.ImportFailedError("x"), 1, "failed", False),
    (stops.DeclinedError("x"), 1, "refused", False),
    (ZeroDivisionError("secret"), 1, "failed", False),
]


@pytest.fixture
def log_file(tmp_path: Path) -> Path:
    """Where to keep a log."""
    return tmp_path / "run.log"


@pytest.mark.parametrize(("problem", "code", "outcome", "resumable"), CASES, ids=lambda x: type(x).__name__)
def test_every_problem_has_its_exit_code(problem: BaseException, code: int, outcome: str, *, resumable: bool) -> None:
    """The table of the interface."""
    assert stops.Stop(code, outcome, resumable) == stops.stop_of(problem)  # type: ignore[arg-type] # one of its words


def test_no_error_of_the_tree_is_left_to_the_last_line() -> None:
    """Each leaf is among the cases above, so that a new one is decided on."""
    leaves = {kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, Exception)}
    base = {errors.MemoryImportsError, errors.CallerError, errors.ServiceError}
    assert leaves - base == {type(problem) for problem, *_ in CASES} & leaves


@pytest.mark.parametrize("place", ["before", "after"])
@pytest.mark.parametrize(("problem", "code", "outcome", "resumable"), CASES, ids=lambda x: type(x).__name__)
def test_every_problem_ends_in_one_sentence_and_one_object(  # noqa: PLR0917 - pytest passes them by name
    cli: Cli,
    bare: pytest.MonkeyPatch,
    problem: BaseException,
    code: int,
    outcome: str,
    place: str,
    *,
    resumable: bool,
) -> None:
    """No traceback; options may stand before or after the command."""

    def fail(*_: object) -> None:
        raise problem

    bare.setattr("memory_imports.cli.listing.client_of", fail)
    done = cli(*(["--json", "list"] if place == "before" else ["list", "--json"]))
    assert (code, outcome, resumable) == (done.code, done.json["outcome"], done.json["error"]["resumable"])
    assert (code, None, []) == (*(done.json[key] for key in ("exit_code", "store_id", "imports")),)
    is_no = isinstance(problem, stops.DeclinedError)
    assert (1, not is_no) == (done.err.count("\n"), done.err.startswith("error: "))
    assert "secret" not in done.out + done.err
    for said in (done.err, done.json["error"]["message"]):
        assert not goes_on(said)  # a list has nothing to go on with


def goes_on(said: str) -> bool:
    """Whether somebody is told that the same command goes on."""
    return any(words in said for words in ("The same command goes on", "same command again to go on"))


@pytest.mark.parametrize(
    ("problem", "resumable"), [(case[0], case[3]) for case in CASES], ids=lambda x: type(x).__name__
)
def test_what_would_go_on_says_so(
    cli: Cli, bare: pytest.MonkeyPatch, problem: BaseException, *, resumable: bool
) -> None:
    """In the sentence, too, for whoever reads no JSON; and of a command that has something to go on with only."""

    def fail(*_: object) -> None:
        raise problem

    bare.setattr("memory_imports.cli.wait.client_of", fail)
    done = cli("wait", "mem_import_x", "--json")
    assert [resumable] * 2 == [goes_on(said) for said in (done.err, done.json["error"]["message"])]


def test_a_time_that_was_over_is_followed_by_one_piece_of_advice(
    cli: Cli, bare: pytest.MonkeyPatch, log_file: Path
) -> None:
    """The one of this command, not that for callers of the library; the log file says the same."""
    late = errors.WaitTimeout("It was PENDING.", import_id="i", state="PENDING", waited=1.0)

    def fail(*_: object) -> None:
        raise errors.advised(late, "wait for the same id again to go on")

    bare.setattr("memory_imports.cli.wait.client_of", fail)
    assert (
        "error: It was PENDING. The same command goes on from there.\n" == cli("wait", "i", "--log-file", log_file).err
    )
    assert "wait ends: It was PENDING. The same command goes on from there." in log_file.read_text()


def test_an_interruption_before_anything_began_promises_nothing(
    typing: Typing, cli: Cli, bare: pytest.MonkeyPatch, people: Path
) -> None:
    """At the question of a run nothing has been sent."""

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    del cli
    bare.setattr("memory_imports.cli.questions.agreed", interrupted)
    code, _, err = typing("run", [people, *COLUMNS])
    assert (130, "error: Interrupted.") == (code, err.splitlines()[-1])


@pytest.mark.parametrize("command", ["list", "doctor"])
@pytest.mark.parametrize("problem", [errors.NotFound("x", status=404), errors.ConnectionLost("x", reason="x")])
def test_what_lies_at_the_service_leads_to_the_doctor(
    cli: Cli, bare: pytest.MonkeyPatch, problem: Exception, command: str
) -> None:
    """Who does not send people to itself."""

    def fail(*_: object) -> None:
        raise problem

    bare.setattr("memory_imports.cli.listing.client_of", fail)
    bare.setattr("memory_imports.cli.checkup.finding.worst", lambda _: problem)
    assert (command == "list") == ("memory-imports doctor looks at all" in cli(command).err)
    assert "memory-imports doctor" not in cli("list", "--json").err + cli("list", "--quiet").err


def test_a_bug_shows_where_it_is_to_those_who_ask(cli: Cli, bare: pytest.MonkeyPatch) -> None:
    """With --verbose, on standard error."""
    bare.setattr("memory_imports.cli.listing.client_of", lambda _: 1 / 0)
    assert "Traceback" in cli("list", "--verbose").err
    assert "This is a bug in memory-imports (ZeroDivisionError)" in cli("list").err


class StrangeError(Exception):
    """An error of somebody else, whose words may hold anything."""

    status, code, state, import_id, request_id = 401, "s3cret", "ann@example.com", "ann", "bob"


def test_an_error_of_others_tells_nothing_but_its_kind(cli: Cli, bare: pytest.MonkeyPatch) -> None:
    """What it calls a code, a state or an id may be a cell or a secret."""

    def fail(_: object) -> None:
        raise StrangeError("s3cret")

    bare.setattr("memory_imports.cli.listing.client_of", fail)
    error = cli("list", "--json").json["error"]
    assert "StrangeError" == error["kind"]
    assert [None] * 5 == [error[name] for name in ("status", "code", "state", "import_id", "request_id")]
    assert "s3cret" not in error["message"]


def test_a_traceback_shows_no_secret(cli: Cli, bare: pytest.MonkeyPatch) -> None:
    """Not the credentials that are held, and nothing that signs a URL, in whatever way."""
    held = Credentials("SK0123", "the-credentials").password

    def fail(_: object) -> None:
        raise StrangeError(f"PUT https://bucket.test/x?sig=abcdef, X-Amz-Signature: fedcba, {held}")

    bare.setattr("memory_imports.cli.listing.client_of", fail)
    shown = cli("list", "--verbose").err
    assert "StrangeError: PUT https://bucket.test/x?***" in shown
    assert [] == [secret for secret in ("abcdef", "fedcba", held) if secret in shown]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["list", "--api-secret", "s3cret"], "--api-secret means nothing here; see memory-imports list --help."),
        (["list", "--api-secret=s3cret"], "--api-secret means nothing here; see memory-imports list --help."),
        (["list", "-ps3cret", "--x"], "-p --x means nothing here; see memory-imports list --help."),
        (["run", "a.csv", "--api-secret", "s3cret"], "--api-secret means nothing here; see memory-imports run --help."),
        (["--api-secret", "s3cret", "list"], "Argument COMMAND: invalid choice (choose from"),
        (["drift", "--api-secret", "s3cret", "spec"], "Argument COMMAND: invalid choice (choose from"),
        (["status", "mem_import_x", "more"], "more means nothing here; see memory-imports status --help."),
        (["--quiet", "sing"], "invalid choice: 'sing'"),
    ],
)
def test_the_value_of_an_option_that_there_is_not_is_not_repeated(alone: Cli, words: list[str], sentence: str) -> None:
    """Who looks for an option that takes the secret has given it one."""
    plain, data = alone(*words), alone(*words, "--json")
    assert (2, 2) == (plain.code, data.code)
    assert sentence in plain.err
    assert sentence in data.json["error"]["message"]
    assert "s3cret" not in plain.out + plain.err + data.out + data.err


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([], "COMMAND"),
        (["--jso"], "COMMAND"),
        (["sing"], "invalid choice: 'sing'"),
        (["run"], "required: FILE"),
        (["run", "a.csv"], "No column is mapped"),
        (["run", "a.csv", "--timeout", "0"], "'0' is not a positive number"),
        (["run", "a.csv", "--timeout", "soon"], "'soon' is not a positive number"),
        (["run", "a.csv", *COLUMNS, "--concurrency", "0"], "'0' is not a positive whole number"),
        (["status", "mem_import_x", "--yes"], "--yes means nothing here; see memory-imports status --help."),
        (["run", "/nowhere/a.csv", *COLUMNS], "cannot be read"),
        (["list", "--limit", "0"], "'0' is not a positive whole number"),
        (["list", "--store", "x"], "nothing was sent"),
        (["status", "x"], "nothing was sent"),
        (["sandbox", "--port", "65536"], "'65536' is not a port"),
        (["sandbox", "--base-url", "http://x"], "--base-url says nothing here"),
        (["demo", "--base-url", "http://x"], "--base-url says nothing here"),
    ],
)
def test_words_that_make_no_sense_end_with_2(cli: Cli, words: list[str], sentence: str) -> None:
    """One sentence, and the object of the command that was meant."""
    plain, data = cli(*words), cli("--json", *words)
    assert (2, 2, "refused") == (plain.code, data.code, data.json["outcome"])
    assert sentence in plain.err
    assert plain.err.splitlines()[-1].startswith("error: ")
    assert ("parts" in data.json) == (words[:1] in (["run"], ["demo"]))
    assert ("imports" in data.json) == (words[:1] == ["list"])


@pytest.mark.parametrize(("words", "known"), [([], {"run", "doctor", "drift"}), (["drift"], {"spec", "live"})])
def test_whoever_names_no_command_is_shown_which_there_are(alone: Cli, words: list[str], known: set[str]) -> None:
    """On standard error, for nothing was done; with JSON in one object alone."""
    done = alone(*words)
    assert (2, "") == (done.code, done.out)
    assert known <= set(done.err.split())
    assert (
        f"error: No COMMAND is named; see {' '.join(['memory-imports', *words])} --help." == done.err.splitlines()[-1]
    )
    data = alone(*words, "--json")
    assert (2, "UsageError", 1) == (data.code, data.json["error"]["kind"], data.err.count("\n"))


def test_a_json_after_the_options_have_ended_is_a_file(cli: Cli) -> None:
    """So the error is in words."""
    done = cli("run", *COLUMNS, "--", "--json")
    assert (2, "") == (done.code, done.out)
    assert "--json cannot be read" in done.err


def test_missing_credentials_end_with_2(cli: Cli, bare: pytest.MonkeyPatch) -> None:
    """And say which variables to set."""
    bare.delenv("TWILIO_API_SECRET")
    done = cli("list", "--json")
    assert (2, "CredentialsMissing") == (done.code, done.json["error"]["kind"])
    assert "TWILIO_API_KEY" in done.err


@pytest.mark.parametrize(
    ("missing", "words", "names"), [("rich", ["list"], "extra cli"), ("uvicorn", ["demo"], "extras cli and sandbox")]
)
def test_what_is_not_installed_is_named(
    cli: Cli, bare: pytest.MonkeyPatch, missing: str, words: list[str], names: str
) -> None:
    """In one line, without a command: a public index may hold a stranger's package of this name."""
    bare.setattr(extras, "find_spec", lambda name: None if name == missing else name)
    done = cli(*words)
    assert (2, 1) == (done.code, done.err.count("\n"))
    assert f"install memory-imports with its {names}, from where you have memory-imports." in done.err
    assert "pip install" not in done.err


class Gone(io.StringIO):
    """A stream that takes nothing."""

    def __init__(self, problem: OSError) -> None:
        super().__init__()
        self.problem = problem

    def write(self, _: str) -> int:
        """Refuse."""
        raise self.problem


@pytest.mark.parametrize("options", [[], ["--json"], ["--help"]])
def test_a_reader_who_has_gone_has_seen_enough(cli: Cli, bare: pytest.MonkeyPatch, options: list[str]) -> None:
    """No complaint, and the exit code of what was done."""
    bare.setattr(sys, "stdout", Gone(BrokenPipeError()))
    bare.setattr("memory_imports.client.MemoryImports.list", lambda *_, **__: iter("ab"))
    assert (0, "") == (main(["list", *options]), cli("--quiet", "--version").err)


@pytest.mark.parametrize("options", [[], ["--json"], ["--help"]])
def test_a_full_disk_is_a_failure(
    cli: Cli, bare: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], options: list[str]
) -> None:
    """Standard output could not be written, and that is said."""
    del cli
    bare.setattr(sys, "stdout", Gone(OSError(28, "No space left on device")))
    bare.setattr("memory_imports.client.MemoryImports.list", lambda *_, **__: iter("ab"))
    assert 1 == main(["list", *options])
    assert "error: Standard output cannot be written: No space left on device.\n" == capsys.readouterr().err


def test_what_standard_output_still_holds_goes_nowhere(cli: Cli, bare: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """It would fail once more when the interpreter ends, where nobody can catch it."""
    bare.setattr("memory_imports.client.MemoryImports.list", lambda *_, **__: iter("ab"))
    with (tmp_path / "out").open("w") as file:
        stream = Gone(BrokenPipeError())
        bare.setattr(stream, "fileno", file.fileno)
        bare.setattr(sys, "stdout", stream)
        assert 0 == main(["list"])
        file.write("left over")
    assert ("", 0) == ((tmp_path / "out").read_text(), cli("--version").code)


def test_a_broken_standard_error_ends_nothing(cli: Cli, bare: pytest.MonkeyPatch) -> None:
    """An import is worth more than a line about it."""
    bare.setattr(sys, "stderr", Gone(BrokenPipeError()))
    assert 2 == cli("status").code


def test_a_thread_may_run_a_command(cli: Cli) -> None:
    """Only the main one may set signal handlers."""
    codes: list[int] = []
    thread = threading.Thread(target=lambda: codes.append(cli("list", "--json").code))
    thread.start()
    thread.join()
    assert [0] == codes


def test_unforeseen_values_do_not_spoil_the_json(cli: Cli, bare: pytest.MonkeyPatch) -> None:
    """A code that is no JSON value is shown as text."""

    def fail(*_: object) -> None:
        raise errors.BadRequest("x", status=400, code=object())  # type: ignore[arg-type] # on purpose

    bare.setattr("memory_imports.cli.listing.client_of", fail)
    assert json.loads(cli("list", "--json").out)["error"]["code"].startswith("<object")


def test_the_entry_point_runs_only_as_a_program() -> None:
    """Whoever imports it, to look at it or to document it, starts nothing."""
    assert "memory_imports.__main__" == import_module("memory_imports.__main__").__name__

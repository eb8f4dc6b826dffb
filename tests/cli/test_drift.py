"""`drift spec` and `drift live` in this process: verdicts, exit codes, formats, and checks that could not run."""

import json
from importlib import import_module
from pathlib import Path

import pytest

import memory_imports_contract as contract
from memory_imports.cli import drift, drift_live, extras
from memory_imports_contract.findings import Finding, LiveReport
from tests.cli.conftest import Cli

SPEC = Path(__file__).parents[2] / "openapi" / "imports.yaml"
FINDING = Finding("field-missing", "FetchProfileImportV2", "/summary", "It is not there.", "curl …")


@pytest.fixture
def moved(tmp_path: Path) -> Path:
    """A specification with a page size that allows less."""
    file = tmp_path / "new.yaml"
    text = SPEC.read_text(encoding="utf-8")
    file.write_text(text.replace("maximum: 1000\n", "maximum: 900\n"), encoding="utf-8")
    return file


def test_a_specification_that_says_the_same_is_no_drift(cli: Cli) -> None:
    """The packaged contract is the base, and the verdict is the outcome."""
    done = cli("drift", "spec", SPEC, "--json")
    assert (0, "none", "none", []) == (done.code, *(done.json[k] for k in ("outcome", "verdict", "changes")))


def test_a_change_that_breaks_is_drift(cli: Cli, moved: Path) -> None:
    """Exit code 6, and what changed."""
    done = cli("drift", "spec", moved, "--json")
    (change,) = done.json["changes"]
    assert (6, "breaking", "maximum-lowered") == (done.code, done.json["verdict"], change["rule"])
    assert ("ListProfileImportsV2", 1000, 900) == (change["operation"], change["old"], change["new"])


@pytest.mark.parametrize(("fail_on", "code"), [("breaking", 6), ("compatible", 6), ("never", 0)])
def test_what_fails_can_be_chosen(cli: Cli, moved: Path, fail_on: str, code: int) -> None:
    """The verdict stays what it is."""
    done = cli("drift", "spec", moved, "--fail-on", fail_on)
    assert code == done.code
    assert "breaking maximum-lowered ListProfileImportsV2" in done.out


def test_another_base_can_be_chosen(cli: Cli, moved: Path) -> None:
    """The moved contract is no drift from itself."""
    assert 0 == cli("drift", "spec", moved, "--base", moved).code


def test_findings_are_written_to_a_file(cli: Cli, moved: Path, tmp_path: Path) -> None:
    """In the format that was asked for; standard output says where."""
    target = tmp_path / "drift.sarif"
    done = cli("drift", "spec", moved, "--format", "sarif", "-o", target)
    assert (6, f"breaking: written to {target}\n") == (done.code, done.out)
    assert "2.1.0" == json.loads(target.read_text(encoding="utf-8"))["version"]


@pytest.mark.parametrize("content", [None, "", "no: openapi\n", "{"])
def test_a_specification_that_cannot_be_read_is_never_clean(cli: Cli, tmp_path: Path, content: str | None) -> None:
    """Exit code 2, one sentence, and no verdict."""
    file = tmp_path / "new.yaml"
    if content is not None:
        file.write_text(content)
    done = cli("drift", "spec", file, "--json")
    assert (2, "CheckUnavailableError", None) == (done.code, done.json["error"]["kind"], done.json["verdict"])


def test_findings_that_cannot_be_written_are_not_lost_in_silence(cli: Cli, moved: Path, tmp_path: Path) -> None:
    """Exit code 2 names the place."""
    done = cli("drift", "spec", moved, "-o", tmp_path / "nowhere" / "drift.txt")
    assert 2 == done.code
    assert "cannot be written" in done.err


@pytest.mark.parametrize("form", contract.FORMATS)
def test_an_earlier_report_is_replaced_night_after_night(cli: Cli, moved: Path, tmp_path: Path, form: str) -> None:
    """In any format, whatever was found before; and so is an empty file."""
    target = tmp_path / "report"
    target.touch()
    for new in (moved, SPEC, moved):
        assert {moved: 6, SPEC: 0}[new] == cli("drift", "spec", new, "--format", form, "-o", target).code
    assert 6 == cli("drift", "spec", moved, "-o", target).code
    assert target.read_text(encoding="utf-8").startswith("Contract against specification: breaking")


@pytest.mark.parametrize("role", ["new", "base", "ignore", "log", "link", "thesis"])
def test_a_report_is_not_written_over_anything_else(cli: Cli, moved: Path, tmp_path: Path, role: str) -> None:
    """Neither what the command reads, nor its own log, nor a file of somebody's: and that is said before the check."""
    base, ignore, thesis = tmp_path / "base.yaml", tmp_path / "ignore.yaml", tmp_path / "thesis.txt"
    base.write_text(SPEC.read_text(encoding="utf-8"), encoding="utf-8")
    ignore.write_text("ignore: []\n")
    thesis.write_text("thesis")
    (tmp_path / "link").symlink_to(thesis)
    places = {"new": moved, "base": base, "ignore": ignore, "log": tmp_path / "log", "link": tmp_path / "link"}
    target = places.get(role, thesis)
    before = target.read_bytes() if target.exists() else b""
    words = ("--base", base, "--ignore", ignore, "--log-file", tmp_path / "log")
    done = cli("drift", "spec", moved, *words, "-o", target)
    assert 2 == done.code
    sentence = {
        "link": "no regular file",
        "log": "is --output as well",
        "thesis": "holds something else than an earlier report",
    }
    assert sentence.get(role, f"{target} is in use by this very check") in done.err
    assert "thesis" == thesis.read_text()
    if role == "log":
        assert not target.exists()
    else:
        assert before == target.read_bytes()


def test_nobody_is_asked_for_a_report_that_cannot_be_written(
    cli: Cli, bare: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The minutes would be lost; and what came there meanwhile is not written over either."""
    target = tmp_path / "report"

    def detect(*_: object, **__: object) -> LiveReport:
        asked.append(1)
        target.write_text("thesis")
        return LiveReport((FINDING,), {"FetchProfileImportV2": 9}, 12, 0.5)

    asked: list[int] = []
    bare.setattr(import_module("memory_imports_contract.live.run"), "drift_live", detect)
    for _ in range(2):
        done = cli("drift", "live", "-o", target)
        assert (2, "thesis") == (done.code, target.read_text())
        assert "holds something else than an earlier report" in done.err
    assert 2 == cli("drift", "live", "-o", tmp_path).code
    assert [1] == asked


def test_a_running_server_is_asked_as_told(cli: Cli, bare: pytest.MonkeyPatch) -> None:
    """Level, budget and seed reach the detector, with the environment's store and credentials."""
    seen: list[object] = []

    def detect(*words: object, **given: object) -> LiveReport:
        seen.extend([*words, given])
        return LiveReport((FINDING,), {"FetchProfileImportV2": 9}, 12, 0.5)

    bare.setattr(import_module("memory_imports_contract.live.run"), "drift_live", detect)
    done = cli("drift", "live", "--level", "upload", "--budget", "500", "--seed", "7", "--json")
    assert {"level": "upload", "budget": 500, "seed": 7} == seen[-1]
    assert (6, "drift", 12) == (done.code, done.json["verdict"], done.json["requests"])
    assert [FINDING.as_json()] == done.json["findings"]


def test_a_server_that_could_not_be_asked_is_never_clean(cli: Cli) -> None:
    """A budget too small for the level proves nothing."""
    done = cli("drift", "live", "--budget", "1", "--json")
    assert (2, "CheckUnavailableError", None) == (done.code, done.json["error"]["kind"], done.json["verdict"])


def test_the_lists_of_the_help_are_the_detector_s() -> None:
    """They are written twice so that help need not load it."""
    assert contract.FORMATS == drift.FORMATS
    assert contract.FAIL_ON == drift.FAIL_ON


def test_what_is_missing_is_said_with_how_to_get_it(cli: Cli, bare: pytest.MonkeyPatch) -> None:
    """One line, before anything is loaded."""
    bare.setitem(extras.NEEDED, "contract", ("no_such_module",))
    done = cli("drift", "live")
    assert 2 == done.code
    assert "with its extras cli and contract, from where" in done.err


def test_drift_alone_says_what_there_is(cli: Cli) -> None:
    """Its help names both."""
    done = cli("drift", "--help")
    assert 0 == done.code
    assert {"spec", "live"} <= set(done.out.split())
    assert drift_live.HELP in " ".join(done.out.split())

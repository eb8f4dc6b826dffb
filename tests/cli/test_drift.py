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

"""The workflow that is ready to copy: what a runner takes, and commands that run as they stand."""

import json
import shlex
from pathlib import Path
from string import Template
from typing import Any

import pytest
import yaml

from memory_imports import __version__
from tests.cli.conftest import Cli

DOCS = Path(__file__).parents[2] / "docs"
SPEC = Path(__file__).parents[2] / "openapi" / "imports.yaml"
TEXT = (DOCS / "examples" / "drift.yml").read_text(encoding="utf-8")
WORKFLOW: dict[Any, Any] = yaml.safe_load(TEXT)
JOB = WORKFLOW["jobs"]["drift"]
COMMANDS = [step["run"] for step in JOB["steps"] if step.get("run", "").startswith("memory-imports ")]


def test_a_runner_knows_every_word_of_it() -> None:
    """And every step does one thing: an action, or a command."""
    # YAML 1.1 takes the word `on` for a truth value.
    assert {"name", True, "permissions", "jobs"} == WORKFLOW.keys()
    assert {"schedule", "workflow_dispatch"} == WORKFLOW[True].keys()
    assert {"runs-on", "timeout-minutes", "env", "steps"} == JOB.keys()
    for step in JOB["steps"]:
        assert step.keys() <= {"name", "if", "uses", "with", "run"}
        assert 1 == len(step.keys() & {"uses", "run"})


def test_it_holds_no_secret_and_puts_nothing_into_a_command() -> None:
    """Secrets and variables come as environment, each explained on the page; a command is a constant."""
    page = (DOCS / "drift-nightly.md").read_text(encoding="utf-8")
    assert all(f"`{name}`" in page and value.startswith("${{ ") for name, value in JOB["env"].items())
    assert [] == [step["run"] for step in JOB["steps"] if "${{" in step.get("run", "")]


def test_it_installs_this_version() -> None:
    """With what the two commands need."""
    assert [f'pip install "memory-imports[cli,contract]=={__version__}"'] == [
        step["run"] for step in JOB["steps"] if step.get("run", "").startswith("pip ")
    ]


def test_its_commands_run_as_they_stand(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Green where both keep the contract, and the file that the last step wants is there."""
    monkeypatch.chdir(tmp_path)
    given = {"VENDOR_SPEC_URL": str(SPEC), "GITHUB_RUN_NUMBER": "17"}
    done = [cli(*shlex.split(Template(command).substitute(given))[1:]).code for command in COMMANDS]
    assert [0, 0] == done
    written = JOB["steps"][-1]["with"]["sarif_file"]
    assert "2.1.0" == json.loads(Path(written).read_text(encoding="utf-8"))["version"]

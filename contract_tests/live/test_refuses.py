"""What proves nothing is never green: each case says in one sentence why it could not be checked."""

import json
import re
from pathlib import Path

import pytest
from attrs import evolve

from live import faults
from live.faulty import Fault, faulty
from live.stranger import MANNERS, PASSWORD, STORE, USER, stranger
from memory_imports_contract import DriftUnavailable
from memory_imports_contract.live import RULES, drift_live
from memory_imports_sandbox import Settings, running
from memory_imports_sandbox.messages import problem


def test_no_server_is_not_green() -> None:
    """Nobody listens on a port of the kernel's own choice that was given back."""
    with running(Settings()) as here:
        gone = here
    with pytest.raises(DriftUnavailable, match="There is no server"):
        drift_live(gone.base_url, gone.store_id, (gone.username, gone.password))


@pytest.mark.parametrize(
    ("store_id", "password", "budget", "sentence"),
    [
        (STORE, "guessed", 600, "refuses the credentials"),
        ("mem_store_05unheardofunheardofunhear", PASSWORD, 600, "does not know the store"),
        (STORE, PASSWORD, 20, "too small"),
    ],
)
def test_a_run_that_cannot_work_says_why(store_id: str, password: str, budget: int, sentence: str) -> None:
    """Refused credentials, an unknown store and a small budget each have a sentence of their own."""
    with stranger(MANNERS["old and plain"]) as url, pytest.raises(DriftUnavailable, match=sentence):
        drift_live(url, store_id, (USER, password), budget=budget)


def test_a_server_that_is_down_is_not_green() -> None:
    """Whatever is asked, however often."""
    fault = Fault("down", "", on_request=lambda _: problem(503, "Later."))
    with faulty(fault) as here, pytest.raises(DriftUnavailable, match=r"^The server is down \(status 503\)\.$"):
        drift_live(here.base_url, here.store_id, (here.username, here.password))


def test_an_unknown_level_is_named() -> None:
    """The levels are three."""
    with pytest.raises(DriftUnavailable, match="'all'"):
        drift_live("http://127.0.0.1:9", STORE, (USER, PASSWORD), level="all")


def test_a_file_that_is_no_specification_is_named(tmp_path: Path) -> None:
    """An empty file is not a contract that everything keeps."""
    (tmp_path / "empty.yaml").touch()
    with pytest.raises(DriftUnavailable, match=r"empty\.yaml is not a specification"):
        drift_live("http://127.0.0.1:9", STORE, (USER, PASSWORD), spec=tmp_path / "empty.yaml")


def test_findings_hold_no_secret() -> None:
    """Neither the password nor a signature of an upload URL is in what a finding shows."""
    extra = next(fault for fault in faults.FAULTS if fault.name == "create answers one more field")
    refused = next(fault for fault in faults.FAULTS if fault.name == "upload refused")
    fault: Fault = evolve(refused, on_reply=lambda q, r: refused.on_reply(q, extra.on_reply(q, r)))
    with faulty(fault) as here:
        report = drift_live(here.base_url, here.store_id, (here.username, here.password), level="upload", patience=1)
        password = here.password
    shown = json.dumps(report.as_json())
    assert ["answer-field-unknown", "upload-refused"] == [finding.rule for finding in report.findings]
    assert [] == re.findall(f"{password}|X-Amz-Signature=[0-9a-f]", shown)


def test_the_page_on_the_live_checks_has_every_rule() -> None:
    """docs/drift-live.md names each rule with its meaning."""
    page = (Path(__file__).parents[2] / "docs" / "drift-live.md").read_text(encoding="utf-8").partition("## Rules")[2]
    assert [f"| `{name}` | {rule.meaning} |" for name, rule in RULES.items()] == re.findall(
        r"^\| `[a-z-]+` \| .* \|$", page, re.MULTILINE
    )

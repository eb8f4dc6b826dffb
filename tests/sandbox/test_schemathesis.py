"""The sandbox against the contract by schemathesis: examples, edge cases, random data, and chains of requests."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

from memory_imports_sandbox import Settings, running
from memory_imports_sandbox.contract import packaged

CONFIGURATION = """
hooks = "schemathesis_hooks"
[parameters]
"path.storeId" = "mem_store_00000000000000000000000000"
[auth]
basic = { username = "SK1", password = "secret" }
[phases.examples]
fill-missing = true
[checks.positive_data_acceptance]
enabled = false  # the hooks hold the same check, with one parameter exempt by name
"""
IMPORTS = "/v1/Stores/{storeId}/Profiles/Imports"
FLOORS = {f"POST {IMPORTS}": 80, f"GET {IMPORTS}": 50, f"GET {IMPORTS}/{{importId}}": 50}


def test_the_sandbox_keeps_the_contract_whatever_is_asked(tmp_path: Path) -> None:
    """No finding in any phase; and enough cases for each operation, some of them accepted, for that to mean much."""
    (tmp_path / "schemathesis.toml").write_text(CONFIGURATION, encoding="utf-8")
    settings = Settings(
        store_id="mem_store_00000000000000000000000000",
        username="SK1",
        password="secret",
        pending_seconds=0,
        processing_seconds=0,
    )
    with running(settings) as at:
        command = [
            sys.executable,
            "-m",
            "schemathesis.cli",
            "--config-file",
            "schemathesis.toml",
            "run",
            str(packaged()),
        ]
        command += ["--url", at.base_url, "--max-examples", "8", "--seed", "2026", "--generation-database", "none"]
        # One thread: Python 3.11 loses count of its depth when two of them read source at once, as hypothesis does.
        command += ["--report", "json", "--report-json-path", "report.json", "--no-color", "--workers", "1"]
        search = os.pathsep.join([str(Path(__file__).parent), *(path for path in sys.path if path)])
        done = subprocess.run(
            command,
            cwd=tmp_path,
            env=os.environ | {"PYTHONPATH": search, "CASES": str(tmp_path / "cases")},
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
    assert 0 == done.returncode, done.stdout[-5000:] + done.stderr[-2000:]
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert {"examples", "coverage", "fuzzing", "stateful"} == set(report["phases"])
    assert ["success"] * 4 == [phase["status"] for phase in report["phases"].values()]
    cases = [line.rsplit(" ", 1) for line in (tmp_path / "cases").read_text(encoding="utf-8").splitlines()]
    for operation, floor in FLOORS.items():
        statuses = Counter(status for label, status in cases if label == operation)
        assert statuses.total() >= floor, f"{operation}: only {statuses}"
        assert sum(count for status, count in statuses.items() if status.startswith("2")) >= 5, (
            f"{operation}: {statuses}"
        )

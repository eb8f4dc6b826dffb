"""The specification as data, and a copy of the ground floor in which faults can be planted."""

from __future__ import annotations

import os
import runpy
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def spec() -> dict[str, Any]:
    """The specification, as YAML gives it."""
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "openapi" / "imports.yaml").read_bytes())
    return loaded


@pytest.fixture(scope="session")
def contract() -> dict[str, Any]:
    """The names of the generated `contract.py`, read from its file."""
    return runpy.run_path(str(ROOT / "generated" / "memory_imports_api" / "contract.py"))


@pytest.fixture
def ground(tmp_path: Path) -> Path:
    """A copy of `openapi/` and `generated/`, without caches."""
    for room in ("openapi", "generated"):
        shutil.copytree(ROOT / room, tmp_path / "copy" / room, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path / "copy"


@pytest.fixture
def generate() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs the generate.py of a folder as a process of its own."""

    def run(
        folder: Path, *options: str, cwd: Path | None = None, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # noqa: S603 - this interpreter, a script of ours
            [sys.executable, str(folder / "openapi" / "generate.py"), *options],
            cwd=cwd or folder,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **environment},
            capture_output=True,
            check=False,
            encoding="utf-8",
        )

    return run

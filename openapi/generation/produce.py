"""Runs the generator into an empty place and adds what it leaves out. Knows nothing of what stands."""

from __future__ import annotations

import hashlib
import os
import shlex
import shutil
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from generation import contract, spec

if TYPE_CHECKING:
    from pathlib import Path

PACKAGE = "memory_imports_api"
GENERATOR = "openapi-python-client"
FORMATTER = "ruff"
FORMAT = "--isolated --no-cache --target-version py311 --line-length 110 --stdin-filename contract.py -"


class GeneratorFailedError(Exception):
    """A tool ended badly; the text is what it said."""


def produce(ground: Path, place: Path) -> None:
    """Writes the package of the specification in `ground` into `place`, an existing and empty folder.

    Raises:
        spec.SpecRefusedError: the specification goes beyond the subset.
        GeneratorFailedError: the generator or the formatter ended badly, or had a warning.
    """
    source = ground / "imports.yaml"
    content = source.read_bytes()
    document = spec.load(source)
    text = contract.source(
        document,
        digest=hashlib.sha256(content).hexdigest(),
        generator=_named(GENERATOR),
        formatter=_named(FORMATTER),
    )
    tools = place / "tools"
    environment = _environment(tools)
    package = place / "generated" / PACKAGE
    package.parent.mkdir()
    options = f"generate --meta none --fail-on-warning --path {shlex.quote(str(source))}"
    options += f" --config {shlex.quote(str(ground / 'generator.yaml'))}"
    options += f" --custom-template-path {shlex.quote(str(ground / 'templates'))}"
    options += f" --output-path {shlex.quote(str(package))}"
    _run(f"openapi_python_client {options}", place, environment)
    text = _run(f"ruff format {FORMAT}", place, environment, text)
    (package / "contract.py").write_text(text, encoding="utf-8")
    (package / "imports.yaml").write_bytes(content)
    (package / "py.typed").touch()
    shutil.rmtree(tools)


def _named(tool: str) -> str:
    try:
        return f"{tool} {version(tool)}"
    except PackageNotFoundError as error:
        raise GeneratorFailedError(f"{tool} is not installed beside this Python.") from error


def _environment(tools: Path) -> dict[str, str]:
    """All that the tools may see of their surroundings: this interpreter as `python`, and fixed settings."""
    tools.mkdir()
    python = tools / "python"
    python.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} "$@"\n', encoding="utf-8")
    python.chmod(0o700)
    settings = {"LC_ALL": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0", "PYTHONUTF8": "1"}
    return {"PATH": os.pathsep.join((str(tools), os.defpath)), "HOME": str(tools), **settings}


def _run(module: str, place: Path, environment: dict[str, str], text: str | None = None) -> str:
    # -P: the folder that a tool runs in must not offer it modules.
    command = [sys.executable, "-P", "-m", *shlex.split(module)]
    ended = subprocess.run(  # noqa: S603 - our own words, no shell
        command, cwd=place, env=environment, input=text, capture_output=True, check=False, encoding="utf-8"
    )
    if ended.returncode:
        raise GeneratorFailedError(f"{command[3]} failed.\n{ended.stdout}{ended.stderr}".rstrip())
    return ended.stdout

"""A sandbox for all tests of the command line, and the command line in this process."""

import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

import memory_imports_sandbox as package
from memory_imports import Polling, Retry
from memory_imports.cli import main
from tests.cli.program import Ended, access
from tests.cli.terminal import Terminal

QUICK = package.Settings(pending_seconds=0, processing_seconds=0)
COLUMNS = ("--map", "email=Contact.email", "--map", "name=Contact.firstName")

Cli = Callable[..., Ended]
Streams = tuple[Terminal, Terminal]


def lead(patch: pytest.MonkeyPatch, service: package.Announcement) -> None:
    """Lead the command line to this sandbox."""
    for name, value in access(service).items():
        patch.setenv(name, value)


@pytest.fixture(scope="session")
def service() -> Iterator[package.Announcement]:
    """A sandbox that imports at once."""
    with package.running(QUICK) as announcement:
        yield announcement


@pytest.fixture
def people(tmp_path: Path) -> Path:
    """A file of two people that is like no other test's: a store lives longer than a test."""
    file = tmp_path / "people.csv"
    file.write_text(f"email,name\nann@{tmp_path.name}.example,Ann\nbob@{tmp_path.name}.example,Bob\n")
    return file


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    """An environment without credentials, and a client that neither polls nor retries slowly."""
    for name in ("API_KEY", "API_SECRET", "ACCOUNT_SID", "AUTH_TOKEN", "MEMORY_STORE_ID", "MEMORY_BASE_URL"):
        monkeypatch.delenv(f"TWILIO_{name}", raising=False)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr("memory_imports.client.Polling", partial(Polling, first=0.01))
    for name in ("Retry", "patient"):
        monkeypatch.setattr(f"memory_imports.client.{name}", partial(Retry, attempts=2, base=0.0))
    return monkeypatch


@pytest.fixture
def alone(bare: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Cli:
    """The command line in this process, with access to nothing."""
    del bare

    def run(*words: str | Path) -> Ended:
        code = main([str(word) for word in words])
        return Ended(code, *capsys.readouterr())

    return run


@pytest.fixture
def cli(bare: pytest.MonkeyPatch, service: package.Announcement, alone: Cli) -> Cli:
    """The command line in this process, with access to the sandbox."""
    lead(bare, service)
    return alone


@pytest.fixture
def terminals(monkeypatch: pytest.MonkeyPatch) -> Callable[[], Streams]:
    """Make terminals of both streams; to be called in the test, since pytest sets its own before it."""
    for variable, value in (("COLUMNS", "100"), ("TERM", "xterm-256color")):
        monkeypatch.setenv(variable, value)
    for variable in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(variable, raising=False)

    def replace() -> Streams:
        streams = Terminal(), Terminal()
        monkeypatch.setattr(sys, "stdout", streams[0])
        monkeypatch.setattr(sys, "stderr", streams[1])
        return streams

    return replace

"""A sandbox for all tests of the command line, and the command line in this process."""

import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

import memory_imports_sandbox as package
from memory_imports import Polling, Retry
from memory_imports.cli import main
from tests.cli.program import Ended, access
from tests.cli.terminal import Keyboard, Terminal

# What the client only doubts, a picky service refuses: so a row can fail although it was found good.
QUICK = package.Settings(pending_seconds=0, processing_seconds=0)
# What the client only doubts, a picky service refuses: so a row can fail although it was found good.
REFUSED = "x@example.com,\u0410\u043d\u043d\u0430\n"
COLUMNS = ("--map", "email=Contact.email", "--map", "name=Contact.firstName")

Cli = Callable[..., Ended]
Typing = Callable[..., tuple[int, str, str]]
Streams = tuple[Terminal, Terminal]


def lead(patch: pytest.MonkeyPatch, service: Any) -> None:  # noqa: ANN401 - as `access` takes it
    """Lead the command line to this service."""
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
def picky(bare: pytest.MonkeyPatch, alone: Cli) -> Iterator[Cli]:
    """The same, with access to a sandbox that refuses rows which were found good."""
    with package.running(evolve(QUICK, characters="refuse")) as service:
        lead(bare, service)
        yield alone


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


@pytest.fixture
def typing(bare: pytest.MonkeyPatch) -> Iterator[Typing]:
    """Run a command at a terminal on which lines are typed; what it leaves: code, output, questions."""
    keyboards: list[Keyboard] = []

    def run(command: str, words: list[str | Path], *lines: str | bytes) -> tuple[int, str, str]:
        keyboards.append(Keyboard(*lines))
        streams = (Terminal(), Terminal())
        for name, stream in zip(("stdin", "stdout", "stderr"), (keyboards[-1], *streams), strict=True):
            bare.setattr(sys, name, stream)
        code = main([command, *map(str, words)])
        return code, streams[0].getvalue(), streams[1].getvalue()

    bare.setenv("NO_COLOR", "1")
    bare.setenv("TERM", "dumb")
    yield run
    for keyboard in keyboards:
        keyboard.close()

"""Nothing is left open: whole runs under ``-X dev -W error``, where Python tells of each file, socket and task."""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

import memory_imports_sandbox as sandbox
from tests.cli.program import PATIENCE, access, environment

PYTHON = """
import asyncio, sys
from memory_imports import AsyncMemoryImports, MemoryImports, MemoryImportsError
files, columns = sys.argv[1:], {"email": "Contact.email", "name": "Contact.firstName"}

def synchronously():
    with MemoryImports() as client:
        result = client.run(files, columns, concurrency=3)
        assert result.outcome == "completed", result
        for timeout in (0, 0.001):
            try:
                client.wait(client.create("people.csv", size=9, mappings=columns).import_id, timeout=timeout)
            except MemoryImportsError as problem:
                print(type(problem).__name__)
        print(len([*client.list()]) > 3)

async def asynchronously():
    async with AsyncMemoryImports() as client:
        result = await client.run(files, columns, concurrency=3)
        assert result.outcome == "completed", result
        started, loop = asyncio.Event(), asyncio.get_running_loop()
        watch = lambda now: now.phase == "uploading" and loop.call_soon_threadsafe(started.set)
        given_up = asyncio.create_task(client.run(files, columns, concurrency=3, progress=watch))
        await asyncio.wait_for(started.wait(), 30)
        given_up.cancel()
        print(*map(type, await asyncio.gather(given_up, return_exceptions=True)))
    async with AsyncMemoryImports(credentials=("nobody", "nothing")) as client:
        try:
            await client.fetch("mem_import_" + 26 * "0")
        except MemoryImportsError as problem:
            print(type(problem).__name__)

synchronously()
asyncio.run(asynchronously())
"""


@pytest.fixture
def env(tmp_path: Path) -> Iterator[Mapping[str, str]]:
    """An environment with access to a service that answers at once."""
    with sandbox.running(sandbox.Settings(pending_seconds=0, processing_seconds=0)) as service:
        yield environment(tmp_path / "state", **access(service))


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    """Three files of as many people."""
    made = [tmp_path / f"{name}.csv" for name in ("one", "two", "three")]
    for number, file in enumerate(made):
        file.write_text(f"email,name\na{number}@example.com,Ann\nb{number}@example.com,Bob\n")
    return [str(file) for file in made]


def said(*words: str, env: Mapping[str, str], code: int = 0) -> str:
    """Run Python in its development mode, hold what it says of itself against nothing, and return its output."""
    command = [sys.executable, "-X", "dev", "-W", "error", *words]
    done = subprocess.run(command, env=dict(env), capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert code == done.returncode, done.stderr
    assert not [sign for sign in ("Warning", "Exception ignored", "was destroyed", "Traceback") if sign in done.stderr]
    return done.stdout


def test_the_development_mode_tells_of_what_is_left_open(env: Mapping[str, str]) -> None:
    """Or nothing below would mean anything."""
    with pytest.raises(AssertionError, match="Exception ignored"):
        said("-c", "import socket; socket.socket(); open(__import__('sys').executable, 'rb')", env=env)


def test_the_clients_leave_nothing_open(env: Mapping[str, str], files: list[str]) -> None:
    """Through success, refusal, lack of time and cancellation."""
    told = said("-c", PYTHON, *files, env=env).splitlines()
    assert ["WaitTimeout", "WaitTimeout", "True", "<class 'asyncio.exceptions.CancelledError'>"] == told[:4]
    assert ["CredentialsRefused"] == told[4:]


def test_the_commands_leave_nothing_open(env: Mapping[str, str], files: list[str]) -> None:
    """One after the other, as a person would go about it; the second run finds it all done."""
    columns = ("--map", "email=Contact.email", "--map", "name=Contact.firstName")
    for words in (
        ("check", *files),
        ("map", files[0], "--output", f"{files[0]}.yaml"),
        ("plan", *files, *columns),
        (
            "run",
            *files,
            *columns,
            "--concurrency",
            "2",
            "--rejects",
            f"{files[0]}.rejects",
            "--log-file",
            f"{files[0]}.log",
        ),
        ("run", *files, *columns),
        ("jobs", "--all"),
        ("list",),
        ("doctor",),
        ("demo",),
    ):
        said("-m", "memory_imports", *words, env=env)
    said("-m", "memory_imports", "status", "mem_import_" + 26 * "0", env=env, code=1)

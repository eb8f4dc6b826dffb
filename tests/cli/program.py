"""The command line as a process of its own, in an environment that holds nothing but what a test puts there."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from attrs import frozen

PATIENCE = 60


@frozen
class Ended:
    """What a run of the program left: its exit code and both streams."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """Standard output as the one JSON object that it must be."""
        found: dict[str, Any] = json.loads(self.out)
        return found


def environment(home: Path, **more: str) -> dict[str, str]:
    """Return an environment without any credentials but those given, that keeps its state below `home`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TWILIO_", "XDG_", "COV_"))}
    path = os.pathsep.join(filter(None, sys.path))
    return {**kept, "PYTHONPATH": path, "XDG_STATE_HOME": str(home), "PYTHONWARNINGS": "error", **more}


def access(service: Any, **more: str) -> dict[str, str]:  # noqa: ANN401 - an announcement, or what looks like it
    """Return what a client of a sandbox needs in its environment."""
    return {
        "TWILIO_API_KEY": service.username,
        "TWILIO_API_SECRET": service.password,
        "TWILIO_MEMORY_STORE_ID": service.store_id,
        "TWILIO_MEMORY_BASE_URL": service.base_url,
        **more,
    }


@contextmanager
def started(*words: str | Path, env: Mapping[str, str]) -> "Iterator[subprocess.Popen[str]]":
    """Start the program, and see to it that it is gone at the end."""
    command = [sys.executable, "-m", "memory_imports", *map(str, words)]
    streams = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, env=dict(env), text=True, encoding="utf-8", **streams) as process:  # type: ignore[call-overload] # noqa: S603 - our own program
        try:
            yield process
        finally:
            process.kill()


def ended(process: "subprocess.Popen[str]", patience: float = PATIENCE) -> Ended:
    """Wait for a process and return what it left."""
    out, err = process.communicate(timeout=patience)
    return Ended(process.returncode, out, err)


def ran(*words: str | Path, env: Mapping[str, str]) -> Ended:
    """Run the program to its end."""
    with started(*words, env=env) as process:
        return ended(process)


def read_until(process: "subprocess.Popen[str]", words: str) -> None:
    """Read standard error up to the line with these words."""
    for line in process.stderr or ():
        if words in line:
            return
    raise AssertionError(f"it never said {words!r}")


@contextmanager
def sandbox(*words: str, env: Mapping[str, str]) -> "Iterator[tuple[subprocess.Popen[str], dict[str, str]]]":
    """Start `memory-imports sandbox`; give it and the environment that it prints for its clients."""
    with started("sandbox", "--json", *words, env=env) as process:
        told = json.loads(next(iter(process.stdout or ())))
        yield process, told["environment"]
        process.send_signal(signal.SIGTERM)
        if process.wait(PATIENCE):
            raise AssertionError(f"the sandbox ended with {process.returncode}")

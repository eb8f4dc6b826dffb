"""The command line on anything, and what must hold of it however it ends."""

import contextlib
import io
import json
import os
import re
import signal
import sys
from collections.abc import Callable, Generator, Mapping, Sequence
from pathlib import Path
from types import FrameType
from typing import TypeVar
from unittest.mock import patch

from attrs import frozen
from hypothesis import HealthCheck, settings

from memory_imports.cli import main
from memory_imports.cli.parser import asks_for_json

# Whoever sees one of these sees too much: a credential, a signature, a cell.
CANARIES = ("canary-of-the-secret", "canary-of-the-signature", "canary-of-a-cell")
SECRET, SIGNATURE, CELL = CANARIES
EXITS = {0, 1, 2, 3, 4, 5, 6, 130}
FAILURES = {1, 2, 4, 5}
_COLOUR = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]|\r")
_STEERS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_ORDER = re.compile(r"(?m)^\s*::|##\w*\[")
NOWHERE = "http://127.0.0.1:9"
_SECONDS = 30
# A longer run asks for more of everything.
_EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "0"))

Test = TypeVar("Test", bound=Callable[..., object])


class HangError(BaseException):
    """It takes too long; no exception that anybody catches."""


@frozen
class Ended:
    """How the program ended: its exit code and both streams."""

    code: int
    out: str
    err: str


def examples(few: int) -> Callable[[Test], Test]:
    """Try so many examples in the default run, and as many as were asked for in a longer one."""
    unhealthy = (HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large)
    decorate: Callable[[Test], Test] = settings(
        max_examples=_EXAMPLES or few, deadline=None, suppress_health_check=unhealthy
    )
    return decorate


@contextlib.contextmanager
def bounded() -> Generator[None]:
    """End what hangs."""

    def ring(_: int, frame: FrameType | None) -> None:
        raise HangError(str(frame))

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, _SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def environment(home: Path, **more: str) -> dict[str, str]:
    """Return all that there is of an environment: credentials, and a service that nobody offers."""
    return {
        "HOME": str(home),
        "PATH": os.defpath,
        "XDG_STATE_HOME": str(home / "state"),
        "TWILIO_API_KEY": "SK",
        "TWILIO_API_SECRET": SECRET,
        "TWILIO_MEMORY_STORE_ID": "mem_store_" + 26 * "0",
        "TWILIO_MEMORY_BASE_URL": NOWHERE,
        **more,
    }


def ran(
    words: Sequence[str], env: Mapping[str, str], *, typed: bytes = b"", stream: type[io.StringIO] = io.StringIO
) -> Ended:
    """Run the command line in this process."""
    out, err = stream(), stream()
    with (
        bounded(),
        patch.dict(os.environ, env, clear=True),
        patch.object(sys, "stdin", io.TextIOWrapper(io.BytesIO(typed), encoding="utf-8")),
        patch.object(sys, "stdout", out),
        patch.object(sys, "stderr", err),
    ):
        code = main(list(words))
    return Ended(code, out.getvalue(), err.getvalue())


def judge(done: Ended, words: Sequence[str]) -> None:
    """Hold an ending against what is promised of every one.

    Raises:
        AssertionError: A promise is broken.
    """
    said = done.out + done.err
    promises = {
        "the exit code is one of the table": done.code in EXITS,
        "nothing is a bug": "bug in memory-imports" not in said,
        "who did not ask for it sees no traceback": "--verbose" in words or "Traceback" not in said,
        "nothing secret shows": not any(canary in said for canary in CANARIES),
        "nothing steers a terminal": not _STEERS.search(_COLOUR.sub("", said)),
        "no line is an order to a runner": not _ORDER.search(said),
        # What a check finds is its result: there is a table instead of an error.
        "a failure has its sentence": done.code not in FAILURES or "error: " in done.err or words[0] == "check",
        "with --json there is one object": not asks_for_json(words) or _is_the_object(done),
    }
    if broken := [promise for promise, is_kept in promises.items() if not is_kept]:
        raise AssertionError(f"{'; '.join(broken)}: {list(words)} {done}")


def _is_the_object(done: Ended) -> bool:
    document = json.loads(done.out)
    one_line = done.out.count("\n") == 1 and done.out.endswith("\n")
    return one_line and done.code == document["exit_code"] and isinstance(document["outcome"], str)

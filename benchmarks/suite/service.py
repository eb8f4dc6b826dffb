"""A sandbox that takes no time of its own, in a process of its own."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_AT_ONCE = ("--pending-seconds", "0", "--processing-seconds", "0")


@contextmanager
def served(*options: str) -> Iterator[dict[str, str]]:
    """Run one, with more options if there are any; gives the variables that lead to it."""
    command = [sys.executable, "-m", "memory_imports", "sandbox", *_AT_ONCE, *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as service:
        assert service.stdout is not None  # noqa: S101 - it was asked for
        service.stdout.readline()
        lines = (service.stdout.readline().removeprefix("export ").strip() for _ in range(4))
        try:
            yield dict(line.split("=", 1) for line in lines)
        finally:
            service.terminate()

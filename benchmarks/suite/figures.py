"""Figures taken in rounds, ours and the peers' in turn, and what may be said of them: a ratio and how far it spreads.

Seconds and bytes are of the machine that they were taken on; ratios travel.
"""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence

from attrs import field, frozen

ROUNDS = 5
# In a small process of its own: what a new process takes at most is never less than what its parent had.
_WATCH = """
import os, subprocess, sys, time
start = time.perf_counter()
running = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
_, status, usage = os.wait4(running.pid, 0)
running.returncode = 0
print(time.perf_counter() - start, usage.ru_maxrss, status)
"""


@frozen(kw_only=True)
class Row:
    """One line of the table: our figures and those of each peer, a figure a round, in the same unit.

    ``goal`` is what the ratio to the first peer should be, as people say it; ``reached`` says whether it is, None where
    there is none. ``note`` is what has to be known to read the row.
    """

    what: str
    unit: str
    ours: Sequence[float]
    peers: Mapping[str, Sequence[float]] = field(factory=dict)
    goal: str = ""
    reached: Callable[[float], bool] | None = None
    more_is_better: bool = False
    note: str = ""

    @property
    def ratios(self) -> dict[str, tuple[float, float, float]]:
        """Return, for each peer, ours by theirs: the median over the rounds, the least and the greatest."""
        found = {}
        for name, theirs in self.peers.items():
            each = [ours / theirs for ours, theirs in zip(self.ours, theirs, strict=True)]
            found[name] = (statistics.median(each), min(each), max(each))
        return found


def in_turn(rounds: int, **tries: Callable[[], float]) -> dict[str, list[float]]:
    """Return the figures of several tries, taken one after the other in each round, so that noise meets them all."""
    taken: dict[str, list[float]] = {name: [] for name in tries}
    for _ in range(rounds):
        for name, figure in tries.items():
            taken[name].append(figure())
    return taken


def timed(work: Callable[[], object]) -> float:
    """Return the seconds that some work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def process(command: Sequence[str], environ: Mapping[str, str] | None = None) -> tuple[float, float]:
    """Return the seconds and the peak memory in MiB of a process, which has to end well."""
    watched = [sys.executable, "-I", "-S", "-c", _WATCH, *command]
    done = subprocess.run(watched, env=environ, check=True, capture_output=True, text=True)
    seconds, memory, status = done.stdout.split()
    if status != "0":
        raise SystemExit(f"{' '.join(command)} ended with {os.waitstatus_to_exitcode(int(status))}")
    return float(seconds), int(memory) / 1024


def python(code: str) -> list[str]:
    """Return the command that runs some Python."""
    return [sys.executable, "-c", code]

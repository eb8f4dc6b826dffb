"""Processes run in turn, round after round: what else the machine does strikes all of them, and their ratios keep."""

import os
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence

from attrs import frozen


@frozen
class Taken:
    """What one process took: seconds on the clock, seconds of a core, and bytes at most."""

    seconds: float
    busy: float
    peak: int


Figure = Callable[[Taken], float]
Rounds = Mapping[str, Sequence[Taken]]


def in_turn(codes: Mapping[str, str], given: str, rounds: int) -> Rounds:
    """Return what each took in each round, after one to warm up; who comes first changes from round to round."""
    able = {name: given + code for name, code in codes.items() if _measure(given + code) is not None}
    for name in codes.keys() - able.keys():
        print(f"{name}: not installed, or failed", file=sys.stderr)
    each: dict[str, list[Taken]] = {name: [] for name in able}
    for number in range(rounds):
        first = number % len(able)
        for name in [*able][first:] + [*able][:first]:
            taken = _measure(able[name])
            if taken is None:
                raise RuntimeError(f"{name} failed in round {number + 1}")
            each[name].append(taken)
    return each


def seconds(taken: Taken) -> float:
    """Return the seconds on the clock."""
    return taken.seconds


def busy(taken: Taken) -> float:
    """Return the seconds of a core."""
    return taken.busy


def both(some: Sequence[Taken], figure: Figure, unit: float = 1, digits: int = 2) -> str:
    """Return the median of a figure and, in brackets, the least."""
    found = [figure(one) / unit for one in some]
    return f"{statistics.median(found):.{digits}f} ({min(found):.{digits}f})"


def ratio(above: Sequence[Taken], below: Sequence[Taken], figure: Figure) -> str:
    """Return the median of the ratios within a round and, in brackets, the quartiles."""
    found = [figure(one) / figure(other) for one, other in zip(above, below, strict=True)]
    low, middle, high = statistics.quantiles(found, n=4, method="inclusive")
    return f"{middle:.2f} ({low:.2f} to {high:.2f})"


def _measure(code: str) -> Taken | None:
    """Return what a process takes that runs this code, None where it fails."""
    start = time.perf_counter()
    nowhere = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_WRONLY, 0) for number in (1, 2)]
    process = os.posix_spawn(sys.executable, [sys.executable, "-c", code], os.environ, file_actions=nowhere)
    _, status, usage = os.wait4(process, 0)
    taken = Taken(time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024)
    return None if status else taken

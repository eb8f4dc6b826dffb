"""`python -m tests.soak`: many files through many sandboxes in bad weather, some with kills; prints what happened.

Fails on any row lost or sent twice, and says how to see that one again.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from tests.soak.ordeal import Ordeal, Survived, undergo

_OFTEN = 20


def main(words: Sequence[str] | None = None) -> int:
    """Run the chore."""
    options = _parser().parse_args(words)
    ordeals = [
        Ordeal(
            seed=options.seed + number * 1000,
            rate=options.rate,
            kinds=options.kinds,
            files=options.files,
            rows=options.rows,
            kills=options.kills,
        )
        for number in range(options.runs)
    ]
    survived: list[Survived] = []
    with ThreadPoolExecutor(options.at_once) as pool:
        for one in pool.map(_undergo, ordeals):
            survived.append(one)
            for problem in one.broken:
                _say(f"seed {one.ordeal.seed}: {problem}")
            if len(survived) % _OFTEN == 0:
                _say(f"{len(survived)} of {len(ordeals)}")
    _sum_up(survived)
    failed = [one for one in survived if one.broken]
    for one in failed:
        which = f"--runs 1 --seed {one.ordeal.seed} --rate {options.rate} --kills {options.kills}"
        only = f" --kinds {options.kinds}" if options.kinds else ""
        _say(f"again: nox -s faults -- {which} --files {options.files} --rows {options.rows}{only}")
    return 1 if failed or not survived else 0


def _undergo(ordeal: Ordeal) -> Survived:
    """Undergo it, and let none end the others."""
    begun = time.monotonic()
    try:
        return undergo(ordeal)
    except Exception as problem:  # noqa: BLE001 - whatever it is, it is said of this one
        broken = [f"it did not come to its end: {type(problem).__name__}"]
        seconds = time.monotonic() - begun
        return Survived(ordeal=ordeal, imports=0, seconds=seconds, broken=broken)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="nox -s faults --", description=__doc__)
    parser.add_argument("--runs", type=int, default=20, help="how many runs (20)")
    parser.add_argument(
        "--rate", type=float, default=0.3, help="how likely each request meets a fault; 0 is fair (0.3)"
    )
    parser.add_argument("--kinds", metavar="NAME,NAME", help="only these faults (all)")
    parser.add_argument(
        "--kills", type=int, default=0, help="how often the client or the service is killed at most (0)"
    )
    parser.add_argument("--files", type=int, default=1, help="of each run; several make many parts (1)")
    parser.add_argument("--rows", type=int, default=40, help="rows of each file (40)")
    parser.add_argument("--seed", type=int, default=1, help="of the first; each has its own (1)")
    parser.add_argument("--at-once", type=int, default=8, help="how many at once; most of the time they wait (8)")
    return parser


def _sum_up(survived: Sequence[Survived]) -> None:
    faults, endings = Counter[str](), Counter[str]()
    for one in survived:
        faults += one.faults
        endings += one.endings
    seconds = sorted(one.seconds for one in survived)
    _say(f"{len(survived)} runs, {sum(bool(one.broken) for one in survived)} of them wrong")
    _say(f"commands until the end: {_counts(Counter(str(one.endings.total()) for one in survived))}")
    _say(f"how commands ended: {_counts(endings)}")
    _say(f"services killed: {sum(one.deaths for one in survived)}")
    _say(f"imports created: {sum(one.imports for one in survived)}")
    _say(f"faults seen at the end: {faults.total()}: {_counts(faults)}")
    _say(f"seconds each: {seconds[len(seconds) // 2]:.1f} in the middle, {seconds[-1]:.1f} at most")


def _counts(counted: Counter[str]) -> str:
    return ", ".join(f"{name} {number}" for name, number in sorted(counted.items())) or "none"


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 - this is what the chore is for


if __name__ == "__main__":
    sys.exit(main())

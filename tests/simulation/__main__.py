"""`python -m tests.simulation`: a hundred thousand schedules, every small one, and every rule broken once.

Fails on any invariant broken, any kind of fault that never struck and any broken rule that nobody noticed; says how to
play what failed again, step by step.
"""

import argparse
import gc
import os
import sys
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor

from tests.simulation.exhaustive import FAIR, SMALL, first, second
from tests.simulation.hunt import Caught, complaints, hunt
from tests.simulation.machine import play
from tests.simulation.mutations import MUTATIONS
from tests.simulation.schedule import Schedule, drawn, told
from tests.simulation.tally import Tally

_BATCH = 250
_SMALL_BATCH = 5


def main(words: Sequence[str] | None = None) -> int:
    """Run the chore."""
    options = _parser().parse_args(words)
    if options.seed is not None:
        return _show(drawn(options.seed))
    if options.told is not None:
        return _show(told(options.told))
    with ProcessPoolExecutor(options.at_once, initializer=_prepare) as pool:
        wrong = _everything_small(pool)
        wrong += _at_random(pool, range(options.first, options.first + options.schedules))
        wrong += _broken_rules(pool)
    return 1 if wrong else 0


def _prepare() -> None:
    # Nothing here makes rings of any size: to look for them now and then is enough, and only among what is new.
    gc.freeze()
    gc.disable()


def _everything_small(pool: Executor) -> int:
    tally = Tally()
    ones = [*FAIR, *(each for one in SMALL for each in first(one))]
    batches = [ones[start : start + _SMALL_BATCH] for start in range(0, len(ones), _SMALL_BATCH)]
    return _told("small jobs, with every disturbance and every two", tally, pool.map(_small, batches))


def _small(ones: Sequence[Schedule]) -> Tally:
    tally = Tally()
    for one in ones:
        tally.add(played for _, played in second(one))
    gc.collect()
    return tally


def _at_random(pool: Executor, seeds: range) -> int:
    batches = [seeds[start : start + _BATCH] for start in range(0, len(seeds), _BATCH)]
    tally = Tally()
    wrong = _told("schedules drawn", tally, pool.map(_drawn, batches))
    for kind in tally.unseen:
        _say(f"no request ever met {kind}")
    return wrong + len(tally.unseen)


def _drawn(seeds: range) -> Tally:
    tally = Tally().add(play(drawn(seed)) for seed in seeds)
    gc.collect()
    return tally


def _told(title: str, tally: Tally, parts: Iterable[Tally]) -> int:
    begun = time.monotonic()
    for part in parts:
        tally += part
        for command, words in part.broken.items():
            _say(f"again: nox -s simulate -- {command}\n    {words[0]}")
    _say(f"{title}: {time.monotonic() - begun:.0f} seconds")
    for line in tally.lines():
        _say(f"  {line}")
    return len(tally.broken) + (tally.schedules == 0)


def _broken_rules(pool: Executor) -> int:
    caught = dict(zip(MUTATIONS, pool.map(hunt, MUTATIONS), strict=True))
    _say("rules broken on purpose, and what noticed them:")
    for name, how in caught.items():
        _say(f"  {name}: {_notice(how)}")
    missed = [name for name, how in caught.items() if how is None]
    _say(f"broken {len(caught)}, noticed {len(caught) - len(missed)}")
    return len(missed)


def _notice(how: Caught | None) -> str:
    return "NOBODY" if how is None else f"schedule {how.after} ({how.schedule.command}): {how.words}"


def _show(schedule: Schedule) -> int:
    _say(str(schedule))
    played = play(schedule, _say)
    wrong = complaints(played)
    for words in wrong:
        _say(f"wrong: {words}")
    _say("wrong" if wrong else "all is as it must be")
    return 1 if wrong else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="nox -s simulate --", description=__doc__)
    parser.add_argument("--schedules", type=int, default=100_000, help="how many to draw (100,000)")
    parser.add_argument("--first", type=int, default=0, help="seed of the first of them (0)")
    parser.add_argument("--at-once", type=int, default=os.cpu_count(), help="how many processes (one for each core)")
    parser.add_argument("--seed", type=int, help="play this one alone and tell each step")
    parser.add_argument("--told", help="play this small job alone and tell each step")
    return parser


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 - this is what the chore is for


if __name__ == "__main__":
    sys.exit(main())

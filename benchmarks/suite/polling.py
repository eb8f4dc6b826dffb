"""Asking for a status: how often, and how late the end is noticed, for imports of a second to an hour. Virtual time."""

import random
from collections.abc import Iterator

from memory_imports import Polling
from suite.figures import Row

ENDS = {"1 s": 1, "10 s": 10, "a minute": 60, "ten minutes": 600, "an hour": 3600}
TRIES = 2000
MOST_REQUESTS = 40
NOTE = (
    "the first look after an upload comes when 1.7 seconds have gone by. To be a tenth late at one second, too, would "
    "take some ten requests more, and an import of an hour may have 40 in all."
)


def rows(*, full: bool) -> Iterator[Row]:
    """Yield a row for each length, and one for what an hour takes."""
    del full
    chance = random.Random(1)  # noqa: S311 - the same ends every time
    for name, length in ENDS.items():
        # Nobody ends on the second: the lengths spread by half.
        lengths = [length * chance.uniform(0.75, 1.25) for _ in range(TRIES)]
        late = sum(_watched(each)[1] / each for each in lengths) / TRIES
        yield Row(
            what=f"polling an import of {name}: noticed late by",
            unit="%",
            ours=[100 * late],
            goal="under 10 %" if length > 1 else "",
            note="" if length > 1 else NOTE,
        )
    requests = max(_watched(3600 * share)[0] for share in (0.9, 1.0))
    yield Row(what="requests for an hour", unit="", ours=[float(requests)], goal=f"at most {MOST_REQUESTS}")


def _watched(length: float) -> tuple[int, float]:
    """Return how many requests it takes to see the end, and how much later that is."""
    polling, now, requests = Polling(), 0.0, 1
    while now < length:
        now += polling.pause(now)
        requests += 1
    return requests, now - length

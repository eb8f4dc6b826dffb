"""`memory-imports run` against `memory-imports sandbox --faults`, both as processes, again until it ends well."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from tests.soak.ordeal import Ordeal, undergo

ORDEALS = [
    *(Ordeal(seed=seed, rate=0.4, rows=12) for seed in (11, 12, 13)),
    Ordeal(seed=15, rate=0.2, files=2, rows=12, kills=1),
]


def test_every_row_goes_in_once_whatever_the_weather() -> None:
    """Nothing is lost, no file is sent twice, and no command says what it should not; and there was weather."""
    with ThreadPoolExecutor(len(ORDEALS)) as pool:
        survived = list(pool.map(undergo, ORDEALS))
    assert {} == {one.ordeal.seed: one.broken for one in survived if one.broken}
    assert sum((one.faults for one in survived), Counter[str]()).total() >= len(ORDEALS)

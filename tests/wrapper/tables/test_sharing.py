"""Rows that share a profile, kept in a file: found again, and in little memory however many there are."""

import tracemalloc
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memory_imports._endpoints import RULES
from memory_imports.tables.cut import Cutter
from memory_imports.tables.resolution import Forest
from memory_imports.tables.sharing import Clusters
from memory_imports.tables.spool import Sheet

MANY = 300_000
FEW_BYTES = 4 << 20


@given(
    rows=st.sets(st.integers(1, 60)).map(sorted),
    at_once=st.integers(1, 10),
    looks=st.lists(st.tuples(st.integers(0, 61), st.integers(0, 61))),
)
def test_rows_are_found_wherever_they_are_kept(rows: list[int], at_once: int, looks: list[tuple[int, int]]) -> None:
    """In any order of looking, between any two, in the file or not in it yet."""
    together = Forest()
    together.join([7, 11])
    found = Clusters(together, at_once)
    for row in rows:
        found.add(row, row)
    for first, last in looks:
        some = rows[bisect_left(rows, first) : bisect_right(rows, last)]
        assert [(row, 7 if row == 11 else row) for row in some] == list(found.between(first, last))
        assert (None if first not in rows else 7 if first == 11 else first) == found.of(first)


def shared() -> int:
    """Every row shares a profile with another."""
    found = Clusters(Forest())
    for row in range(2 * MANY):
        found.add(row, row % MANY)
    return sum(1 for _ in found.between(MANY, 2 * MANY))


def cut() -> int:
    """Every row is cut that shares a profile with a row far away."""
    cutter = Cutter(RULES)
    file = SimpleNamespace(
        shared=lambda row: row, sharing=lambda first, last: ((at, at) for at in range(first, last + 1))
    )
    cutter.begin(file, 0, lambda _: Sheet(b"", None))  # type: ignore[arg-type] # only that is asked of it
    cutter.take(0, 1, b"a")
    for first in range(1, MANY, 1000):
        assert cutter.take_all(range(first, first + 1000), 1, b"a")
    return MANY


@pytest.mark.parametrize("work", [shared, cut])
def test_many_rows_that_share_profiles_cost_little_memory(work: Callable[[], int]) -> None:
    """A file of many gigabytes may have every identifier twice."""
    tracemalloc.start()
    try:
        assert MANY == work()
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < FEW_BYTES

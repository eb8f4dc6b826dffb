"""Pairs in buckets: nothing is lost or changes places, whether it fits into memory or not."""

from array import array
from itertools import accumulate

from hypothesis import given, settings
from hypothesis import strategies as st

from memory_imports.tables.occurrences import BUCKETS, Pairs

NUMBERS = st.integers(-(2**63), 2**63 - 1)
BATCH = st.lists(st.tuples(st.integers(0, BUCKETS - 1), NUMBERS, NUMBERS), max_size=20)


@settings(deadline=None)
@given(batches=st.lists(BATCH, max_size=6), in_memory=st.sampled_from([0, 5, 1000]), sorts=st.sampled_from([0, 1]))
def test_gives_back_each_bucket_in_the_order_of_adding(
    batches: list[list[tuple[int, int, int]]], in_memory: int, sorts: int
) -> None:
    """Bucket after bucket."""
    pairs = Pairs(in_memory)
    for batch in batches:
        if sorts:
            batch.sort(key=lambda entry: entry[0])
            both = array("q", [number for _, *pair in batch for number in pair])
            ends = accumulate(sum(place == bucket for place, *_ in batch) for bucket in range(BUCKETS))
            pairs.extend_sorted(both.tobytes(), ends)
        else:
            pairs.extend([place for place, *_ in batch], [(one, two) for _, one, two in batch], len(batch))
    entries = [entry for batch in batches for entry in batch]
    expected = [[(one, two) for place, one, two in entries if place == bucket] for bucket in range(BUCKETS)]
    assert expected == [list(zip(firsts, seconds, strict=True)) for firsts, seconds in pairs]
    pairs.close()

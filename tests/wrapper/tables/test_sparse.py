"""Numbers by index in few bytes, against a dictionary."""

from hypothesis import given
from hypothesis import strategies as st

from memory_imports.tables.sparse import Sparse

NUMBERS = st.one_of(st.integers(0, 3), st.integers(0, (1 << 32) - 1))


@given(st.lists(st.tuples(st.integers(0, 20_000), NUMBERS)))
def test_every_number_is_kept_whatever_its_neighbours_are(entries: list[tuple[int, int]]) -> None:
    """Large ones among small ones, the last one put at each index; elsewhere there is nought."""
    sparse, expected = Sparse(), dict[int, int]()
    for index, number in entries:
        sparse[index] = expected[index] = number
    assert [expected.get(index, 0) for index in range(20_001)] == [sparse[index] for index in range(20_001)]

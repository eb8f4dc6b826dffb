"""Records in lists, extents, and the lines that rows start on."""

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.wrapper.tables.made import Made

from memory_imports.tables.batches import Extents, Lines, batches
from memory_imports.tables.block import Listed
from memory_imports.tables.sources import Record


def test_a_list_of_records_is_bounded_in_rows_and_in_bytes() -> None:
    """A long record ends one."""
    rows = [["x"]] * 1030 + [["x" * 20_000]] * 2 + [["x"]]
    assert [1024, 7, 1, 1] == [len(some) for some in batches(Made("e", rows).rows(), 1)]
    assert [] == list(batches([], 1))


@settings(deadline=None)
@given(heights=st.lists(st.integers(1, 3), max_size=30), batch=st.integers(1, 5), most=st.sampled_from([3, 100]))
def test_knows_the_line_of_each_row_or_says_that_it_does_not(heights: list[int], batch: int, most: int) -> None:
    """After so many rows of several lines it stops keeping them, and never tells a wrong one."""
    starts = [2]
    for height in heights:
        starts.append(starts[-1] + height)
    records = [Record(row, line, 0, 1, []) for row, line in enumerate(starts, 1)]
    lines = Lines(most)
    for at in range(0, len(records), batch):
        lines.add(Listed(records[at : at + batch], 1))
    told = [lines.of(row) for row in range(1, len(starts) + 1)]
    known = [line for line in told if line is not None]
    assert starts[: len(known)] == known
    assert len(told) == len(known) or len(known) >= most


def test_no_records_give_no_extent() -> None:
    """A file of a header only."""
    extents = Extents()
    extents.close()
    assert [] == extents.found

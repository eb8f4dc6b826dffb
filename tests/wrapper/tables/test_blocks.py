"""Where a text may be parted, and what reads its parts."""

from __future__ import annotations

import sys
from itertools import pairwise
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from memory_imports.tables import blocks as module
from memory_imports.tables.blocks import Parse, end_of
from memory_imports.tables.engine import Engine, engine_for
from memory_imports.tables.facts import Dialect
from memory_imports.tables.reader import records
from memory_imports.tables.regular import Splitter
from memory_imports.tables.vector import Vector
from memory_imports.tables.vector.hashing import Hashing
from memory_imports.tables.vector.parsing import Parser

ENDS = {
    b"": 0,
    b"a,b": 0,
    b"a,b\n": 4,
    b"a\nb": 2,
    b'a\n"b\n': 2,
    b'a\n"b\nc"\n': 8,
    b'"a\nb\n': 0,
    b'a\n"' + 1000 * b"b\n": 0,
}


@pytest.mark.parametrize("text", ENDS)
def test_a_block_ends_where_a_line_ends_outside_quotes(text: bytes) -> None:
    """Or is not to be had where the search would take long."""
    assert ENDS[text] == end_of(text)


def test_large_files_are_read_many_records_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the library for it is installed."""
    assert isinstance(engine_for(100 << 20), Vector)
    assert not isinstance(engine_for(1 << 20), Vector)
    monkeypatch.setitem(sys.modules, "memory_imports.tables.vector", None)
    assert not isinstance(engine_for(100 << 20), Vector)


def test_what_is_read_at_once_has_columns_and_ends_its_lines_with_line_feeds() -> None:
    """Anything else is read record by record."""
    assert Vector().parser(Dialect(line_end="\r\n"), 2)
    for engine in (Engine(), Vector()):
        assert engine.parser(Dialect(line_end="\r"), 2) is None
        assert engine.parser(Dialect(), 1) is None


@settings(deadline=None)
@given(
    pieces=st.lists(st.sampled_from([b"a,b", b'"a\nb",c', b"a", b'"', b"\n", b'"a""b",c\r\n', b"\n"]), max_size=12),
    chunk=st.integers(1, 9),
    size=st.sampled_from([16, 24, 100]),
    parse=st.sampled_from([Parser(Dialect(), 2, Hashing()), Splitter(Dialect(), 2)]),
)
def test_blocks_hold_the_records_that_are_read_one_by_one(
    pieces: list[bytes], chunk: int, size: int, parse: Parse
) -> None:
    """However the text comes, and however little of it is looked at in one go."""
    text = b"h,k\n" + b"".join(pieces)
    chunks = [text[at : at + chunk] for at in range(0, len(text), chunk)]
    with mock.patch.object(type(parse), "size", size):
        found = list(module.blocks(chunks, Dialect(), 2, parse))
    expected = [(each.row, each.line, each.cells) for each in records([text], Dialect())][1:]
    rows = [
        (block.first.row + place, line, list(block.cells(place)))
        for block in found
        for place, line in enumerate(block.lines())
    ]
    assert expected == rows
    assert len(text) - 4 == sum(block.length for block in found)
    for block, after in pairwise(found):
        assert block.first.offset + block.length == after.first.offset

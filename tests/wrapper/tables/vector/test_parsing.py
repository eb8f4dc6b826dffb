"""Texts that are a grid of cells, and texts that are none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from memory_imports.tables.facts import Dialect
from memory_imports.tables.reader import Spot
from memory_imports.tables.regular import Splitter
from memory_imports.tables.vector.hashing import Hashing
from memory_imports.tables.vector.parsing import Parser, beyond_ascii_of

if TYPE_CHECKING:
    from memory_imports.tables.block import Whole


def parsed(text: bytes, dialect: Dialect | None = None) -> Whole | None:
    """Read a text of two columns."""
    return Parser(dialect or Dialect(), 2, Hashing())(text, Spot(7, 9, 100))


def split(text: bytes) -> Whole | None:
    """Split a text of two columns into lines and cells."""
    return Splitter(Dialect(), 2)(text, Spot(7, 9, 100))


@pytest.mark.parametrize(
    "text",
    [
        b"a\n",
        b"a,b,c\n",
        b"a,b,c\nd\n",
        b"a\nb,c,d\n",
        b"\n",
        b"a,\0\n",
        b"a,\xff\n",
        b"a,b\r\r\n",
        b"a\rb,c\n",
        b'a,b"\nc,d"\n',
        b'"a"b,c\n',
        b'a"b",c\n',
        b'a,"b" \n',
        b"a,b",
        b'a,"b\n',
        b'"a",' + 200_000 * b"b" + b"\n",
    ],
)
def test_what_has_to_be_read_record_by_record_is_none(text: bytes) -> None:
    """Faults, and what only looks like one."""
    for parse in (parsed, split):
        assert parse(text) is None


@pytest.mark.parametrize("rest", ["", "a", "a,b", 'a,"b\n', 'a,b"\nc,d\n', 'a,"b""\n', '"', "\xc3"])
def test_what_ends_within_a_text_is_read(rest: str) -> None:
    """The rest comes again with what follows it."""
    for parse in (parsed, split):
        found = parse(b'"a",b\n' + rest.encode("latin-1"))
        assert found is not None
        assert (1, 6, Spot(8, 10, 106)) == (len(found), found.length, found.end)


@given(
    st.lists(
        st.sampled_from([b"a", b"\x80", b"\xc3", b"\xa9", b"\xed", b"\xa0", "\u20ac".encode(), "\U0001f600".encode()])
    )
)
def test_bytes_beyond_ascii_are_utf_8_or_not(pieces: list[bytes]) -> None:
    """As Python reads them, and it is known where they stand."""
    text = b"".join(pieces)
    found = beyond_ascii_of(text, np.frombuffer(text, np.uint8))
    try:
        text.decode()
    except UnicodeDecodeError:
        assert found is None
    else:
        assert found is not None
        assert [at for at, byte in enumerate(text) if byte >= 0x80] == found.tolist()


def test_a_grid_knows_its_records_and_where_they_stand() -> None:
    """Quotes, line breaks in cells and line ends of both kinds."""
    text = b'"a\nb",c\r\nd,"e ""f"""\n,""\n'
    found = parsed(text)
    assert found is not None
    assert [["a\nb", "c"], ["d", 'e "f"'], ["", ""]] == [found.cells(place) for place in range(len(found))]
    assert [9, 11, 12] == list(found.lines()) == [found.line(place) for place in range(3)]
    assert (Spot(7, 9, 100), Spot(9, 12, 121), Spot(10, 13, 125)) == (found.first, found.last, found.end)
    assert (range(3), len(text), ()) == (found.sound, found.length, found.faults())


def test_one_record_alone_is_a_grid_too() -> None:
    """In another dialect."""
    found = parsed(b"a,b;c\n", Dialect(delimiter=";"))
    assert found is not None
    assert (Spot(7, 9, 100), Spot(8, 10, 106), [9]) == (found.last, found.end, list(found.lines()))
    assert ["a,b", "c"] == found.cells(0)


def test_lines_that_are_a_record_each_are_split_at_once() -> None:
    """Quoted ones too, with line ends of both kinds; those of several lines are not."""
    text = b'a,"b, ""c"""\r\n,d\n'
    found = split(text)
    assert found is not None
    assert [["a", 'b, "c"'], ["", "d"]] == [found.cells(place) for place in range(len(found))]
    assert [9, 10] == list(found.lines()) == [found.line(place) for place in range(2)]
    assert (Spot(7, 9, 100), Spot(8, 10, 114), Spot(9, 11, 117)) == (found.first, found.last, found.end)
    assert (range(2), len(text), ()) == (found.sound, found.length, found.faults())
    assert split(b'a,"b\nc"\n') is None

"""Texts that are a grid of cells, and texts that are none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from memory_imports.tables.facts import Dialect
from memory_imports.tables.reader import Spot
from memory_imports.tables.regular import Splitter
from memory_imports.tables.vector.hashing import Hashing
from memory_imports.tables.vector.parsing import Parser

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
        b'a,b"\n',
        b'a,"b\n',
        b'"a"b,c\n',
        b'a"b",c\n',
        b'a,"b" \n',
        b'a,"b""\n',
        b'"a",' + 200_000 * b"b" + b"\n",
    ],
)
def test_what_has_to_be_read_record_by_record_is_none(text: bytes) -> None:
    """Faults, and what only looks like one."""
    for parse in (parsed, split):
        assert parse(text) is None
        assert parse(b'"a",b\n' + text) is None


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

"""Records of any text that a dialect can write: the same cells, exact places, and faults that cost their own line."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from memory_imports.tables import reader as module
from memory_imports.tables.facts import Dialect
from memory_imports.tables.reader import Record, records
from memory_imports.tables.sources import open_table

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8) | st.text(
    'ab",;\r\n ', max_size=6
)
TABLES = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(TEXTS, min_size=width, max_size=width), min_size=1, max_size=6)
)
DIALECTS = st.builds(Dialect, delimiter=st.sampled_from(",;\t|"), line_end=st.sampled_from(["\n", "\r\n", "\r"]))
FAULTY = st.sampled_from([b'x"y,1', b'"x"y,1', b'1, "2"', b"1,\0", b"1,\xff", b'1,"2', b'"'])


def written(table: list[list[str]], dialect: Dialect) -> str:
    """Write a table as the standard library does; older ones quote only the line break that ends their own lines."""
    out = io.StringIO()
    for cells in table:
        has_break = any("\r" in cell or "\n" in cell for cell in cells)
        if has_break:
            writer = csv.writer(
                out, delimiter=dialect.delimiter, lineterminator=dialect.line_end, quoting=csv.QUOTE_ALL
            )
        else:
            writer = csv.writer(out, delimiter=dialect.delimiter, lineterminator=dialect.line_end)
        writer.writerow(cells)
    return out.getvalue()


def chunked(text: bytes, size: int) -> list[bytes]:
    """Cut bytes into chunks of this size."""
    return [text[at : at + size] for at in range(0, len(text), size)]


@settings(deadline=None)
@given(TABLES, DIALECTS, st.integers(1, 20))
def test_what_was_written_is_read(table: list[list[str]], dialect: Dialect, size: int) -> None:
    """Every cell comes back, however the text is cut into chunks, and each place slices out the very record."""
    text = written(table, dialect).encode()
    found = list(records(chunked(text, size), dialect))
    assert [(cells, None) for cells in table] == [(record.cells, record.fault) for record in found]
    pieces = [text[record.offset : record.offset + record.length] for record in found]
    assert [written([cells], dialect).encode() for cells in table] == pieces
    end = (dialect.line_end if dialect.line_end == "\r" else "\n").encode()
    assert [1 + text[: record.offset].count(end) for record in found] == [record.line for record in found]


@settings(deadline=None)
@given(TABLES, DIALECTS, st.sampled_from(["utf-8", "utf-8-sig", "utf-16-le", "utf-16-be", "utf-16"]))
def test_what_was_written_in_an_encoding_is_read(table: list[list[str]], dialect: Dialect, encoding: str) -> None:
    """Named, every encoding gives the same cells, from bytes that are opened as a table."""
    # What ends lines is told from the text, so a header without line breaks stands in front.
    width = [f"c{at}" for at in range(len(table[0]) + 1)]
    rows = [[*cells, "end"] for cells in table]
    content = written([width, *rows], dialect).encode(encoding)
    found = open_table(content, encoding=encoding, delimiter=dialect.delimiter)
    assert dialect.line_end == found.dialect.line_end
    assert tuple(width) == found.header
    assert [(cells, None) for cells in rows] == [(record.cells, record.fault) for record in found.rows()]


@settings(deadline=None)
@given(st.lists(st.tuples(FAULTY, st.lists(st.sampled_from([b"1,2", b'"1","2"', b'1,"2"']), min_size=1)), max_size=6))
def test_a_faulty_line_loses_no_good_row(parts: list[tuple[bytes, list[bytes]]]) -> None:
    """Good rows between faulty lines all come; quoted ones follow, so that no open quote finds an end by chance."""
    lines = [line for faulty, good in parts for line in (faulty, *good, b'"1","2"')]
    found = list(records([b"".join(line + b"\n" for line in lines)], Dialect()))
    good = [line for line in lines if line in {b"1,2", b'"1","2"', b'1,"2"'}]
    assert len(lines) == len(found)
    assert len(good) == sum(record.fault is None and record.cells == ["1", "2"] for record in found)


@pytest.mark.parametrize("end", [b"\n", b"\r"])
def test_a_record_without_an_end_is_passed_over(monkeypatch: pytest.MonkeyPatch, end: bytes) -> None:
    """However long it is, the next line is read again."""
    monkeypatch.setattr(module, "MAX_RECORD_BYTES", 8)
    text = b"a,b" + end + b"x" * 30 + end + b"1,2" + end + b'"' + end + b"123456" + end + b"y" * 30
    found = list(records(chunked(text, 4), Dialect(line_end=end.decode())))
    codes = [(record.line, record.fault.code) for record in found if record.fault is not None]
    assert [(2, "long_record"), (4, "unclosed_quote"), (6, "long_record")] == codes
    assert Record(2, 3, 35, 4, ["1", "2"]) == found[2]
    assert len(text) == found[-1].offset + found[-1].length


def test_a_faulty_record_keeps_its_line_for_whoever_corrects_it() -> None:
    """Without its end, and with what is no text made visible."""
    found = list(records([b'a,\xff\r\nb"c\n'], Dialect()))
    assert [["a,\\xff"], ['b"c']] == [record.cells for record in found]

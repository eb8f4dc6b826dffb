"""Strict CSV: every table that a proper writer wrote reads back the same; anything else is named with its line."""

import csv
import io
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from memory_imports.tables import records as module
from memory_imports.tables.records import MAX_RECORD_BYTES, Malformed, Record, records

CELLS = st.text(alphabet=st.characters(exclude_characters="\0", codec="utf-8"), max_size=8)
SPECIAL = st.text(alphabet='",\n\r aé😀', max_size=6)
TABLES = st.lists(st.lists(CELLS | SPECIAL, min_size=1, max_size=4), min_size=1, max_size=6)


def read(content: bytes) -> list[Record]:
    """All records of these bytes."""
    return list(records(io.BytesIO(content).readline))


@settings(deadline=None)
@given(TABLES, st.sampled_from((csv.QUOTE_MINIMAL, csv.QUOTE_ALL)), st.sampled_from(("\n", "\r\n")), st.booleans())
def test_reads_what_was_written(table: list[list[str]], quoting: Any, ending: str, last: bool) -> None:  # noqa: ANN401, FBT001 - a constant of csv; drawn
    """Cells, and the physical line on which each record starts, with and without a last line break."""
    expected, content = [], ""
    for given_row in table:
        # Before Python 3.13 its writer leaves a lone CR unquoted, which nobody can read back.
        row = (
            [cell.replace("\r", "") for cell in given_row]
            if (quoting, ending) == (csv.QUOTE_MINIMAL, "\n")
            else given_row
        )
        expected.append(Record(content.count("\n") + 1, row))
        out = io.StringIO()
        csv.writer(out, quoting=quoting, lineterminator=ending).writerow(row)
        content += out.getvalue()
    content = content if last else content.removesuffix(ending)
    assert expected == read(content.encode())


MALFORMED: dict[str, tuple[bytes, str, int, int]] = {
    "a quote that never closes": (b'a,b\n1,"2\n3\n', "unclosed_quote", 2, 1),
    "a quote inside a plain cell": (b'a,b\n1,2"3"\n', "stray_quote", 2, 1),
    "text after a closing quote": (b'a,b\n1,"2"3\n', "stray_quote", 2, 1),
    "a blank before a quote": (b'a,b\n1, "2"\n', "stray_quote", 2, 1),
    "quotes doubled by a backslash": (b'a,b\n1,"2\\"3"\n4\n', "unclosed_quote", 2, 1),
    "a carriage return beside quotes": (b'a,b\n"1"\r,2\n', "stray_quote", 2, 1),
    "lines that end in CR": (b"a,b\r1,2\r", "carriage_return", 1, 0),
    "a CR twice": (b"a,b\n1,2\r\r\n", "carriage_return", 2, 1),
    "Latin-1": (b"a,b\n1,\xe9\n", "not_utf8", 2, 1),
    "Latin-1 further down in a record": (b'a,b\n1,"2\n3\n\xe9"\n', "not_utf8", 4, 1),
    "a surrogate": (b"a\n\xed\xa0\x80\n", "not_utf8", 2, 1),
    "UTF-16": ("a,b\n".encode("utf-16"), "not_utf8", 1, 0),
    "a NUL": (b"a,b\n1,\0\n", "nul", 2, 1),
    "a quoted cell longer than the parser takes": (b'a\n"' + b"x" * 200_000 + b'"\n', "long_cell", 2, 1),
    "a line without an end": (b"a\n" + b"x" * MAX_RECORD_BYTES, "long_record", 2, 1),
    "a record without an end": (
        b'a\n"' + (b"x" * 1023 + b"\n") * (MAX_RECORD_BYTES // 1024) + b'"',
        "unclosed_quote",
        2,
        1,
    ),
    "a long record that closes": (
        b'a\n"' + (b"x" * 1023 + b"\n") * (MAX_RECORD_BYTES // 1024 - 1) + b"x" * 1021 + b'"\n',
        "long_record",
        2,
        1,
    ),
}


@pytest.mark.parametrize("case", MALFORMED)
def test_names_what_is_malformed_and_its_line(case: str) -> None:
    """After the records that came before it; no byte of the file is repeated."""
    content, code, line, before = MALFORMED[case]
    reading = records(io.BytesIO(content).readline)
    for _ in range(before):
        next(reading)
    with pytest.raises(Malformed) as caught:
        next(reading)
    assert (code, line) == (caught.value.code, caught.value.line)
    assert caught.value.message == str(caught.value)
    assert caught.value.message.endswith(".")
    assert not {"2", "x", "\xe9"} & set(caught.value.message.split())


@pytest.mark.parametrize("header", [b'"a,x",b', b'"a","b"', b'a,"b"'])
def test_a_byte_order_mark_does_not_hide_a_quote(header: bytes) -> None:
    """Spreadsheets write the mark before a quoted header; it stays in the first name, to be named."""
    plain, marked = read(header + b"\n")[0].cells, read(b"\xef\xbb\xbf" + header + b"\n")[0].cells
    assert [f"\ufeff{plain[0]}", *plain[1:]] == marked


def test_a_mark_further_down_is_a_letter() -> None:
    """Only at the very start is it a mark."""
    assert ["\ufeff1"] == read("a\n\ufeff1\n".encode())[1].cells
    with pytest.raises(Malformed):
        read('a\n\ufeff"1"\n'.encode())


def test_empty_and_blank_lines() -> None:
    """No bytes, no record; a blank line is a record of one blank cell."""
    assert [] == read(b"")
    assert [Record(1, ["a"]), Record(2, [""]), Record(3, ["b"])] == read(b"a\n\nb")


def test_reads_a_file_of_any_length_a_line_at_a_time() -> None:
    """Never more than one record is asked for at once."""
    asked: list[int] = []
    stream = io.BytesIO(b"a,b\n" * 1000)

    def readline(limit: int) -> bytes:
        asked.append(limit)
        return stream.readline(limit)

    assert 1000 == sum(1 for _ in records(readline))
    assert {module.MAX_RECORD_BYTES} == set(asked)

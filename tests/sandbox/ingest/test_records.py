"""Reading a CSV: records, what cannot be read, and memory that stays bounded."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import memory_imports_sandbox.ingest.records
from memory_imports_sandbox import Settings
from memory_imports_sandbox.ingest.records import BrokenFile, read


def records(data: bytes, **switches: Any) -> list[list[str] | str]:  # noqa: ANN401 - any switch of Settings
    """Everything that is read of the bytes."""
    return list(read(io.BytesIO(data), Settings(**switches)))


def reason(data: bytes, **switches: Any) -> str:  # noqa: ANN401 - any switch of Settings
    """Why the bytes are no file at all."""
    with pytest.raises(BrokenFile) as caught:
        records(data, **switches)
    return caught.value.reason


@settings(deadline=None)
@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=2), min_size=1))
def test_what_a_csv_writer_writes_is_read_back(rows: list[list[str]]) -> None:
    """Quotes, commas and line ends inside cells included."""
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows(rows)
    assert rows == records(text.getvalue().encode())


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_any_line_end_will_do_and_blank_lines_are_no_records(end: bytes) -> None:
    """By default; the last line may lack its end."""
    assert [["a", "b"], ["1", "2"]] == records(end.join((b"a,b", b"", b"1,2")))


@pytest.mark.parametrize(
    ("switch", "data", "broken"),
    [("lf", b"a\n", False), ("lf", b"a\r\n", True), ("crlf", b"a\r\n", False), ("crlf", b"a\n", True)],
)
def test_line_ends_can_be_narrowed(switch: str, data: bytes, broken: bool) -> None:  # noqa: FBT001 - a column of the table
    """One setting for each side of what is not known."""
    if broken:
        assert "line_ends" == reason(data, line_ends=switch)
    else:
        assert [["a"]] == records(data, line_ends=switch)


def test_encodings() -> None:
    """UTF-8 by default, where a byte order mark is a character of the first name."""
    assert "encoding" == reason("é".encode("latin-1"))
    assert [["\ufeffa"]] == records(b"\xef\xbb\xbfa\n")
    assert [["a"]] == records(b"\xef\xbb\xbfa\n", encoding="utf-8-sig")
    assert [["é€"]] == records("é€".encode("cp1252"), encoding="cp1252")


def test_delimiter_and_quoting_have_switches() -> None:
    """Whoever relies on the default finds out."""
    assert [["a", "b,c"]] == records(b"a;b,c\n", delimiter=";")
    assert [['"a', 'b"']] == records(b'"a,b"\n', quoting="none")


def test_bad_quoting_costs_its_record_only() -> None:
    """What follows is read again."""
    assert [["a", "b"], "bad_quoting", ["3", "4"]] == records(b'a,b\n"1"x,2\n3,4\n')


def test_a_quote_that_is_never_closed_is_one_bad_record() -> None:
    """It reaches to the end of the file, or to the longest cell that is read."""
    assert [["a"], "bad_quoting"] == records(b'a\n"1\n2\n3\n')
    assert "bad_quoting" in records(b'a\n"' + b"x\n" * 100_000)


@pytest.mark.parametrize("data", [b"x" * 4000, b'"x","' + b'\n","' * 1000], ids=["line", "record"])
def test_a_record_that_does_not_fit_into_memory_breaks_the_file(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """As one line without an end, or as many lines inside quotes."""
    monkeypatch.setattr(memory_imports_sandbox.ingest.records, "_LONGEST_RECORD", 4000)
    assert "record_too_long" == reason(data)

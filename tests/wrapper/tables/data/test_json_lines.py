"""JSON lines: what a line may hold, what the header is, and what a faulty line costs."""

from __future__ import annotations

import gzip
from typing import NamedTuple

import pytest
import zstandard

from memory_imports.errors import FileRefused
from memory_imports.tables.data import json_lines
from memory_imports.tables.sources import open_table


class Verdict(NamedTuple):
    """What is expected: the header, the sound rows, the line and code of each fault, the codes of remarks."""

    header: str
    rows: list[list[str]]
    faults: list[tuple[int, str]] = []  # noqa: RUF012 - never changed
    remarks: list[tuple[str, str | None, int | None]] = []  # noqa: RUF012 - the same


AB = [["1", "2"]]
LINE = b'{"a": "1", "b": "2"}\n'
FILES: dict[str, tuple[bytes, Verdict]] = {
    "plain": (LINE, Verdict("ab", AB)),
    "no line end at the end": (LINE[:-1], Verdict("ab", AB)),
    "CRLF": (LINE[:-1] + b"\r\n" + LINE, Verdict("ab", AB * 2)),
    "a byte order mark": (b"\xef\xbb\xbf" + LINE, Verdict("ab", AB)),
    "UTF-16 with a mark": ("\ufeff".encode("utf-16-le") + LINE.decode().encode("utf-16-le"), Verdict("ab", AB)),
    "gzip": (gzip.compress(LINE), Verdict("ab", AB)),
    "zstandard": (zstandard.compress(LINE), Verdict("ab", AB)),
    "keys in another order, missing, null": (
        LINE + b'{"b": null, "c": "3", "a": "1"}\n{}\n',
        Verdict("abc", [["1", "2", ""], ["1", "", "3"], ["", "", ""]]),
    ),
    "values of every kind": (
        b'{"a": 1, "b": true}\n{"a": 1.5, "b": NaN}\n{"a": 5.0, "b": [1, {"c": null}]}\n{"a": 10000, "b": {}}\n',
        Verdict(
            "ab",
            [["1", "true"], ["1.5", ""], ["5", '[1, {"c": null}]'], ["10000", "{}"]],
            remarks=[("whole_number", "a", 3), ("nested_value", "b", 3), ("long_number", "a", 4)],
        ),
    ),
    "blank lines": (LINE + b"\n \r\n" + LINE, Verdict("ab", AB * 2, [(2, "blank_line"), (3, "blank_line")])),
    "no JSON": (LINE + b"{'a': 1}\n" + LINE, Verdict("ab", AB * 2, [(2, "not_json")])),
    "half an object": (LINE + b'{"a": "1",\n"b": "2"}\n', Verdict("ab", AB, [(2, "not_json"), (3, "not_json")])),
    "two objects on a line": (LINE + LINE[:-1] + LINE, Verdict("ab", AB, [(2, "not_json")])),
    "a number of 5,000 digits": (LINE + b'{"a": ' + b"1" * 5000 + b"}\n", Verdict("ab", AB, [(2, "not_json")])),
    "100,000 lists in each other": (LINE + b"[" * 100_000 + b"\n", Verdict("ab", AB, [(2, "not_json")])),
    "no object": (LINE + b'["1", "2"]\n"a"\nnull\n', Verdict("ab", AB, [(n, "not_object") for n in (2, 3, 4)])),
    "a key twice": (LINE + b'{"a": 1, "a": 2}\n', Verdict("ab", AB, [(2, "duplicate_key")])),
    "a key twice within": (LINE + b'{"a": {"c": 1, "c": 2}}\n', Verdict("ab", AB, [(2, "duplicate_key")])),
    "no UTF-8": (LINE + b'{"a": "\xfc"}\n' + LINE, Verdict("ab", AB * 2, [(2, "not_utf8")])),
    "half a character": (LINE + b'{"a": "\\ud83d"}\n', Verdict("ab", AB, [(2, "not_utf8")])),
    "a NUL": (LINE + b'{"a": "\\u0000"}\n', Verdict("ab", AB, [(2, "nul")])),
    "a line of 40 MB": (
        LINE + b'{"a": "' + b"x" * 40_000_000 + b'"}\n' + LINE,
        Verdict("ab", AB * 2, [(2, "long_record")]),
    ),
    "a key that is no text": (b'{"": 1}\n', Verdict("", [["1"]])),
}


@pytest.mark.parametrize("name", FILES)
def test_what_is_made_of_a_file(name: str) -> None:
    """The sound rows as they are, the others by their line and with a code; every row is its line."""
    content, expected = FILES[name]
    table = open_table(content)
    records = list(table.rows())
    found = Verdict(
        "".join(table.header),
        [record.cells for record in records if record.fault is None],
        [(record.line, record.fault.code) for record in records if record.fault is not None],
        [(remark.code, remark.column, remark.row) for remark in table.remarks],
    )
    assert expected == found
    assert [(at, at) for at in range(1, len(records) + 1)] == [(record.row, record.line) for record in records]


def test_an_encoding_may_be_named() -> None:
    """Where no mark does."""
    table = open_table(b'{"a": "\xfc"}\n', encoding="cp1252")
    assert [["ü"]] == [record.cells for record in table.rows()]


def test_a_key_that_comes_late_is_not_read_but_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The keys of the first objects make the header."""
    monkeypatch.setattr(json_lines, "_FIRST", 2)
    table = open_table(LINE * 2 + b'{"c": 1}\n{"a": "x", "c": 2}\n')
    assert [*AB * 2, ["", ""], ["x", ""]] == [record.cells for record in table.rows()]
    (remark,) = table.remarks
    assert ("late_key", "warning", "c", 3) == (remark.code, remark.severity, remark.column, remark.row)
    assert remark.message.startswith("2 objects with this key")


def test_as_many_keys_as_people_are_counted_in_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """After the first hundred."""
    monkeypatch.setattr(json_lines, "_FIRST", 1)
    table = open_table(LINE + b"".join(b'{"%d": 1}\n' % number for number in range(150)))
    assert 151 == len(list(table.rows()))
    assert 101 == len(table.remarks)
    assert (None, 102) == (table.remarks[-1].column, table.remarks[-1].row)
    assert table.remarks[-1].message.startswith("50 objects")


def test_where_every_object_has_keys_of_its_own_few_are_looked_at() -> None:
    """No import has room for so many columns, so the objects behind are not gone through for more."""
    objects = (b"{%s}\n" % b",".join(b'"%d.%d": 1' % (line, key) for key in range(1000)) for line in range(50))
    assert 5000 == len(open_table(b"".join(objects)).header)


REFUSED = {"cut off gzip": (gzip.compress(LINE * 100_000)[:-9], "damaged"), "no keys": (b"{}\n", "empty_file")}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read(name: str) -> None:
    """It is refused with one problem."""
    content, code = REFUSED[name]
    with pytest.raises(FileRefused) as caught:
        list(open_table(content).rows())
    assert {code: 1} == caught.value.counts

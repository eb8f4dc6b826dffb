"""Deliberately awful files, each with what is made of it: the dialect, the sound rows, the faults and their lines."""

from __future__ import annotations

import gzip
from typing import NamedTuple

import pytest
import zstandard

from memory_imports.errors import FileRefused
from memory_imports.tables.facts import Dialect
from memory_imports.tables.sources import open_table

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0\0\0\1\0\x08\6\0\0\0\\r\xa8f"
PLAIN = Dialect()
LONG = "x" * 10_000_000
BROKEN = "x" * 99 + "\n"


class Verdict(NamedTuple):
    """What is expected: data rows without a fault, and the line and code of each fault."""

    rows: list[list[str]]
    faults: list[tuple[int, str]] = []  # noqa: RUF012 - never changed
    dialect: Dialect = PLAIN


AB = [["1", "2"]]
FILES: dict[str, tuple[bytes, Verdict]] = {
    "plain": (b"a,b\n1,2\n", Verdict(AB)),
    "no line end at the end": (b"a,b\n1,2", Verdict(AB)),
    "CRLF": (b"a,b\r\n1,2\r\n", Verdict(AB, dialect=Dialect(line_end="\r\n"))),
    "CR only": (b"a,b\r1,2\r", Verdict(AB, dialect=Dialect(line_end="\r"))),
    "CR only, a line feed in quotes": (
        b'a,b\r1,"2\n3"\r',
        Verdict([["1", "2\n3"]], dialect=Dialect(line_end="\r")),
    ),
    "LF, then CRLF": (b"a,b\n1,2\r\n3,4\n", Verdict([*AB, ["3", "4"]])),
    "a lone CR in an LF file": (b"a,b\n1,2\r3,4\n1,2\n", Verdict(AB, [(2, "carriage_return")])),
    "byte order mark": (b"\xef\xbb\xbfa,b\n1,2\n", Verdict(AB, dialect=Dialect(marked=True))),
    "byte order mark and a quoted header": (
        b'\xef\xbb\xbf"a","b"\n1,2\n',
        Verdict(AB, dialect=Dialect(marked=True)),
    ),
    "UTF-16 as a spreadsheet writes it": (
        "\ufeffa\tb\r\nü\t😀\r\n".encode("utf-16-le"),
        Verdict([["ü", "😀"]], dialect=Dialect(encoding="utf-16-le", marked=True, delimiter="\t", line_end="\r\n")),
    ),
    "UTF-16, big end first": (
        "\ufeffa,b\n1,2\n".encode("utf-16-be"),
        Verdict(AB, dialect=Dialect(encoding="utf-16-be", marked=True)),
    ),
    "UTF-16 without a mark": ("a,b\n1,2\n".encode("utf-16-le"), Verdict(AB, dialect=Dialect(encoding="utf-16-le"))),
    "UTF-16, big end first, without a mark": (
        "a,b\n1,2\n".encode("utf-16-be"),
        Verdict(AB, dialect=Dialect(encoding="utf-16-be")),
    ),
    "UTF-16, half a pair in one row": (
        "\ufeffa,b\n1,\ud83d\n1,2\n".encode("utf-16-le", "surrogatepass"),
        Verdict(AB, [(2, "not_utf8")], Dialect(encoding="utf-16-le", marked=True)),
    ),
    "UTF-16, cut off within a character": (
        "\ufeffa,b\n1,2\n3,4".encode("utf-16-le")[:-1],
        Verdict(AB, [(3, "not_utf8")], Dialect(encoding="utf-16-le", marked=True)),
    ),
    "Windows-1252": (
        "a,b\nMüller,€\n".encode("cp1252"),
        Verdict([["Müller", "€"]], dialect=Dialect(encoding="cp1252")),
    ),
    "Windows-1252 after a megabyte of ASCII": (
        b"a,b\n" + b"1,2\n" * 300_000 + b"M\xfcller,2\n",
        Verdict([*AB * 300_000, ["Müller", "2"]], dialect=Dialect(encoding="cp1252")),
    ),
    "Windows-1252, one byte that it does not have": (
        b"a,b\n\xfc,\x81\n1,2\n",
        Verdict(AB, [(2, "not_utf8")], Dialect(encoding="cp1252")),
    ),
    "UTF-8, one row cut off within a character": (
        "a,b\nü,ö\n".encode() + b"\xf0\x9f\x98,2\n1,2\n",
        Verdict([["ü", "ö"], *AB], [(3, "not_utf8")]),
    ),
    "a quote within an unquoted cell": (b'a,b\n5" pipe,2\n1,2\n', Verdict(AB, [(2, "stray_quote")])),
    "text after a closing quote": (b'a,b\n"5" pipe,2\n1,2\n', Verdict(AB, [(2, "stray_quote")])),
    "a space before a quote": (b'a,b\n1, "2"\n1,2\n', Verdict(AB, [(2, "stray_quote")])),
    "quotes doubled by a backslash": (b'a,b\n"x\\"y",2\n1,2\n', Verdict(AB, [(2, "stray_quote")])),
    "an unclosed quote, then rows": (b'a,b\n1,"2\n1,2\n1,2\n', Verdict(AB * 2, [(2, "unclosed_quote")])),
    "an unclosed quote, then quoted rows": (
        b'a,b\n1,"2\n1,"2"\n"1","2"\n',
        Verdict(AB * 2, [(2, "unclosed_quote")]),
    ),
    "an unclosed quote at the end": (b'a,b\n1,2\n1,"', Verdict(AB, [(3, "unclosed_quote")])),
    "line breaks in quotes": (
        b'a,b\n"x\ny\r\nz","1\n2"\n1,2\n5"\n',
        Verdict([["x\ny\r\nz", "1\n2"], *AB], [(7, "stray_quote")]),
    ),
    "doubled quotes": (b'a,b\n"""x""","y\n"",z"\n', Verdict([['"x"', 'y\n",z']])),
    "trailing delimiters": (b"a,b,\n1,2,\n", Verdict([["1", "2", ""]])),
    "ragged rows": (b"a,b\n1\n1,2,3\n", Verdict([["1"], ["1", "2", "3"]])),
    "duplicate headers": (b"a,a\n1,2\n", Verdict(AB)),
    "an empty last line": (b"a,b\n1,2\n\n", Verdict(AB, [(3, "blank_line")])),
    "blank lines between rows": (b"a,b\n\n1,2\n\r\n1,2\n", Verdict(AB * 2, [(2, "blank_line"), (4, "blank_line")])),
    "header only": (b"a,b\n", Verdict([])),
    "header only, no line end": (b"a,b", Verdict([])),
    "a row of spaces": (b"a,b\n   \n1,2\n", Verdict([["   "], *AB])),
    "a hundred and one columns": (
        b",".join([b"c"] * 101) + b"\n" + b",".join([b"1"] * 101) + b"\n",
        Verdict([["1"] * 101]),
    ),
    "right to left": ("a,b\nשלום,مرحبا\n".encode(), Verdict([["שלום", "مرحبا"]])),  # noqa: RUF001 - it is Hebrew
    "emoji of several characters": ("a,b\n👩‍👩‍👧,🇩🇪\n".encode(), Verdict([["👩‍👩‍👧", "🇩🇪"]])),
    "line separators that are none": (
        "a,b\n1\u2028,\x85\x0b\x1c\n".encode(),
        Verdict([["1\u2028", "\x85\x0b\x1c"]]),
    ),
    "a NUL": (b"a,b\n1,\0\n1,2\n", Verdict(AB, [(2, "nul")])),
    "a NUL in quotes": (b'a,b\n1,"\0\n"\n1,2\n', Verdict(AB, [(2, "nul")])),
    "semicolons and commas for points": (
        b"a;b\n1,5;2,5\n",
        Verdict([["1,5", "2,5"]], dialect=Dialect(delimiter=";")),
    ),
    "tabs": (b"a\tb\n1\t2\n", Verdict(AB, dialect=Dialect(delimiter="\t"))),
    "bars": (b"a|b\n1|2\n", Verdict(AB, dialect=Dialect(delimiter="|"))),
    "semicolons in a quoted header": (b'"a;x;y",b\n1,2\n', Verdict(AB)),
    "one column": (b"a\n1\n", Verdict([["1"]])),
    "a cell of 10 MB": (f"a,b\n{LONG},2\n".encode(), Verdict([[LONG, "2"]])),
    "a quoted cell of 10 MB": (f'a,b\n"{LONG}",2\n1,2\n'.encode(), Verdict(AB, [(2, "long_cell")])),
    "a cell of 10 MB in 100,000 lines": (
        f'a,b\n"{BROKEN * 100_000}",2\n1,2\n'.encode(),
        Verdict(AB, [(2, "long_cell")]),
    ),
    "a quote that swallows 100,000 lines": (
        b'a,b\n1,"\n' + b"1,2\n" * 100_000,
        Verdict(AB * 100_000, [(2, "unclosed_quote")]),
    ),
    "a quote to open and none to close, on every line": (
        b"a,b\n" + b'1,"2\n' * 50_000,
        Verdict([], [(line, "unclosed_quote") for line in range(2, 50_002)]),
    ),
    "gzip": (gzip.compress(b"a,b\n1,2\n"), Verdict(AB)),
    "gzip, two files one after another": (gzip.compress(b"a,b\n") + gzip.compress(b"1,2\n"), Verdict(AB)),
    "gzip of Windows-1252": (
        gzip.compress(b"a;b\n\xfc;2\n"),
        Verdict([["ü", "2"]], dialect=Dialect(encoding="cp1252", delimiter=";")),
    ),
    "zstandard": (zstandard.compress(b"a,b\n1,2\n"), Verdict(AB)),
    "zstandard, two frames that part the mark": (
        zstandard.compress(b"\xef\xbb") + zstandard.compress(b"\xbfa,b\n1,2\n"),
        Verdict(AB, dialect=Dialect(marked=True)),
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_what_is_made_of_an_awful_file(name: str) -> None:
    """The sound rows come as they are, the others by their line and with a code, and no row is lost."""
    content, expected = FILES[name]
    table = open_table(content)
    records = list(table.rows())
    found = Verdict(
        [record.cells for record in records if record.fault is None],
        [(record.line, record.fault.code) for record in records if record.fault is not None],
        table.dialect,
    )
    assert expected == found
    assert list(range(1, len(records) + 1)) == [record.row for record in records]


REFUSED: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "empty_file"),
    "a mark and nothing else": (b"\xef\xbb\xbf", "empty_file"),
    "a blank first line": (b"\na,b\n1,2\n", "blank_line"),
    "a stray quote in the header": (b'a"b,c\n1,2\n', "stray_quote"),
    "a quote that the header opens": (b'a,"b\n1,2\n', "unclosed_quote"),
    "a NUL in the header": (b"a,\0\n1,2\n3,4\n5,6\n", "nul"),
    "a picture": (PNG, "not_text"),
    "a spreadsheet that is cut off": (b"PK\3\4\x14\0\6\0", "damaged"),
    "a Parquet file that is cut off": (b"PAR1\x15\4", "damaged"),
    "cut off gzip": (gzip.compress(b"a,b\n1,2\n")[:-9], "damaged"),
    "something after gzip": (gzip.compress(b"a,b\n1,2\n") + b"more", "damaged"),
    "cut off zstandard": (zstandard.compress(b"a,b\n1,2\n")[:-3], "damaged"),
    "damaged zstandard": (zstandard.compress(b"a,b\n1,2\n")[:5] + b"\xff" * 20, "damaged"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_at_all(name: str) -> None:
    """It is refused with one problem."""
    content, code = REFUSED[name]
    with pytest.raises(FileRefused) as caught:
        open_table(content)
    assert {code: 1} == caught.value.counts
    assert [code] == [problem.code for problem in caught.value.problems]

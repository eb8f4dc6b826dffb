"""What kind of file this is: by its content first, by its name only where the content could be several."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest
from tests.wrapper.tables.data.written import as_feather, as_json, as_parquet, workbook

from memory_imports.errors import FileRefused
from memory_imports.tables.sources import open_table

if TYPE_CHECKING:
    from pathlib import Path

ROWS = (("a", "b"), [("1", "2")])
CSV = b"a,b\n1,2\n"
JSON = as_json(*ROWS)
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100_000)
KINDS: dict[str, tuple[str, bytes, str]] = {
    "CSV, whatever its name": ("people.xlsx", CSV, "CSV file"),
    "CSV that starts with a brace": ("people.csv", b"{a},b\n1,2\n", "CSV file"),
    "CSV that starts with a bracket": ("people.csv", b"[a],b\n1,2\n", "CSV file"),
    "CSV that starts with a list": ("people.txt", b"[1]\n2\n", "CSV file"),
    "Excel, whatever its name": ("people.csv", workbook({"People": [["a", "b"], ["1", "2"]]}), "Excel workbook"),
    "Parquet, whatever its name": ("people", as_parquet(*ROWS), "Parquet file"),
    "Arrow, whatever its name": ("people", as_feather(*ROWS), "Arrow file"),
    "JSON lines, whatever their name": ("people.csv", JSON, "JSON lines file"),
    "JSON lines of a single long object": ("people", b'{"a": "' + b"x" * 100_000 + b'"}\n', "JSON lines file"),
    "JSON lines, compressed": ("people.jsonl.gz", gzip.compress(JSON), "JSON lines file"),
    "JSON lines by their name alone": ("people.NDJSON", b"{oops\n" + JSON, "JSON lines file"),
    "JSON lines that start with a blank line": ("people.jsonl", b"\n" + JSON, "JSON lines file"),
    "JSON lines in UTF-16": ("people.json", JSON.decode().encode("utf-16"), "JSON lines file"),
}


@pytest.mark.parametrize("name", KINDS)
def test_the_kind_of_a_file(tmp_path: Path, name: str) -> None:
    """Each is read as what it is."""
    called, content, form = KINDS[name]
    path = tmp_path / called
    path.write_bytes(content)
    table = open_table(path)
    assert form == table.dialect.form
    assert [] != list(table.rows())


REFUSED: dict[str, tuple[str, bytes, str, str]] = {
    "a Parquet file that is compressed": (
        "people.parquet.gz",
        gzip.compress(as_parquet(*ROWS)),
        "not_text",
        "unpack it",
    ),
    "an encrypted Parquet file": ("people.parquet", b"PARE" + bytes(100), "encrypted", "is encrypted"),
    "a Parquet file that is cut off": ("people.parquet", as_parquet(*ROWS)[:-9], "damaged", "is damaged"),
    "an Arrow file that is cut off": ("people.arrow", as_feather(*ROWS)[:-9], "damaged", "is damaged"),
    "an old workbook": ("people.xls", OLD, "not_text", "old Excel workbook"),
    "a workbook with a password": (
        "people.xlsx",
        OLD + "EncryptedPackage".encode("utf-16-le"),
        "encrypted",
        "password",
    ),
    "the same where two pieces meet": (
        "people.xlsx",
        OLD[:8] + bytes(64 * 1024 + 1024 * 1024 - 16) + "EncryptedPackage".encode("utf-16-le") + bytes(2_000_000),
        "encrypted",
        "password",
    ),
    "a JSON array": ("people.txt", b'[\n{"a": 1},\n{"a": 2}\n]\n', "not_text", "JSON array"),
    "a JSON array on one line": ("people.csv", b'[{"a": 1}, {"a": 2}]', "not_text", "JSON array"),
    "a JSON array by its name": ("people.json", b'["a"]', "not_text", "JSON array"),
    "a JSON document": ("people.json", b'{\n  "a": 1\n}\n', "not_text", "JSON document"),
    "lines of which none is an object": ("people.jsonl", b"1\n2\n", "empty_file", "no columns"),
    "gzip that is cut off": ("people.jsonl.gz", gzip.compress(JSON)[:12], "damaged", "compressed file is damaged"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused(tmp_path: Path, name: str) -> None:
    """One problem, one sentence: what it is and what to do."""
    called, content, code, words = REFUSED[name]
    path = tmp_path / called
    path.write_bytes(content)
    with pytest.raises(FileRefused, match=words) as caught:
        open_table(path)
    assert {code: 1} == caught.value.counts
    assert caught.value.message.startswith(f"{path}: ")

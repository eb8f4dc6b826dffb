"""What all files that are no CSV have in common: changes, disks that fail, libraries that are missing."""

from __future__ import annotations

import builtins
import importlib
import io
import os
from typing import TYPE_CHECKING

import pytest
from tests.wrapper.tables.data.written import FORMS

from memory_imports.errors import FileRefused, InvalidRequest, SourceChanged
from memory_imports.tables.facts import Dialect
from memory_imports.tables.rewriting import form as reasons
from memory_imports.tables.sources import open_table

if TYPE_CHECKING:
    from pathlib import Path

HEADER, ROWS = ("a", "b"), [("1", "2"), ("3", "4")] * 3
FILES = ("JSON lines", "Excel", "Parquet", "Feather")
CELLS = [list(row) for row in ROWS]


@pytest.fixture(params=FILES)
def content(request: pytest.FixtureRequest) -> bytes:
    """The same table as a file of each kind."""
    made = FORMS[request.param](HEADER, ROWS)
    assert isinstance(made, bytes)
    return made


def test_the_facts_of_a_file(tmp_path: Path, content: bytes) -> None:
    """Its size is that of its bytes; none is sent as it stands."""
    path = tmp_path / "people"
    path.write_bytes(content)
    table = open_table(path)
    assert (str(path), len(content), HEADER, False) == (table.name, table.size, table.header, table.as_is)
    with table.open() as stream:
        assert table.stamp(stream) == table.expected
    table.close()
    assert path.exists()
    assert ["and is sent as a CSV file"] == [why.partition(", ")[2] for why in reasons(table.dialect, as_is=False)]


def test_what_a_file_is_called_among_the_reasons() -> None:
    """In a sentence about it."""
    assert ["it is an Excel workbook, and is sent as a CSV file"] == reasons(
        Dialect(form="Excel workbook", sheet="People"), as_is=False
    )
    assert ["it is a Parquet file, and is sent as a CSV file"] == reasons(Dialect(form="Parquet file"), as_is=False)


def test_a_stream_is_read_from_where_it_stands(content: bytes) -> None:
    """Whatever its kind."""
    stream = io.BytesIO(b"before" + content)
    stream.seek(6)
    with open_table(stream) as table:
        assert CELLS == [record.cells for record in table.rows()] == [record.cells for record in table.rows()]
        assert len(content) == table.size


def test_a_file_that_changes(tmp_path: Path, content: bytes) -> None:
    """Before a pass, during one, or so that it looks damaged."""
    path = tmp_path / "people"
    path.write_bytes(content)
    table = open_table(path)
    rows = table.rows()
    next(rows)
    os.utime(path, (1, 1))
    with pytest.raises(SourceChanged):
        list(rows)
    path.write_bytes(content[: len(content) // 2])
    with pytest.raises(SourceChanged):
        list(table.rows())


class Failing(io.BytesIO):
    """A stream that fails once it is told to."""

    fails = False

    def read(self, size: int | None = -1, /) -> bytes:
        """Read, or fail."""
        if self.fails and size:
            raise OSError(5, "Input/output error")
        return super().read(size)


def test_a_disk_that_fails(content: bytes) -> None:
    """The system's word is handed on, and nobody calls the file damaged."""
    stream = Failing(content)
    table = open_table(stream)
    stream.fails = True
    with pytest.raises(InvalidRequest, match="Input/output error"):
        list(table.rows())


@pytest.mark.parametrize("form", [form for form in FORMS if form != "JSON lines"])
def test_a_library_that_is_missing(monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    """A sentence says what to install; JSON lines need none."""
    source = FORMS[form](HEADER, ROWS)
    found = importlib.import_module

    def missing(name: str, package: str | None = None) -> object:
        if name.partition(".")[0] in {"openpyxl", "pyarrow"}:
            raise ImportError
        return found(name, package)

    monkeypatch.setattr("memory_imports.tables.data.refusal.import_module", missing)
    with pytest.raises(InvalidRequest, match="need another library; install memory-imports with its extra data, from"):
        open_table(source)


def test_json_lines_need_no_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """Python reads them."""
    found = builtins.__import__

    def missing(name: str, *rest: object) -> object:
        if name.partition(".")[0] in {"openpyxl", "pyarrow", "pandas", "polars", "numpy"}:
            raise ImportError
        return found(name, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", missing)
    assert CELLS == [record.cells for record in open_table(FORMS["JSON lines"](HEADER, ROWS)).rows()]


def test_a_nul_is_a_fault_of_its_row() -> None:
    """In whatever it comes; the other rows go in."""
    table = open_table(FORMS["polars"](HEADER, [("1", "\0"), ("1", "2")]))
    assert [(1, "nul"), (2, None)] == [(record.row, record.fault and record.fault.code) for record in table.rows()]


def test_nothing_of_a_refused_copy_is_left(tmp_path: Path) -> None:
    """Such as one of standard input."""

    class Once(io.BytesIO):
        def seekable(self) -> bool:
            return False

    with pytest.raises(FileRefused):
        open_table(Once(b"PAR1" + bytes(100)), spool=tmp_path)
    assert [] == list(tmp_path.iterdir())

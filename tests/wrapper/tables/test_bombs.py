"""Small files that stand for huge ones: they cost no more memory than others, and end where they make no sense."""

import gzip
import io
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import zstandard

from memory_imports.errors import FileRefused
from memory_imports.tables import unpacking
from memory_imports.tables.sources import open_table

MIB = 1024 * 1024
SIZE = 192 * MIB


def zstd_bomb() -> bytes:
    """Return a few kilobytes that hold 192 MiB of one letter."""
    packer = zstandard.ZstdCompressor(level=19).compressobj()
    return b"".join(packer.compress(b"a" * MIB) for _ in range(SIZE // MIB)) + packer.flush()


def gzip_bomb() -> bytes:
    """Return the same, less well packed."""
    packer = zlib.compressobj(9, wbits=31)
    return b"".join(packer.compress(b"a" * MIB) for _ in range(SIZE // MIB)) + packer.flush()


@pytest.mark.parametrize("bomb", [zstd_bomb, gzip_bomb])
def test_a_bomb_is_unpacked_in_little_memory(bomb: Callable[[], bytes]) -> None:
    """A bite at a time: four bytes may stand for 128 KiB."""
    packed = bomb()
    content = unpacking.Unpacked(io.BytesIO(packed).read, packed[:4])
    tracemalloc.start()
    try:
        length = sum(len(some) for some in iter(lambda: content.read(MIB), b""))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert SIZE == length
    assert peak < 24 * MIB


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress])
def test_a_file_that_swells_beyond_reason_is_refused(
    pack: Callable[[bytes], bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One sentence, with the way out for who knows better; what is small harms nobody."""
    path = tmp_path / "people.csv.packed"
    path.write_bytes(pack(b"e,n\n" + b"a@b.example,\n" * 200_000))
    with open_table(path) as table:
        assert 200_000 == sum(1 for _ in table.rows())
    monkeypatch.setattr(unpacking, "_HARMLESS", MIB)
    with pytest.raises(FileRefused, match="unpacks to more than 200 times its size; if that is right, give") as caught:
        list(open_table(path).rows())
    assert {"swollen": 1} == caught.value.counts


def test_a_file_that_is_packed_as_files_are_may_be_of_any_size(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the proportion that tells."""
    monkeypatch.setattr(unpacking, "_HARMLESS", 0)
    rows = "".join(f"user{number * 7919 % 100_003}@x.example,Name{number}\n" for number in range(10_000)).encode()
    assert 10_000 == sum(1 for _ in open_table(gzip.compress(b"e,n\n" + rows)).rows())


def workbook(sheet: bytes) -> bytes:
    """Return a workbook whose only sheet is written so."""
    plain, made = io.BytesIO(), io.BytesIO()
    openpyxl.Workbook().save(plain)
    with zipfile.ZipFile(plain) as before, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as after:
        for info in before.infolist():
            after.writestr(info.filename, sheet if "sheet1" in info.filename else before.read(info))
    return made.getvalue()


LAUGHS = "".join(f'<!ENTITY a{level} "{f"&a{level - 1};" * 10 if level else "ha" * 10}">' for level in range(10))


def test_a_sheet_of_entities_that_unfold_is_refused() -> None:
    """A few lines that stand for gigabytes; the parser of XML sees it."""
    sheet = f"<?xml version='1.0'?><!DOCTYPE x [{LAUGHS}]><worksheet><sheetData>&a9;</sheetData></worksheet>"
    with pytest.raises(FileRefused):
        list(open_table(workbook(sheet.encode())).rows())


def test_a_sheet_that_swells_beyond_reason_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before any of it is unpacked."""
    monkeypatch.setattr("memory_imports.tables.data.excel._HARMLESS", MIB)
    with pytest.raises(FileRefused, match="unpacks to more than 200 times its size"):
        open_table(workbook(b"<worksheet>" + b" " * 8 * MIB + b"</worksheet>"))

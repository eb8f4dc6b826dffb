"""The same table of texts in every form that is read: files of each kind, and tables in memory."""

from __future__ import annotations

import io
import json
import re
import zipfile
from typing import TYPE_CHECKING, Any

import openpyxl
import pandas as pd
import polars as pl
import pyarrow as pa
from pyarrow import feather, parquet

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


def columns(header: Sequence[str], rows: Sequence[Sequence[str]]) -> dict[str, list[str | None]]:
    """The columns of a table; what is blank in the first of them is missing, elsewhere it is an empty text."""
    return {name: [row[at] or (None if at == 0 else "") for row in rows] for at, name in enumerate(header)}


def as_arrow(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Any:  # noqa: ANN401 - of that library
    """A table of Arrow."""
    return pa.table({name: pa.array(cells, pa.string()) for name, cells in columns(header, rows).items()})


def as_stream(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Any:  # noqa: ANN401 - of that library
    """Batches of Arrow that come only once."""
    return as_arrow(header, rows).to_reader(max_chunksize=2)


def as_pandas(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Any:  # noqa: ANN401 - of that library
    """A frame of pandas."""
    return pd.DataFrame(columns(header, rows))


def as_polars(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Any:  # noqa: ANN401 - of that library
    """A frame of polars."""
    return pl.DataFrame(columns(header, rows), schema=dict.fromkeys(header, pl.String))


def as_parquet(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """A Parquet file."""
    out = io.BytesIO()
    parquet.write_table(as_arrow(header, rows), out, row_group_size=3)
    return out.getvalue()


def as_feather(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """An Arrow file."""
    out = io.BytesIO()
    feather.write_feather(as_arrow(header, rows), out)
    return out.getvalue()


def as_json(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """JSON lines; the last key of an object is left out where it would be blank."""
    lines = []
    for number, row in enumerate(rows):
        found = {name: cells[number] for name, cells in columns(header, rows).items()}
        if number and not row[-1]:
            del found[header[-1]]
        lines.append(json.dumps(found, ensure_ascii=bool(number % 2)) + "\n")
    return "".join(lines).encode()


def as_excel(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """An Excel workbook, as Excel writes it."""
    return shared(as_inline_excel(header, rows))


def as_inline_excel(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """An Excel workbook, as some libraries write it."""
    return workbook({"People": [header, *rows]})


def workbook(
    sheets: Mapping[str, Sequence[Sequence[object]]], change: Callable[[Any], object] = lambda _: None
) -> bytes:
    """An Excel workbook of several sheets; what starts with = stays a text, unless ``change`` makes it a formula."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for number, row in enumerate(rows, 1):
            for at, value in enumerate(row, 1):
                if value not in {None, ""}:
                    cell = sheet.cell(number, at, value)
                    cell.data_type = "s" if isinstance(value, str) else cell.data_type
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


_INLINE = re.compile(r't="inlineStr"><is>(.*?)</is>', re.DOTALL)
_SHARED = (
    '<Override PartName="/xl/sharedStrings.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml" />'
)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def shared(book: bytes) -> bytes:
    """The same workbook with its texts in one place, as Excel writes it."""
    texts: dict[str, int] = {}
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            part = before.read(name).decode()
            if name.startswith("xl/worksheets/"):
                part = _INLINE.sub(lambda found: f't="s"><v>{texts.setdefault(found[1], len(texts))}</v>', part)
            after.writestr(name, part.replace("</Types>", f"{_SHARED}</Types>"))
        items = "".join(f"<si>{text}</si>" for text in texts)
        after.writestr("xl/sharedStrings.xml", f'<sst xmlns="{_MAIN}">{items}</sst>')
    return out.getvalue()


FORMS: dict[str, Callable[[Sequence[str], Sequence[Sequence[str]]], Any]] = {
    "Arrow": as_arrow,
    "a stream": as_stream,
    "pandas": as_pandas,
    "polars": as_polars,
    "Parquet": as_parquet,
    "Feather": as_feather,
    "JSON lines": as_json,
    "Excel": as_excel,
    "Excel, texts in their cells": as_inline_excel,
}

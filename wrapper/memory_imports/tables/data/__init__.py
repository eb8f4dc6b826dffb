"""Files of people that are no CSV, and tables in memory, as tables like those of CSV files.

Libraries of the extra ``data`` are imported where a file needs one.
"""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from memory_imports.errors import InvalidRequest
from memory_imports.tables.data.kinds import HEAD, Kind, kind_of
from memory_imports.tables.data.refusal import Refusal
from memory_imports.tables.data.table import DataTable, Reader, refused
from memory_imports.tables.encoding import CHUNK
from memory_imports.tables.raw import Raw, copied
from memory_imports.tables.rules import ArrowStream
from memory_imports.tables.unpacking import Damaged, Unpacked

__all__ = ["data_table", "table_in_memory"]


def data_table(raw: Raw, *, encoding: str | None, sheet: str | None, spool: Path | None) -> DataTable | None:
    """Return a file as a table if it is of one of these kinds, None if it is any other.

    A stream that does not stand at its start is copied for those who have to find their way in it.

    Raises:
        FileRefused: It is of a kind that cannot be read, or damaged.
        InvalidRequest: It has no such sheet, or what reads it is not installed.
    """
    kind = _kind(raw)
    if sheet is not None and kind != "excel":
        raise InvalidRequest(f"{raw.name} has no sheets; leave the sheet out.", field="sheet")
    if kind is None:
        return None
    return _kept(_from_start(raw, spool), lambda stream: _begin(kind, stream, raw.name, encoding, sheet))


def table_in_memory(table: ArrowStream, spool: Path | None) -> DataTable:
    """Return a table of pandas, polars, Arrow or the like, of which a private copy is made.

    Raises:
        FileRefused: It has no columns.
        InvalidRequest: Its values have no text, it cannot be copied, or what reads it is not installed.
    """
    from memory_imports.tables.data.arrow import arrow_stream  # noqa: PLC0415 - only tables in memory need it
    from memory_imports.tables.data.memory import written  # noqa: PLC0415 - the same

    return _kept(written(table, spool), arrow_stream)


def _kept(raw: Raw, begin: Callable[[BinaryIO], Reader]) -> DataTable:
    try:
        return DataTable(raw, begin)
    except BaseException:
        raw.discard()
        raise


def _from_start(raw: Raw, spool: Path | None) -> Raw:
    with raw.open() as stream:
        if not stream.tell():
            return raw
        return copied(raw.name, lambda out: shutil.copyfileobj(stream, out, CHUNK), spool)


def _begin(kind: Kind, stream: BinaryIO, name: str, encoding: str | None, sheet: str | None) -> Reader:
    if kind == "json":
        from memory_imports.tables.data.json_lines import JsonLines  # noqa: PLC0415 - only such files need it

        return JsonLines(stream, encoding)
    if kind == "excel":
        from memory_imports.tables.data.excel import Excel  # noqa: PLC0415 - the same

        return Excel(stream, name, sheet)
    from memory_imports.tables.data import arrow  # noqa: PLC0415 - the same

    return arrow.parquet(stream) if kind == "parquet" else arrow.arrow_file(stream)


def _kind(raw: Raw) -> Kind | None:
    with raw.open() as stream:
        start = stream.read(4)
        stream.seek(-len(start), os.SEEK_CUR)
        content = Unpacked(stream.read, start)
        try:
            head = content.read(HEAD)
        except Damaged:
            return None

        def holds(wanted: bytes) -> bool:
            before = head
            while some := stream.read(CHUNK):
                if wanted in before + some:
                    return True
                before = some[-len(wanted) :]
            return wanted in before

        try:
            return kind_of(raw.name, head, packed=content.packed, holds=holds)
        except Refusal as found:
            raise refused(raw.name, found) from None

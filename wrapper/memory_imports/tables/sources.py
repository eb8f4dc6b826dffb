"""Files of people as tables: what they are written in is found out, and their records are given one after another."""

import os
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from memory_imports.errors import FileRefused, Problem
from memory_imports.tables import dialect as dialects
from memory_imports.tables import encoding as encodings
from memory_imports.tables.ahead import ahead
from memory_imports.tables.block import Block
from memory_imports.tables.blocks import Parse, blocks
from memory_imports.tables.content import Content
from memory_imports.tables.data import data_table, table_in_memory
from memory_imports.tables.facts import Dialect
from memory_imports.tables.formulas import is_spelled, read_back
from memory_imports.tables.problems import Problems
from memory_imports.tables.raw import Raw, raw_of
from memory_imports.tables.reader import Fault, Record, records
from memory_imports.tables.rules import ArrowStream, Source
from memory_imports.tables.table import Table
from memory_imports.tables.unpacking import Damaged

__all__ = ["Fault", "Record", "Table", "open_table"]

_SAMPLE = 64 * 1024


def open_table(
    source: Source,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
    spool: Path | None = None,
) -> Table:
    """Find out how a file is written; "-" is standard input. ``spool`` is where a copy goes if one is needed.

    Besides files it takes tables in memory: those of pandas, polars and Arrow, and what else gives an Arrow stream.

    Raises:
        FileRefused: It is no table, or has no header.
        InvalidRequest: It cannot be read, or there is no such encoding, delimiter or sheet.
    """
    if isinstance(source, ArrowStream):
        return table_in_memory(source, spool)
    raw = raw_of(source, spool)
    try:
        if (data := data_table(raw, encoding=encoding, sheet=sheet, spool=spool)) is not None:
            return data
        plain = isinstance(source, str | os.PathLike)
        return _CsvTable(raw, encoding=encoding, delimiter=delimiter, plain=plain)
    except BaseException:
        raw.discard()
        raise


class _CsvTable(Table):
    """A file of text whose cells are parted by a character."""

    def __init__(self, raw: Raw, *, encoding: str | None, delimiter: str | None, plain: bool) -> None:
        super().__init__(raw)
        self._raw = raw
        name, self._mark = self._encoding(encoding)
        self.dialect = self._find_dialect(name, delimiter)
        self._head = self._header()
        self._spelled = is_spelled(self._head.cells)
        self.header = tuple(map(read_back, self._head.cells) if self._spelled else self._head.cells)
        self.header_bytes = self._head.length
        written = self.dialect
        is_strict = (written.encoding, written.delimiter, written.marked) == ("utf-8", ",", False)
        self.as_is = plain and is_strict and written.line_end != "\r" and not self._packed and not self._spelled
        self.notes: tuple[Problem, ...] = tuple(self._notes(encoding, delimiter))

    def rows(self) -> Iterator[Record]:
        """Yield every data record in the order of the file, faulty ones too, from the start each time."""
        with self._content() as content:
            everything = records(encodings.as_utf8(content.read, self.dialect.encoding, self._mark), self.dialect)
            next(everything, None)
            yield from map(_read_back, everything) if self._spelled else everything
            content.finish()

    def blocks(self, parse: Parse | None) -> Iterator[Block]:
        """Yield the same in blocks of as many records as ``parse`` reads at once."""
        if parse is None or self._spelled:
            yield from super().blocks(None)
            return
        with self._content() as content:
            text = encodings.as_utf8(content.read, self.dialect.encoding, self._mark)
            chunks = ahead(text) if self.size > encodings.CHUNK else text
            yield from blocks(chunks, self.dialect, len(self.header), parse)
            content.finish()

    def _encoding(self, given: str | None) -> tuple[str, int]:
        with self._content() as content:
            self._packed = content.packed
            if given is not None:
                return encodings.named(given, content.read(4))
            try:
                return encodings.detect(iter(lambda: content.read(encodings.CHUNK), b""))
            except encodings.NotText:
                self._refuse("not_text", "this is no text; save the table as a CSV file in UTF-8.")

    def _find_dialect(self, encoding: str, delimiter: str | None) -> Dialect:
        with self._content() as content:
            text = b""
            for chunk in encodings.as_utf8(content.read, encoding, self._mark):
                text += chunk
                if len(text) >= _SAMPLE:
                    break
        if not text:
            self._refuse("empty_file", "the file is empty; it needs a header and at least one row.")
        # A CRLF is not cut in two: it would pass for a line end of the other kind.
        sample = text[: _SAMPLE + text.startswith(b"\n", _SAMPLE)].decode(errors="replace")
        found = dialects.delimiter_of(sample) if delimiter is None else dialects.checked_delimiter(delimiter)
        line_end = dialects.line_end_of(sample)
        return Dialect(encoding=encoding, marked=bool(self._mark), delimiter=found, line_end=line_end)

    def _header(self) -> Record:
        with self._content() as content:
            found = next(records(encodings.as_utf8(content.read, self.dialect.encoding, self._mark), self.dialect))
        if found.fault is not None:
            message = "the first line is blank; the names of the columns must stand there."
            self._refuse(found.fault.code, message if found.fault.code == "blank_line" else found.fault.message, line=1)
        return found

    def _notes(self, encoding: str | None, delimiter: str | None) -> Iterator[Problem]:
        found = Problems(self.name)
        if encoding is None and (self.dialect.encoding != "utf-8" or self.dialect.marked):
            mark = " with a byte order mark" if self.dialect.marked else ""
            message = f"the file is read as {self.dialect.encoding}{mark}; name another encoding if it is not."
            found.add("encoding", message, severity="note")
        if delimiter is None and self.dialect.delimiter != ",":
            named = dialects.NAMES[self.dialect.delimiter]
            message = f"its cells are parted by {named}; name another delimiter if they are not."
            found.add("delimiter", message, severity="note")
        yield from found.kept

    def _refuse(self, code: str, message: str, *, line: int | None = None) -> NoReturn:
        problem = Problem(code=code, severity="error", file=self.name, line=line, message=message)
        place = self.name if line is None else f"{self.name}, line {line}"
        raise FileRefused(f"{place}: {message}", problems=[problem], counts={code: 1})

    @contextmanager
    def _content(self) -> Generator[Content]:
        with self._raw.open() as stream:
            try:
                yield Content(self._raw, stream)
            except Damaged as found:
                self._refuse(found.code, found.message)


def _read_back(record: Record) -> Record:
    return record._replace(cells=[read_back(cell) for cell in record.cells])

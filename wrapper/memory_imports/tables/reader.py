"""Records of a CSV text in any dialect, faulty ones among them: a fault costs its own line and no other.

A line without a quote is split; one with quotes is matched by expressions that never try a character twice. Every
line that opens a quote ends the search of the one before it, so that a file full of faults is read in linear time.
"""

import csv
import io
import re
from collections import deque
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from memory_imports.tables.facts import Dialect

# Far beyond what a hundred columns of the longest traits hold; this much of a file is held in memory at most.
MAX_RECORD_BYTES = 32 * 1024 * 1024
# Of a faulty line so much is kept for whoever corrects it.
_KEPT = 64 * 1024


class Fault(NamedTuple):
    """Why a record cannot be taken as it stands. The message holds nothing of the record."""

    code: str
    message: str


class Spot(NamedTuple):
    """Where a record stands: its number (the header is 0), the physical line it starts on, its place in the text."""

    row: int
    line: int
    offset: int


START = Spot(0, 1, 0)


class Record(NamedTuple):
    """One record: its number (the header is 0), the physical line it starts on, its place in the UTF-8 text.

    ``length`` includes the line end. A faulty record has its whole line for its one cell, a blank one has none.
    """

    row: int
    line: int
    offset: int
    length: int
    cells: list[str]
    fault: Fault | None = None


_BLANK = Fault("blank_line", "the line is blank; it is left out.")
_NUL = Fault("nul", "there is a NUL character; save the file as plain UTF-8 text.")
_RETURN = Fault("carriage_return", "a lone line break stands outside quotes; end every line in the same way.")
_STRAY = Fault(
    "stray_quote", "a quote or line break stands where it may not; quote the whole cell and double its quotes."
)
_UNCLOSED = Fault("unclosed_quote", "a quote is opened here and not closed; close or double it.")
_LONG_RECORD = Fault("long_record", "the record never seems to end; end lines with LF.")
_LONG_CELL = Fault("long_cell", "a cell is longer than any trait can be; shorten it.")


def records(chunks: Iterable[bytes], dialect: Dialect) -> Iterator[Record]:
    """Yield every record of a text in UTF-8, the header first."""
    return Reader(chunks, dialect).records()


def _lines(chunks: Iterable[bytes], end: bytes) -> Iterator[bytes]:
    """Yield lines with their ends; one that is too long comes in pieces."""
    parts: list[bytes] = []
    length = 0
    for chunk in chunks:
        at = chunk.rfind(end) + 1
        if at:
            parts.append(chunk[:at])
            yield from _split(b"".join(parts), end)
            parts, length = [], 0
        parts.append(chunk[at:])
        length += len(chunk) - at
        if length >= MAX_RECORD_BYTES:
            yield b"".join(parts)
            parts, length = [], 0
    if length:
        yield b"".join(parts)


def _split(block: bytes, end: bytes) -> Iterable[bytes]:
    if end == b"\n":
        return io.BytesIO(block)
    return (line + end for line in block[:-1].split(end))


class Reader:
    """The state of one pass: ``at`` is where the next record stands, if there is one.

    Lines that were looked at in vain come again from ``ahead``.
    """

    def __init__(self, chunks: Iterable[bytes], dialect: Dialect, at: Spot = START) -> None:
        self.at: Spot = at
        self.end = b"\r" if dialect.line_end == "\r" else b"\n"
        self.other = "\n" if dialect.line_end == "\r" else "\r"
        self.foreign: Fault = Fault("not_utf8", f"the bytes are not {dialect.encoding}; save the file as UTF-8.")
        self.delimiter: str = dialect.delimiter
        self.source: Iterator[bytes] = _lines(chunks, self.end)
        self.ahead: deque[bytes] = deque()
        comma = re.escape(dialect.delimiter).encode()
        inside = rb'[^"]*+(?:""[^"]*+)*+'
        cell = rb'(?:"' + inside + rb'"|[^"\r\n' + comma + rb"]*+)"
        cells = cell + rb"(?:" + comma + cell + rb")*+"
        # The last cell is tried as an open one only where it does not end: no group looks back.
        until_open = rb"(?:" + cell + comma + rb')*+"' + inside
        line_end = rb"\r?\n?" if self.end == b"\n" else rb"\r?"
        self.whole: re.Pattern[bytes] = re.compile(cells + line_end)
        self.opening: re.Pattern[bytes] = re.compile(until_open)
        self.closing: re.Pattern[bytes] = re.compile(inside + rb'"(?:' + comma + cell + rb")*+" + line_end)
        self.reopening: re.Pattern[bytes] = re.compile(inside + rb'"' + comma + until_open)
        self.inside: re.Pattern[bytes] = re.compile(inside)

    def records(self) -> Iterator[Record]:
        """Yield every record from here on."""
        row, line, offset = self.at
        while (raw := self._next()) is not None:
            lines, length = 1, 0
            fault: Fault | None = None
            if len(raw) >= MAX_RECORD_BYTES:
                fault, length = _LONG_RECORD, self._skip(raw)
            elif b'"' in raw and not self.whole.fullmatch(raw):
                raw, lines, fault = self._over_lines(raw)
            length += len(raw)
            cells: list[str] | Fault = fault or self._cells(raw)
            self.at = Spot(row + 1, line + lines, offset + length)
            if isinstance(cells, list):
                yield Record(row, line, offset, length, cells)
            else:
                kept = [] if cells is _BLANK else [self._without_end(raw[:_KEPT].decode(errors="backslashreplace"))]
                yield Record(row, line, offset, length, kept, cells)
            row, line, offset = self.at

    def _cells(self, raw: bytes) -> list[str] | Fault:
        try:
            text = self._without_end(raw.decode())
        except UnicodeDecodeError:
            return self.foreign
        if "\0" in text:
            return _NUL
        if '"' in text:
            try:
                return next(csv.reader([text], delimiter=self.delimiter, strict=True))
            except csv.Error:
                return _LONG_CELL
        if self.other in text:
            return _RETURN
        return text.split(self.delimiter) if text else _BLANK

    def _next(self) -> bytes | None:
        return self.ahead.popleft() if self.ahead else next(self.source, None)

    def _without_end(self, text: str) -> str:
        if self.end == b"\n":
            return text.removesuffix("\n").removesuffix("\r")
        return text.removesuffix("\r")

    def _skip(self, raw: bytes) -> int:
        """Pass over the rest of a line that is too long, and return how long that was."""
        skipped, piece = 0, raw
        while not piece.endswith(self.end) and (more := self._next()) is not None:
            skipped, piece = skipped + len(more), more
        return skipped

    def _over_lines(self, first: bytes) -> tuple[bytes, int, Fault | None]:
        """Return a record that goes on over lines, with their number; where it does not, its first line alone."""
        if not self.opening.fullmatch(first):
            return first, 1, _STRAY
        parts, length = [first], len(first)
        while length < MAX_RECORD_BYTES and (raw := self._next()) is not None:
            parts.append(raw)
            length += len(raw)
            if b'"' in raw and not self.inside.fullmatch(raw):
                if self.closing.fullmatch(raw):
                    return b"".join(parts), len(parts), None
                if not self.reopening.fullmatch(raw):
                    break
        self.ahead.extendleft(reversed(parts[1:]))
        return first, 1, _UNCLOSED

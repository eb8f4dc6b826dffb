"""Records of a strict CSV file: UTF-8, commas, RFC 4180 quoting. Anything else is an error with its line.

A record without a quote is split at its commas; only one with quotes costs a parser.
"""

import csv
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeAlias

# Far beyond what a hundred columns of the longest traits hold: more is an unclosed quote, or no CSV at all.
MAX_RECORD_BYTES = 4 * 1024 * 1024

# The byte order mark.
_MARK = "\ufeff"

_CELL = r'(?:"[^"]*(?:""[^"]*)*"|[^",\r\n]*)'
_QUOTED = re.compile(f"{_CELL}(?:,{_CELL})*")


# Gives the next line, or so many bytes of it, as a binary file's method of this name does.
ReadLine: TypeAlias = Callable[[int], bytes]


class Record(NamedTuple):
    """One record. ``line`` is the physical line on which it starts, counted from 1."""

    line: int
    cells: list[str]


class Malformed(Exception):  # noqa: N818 - a finding about the file, turned into a problem by the reader of it
    """The bytes are not a strict CSV from here on, so nothing after this line can be trusted."""

    def __init__(self, code: str, line: int, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.line = line
        self.message = message


def records(readline: ReadLine) -> Iterator[Record]:
    """Yield every record, the header first.

    Raises:
        Malformed: The rest of the file cannot be read.
    """
    line = 0
    while raw := readline(MAX_RECORD_BYTES):
        start = line = line + 1
        parts, is_open, length = [raw], _odd_quotes(raw), len(raw)
        while is_open and length < MAX_RECORD_BYTES and (raw := readline(MAX_RECORD_BYTES)):
            line += 1
            parts.append(raw)
            is_open ^= _odd_quotes(raw)
            length += len(raw)
        if is_open:
            raise Malformed("unclosed_quote", start, "a quote is opened here and not closed; close or double it.")
        if length >= MAX_RECORD_BYTES:
            raise Malformed("long_record", start, "the record never seems to end; end lines with LF.")
        text = _text(b"".join(parts), start)
        if start == 1 and text.startswith(_MARK):
            # Kept for whoever names it, but no reason to take the quote after it for a stray one.
            cells = _cells(text.removeprefix(_MARK), start)
            yield Record(start, [_MARK + cells[0], *cells[1:]])
        else:
            yield Record(start, _cells(text, start))


def _odd_quotes(raw: bytes) -> bool:
    return raw.count(b'"') % 2 == 1


def _text(raw: bytes, line: int) -> str:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as problem:
        line += raw.count(b"\n", 0, problem.start)
        raise Malformed("not_utf8", line, "the bytes are not UTF-8; save the file as UTF-8.") from None
    if "\0" in text:
        raise Malformed("nul", line, "there is a NUL character; save the file as plain UTF-8 text.")
    return text.removesuffix("\n").removesuffix("\r")


def _cells(text: str, line: int) -> list[str]:
    if '"' not in text:
        if "\r" in text:
            raise Malformed("carriage_return", line, "a carriage return stands outside quotes; end lines with LF.")
        return text.split(",")
    if not _QUOTED.fullmatch(text):
        raise Malformed(
            "stray_quote",
            line,
            "a quote or line break stands where it may not; quote the whole cell and double its quotes.",
        )
    try:
        return next(csv.reader([text], strict=True))
    except csv.Error:
        raise Malformed("long_cell", line, "a cell is longer than any trait can be; shorten it.") from None

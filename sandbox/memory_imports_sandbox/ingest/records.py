"""A CSV file as records, streamed: memory stays bounded whatever the file holds.

A record is a list of cells; one that cannot be read is the word for what is wrong with it. Line ends inside quotes
belong to the cell, blank lines are no records.
"""

import csv
import io
from collections.abc import Generator, Iterator
from typing import BinaryIO, Literal

from memory_imports_sandbox.settings import Settings

BAD_QUOTING = "bad_quoting"
_LONGEST_RECORD = 4 << 20


class BrokenFile(Exception):  # noqa: N818 - the vendor's word for the outcome is FAILED
    """The file as a whole cannot be imported; `reason` is one word for it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class _Lines:
    """The lines of a text, refused where a record would not fit into memory."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text
        self.characters = 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        try:
            line = self._text.readline(_LONGEST_RECORD)
        except UnicodeDecodeError as error:
            raise BrokenFile("encoding") from error
        if not line:
            raise StopIteration
        self.characters += len(line)
        if self.characters >= _LONGEST_RECORD:
            raise BrokenFile("record_too_long")
        return line


def read(file: BinaryIO, settings: Settings) -> Generator[list[str] | str]:
    """The records of the file, the header first; closes the file at the end.

    Raises:
        BrokenFile: The file is not in the encoding, has the wrong line ends, or a record too long to hold.
    """
    quoting: Literal[0, 3] = csv.QUOTE_NONE if settings.quoting == "none" else csv.QUOTE_MINIMAL
    with io.TextIOWrapper(file, encoding=settings.encoding, newline="") as text:
        lines = _Lines(text)
        reader = csv.reader(_judged(lines, settings), delimiter=settings.delimiter, quoting=quoting, strict=True)
        while True:
            lines.characters = 0
            try:
                record = next(reader)
            except csv.Error:
                yield BAD_QUOTING
            except StopIteration:
                return
            else:
                if record:
                    yield record


def _judged(lines: _Lines, settings: Settings) -> Iterator[str]:
    for first in lines:
        crlf = first.endswith("\r\n")
        if settings.line_ends != "any" and crlf is not (settings.line_ends == "crlf"):
            raise BrokenFile("line_ends")
        yield first
        break
    yield from lines

"""A text in blocks of whole records: read at once where all is as it should be, record by record where it is not.

A block is only ever read at once if reading it record by record would give the same.
"""

from collections.abc import Iterable, Iterator
from typing import ClassVar, Protocol

from memory_imports.tables.batches import batches
from memory_imports.tables.block import Block, Whole
from memory_imports.tables.encoding import CHUNK
from memory_imports.tables.facts import Dialect
from memory_imports.tables.reader import START, Reader, Record, Spot

# Where a block cannot be read at once, most of it still can in pieces of this part of its size.
_SMALLER = 16
# So many lines at the end of a block may belong to a record that goes on in the next one.
_MOST_LINES = 1000


class Parse(Protocol):
    """Reads a text of at most ``size`` bytes that starts where it is told, with a record."""

    size: ClassVar[int]

    def __call__(self, text: bytes, at: Spot) -> Whole | None:
        """Return the records that end within it, None if they had better be read one by one."""


def blocks(chunks: Iterable[bytes], dialect: Dialect, width: int, parse: Parse) -> Iterator[Block]:
    """Yield every record of a text in UTF-8 but its header, which has so many columns."""
    text = _Text(chunks, dialect)
    for _ in text.one_by_one(1):
        pass
    careful = 0
    while text.fill(parse.size):
        is_careful = text.at.offset < careful
        size = parse.size // _SMALLER if is_careful else parse.size
        piece = text.next(size)
        block = parse(piece, text.at)
        if block is not None:
            yield block
            text.skip(block.length, block.end)
        elif is_careful:
            yield from batches(text.one_by_one(end_of(piece) or size), width)
        else:
            careful = text.at.offset + size


def end_of(text: bytes) -> int:
    """Return where the last line ends that ends outside quotes, 0 if that is not found."""
    end = len(text)
    is_odd = text.count(b'"') % 2
    for _ in range(_MOST_LINES):
        at = text.rfind(b"\n", 0, end) + 1
        is_odd ^= text.count(b'"', at, end) % 2
        if not is_odd or not at:
            return at
        end = at - 1
    return 0


class _Text:
    """What is still to be read: ``at`` is where it stands."""

    def __init__(self, chunks: Iterable[bytes], dialect: Dialect) -> None:
        self.at = START
        self._chunks, self._dialect = iter(chunks), dialect
        # The next bytes of it are those of ``held`` from ``begin`` on.
        self._held, self._begin = b"", 0

    def fill(self, size: int) -> bool:
        """Hold so many bytes at least if there are as many, and say whether there are any."""
        length = len(self._held) - self._begin
        if length < size:
            parts = [self._held[self._begin :]]
            while length < size and (chunk := next(self._chunks, None)) is not None:
                parts.append(chunk)
                length += len(chunk)
            self._held, self._begin = b"".join(parts), 0
        return length > 0

    def next(self, size: int) -> bytes:
        """Return at most so many bytes of what is held."""
        return self._held[self._begin : self._begin + size]

    def skip(self, length: int, end: Spot) -> None:
        """Go on behind so many bytes."""
        self._begin += length
        self.at = end

    def one_by_one(self, length: int) -> Iterator[Record]:
        """Yield the next records, which have so many bytes at least."""
        pulled: list[bytes] = []
        reader, start = Reader(self._rest(pulled), self._dialect, self.at), self.at.offset
        for record in reader.records():
            yield record
            if reader.at.offset - start >= length:
                break
        if pulled:
            self._held, self._begin = b"".join((self._held[self._begin :], *pulled)), 0
        self.skip(reader.at.offset - start, reader.at)

    def _rest(self, pulled: list[bytes]) -> Iterator[bytes]:
        """Yield all that is to come; what was not held before is put aside."""
        for begin in range(self._begin, len(self._held), CHUNK):
            yield self._held[begin : begin + CHUNK]
        for chunk in self._chunks:
            pulled.append(chunk)
            yield chunk

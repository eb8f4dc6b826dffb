"""A file of people that is no CSV as a table like one: rows are numbered alike, and a change of it is noticed."""

from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from typing import BinaryIO, NamedTuple, Protocol

from memory_imports.errors import FileRefused, Problem, unreadable
from memory_imports.tables.data.refusal import Refusal
from memory_imports.tables.data.remarks import Remarks
from memory_imports.tables.facts import Dialect
from memory_imports.tables.raw import Raw
from memory_imports.tables.reader import Fault, Record
from memory_imports.tables.table import Table

_NUL = Fault("nul", "there is a NUL character; take it out.")
_HALF = Fault("not_utf8", "there is half a character, which no encoding can hold; take it out.")


class Row(NamedTuple):
    """A data record, or what is kept of one that has a fault; ``line`` is where it stands."""

    line: int
    cells: list[str]
    fault: Fault | None = None


class Reader(Protocol):
    """What knows one kind of file: ``count`` is the number of rows, where that is known beforehand."""

    dialect: Dialect
    header: tuple[str, ...]
    count: int | None
    notes: tuple[Problem, ...]

    def rows(self, stream: BinaryIO, remarks: Remarks) -> Iterator[Row]:
        """Yield the rows of a file that has just been opened; may raise `Refusal`, and `OSError` if the disk fails."""
        ...


class DataTable(Table):
    """A file whose kind ``begin`` knows."""

    def __init__(self, raw: Raw, begin: Callable[[BinaryIO], Reader]) -> None:
        super().__init__(raw)
        self._raw = raw
        self._remarks: tuple[Problem, ...] = ()
        with self._content() as stream:
            self._reader = begin(stream)
            if not self._reader.header:
                raise Refusal("empty_file", "there are no columns in it; it needs a header and at least one row.")
        self.dialect: Dialect = self._reader.dialect
        self.header: tuple[str, ...] = self._reader.header
        self.header_bytes: int = _length(self.header)
        self.notes: tuple[Problem, ...] = self._reader.notes
        self.as_is: bool = False

    @property
    def remarks(self) -> tuple[Problem, ...]:
        """What the last whole pass of `rows` found out about the values of columns."""
        return self._remarks

    def rows(self) -> Iterator[Record]:
        """Yield every data record in the order of the file, faulty ones too, from the start each time.

        Their places count characters, or share the file's size out evenly where the number of rows is known.
        """
        remarks, offset = Remarks(), self.header_bytes
        share = self.size / self._reader.count if self._reader.count else None
        with self._content() as stream:
            for number, row in enumerate(self._reader.rows(stream, remarks), 1):
                length = _length(row.cells)
                place = offset if share is None else int(share * (number - 1))
                yield Record(number, row.line, place, length, row.cells, row.fault or _fault(row.cells))
                offset += length
        self._remarks = tuple(remarks.of(self.name))

    @contextmanager
    def _content(self) -> Generator[BinaryIO]:
        with self._raw.open() as stream:
            self._check(stream)
            try:
                try:
                    yield stream
                except Refusal as found:
                    # A file that somebody writes at this moment looks damaged, and so does one on a disk that fails.
                    self._check(stream)
                    stream.seek(0)
                    stream.read(1)
                    raise refused(self.name, found) from None
            except OSError as problem:
                raise unreadable(self.name, problem) from None
            self._check(stream)


def refused(name: str, found: Refusal) -> FileRefused:
    """Return the error for a file of which nothing can be read."""
    problem = Problem(code=found.code, severity="error", file=name, message=found.message)
    return FileRefused(f"{name}: {found.message}", problems=[problem], counts={found.code: 1})


def _length(cells: list[str] | tuple[str, ...]) -> int:
    return sum(map(len, cells)) + len(cells)


def _fault(cells: list[str]) -> Fault | None:
    joined = "".join(cells)
    if "\0" in joined:
        return _NUL
    if not joined.isascii():
        try:
            joined.encode()
        except UnicodeEncodeError:
            return _HALF
    return None

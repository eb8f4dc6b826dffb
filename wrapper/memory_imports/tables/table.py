"""The face of a file of people, however it is written: what it is, and its records one after another."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from types import TracebackType
from typing import BinaryIO, Self

from memory_imports.errors import Problem, changed, unreadable
from memory_imports.tables.batches import batches
from memory_imports.tables.block import Block
from memory_imports.tables.blocks import Parse
from memory_imports.tables.facts import Dialect, Extent
from memory_imports.tables.raw import Raw
from memory_imports.tables.reader import Record


class Table(ABC):
    """A file of people: ``as_is`` says that its own bytes may be sent. Close it to remove the copy, if one was made.

    ``header_bytes`` and the places of records count bytes of the UTF-8 text, which are those of the file where it is
    ``as_is``. ``notes`` name what was found out when it was opened.
    """

    name: str
    size: int
    dialect: Dialect
    header: tuple[str, ...]
    header_bytes: int
    as_is: bool
    notes: tuple[Problem, ...]
    open: Callable[[], AbstractContextManager[BinaryIO]]
    stamp: Callable[[BinaryIO], object]
    expected: object
    close: Callable[[], None]

    def __init__(self, raw: Raw) -> None:
        self.name, self.size = raw.name, raw.size
        self.open, self.stamp, self.expected = raw.open, raw.stamp, raw.expected
        self.close = raw.discard

    @property
    def remarks(self) -> tuple[Problem, ...]:
        """What the last whole pass of `rows` found out about the values of columns."""
        return ()

    @abstractmethod
    def rows(self) -> Iterator[Record]:
        """Yield every data record in the order of the file, faulty ones too, from the start each time.

        Raises:
            SourceChanged: The file is no longer the one that was opened.
            FileRefused: It is damaged.
            InvalidRequest: It cannot be read any more.
        """

    def blocks(self, parse: Parse | None) -> Iterator[Block]:  # noqa: ARG002 - for tables that are texts
        """Yield the same in blocks; where the table is a text, of as many records as ``parse`` reads at once.

        Raises:
            SourceChanged: The file is no longer the one that was opened.
            FileRefused: It is damaged.
            InvalidRequest: It cannot be read any more.
        """
        return batches(self.rows(), len(self.header))

    def runs(self, extents: Iterable[Extent]) -> Iterator[tuple[Extent, bytes]]:
        """Yield the bytes of these runs of records, from the first one on; only of a table whose bytes may be sent.

        Raises:
            SourceChanged: The file is no longer the one that was opened.
            InvalidRequest: It cannot be read any more.
        """
        with self.open() as stream:
            self._check(stream)
            try:
                stream.seek(self.header_bytes)
                for extent in extents:
                    yield extent, stream.read(extent.length)
            except OSError as problem:
                raise unreadable(self.name, problem) from None
            self._check(stream)

    def _check(self, stream: BinaryIO) -> None:
        if self.stamp(stream) != self.expected:
            raise changed(self.name)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

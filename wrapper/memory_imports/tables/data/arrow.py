"""Parquet and Arrow: files and streams of columns, read a few thousand rows at a time, whatever their size."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, BinaryIO

from memory_imports.tables.data.columns import texts
from memory_imports.tables.data.refusal import library, reading
from memory_imports.tables.data.remarks import Remarks
from memory_imports.tables.data.table import Row
from memory_imports.tables.facts import Dialect

if TYPE_CHECKING:
    from memory_imports.errors import Problem

BATCH = 4096
_BUFFER = 1024 * 1024
# How pandas names the numbers of rows, which nobody has asked for; an index with a name is a column.
_NUMBERS = re.compile(r"__index_level_\d+__")


class Batches:
    """Rows in batches of columns, which ``read`` gives; there are no lines, so a row's number stands for its line."""

    def __init__(
        self, form: str, names: Iterable[str], read: Callable[[BinaryIO], Iterator[Any]], count: int | None = None
    ) -> None:
        self.dialect: Dialect = Dialect(form=form)
        self.count: int | None = count
        self.notes: tuple[Problem, ...] = ()
        self._read = read
        self._places = {at: name for at, name in enumerate(names) if not _NUMBERS.fullmatch(name)}
        self.header: tuple[str, ...] = tuple(self._places.values())

    def rows(self, stream: BinaryIO, remarks: Remarks) -> Iterator[Row]:
        """Yield every row."""
        row = 0
        with _reading(self.dialect.form):
            for batch in self._read(stream):
                columns: list[list[str]] = []
                for at, name in self._places.items():
                    cells, found = texts(batch.column(at))
                    columns.append(cells)
                    for one in found:
                        remarks.add(one.code, name, row + one.at + 1, one.times)
                for row, cells_of_row in enumerate(zip(*columns, strict=True), row + 1):  # noqa: B020 - it goes on
                    yield Row(row, list(cells_of_row))


def parquet(stream: BinaryIO) -> Batches:
    """Return what reads a Parquet file."""
    form = "Parquet file"
    library_of_it = library("pyarrow.parquet", "Parquet files")

    def opened(stream: BinaryIO) -> Any:  # noqa: ANN401 - of that library
        # What it would read ahead is not bounded by a batch.
        return library_of_it.ParquetFile(stream, pre_buffer=False, buffer_size=_BUFFER)

    with _reading(form):
        file = opened(stream)
        return Batches(
            form, file.schema_arrow.names, lambda stream: opened(stream).iter_batches(BATCH), file.metadata.num_rows
        )


def arrow_file(stream: BinaryIO) -> Batches:
    """Return what reads an Arrow file, such as Feather."""
    form = "Arrow file"
    ipc = library("pyarrow.ipc", "Arrow files")

    def read(stream: BinaryIO) -> Iterator[Any]:
        file = ipc.open_file(stream)
        for number in range(file.num_record_batches):
            batch = file.get_batch(number)
            # The library takes every number in it on trust, and would read what is not there.
            batch.validate(full=True)
            yield from sliced(batch)

    with _reading(form):
        return Batches(form, ipc.open_file(stream).schema.names, read)


def arrow_stream(stream: BinaryIO) -> Batches:
    """Return what reads a stream of Arrow that was written here."""
    form = "table"
    ipc = library("pyarrow.ipc", "Tables")
    with _reading(form):
        return Batches(form, ipc.open_stream(stream).schema.names, lambda stream: iter(ipc.open_stream(stream)))


def sliced(batch: Any) -> Iterator[Any]:  # noqa: ANN401 - of that library
    """Yield a batch in pieces."""
    for start in range(0, batch.num_rows, BATCH):
        yield batch.slice(start, BATCH)


def _reading(form: str) -> AbstractContextManager[None]:
    return reading(form, library("pyarrow", form).ArrowException, OSError)

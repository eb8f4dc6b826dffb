"""Tables in memory, of pandas, polars, Arrow and whatever else speaks its protocol: written down once, then read.

A stream may come only once and a table may be changed by its owner, so a private copy is what is read.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from memory_imports.errors import InvalidRequest
from memory_imports.tables.data.arrow import sliced
from memory_imports.tables.data.refusal import library
from memory_imports.tables.data.values import text_of
from memory_imports.tables.raw import TABLE, Raw, copied

if TYPE_CHECKING:
    from memory_imports.tables.rules import ArrowStream


def written(table: "ArrowStream", spool: Path | None) -> Raw:
    """Return a table as a stream of Arrow in a private file.

    Raises:
        InvalidRequest: It has no columns, or values that Arrow does not know.
    """
    arrow, ipc = library("pyarrow", "Tables"), library("pyarrow.ipc", "Tables")
    reader = _reader(table, arrow)

    def fill(out: BinaryIO) -> None:
        try:
            with ipc.new_stream(out, reader.schema) as writer:
                for batch in reader:
                    for some in sliced(batch):
                        writer.write_batch(some)
        except arrow.ArrowException:
            raise _unknown() from None

    return copied(TABLE, fill, spool)


def _reader(table: Any, arrow: Any) -> Any:  # noqa: ANN401 - of that library
    # What a library says of values that it cannot convert may hold them.
    errors = (arrow.ArrowException, TypeError, ValueError)
    try:
        return arrow.RecordBatchReader.from_stream(table)
    except errors:
        if not hasattr(table, "isetitem"):
            raise _unknown() from None
        try:
            return arrow.RecordBatchReader.from_stream(_with_texts(table))
        except errors:
            raise _unknown() from None


def _with_texts(frame: Any) -> Any:  # noqa: ANN401 - a frame of pandas
    """Return a frame of pandas with texts in those columns that may hold values of any kind."""
    frame = frame.copy(deep=False)
    for at, kind in enumerate(frame.dtypes):
        if kind == "object":
            column = frame.iloc[:, at]
            cells = zip(column, column.isna(), strict=True)
            frame.isetitem(at, [None if is_missing else text_of(value)[0] for value, is_missing in cells])
    return frame


def _unknown() -> InvalidRequest:
    message = "The table has no columns, two of one name, or values that have no text; give it columns of text."
    return InvalidRequest(message, field="source")

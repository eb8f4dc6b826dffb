"""What the service asks of a file, and what a caller decides about it."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO, Literal, Protocol, TypeAlias, TypedDict, runtime_checkable

from attrs import frozen


@runtime_checkable
class ArrowStream(Protocol):
    """A table in memory that gives its rows by the Arrow PyCapsule interface, as those of pandas and polars do."""

    def __arrow_c_stream__(self, requested_schema: object = None) -> object: ...


# What a table can be read from.
Source: TypeAlias = str | os.PathLike[str] | bytes | BinaryIO | ArrowStream
Sources: TypeAlias = Source | Sequence[Source]

# What becomes of a blank cell in a mapped column; the service overwrites the stored trait with an empty string.
Blank = Literal["refuse", "overwrite", "keep", "delete"]


@frozen(kw_only=True)
class Rules:
    """What the service asks of a file. Sizes in bytes, lengths in characters. Source: the contract."""

    max_bytes: int
    max_rows: int
    max_columns: int
    max_characters: int
    identifiers: frozenset[str]
    delete_marker: str


class Decisions(TypedDict, total=False):
    """What may be decided, by name; see `Options`."""

    blank: Blank
    region: str | None
    rejects: Path | None
    encoding: str | None
    delimiter: str | None
    sheet: str | None


@frozen(kw_only=True)
class Options:
    """What a caller decides: blank cells; the country of phones that name none; where rejected rows are written.

    ``encoding`` and ``delimiter`` are those of the files, None where they are to be found out; ``sheet`` is the one of
    each Excel workbook, None for the first that is shown.
    """

    blank: Blank = "refuse"
    region: str | None = None
    rejects: Path | None = None
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None

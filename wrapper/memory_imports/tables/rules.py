"""What the service asks of a file, and what a caller decides about it."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO, Literal, Protocol, TypeAlias, TypedDict, get_args, runtime_checkable

from attrs import Attribute, field, frozen

from memory_imports.errors import InvalidRequest
from memory_imports.tables import dialect as dialects
from memory_imports.tables import encoding as encodings


@runtime_checkable
class ArrowStream(Protocol):
    """A table in memory that gives its rows by the Arrow PyCapsule interface, as those of pandas and polars do."""

    def __arrow_c_stream__(self, requested_schema: object = None) -> object: ...


# What a table can be read from.
Source: TypeAlias = str | os.PathLike[str] | bytes | BinaryIO | ArrowStream
Sources: TypeAlias = Source | Sequence[Source]

# What becomes of a blank cell in a mapped column; the service overwrites the stored trait with an empty string.
Blank = Literal["refuse", "overwrite", "keep", "delete"]

# Of a country's code.
_LETTERS = 2


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
    rejects: str | os.PathLike[str] | None
    encoding: str | None
    delimiter: str | None
    sheet: str | None


def _path(given: str | os.PathLike[str] | None) -> Path | None:
    """Return the path that somebody names; what is none is left for `_file` to refuse."""
    return Path(given) if isinstance(given, str | os.PathLike) else given


def _choice(_options: object, attribute: "Attribute[Blank]", given: object) -> None:
    # Any word that is not one of these would be taken for the service's own way, which empties what is stored.
    choices = get_args(Blank)
    if given not in choices:
        named = ", ".join(map(repr, choices[:-1]))
        raise InvalidRequest(
            f"{attribute.name} is {given!r}; give one of {named} and {choices[-1]!r}.", field=attribute.name
        )


def _text(_options: object, attribute: "Attribute[str | None]", given: object) -> None:
    if given is not None and not isinstance(given, str):
        raise InvalidRequest(f"{attribute.name} is {given!r}; give a text, or nothing.", field=attribute.name)


def _region(_options: object, attribute: "Attribute[str | None]", given: object) -> None:
    # Which countries there are is known where phones are read; a file without any is not read for want of that.
    if given is not None and not (
        isinstance(given, str) and len(given) == _LETTERS and given.isascii() and given.isalpha()
    ):
        raise InvalidRequest(
            f"{attribute.name} is {given!r}; give a country's two letters, such as GB.", field=attribute.name
        )


def _file(_options: object, attribute: "Attribute[Path | None]", given: object) -> None:
    if given is not None and not isinstance(given, Path):
        raise InvalidRequest(f"{attribute.name} is {given!r}; give the path of a file.", field=attribute.name)


@frozen(kw_only=True)
class Options:
    """What a caller decides: blank cells; the country of phones that name none; where rejected rows are written.

    ``encoding`` and ``delimiter`` are those of the files, None where they are to be found out; ``sheet`` is the one of
    each Excel workbook, None for the first that is shown.
    """

    blank: Blank = field(default="refuse", validator=_choice)
    region: str | None = field(default=None, validator=_region)
    rejects: Path | None = field(default=None, converter=_path, validator=_file)
    encoding: str | None = field(default=None, validator=_text)
    delimiter: str | None = field(default=None, validator=_text)
    sheet: str | None = field(default=None, validator=_text)

    def __attrs_post_init__(self) -> None:
        # Before a file is opened, and also where none of them is a text that could be read so.
        if self.encoding is not None:
            encodings.named(self.encoding, b"")
        if self.delimiter is not None:
            dialects.checked_delimiter(self.delimiter)

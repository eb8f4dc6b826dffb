"""What the service asks of a file, and what a caller decides about it."""

from pathlib import Path
from typing import Literal

from attrs import frozen

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


@frozen(kw_only=True)
class Options:
    """What a caller decides: blank cells; the country of phones that name none; where rejected rows are written."""

    blank: Blank = "refuse"
    region: str | None = None
    rejects: Path | None = None

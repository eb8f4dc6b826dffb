"""Cells of one mapped column, many at a time: what nearly every cell passes costs no Python for each of them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import compress
from typing import NamedTuple

from attrs import define, field, frozen

from memory_imports.errors import Severity
from memory_imports.tables.identified import Identifiers, Texts
from memory_imports.tables.identifiers import COMPLETED, Reader
from memory_imports.tables.rules import Blank, Rules

# What the service makes of anything but ASCII and Latin letters with their marks is not documented.
_UNCLEAR = re.compile("[^\\x00-\u024f\u0300-\u036f\u1e00-\u1eff]")


class Finding(NamedTuple):
    """One thing about a cell or a row; the message never holds its value."""

    code: str
    severity: Severity
    message: str
    column: str | None = None


@frozen(kw_only=True)
class Column:
    """A mapped column: its name, its place in a record, a bit for each of its mappings, the identifiers it feeds."""

    name: str
    at: int
    bits: int
    readers: Mapping[str, Reader] = field(repr=False)


@define
class Seen:
    """What cells of a column are like, by their index among those looked at.

    ``completed`` are phones that the region completes. ``identifiers`` are those of each kind.
    """

    blank: Sequence[int] = ()
    deleted: Sequence[int] = ()
    completed: list[int] = field(factory=list[int])
    findings: list[tuple[int, Finding]] = field(factory=list[tuple[int, Finding]])
    identifiers: list[tuple[str, Identifiers]] = field(factory=list[tuple[str, Identifiers]])

    def add(self, code: str, severity: Severity, message: str, column: str, cells: Iterable[int]) -> None:
        """Add the same finding to cells of a column."""
        finding = Finding(code, severity, message, column)
        self.findings += [(at, finding) for at in cells]

    def add_blank(self, cells: Sequence[int], column: str, blank: Blank) -> None:
        """Add blank cells of a column."""
        self.blank = cells
        if blank == "refuse":
            message = "the cell is blank and would overwrite the stored trait with an empty string."
            self.add("blank_cell", "error", message, column, cells)


def look(column: Column, cells: Sequence[str], rules: Rules, blank: Blank) -> Seen:
    """Return what is to be known of these cells of a column."""
    seen = Seen()
    stripped = list(map(str.strip, cells))
    if not all(stripped):
        seen.add_blank([at for at, text in enumerate(stripped) if not text], column.name, blank)
    if rules.delete_marker in cells:
        seen.deleted = [at for at, cell in enumerate(cells) if cell == rules.delete_marker]
        way_on = "; take it out, or choose with --blank what becomes of blank cells." if blank == "refuse" else "."
        message = f"the cell is {rules.delete_marker}, which deletes the stored trait{way_on}"
        seen.add("delete_marker", "error" if blank == "refuse" else "warning", message, column.name, seen.deleted)
    if max(map(len, cells)) > rules.max_characters:
        for at, cell in enumerate(cells):
            if len(cell) > rules.max_characters:
                message = f"the cell has {len(cell)} characters; a trait holds {rules.max_characters}."
                seen.add("long_cell", "error", message, column.name, [at])
    if not _is_latin("".join(stripped)):
        message = "the cell has characters beyond Latin letters; what the service makes of them is not known."
        unclear = [at for at, text in enumerate(stripped) if not text.isascii() and _UNCLEAR.search(text)]
        seen.add("unclear_character", "warning", message, column.name, unclear)
    for kind, reader in column.readers.items():
        _identify(seen, kind, reader, cells, column.name)
    return seen


def _is_latin(text: str) -> bool:
    """Say whether a text has nothing but the characters that most of Europe writes with, which is found out quickly."""
    try:
        text.encode("latin-1")
    except UnicodeEncodeError:
        return False
    return True


_MESSAGES = {
    "malformed_email": "the cell is no email address; correct it.",
    "malformed_phone": "the cell is no phone number; correct it.",
    "shortened_phone": "a spreadsheet has shortened the number, and its last digits are lost; export it anew, as text.",
    "phone_without_country": "the number has no country code; write it with + and the code, or name a region.",
    "phone_unlike_region": "the region has no such number; correct it, or write it with + and the code of its country.",
    "phone_read_as_us": (
        "the number has no country code and would be read as a US one; write it with +, or name a region."
    ),
}


def _identify(seen: Seen, kind: str, reader: Reader, cells: Sequence[str], name: str) -> None:
    filled: Sequence[int] = range(len(cells))
    some = cells
    if seen.blank or seen.deleted:
        chosen = bytearray(b"\1") * len(cells)
        for at in (*seen.blank, *seen.deleted):
            chosen[at] = 0
        filled, some = list(compress(filled, chosen)), list(compress(cells, chosen))
    if reader.plain is not None and some:
        joined = "\n".join(some).lower() + "\n"
        # In ASCII a text has the lower case of its pieces; elsewhere it may depend on what stands beside.
        if joined.isascii() and joined.count("\n") == len(some) and reader.plain.fullmatch(joined):
            seen.identifiers.append((kind, Texts(filled, joined.split("\n")[:-1])))
            return
    where: list[int] = []
    values: list[str] = []
    for at, cell in zip(filled, some, strict=True):
        value, code = reader.read(cell)
        if value is not None:
            where.append(at)
            values.append(value)
        if code == COMPLETED:
            seen.completed.append(at)
        elif code is not None:
            seen.add(code, "error" if value is None else "warning", _MESSAGES[code], name, [at])
    seen.identifiers.append((kind, Texts(where, values)))

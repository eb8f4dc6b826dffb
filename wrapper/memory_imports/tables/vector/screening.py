"""Cells of one column of a text: what is beyond doubt is seen here, the others are left to plain Python."""

from functools import cache
from typing import TYPE_CHECKING, cast

import numpy as np

from memory_imports.tables import cells as plain
from memory_imports.tables.cells import Column, Seen
from memory_imports.tables.rules import Blank, Rules
from memory_imports.tables.vector.arrays import Flags, Numbers, held, which
from memory_imports.tables.vector.hashing import Hashing
from memory_imports.tables.vector.identifying import Hashed, read
from memory_imports.tables.vector.text import LONGEST, Cells

if TYPE_CHECKING:
    from memory_imports.tables.identified import Texts

# A space or a control character, or what starts a character that may be a space of another kind.
_MAYBE_SPACE = (*range(0x21), 0xC2, 0xE1, 0xE2, 0xE3)


def look(cells: Cells, column: Column, rules: Rules, blank: Blank, hashing: Hashing) -> Seen:
    """Return what is to be known of the cells of a column."""
    seen = Seen()
    length = cells.length
    is_blank = length == 0
    is_odd = _doubtful(cells, rules)
    is_odd[is_blank] = False
    if column.readers:
        is_odd |= length > LONGEST
        is_odd |= ~(is_blank | _identify(seen, cells, column, hashing, ~(is_blank | is_odd)))
    blanks = np.flatnonzero(is_blank)
    if len(blanks):
        seen.add_blank(blanks.tolist(), column.name, blank)
    odd = np.flatnonzero(is_odd)
    if len(odd):
        _add(seen, odd, plain.look(column, cells.some(odd).texts(), rules, blank))
    return seen


def _doubtful(cells: Cells, rules: Rules) -> Flags:
    """Say which cells may be blank, the delete marker, too long, or hold characters of unclear standing."""
    text = cells.text
    found = _starts(rules.delete_marker)[text.data[cells.begin]] | (cells.length > rules.max_characters)
    if len(text.unclear):
        found[held(cells.begin, cells.end, text.unclear)] = True
    return found


@cache
def _starts(delete_marker: str) -> Flags:
    """Say of each byte whether it starts what may be blank or the delete marker."""
    starts = np.zeros(256, np.bool_)
    starts[[*_MAYBE_SPACE, *delete_marker.encode()[:1]]] = True
    return starts


def _identify(seen: Seen, cells: Cells, column: Column, hashing: Hashing, among: Flags) -> Flags:
    """Take those identifiers that are good as they stand, and say which they are."""
    asked = which(among)
    where, some = np.arange(len(among))[asked], cells.some(asked)
    found = {kind: read(kind, some, hashing) for kind in column.readers}
    good = which(np.logical_and.reduce([are_good for are_good, _ in found.values()]))
    for kind, (_, hashes) in found.items():
        seen.identifiers.append((kind, Hashed(where[good], hashes[good])))
    taken = np.zeros_like(among)
    taken[where[good]] = True
    return taken


def _add(seen: Seen, where: Numbers, others: Seen) -> None:
    """Add what was seen of cells of these numbers."""
    places = where.tolist()
    if others.blank:
        seen.blank = sorted([*seen.blank, *(places[at] for at in others.blank)])
    seen.deleted = [places[at] for at in others.deleted]
    seen.completed = [places[at] for at in others.completed]
    seen.findings += [(places[at], finding) for at, finding in others.findings]
    for kind, some in others.identifiers:
        # Plain Python gives texts.
        seen.identifiers.append((kind, cast("Texts", some).of(places)))

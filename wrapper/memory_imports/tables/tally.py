"""What the rows that go in hold: blank cells, deletions, which columns are filled, and whose identifiers."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from attrs import define, field, frozen

from memory_imports.tables.cells import Column, Seen
from memory_imports.tables.clusters import Links
from memory_imports.tables.identified import Going
from memory_imports.tables.rules import Blank


@frozen(kw_only=True)
class Batch:
    """Rows that were looked at: their places counted from ``first_row``, and which of these places stay out."""

    columns: Sequence[Column]
    looked: Sequence[Seen]
    places: Sequence[int]
    out: set[int]
    first_row: int
    blank: Blank


@define
class Tally:
    """Sums over the rows that go in, but for ``blanks``: the blank cells of each column, in all rows."""

    deletes: int = 0
    completed: int = 0
    blanks_sent: int = 0
    blanks: Counter[str] = field(factory=Counter[str])
    groups: Counter[int] = field(factory=Counter[int])

    def add(self, batch: Batch) -> None:
        """Count rows."""
        for column, seen in zip(batch.columns, batch.looked, strict=True):
            self.blanks[column.name] += len(seen.blank)
            self.blanks_sent += len(_going(batch, seen.blank))
            self.deletes += len(_going(batch, _deleted(batch, seen))) * column.bits.bit_count()
            self.completed += len(_going(batch, seen.completed))
        if batch.blank == "keep":
            some = filled(batch.columns, [_going(batch, seen.blank) for seen in batch.looked])
            self.groups.update(some.values())
            rest = len(_going(batch, range(len(batch.places)))) - len(some)
            self.groups.update({full(batch.columns): rest} if rest else {})


def full(columns: Iterable[Column]) -> int:
    """Return the bits of all mappings."""
    return sum(column.bits for column in columns)


def filled(columns: Sequence[Column], blank: Sequence[Iterable[int]]) -> dict[int, int]:
    """Return, for rows that are blank in some column, the bits of the mappings that have a value."""
    everything = full(columns)
    found: dict[int, int] = {}
    for column, cells in zip(columns, blank, strict=True):
        for at in cells:
            found[at] = found.get(at, everything) & ~column.bits
    return found


def link(links: Links, batch: Batch) -> None:
    """Keep the identifiers of the rows that go in."""
    going = Going(first_row=batch.first_row, places=batch.places, out=batch.out, forgotten=_forgotten(links, batch))
    for seen in batch.looked:
        for kind, some in seen.identifiers:
            some.link(links, kind, going)


def _going(batch: Batch, cells: Sequence[int]) -> Sequence[int]:
    return [at for at in cells if batch.places[at] not in batch.out] if batch.out else cells


def _deleted(batch: Batch, seen: Seen) -> Sequence[int]:
    return (*seen.deleted, *seen.blank) if batch.blank == "delete" else seen.deleted


def _forgotten(links: Links, batch: Batch) -> dict[int, int]:
    """Return, for rows that delete identifiers, the kinds that they delete, as bits."""
    forgotten: defaultdict[int, int] = defaultdict(int)
    for column, seen in zip(batch.columns, batch.looked, strict=True):
        for kind in column.readers:
            for at in _deleted(batch, seen):
                forgotten[at] |= 1 << links.kinds.index(kind)
    return forgotten

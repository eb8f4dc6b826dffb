"""Which rows speak of the same profile, and what each would do: create it, update it, or merge several into one.

Identifiers are kept as 64-bit hashes, never as values; one that occurs once costs sixteen bytes and is then forgotten.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from itertools import compress, groupby, repeat

from attrs import frozen

from memory_imports.tables.occurrences import BUCKETS, IN_MEMORY, Pairs
from memory_imports.tables.resolution import Forest, Profiles

# One number holds a row, the kind of an identifier and, as bits, the kinds that the row deletes.
ROW, KIND, _KINDS = 16, 8, 0xFF


@frozen
class Clusters:
    """The rows that share a profile with another row, ascending, and the number of that profile for each."""

    rows: "array[int]"
    profiles: "array[int]"

    def of(self, row: int) -> int | None:
        """Return the number of the profile that this row shares, None if it shares none."""
        at = bisect_left(self.rows, row)
        return self.profiles[at] if at < len(self.rows) and self.rows[at] == row else None

    def between(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        """Yield the rows from one to another that share a profile, counted over the whole job, and its number."""
        places = slice(bisect_left(self.rows, first), bisect_right(self.rows, last))
        return zip(self.rows[places], self.profiles[places], strict=True)


class Links:
    """Every identifier of every row that goes in; rows are counted over the whole job."""

    def __init__(self, kinds: Sequence[str], in_memory: int = IN_MEMORY) -> None:
        self.kinds: tuple[str, ...] = tuple(kinds)
        self._in_memory = in_memory
        self._pairs = Pairs(in_memory)

    def add(self, kind: str, rows: Iterable[int], values: Sequence[str], deleted: Iterable[int] | None = None) -> None:
        """Add identifiers of one kind: whose rows they are and, as bits, the kinds that those rows delete."""
        number = self.kinds.index(kind) << KIND
        hashes = array("q", map(hash, values))
        words: Iterable[int]
        if isinstance(rows, range) and deleted is None:
            words = range((rows.start << ROW) + number, (rows.stop << ROW) + number, 1 << ROW)
        else:
            words = [(row << ROW) + number + bits for row, bits in zip(rows, deleted or repeat(0), strict=False)]
        # The lowest byte of a hash is as good as any: which end it is stored at does not matter.
        self._pairs.extend(hashes.tobytes()[:: hashes.itemsize], zip(hashes, words, strict=True), len(hashes))

    def resolve(self, last_row: int, tell: Callable[[int, int], None]) -> Clusters:
        """Return who shares a profile, and tell of each such row, in order, how many profiles it finds."""
        kinds = array("B")
        with closing(self._repeated(last_row, kinds)) as repeated:
            together, profiles = Forest(), Profiles(kinds)
            together.grow(len(kinds))
            rows, members = array("q"), array("i")
            for words, links in repeated:
                for row, links_of_row, deleted in _rows(words, links):
                    together.join(links_of_row)
                    tell(row, profiles.apply(links_of_row, deleted))
                    rows.append(row)
                    members.append(links_of_row[0])
        for at, link in enumerate(members):
            members[at] = together.find(link)
        return Clusters(rows, members)

    def _repeated(self, last_row: int, kinds: "array[int]") -> Pairs:
        """Return the entries whose identifier stands in several rows, by row, and the kind of each such identifier."""
        repeated = Pairs(self._in_memory)
        with closing(self._pairs):
            for hashes, words in self._repeats():
                pairs = list(_numbered(hashes, words, kinds))
                repeated.extend([(word >> ROW) * BUCKETS // (last_row + 1) for word, _ in pairs], pairs, len(pairs))
        return repeated

    def _repeats(self) -> Iterator[tuple[Sequence[int], Sequence[int]]]:
        """Yield, bucket by bucket, the hashes that are not alone, and their words."""
        for hashes, words in self._pairs:
            if len(set(hashes)) < len(hashes):
                times = Counter(hashes)
                chosen = [times[each] > 1 for each in hashes]
                yield list(compress(hashes, chosen)), list(compress(words, chosen))


def _numbered(hashes: Sequence[int], words: Sequence[int], kinds: "array[int]") -> Iterator[tuple[int, int]]:
    """Give each identifier of several rows a number, and yield its entries with it."""
    entries: defaultdict[int, list[int]] = defaultdict(list)
    for each, word in zip(hashes, words, strict=True):
        entries[each].append(word)
    for some in entries.values():
        if len({word >> ROW for word in some}) > 1:
            for word in some:
                yield word, len(kinds)
            kinds.append(some[0] >> KIND & _KINDS)


def _rows(words: "array[int]", links: "array[int]") -> Iterator[tuple[int, list[int], int]]:
    """Yield each row, its identifiers and the kinds that it deletes, in order."""
    for row, entries in groupby(sorted(zip(words, links, strict=True)), key=lambda entry: entry[0] >> ROW):
        some = list(entries)
        yield row, list(dict.fromkeys(link for _, link in some)), some[0][0] & _KINDS

"""Which rows speak of the same profile, and what each would do: create it, update it, or merge several into one.

Identifiers are kept as 64-bit hashes, never as values; one that occurs once costs sixteen bytes and is then forgotten.
Of those that occur again, a number each is what is left in memory; entries and rows wait in files without a name.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from itertools import compress, groupby, repeat

from memory_imports.tables.occurrences import BUCKETS, IN_MEMORY, Pairs
from memory_imports.tables.resolution import Forest, Meetings, Profiles
from memory_imports.tables.sharing import Clusters

# One number holds a row, the kind of an identifier and, as bits, the kinds that the row deletes.
ROW, KIND, KINDS = 16, 8, 0xFF


class Links:
    """Every identifier of every row that goes in; rows are counted over the whole job."""

    def __init__(self, kinds: Sequence[str], in_memory: int = IN_MEMORY) -> None:
        self.kinds: tuple[str, ...] = tuple(kinds)
        self._in_memory = in_memory
        self._pairs = Pairs(in_memory)
        self._deletes = False

    def add(self, kind: str, rows: Iterable[int], values: Sequence[str], deleted: Iterable[int] | None = None) -> None:
        """Add identifiers of one kind: whose rows they are and, as bits, the kinds that those rows delete."""
        number = self.kinds.index(kind) << KIND
        self._deletes |= deleted is not None
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
            together = Forest()
            found = Clusters(together)
            profiles = Profiles(kinds) if self._deletes else Meetings(len(kinds), together)
            for words, links in repeated:
                for row, links_of_row, deleted in self._rows(words, links):
                    tell(row, profiles.apply(links_of_row, deleted))
                    if len(links_of_row) > 1:
                        together.join(links_of_row)
                    found.add(row, links_of_row[0])
        return found

    def _repeated(self, last_row: int, kinds: "array[int]") -> Pairs:
        """Return the entries whose identifier stands in several rows, by row, and the kind of each such identifier."""
        repeated = Pairs(self._in_memory)
        with closing(self._pairs):
            self._number(repeated, last_row, kinds)
        return repeated

    def _number(self, repeated: Pairs, last_row: int, kinds: "array[int]") -> None:
        """Give each identifier of several rows a number, and put the words of its entries with it."""
        for hashes, words in self._pairs:
            if len(set(hashes)) < len(hashes):
                times = Counter(hashes)
                chosen = [times[each] > 1 for each in hashes]
                pairs = list(_numbered(compress(hashes, chosen), compress(words, chosen), kinds))
                repeated.extend([(word >> ROW) * BUCKETS // (last_row + 1) for word, _ in pairs], pairs, len(pairs))

    @staticmethod
    def _rows(words: "array[int]", links: "array[int]") -> Iterator[tuple[int, list[int], int]]:
        """Yield each row, its identifiers and the kinds that it deletes, in order."""
        for row, entries in groupby(sorted(zip(words, links, strict=True)), key=lambda entry: entry[0] >> ROW):
            some = list(entries)
            yield row, list(dict.fromkeys(link for _, link in some)), some[0][0] & KINDS


def _numbered(hashes: Iterable[int], words: Iterable[int], kinds: "array[int]") -> Iterator[tuple[int, int]]:
    """Give each identifier of several rows a number, and yield its entries with it."""
    entries: defaultdict[int, list[int]] = defaultdict(list)
    for each, word in zip(hashes, words, strict=True):
        entries[each].append(word)
    for some in entries.values():
        if len({word >> ROW for word in some}) > 1:
            for word in some:
                yield word, len(kinds)
            kinds.append(some[0] >> KIND & KINDS)

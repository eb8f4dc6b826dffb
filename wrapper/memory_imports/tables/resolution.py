"""Identity resolution over numbered identifiers, as the service does it, in a few bytes for each.

A row without a match creates a profile, with one updates it, with several merges them into the oldest; deleting an
identifier makes its profile forget all of that kind.
"""

from array import array
from collections.abc import Sequence

from memory_imports.tables.sparse import Sparse

_NONE = -1


class Forest:
    """Numbers that belong together; the lowest stands for all. Those that are alone cost nothing."""

    def __init__(self) -> None:
        # How far below each number is one that it belongs to.
        self._below = Sparse()

    def find(self, number: int) -> int:
        """Return the one that stands for this number."""
        below = self._below
        while step := below[number]:
            # Each step on the way is made to lead further, so that the next search is shorter.
            if further := below[number - step]:
                step += further
                below[number] = step
            number -= step
        return number

    def join(self, numbers: Sequence[int]) -> int:
        """Put these together and return the one that stands for them."""
        roots = {self.find(number) for number in numbers}
        lowest = min(roots)
        for root in roots - {lowest}:
            self._below[root] = root - lowest
        return lowest


class Meetings:
    """How many profiles each row finds where nobody deletes an identifier: whoever belongs together by then is one."""

    def __init__(self, count: int, together: Forest) -> None:
        self._seen = bytearray(count)
        self._together = together

    def apply(self, links: Sequence[int], deleted: int) -> int:  # noqa: ARG002 - others delete
        """Return how many profiles a row finds, given its identifiers, which are joined after that."""
        seen, find = self._seen, self._together.find
        found = seen[links[0]] if len(links) == 1 else len({find(link) for link in links if seen[link]})
        for link in links:
            seen[link] = 1
        return found


class Profiles:
    """The profiles that the rows so far have made; ``kinds`` holds the kind of each identifier."""

    def __init__(self, kinds: "array[int]") -> None:
        self._kinds = kinds
        self._merged = Forest()
        self._count = 0
        # Each profile's identifiers are a chain, so that a merge costs the same however many there are.
        self._owners = array("i", [_NONE]) * len(kinds)
        self._next = array("i", [_NONE]) * len(kinds)
        self._first = array("i")
        self._last = array("i")

    def apply(self, links: Sequence[int], deleted: int) -> int:
        """Apply a row, given its identifiers and as bits the kinds it deletes; return how many profiles it found."""
        owners = self._owners
        found = sorted({self._merged.find(owners[link]) for link in links if owners[link] != _NONE})
        profile = found[0] if found else self._create()
        for other in found[1:]:
            self._absorb(profile, other)
        if deleted:
            self._forget(profile, deleted)
        for link in links:
            if owners[link] == _NONE:
                owners[link] = profile
                self._append(profile, link, link)
        return len(found)

    def _create(self) -> int:
        self._first.append(_NONE)
        self._last.append(_NONE)
        self._count += 1
        return self._count - 1

    def _absorb(self, profile: int, other: int) -> None:
        self._merged.join((profile, other))
        self._append(profile, self._first[other], self._last[other])

    def _append(self, profile: int, first: int, last: int) -> None:
        if self._first[profile] == _NONE:
            self._first[profile] = first
        else:
            self._next[self._last[profile]] = first
        self._last[profile] = last

    def _forget(self, profile: int, deleted: int) -> None:
        link = self._first[profile]
        self._first[profile] = _NONE
        while link != _NONE:
            following = self._next[link]
            self._next[link] = _NONE
            if deleted >> self._kinds[link] & 1:
                self._owners[link] = _NONE
            else:
                self._append(profile, link, link)
            link = following

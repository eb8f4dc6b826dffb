"""Identity resolution: a row creates a profile, updates one, or merges several.

Any link in common is enough. A merge goes into the oldest profile: its traits win over those of the younger ones,
and the row's values win over both. Links pile up: a profile is found by every identifier that it ever had, until
the delete marker takes those of that kind away. What the vendor does in these corners is not known.
"""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

from attrs import define, field

from memory_imports_sandbox.ingest.columns import Column
from memory_imports_sandbox.ingest.rows import Row

_VARIABLES = 500


@define
class Counts:
    """What became of rows; each good row is in one of these."""

    created: int = 0
    updated: int = 0
    merged: int = 0
    skipped: int = 0


@define
class _Profile:
    traits: dict[str, dict[str, Any]]
    links: list[str]
    written_by: str


@define
class Batch:
    """The profiles that a slice of rows touches, in memory until `write`."""

    connection: sqlite3.Connection
    columns: Sequence[Column]
    import_id: str
    skip_duplicates: bool
    counts: Counts = field(factory=Counts)
    _owners: dict[str, int] = field(factory=dict)
    _profiles: dict[int, _Profile] = field(factory=dict)
    _changed: set[int] = field(factory=set)
    _gone: set[int] = field(factory=set)
    _forgotten: set[str] = field(factory=set)
    _next: int = 0

    def apply(self, rows: Sequence[Row]) -> None:
        """Resolves the rows, one after the other."""
        self._load({link for links, _ in rows for link in links})
        for row in rows:
            self._apply(row)

    def write(self) -> None:
        """Puts every change into the database; the caller holds the transaction."""
        run = self.connection.executemany
        links = [(link, number) for number in self._changed for link in self._profiles[number].links]
        run("DELETE FROM links WHERE link = ?", ((link,) for link in self._forgotten))
        run("DELETE FROM profiles WHERE number = ?", ((number,) for number in self._gone))
        run("INSERT OR REPLACE INTO links VALUES (?, ?)", sorted(links))
        run(
            "INSERT OR REPLACE INTO profiles VALUES (?, ?)",
            [
                (number, json.dumps((found.traits, found.links, found.written_by)))
                for number, found in sorted(self._profiles.items())
                if number in self._changed
            ],
        )

    def _load(self, links: set[str]) -> None:
        for some in _chunks(sorted(links)):
            query = f"SELECT link, profile FROM links WHERE link IN ({_marks(some)})"  # noqa: S608 - only marks
            self._owners.update((row["link"], row["profile"]) for row in self.connection.execute(query, some))
        for some in _chunks(sorted(set(self._owners.values()))):
            query = f"SELECT * FROM profiles WHERE number IN ({_marks(some)})"  # noqa: S608 - only marks
            for number, document in self.connection.execute(query, some):
                self._profiles[number] = _Profile(*json.loads(document))
        last = self.connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'profiles'").fetchone()
        self._next = (last[0] if last else 0) + 1

    def _apply(self, row: Row) -> None:
        links, values = row
        numbers = sorted({self._owners[link] for link in links if link in self._owners})
        if len(numbers) == 1 and self.skip_duplicates and self._profiles[numbers[0]].written_by == self.import_id:
            self.counts.skipped += 1
            return
        if not numbers:
            self._profiles[self._next] = _Profile({}, [], self.import_id)
            numbers = [self._next]
            self._next += 1
            self.counts.created += 1
        elif len(numbers) == 1:
            self.counts.updated += 1
        else:
            for other in numbers[1:]:
                self._absorb(numbers[0], other)
            self.counts.merged += 1
        self._fill(numbers[0], links, values)

    def _absorb(self, number: int, other: int) -> None:
        survivor, absorbed = self._profiles[number], self._profiles.pop(other)
        for group, traits in absorbed.traits.items():
            survivor.traits[group] = traits | survivor.traits.get(group, {})
        survivor.links += absorbed.links
        self._owners |= dict.fromkeys(absorbed.links, number)
        self._changed.discard(other)
        self._gone.add(other)

    def _fill(self, number: int, links: Sequence[str], values: Sequence[Any]) -> None:
        profile = self._profiles[number]
        profile.written_by = self.import_id
        self._changed.add(number)
        groups = profile.traits
        for column, value in zip(self.columns, values, strict=True):
            if value is not None:
                if column.group not in groups:
                    groups[column.group] = {}
                groups[column.group][column.trait] = value
                continue
            groups.get(column.group, {}).pop(column.trait, None)
            if column.kind is not None:
                self._forget(profile, column.kind)
        for link in links:
            if link not in profile.links:
                profile.links.append(link)
            self._owners[link] = number

    def _forget(self, profile: _Profile, kind: str) -> None:
        for link in [link for link in profile.links if link.startswith(kind + ":")]:
            profile.links.remove(link)
            self._owners.pop(link, None)
            self._forgotten.add(link)


def _chunks(items: list[Any]) -> Iterable[list[Any]]:
    return (items[start : start + _VARIABLES] for start in range(0, len(items), _VARIABLES))


def _marks(items: Sequence[object]) -> str:
    return ",".join("?" * len(items))

"""The files that are imported: each planned once by the real code, its parts then kept in memory.

Every row has a name of its own, so that it can be told from all others wherever it arrives.
"""

import io
from collections.abc import Generator, Iterable, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from attrs import evolve, field, frozen

from memory_imports._endpoints import RULES
from memory_imports.jobs import spool
from memory_imports.tables import Options
from memory_imports.tables.facts import Plan, PlannedPart
from memory_imports.tables.preparation import opened, plan_of

_COLUMNS = {"phone": "Contact.phone", "name": "Contact.firstName"}
# Two ways to be the same person make merges possible.
_MORE_COLUMNS = {**_COLUMNS, "email": "Contact.email"}
# The client finds nothing wrong with such a name; the service that is simulated refuses its row.
FOREIGN = "\u0410"
# Bad rows that this service still tolerates in a file, so that files that fail can be small.
TOLERATED = 1


@frozen(kw_only=True)
class Row:
    """One row: who it is of, by phone and perhaps by email, and whether the client or the service keeps it out.

    ``version`` is that of the file: the same people have other names in another.
    """

    phone: str
    email: str = ""
    bad: str = ""
    version: str = "v"

    def text(self, number: int) -> str:
        """Return the row as it stands in the file."""
        phone = "nobody" if self.bad == "client" else f"+1201555{sum(self.phone.encode()):04}"
        email = f",{self.email}@example.com" if self.email else ""
        return f"{phone},{self.name(number)}{email}\n"

    def name(self, number: int) -> str:
        """Return what tells the row from others."""
        return f"{FOREIGN if self.bad == 'service' else ''}{self.version}{number}"


@frozen(kw_only=True)
class Shape:
    """A file as it is planned; ``texts`` are the rows that have to be sent, each in some part."""

    title: str
    version: str
    rows: tuple[Row, ...]
    plan: Plan
    bodies: Mapping[int, bytes] = field(repr=False)

    @property
    def texts(self) -> list[str]:
        """Return the rows that must arrive, as lines without their ends."""
        return [row.text(number).strip() for number, row in enumerate(self.rows) if row.bad != "client"]

    def fails(self, part: int) -> bool:
        """Whether the service will not take this part."""
        return self.errors(part) > TOLERATED

    def errors(self, part: int) -> int:
        """Return how many rows of the part the service refuses."""
        return self.bodies[part].decode().count(FOREIGN)

    def stuck(self) -> set[int]:
        """Return the parts that can never go in: those that fail, and those that wait for one of them."""
        found: set[int] = set()
        for part in self.plan.parts:
            if self.fails(part.index) or found.intersection(part.after):
                found.add(part.index)
        return found

    def last_names(self) -> dict[str, str]:
        """Return under which phone which name must be in the store: each person's last row has the last word."""
        stuck = b"".join(self.bodies[part] for part in self.stuck()).decode().splitlines()
        rows = [row.text(number).strip() for number, row in enumerate(self.rows) if not row.bad]
        return {row.split(",")[0]: row.split(",")[1] for row in rows if row not in stuck}


def _people(*phones: str) -> tuple[Row, ...]:
    return tuple(Row(phone=phone) for phone in phones)


_BAD = tuple(Row(phone=f"bad{number}", bad="service") for number in (1, 2))
_OUT = Row(phone="out", bad="client")
# Two rows an import: so many make many parts.
_LARGEST = 2
_REJECTS = "rejects.csv"
_ROWS: Mapping[str, tuple[Row, ...]] = {
    "one": _people("a", "b"),
    "two": _people("a", "b", "c", "d"),
    "chain": _people("a", "b", "a", "c"),
    "three": _people("a", "b", "c", "d", "e", "f"),
    "long chain": _people("a", "b", "a", "c", "a", "d"),
    "crossed": _people("a", "b", "c", "d", "b", "c", "e"),
    "merged": tuple(Row(phone=phone, email=email) for phone, email in zip("abcdbf", "abcdef", strict=True)),
    "rejects": (*_people("a"), _OUT, *_people("b", "c", "a")),
    "row errors": (*_people("a"), _BAD[0], *_people("b", "c")),
    "failing": (*_BAD, *_people("a", "b", "c")),
    "held back": (Row(phone="a", bad="service"), _BAD[0], *_people("b", "c", "a", "d")),
    "many": _people(*"abcdefghij"),
}
TITLES = tuple(_ROWS)


def _rows(title: str, version: str) -> tuple[Row, ...]:
    return tuple(evolve(row, version=version) for row in _ROWS[title])


@cache
def shape(title: str, version: str = "v") -> Shape:
    """Return a version of a file by its title."""
    rows = _rows(title, version)
    with TemporaryDirectory() as name, planned(title, version, Path(name)) as plan:
        bodies = {part.index: _read(part) for part in plan.parts}
        rejects = Path(name) / _REJECTS
        rejected = rejects.read_text(encoding="utf-8") if plan.rejects else ""
    _refuse_lost(rows, rejected)
    parts = tuple(_kept(part, bodies[part.index]) for part in plan.parts)
    plan = evolve(plan, parts=parts, files=("/people.csv",))
    return Shape(title=title, version=version, rows=rows, plan=plan, bodies=bodies)


@contextmanager
def planned(title: str, version: str, folder: Path) -> Generator[Plan]:
    """Write the file, and give its plan as a run of it makes one; the folder is for all that a run keeps beside it."""
    file = folder / "people.csv"
    rows = _rows(title, version)
    columns = _MORE_COLUMNS if rows[0].email else _COLUMNS
    lines = "".join(row.text(number) for number, row in enumerate(rows))
    file.write_text(",".join(columns) + "\n" + lines, encoding="utf-8")
    options, rules = Options(rejects=folder / _REJECTS), evolve(RULES, max_rows=_LARGEST)
    with spool(folder / "journal.sqlite3") as private, opened([file], options, spool=private) as tables:
        yield plan_of(tables, columns, rules, options, spool=private)


def _read(part: PlannedPart) -> bytes:
    with part.open() as stream:
        return stream.read()


def _kept(part: PlannedPart, body: bytes) -> PlannedPart:
    return evolve(part, open=lambda: io.BytesIO(body), stamp=lambda _: None, expected=None, discard=lambda: None)


def _refuse_lost(rows: Iterable[Row], rejected: str) -> None:
    lost = [row for number, row in enumerate(rows) if row.bad == "client" and row.name(number) not in rejected]
    if lost:
        raise AssertionError(f"rows that stay out are not among the rejects: {lost}")

"""Writes the sample that `memory-imports demo` imports: `python tools/make_sample.py [FOLDER]`.

1,000 rows, the same bytes every time. `people.csv` is the file; `people.json` says which column goes where and what
the rows must become, counted from how they were made up and not from what any program made of them.
"""  # noqa: INP001 - a script, run by its path

import csv
import io
import json
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from attrs import evolve, frozen

HOME = Path(__file__).parents[1] / "wrapper" / "memory_imports" / "cli" / "sample"
COLUMNS = {
    "first_name": "Contact.firstName",
    "last_name": "Contact.lastName",
    "email_address": "Contact.email",
    "phone_number": "Contact.phone",
    "street": "Contact.street",
    "city": "Contact.city",
    "state": "Contact.state",
    "country": "Contact.country",
    "language": "Contact.preferredLanguage",
}
UPDATES, MERGES = 40, 20
SEED = 2026


@frozen(kw_only=True)
class Country:
    """One country's share of the people.

    Its numbers are from the range that it keeps free for films and books: from the `first` on, in each area.
    """

    name: str
    code: str
    language: str
    share: int
    number: str
    first: int
    areas: Sequence[str]
    given: Sequence[str]
    family: Sequence[str]
    places: Sequence[tuple[str, str]]
    streets: Sequence[str]

    def phone(self, n: int) -> str:
        """Return the n-th of the numbers, in E.164."""
        around, area = divmod(n, len(self.areas))
        return self.number.format(area=self.areas[area], n=self.first + around)


@frozen
class Person:
    """One row, in the order of the file."""

    first_name: str
    last_name: str
    email_address: str
    phone_number: str
    street: str
    city: str
    state: str
    country: str
    language: str


def live_in(country: Country, dice: random.Random) -> Iterator[Person]:
    """Make up the people of a country; no two share an address or a number."""
    for n in range(country.share):
        city, state = dice.choice(country.places)
        phone = country.phone(n)
        # Some lists leave out the country code at home; the service then reads ten digits as a US number.
        if country.name == "United States" and n % 3 == 0:
            phone = phone.removeprefix("+1")
        yield Person(
            first_name=dice.choice(country.given),
            last_name=dice.choice(country.family),
            email_address=f"{country.code}.person{n:03d}@example.{dice.choice(('com', 'org'))}",
            phone_number=phone,
            street=dice.choice(country.streets).format(dice.randint(1, 999)),
            city=city,
            state=state,
            country=country.name,
            language=country.language,
        )


def _countries() -> list[Country]:
    return [Country(**one) for one in json.loads(Path(__file__).with_name("people.json").read_text(encoding="utf-8"))]


def make_up(dice: random.Random) -> list[Person]:
    """Return all rows: people, then some who moved, then some who turn out to be one and the same."""
    people = [person for country in _countries() for person in live_in(country, dice)]
    dice.shuffle(people)
    known = dice.sample(people, UPDATES + 2 * MERGES)
    moved = [
        evolve(person, street="1 New Street", email_address=person.email_address.upper()) for person in known[:UPDATES]
    ]
    pairs = zip(known[UPDATES::2], known[UPDATES + 1 :: 2], strict=True)
    same = [evolve(one, phone_number=other.phone_number) for one, other in pairs]
    return [*people, *moved, *same]


def as_csv(people: Sequence[Person]) -> str:
    """Return the file: RFC 4180, lines that end in LF."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("customer", *COLUMNS))
    for number, person in enumerate(people, start=1):
        writer.writerow((f"C-{number:04d}", *(getattr(person, column) for column in COLUMNS)))
    return text.getvalue()


def main(folder: Path) -> None:
    """Write both files."""
    people = make_up(random.Random(SEED))  # noqa: S311 - the same people every time
    created = len(people) - UPDATES - MERGES
    becomes = {
        "status": "COMPLETED",
        "rows": len(people),
        "created": created,
        "updated": UPDATES,
        "merged": MERGES,
        "errors": 0,
        "profiles": created - MERGES,
    }
    (folder / "people.csv").write_text(as_csv(people), encoding="utf-8", newline="")
    (folder / "people.json").write_text(json.dumps({"columns": COLUMNS, "becomes": becomes}, indent=2) + "\n")


if __name__ == "__main__":
    main(Path(*sys.argv[1:2]) if sys.argv[1:] else HOME)

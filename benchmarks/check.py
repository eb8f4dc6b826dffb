"""What reading a file for `check` takes, beside others that parse the same columns: each a process of its own.

Run it as `python benchmarks/check.py [ROWS [ROUNDS]]`; it prints tables in Markdown. The seconds and MiB are this
machine's; the ratios, each taken within a round, travel. What is not installed is passed over, and said to be.
"""

import os
import random
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from engines import FIELD, RACE, STARTS
from rounds import Rounds, both, busy, in_turn, ratio, seconds

MIB = 1024 * 1024
CITIES = ("Berlin", "London", '"San Francisco, CA"', "Paris", "Rome", "", "Madrid", "Zürich", "Oslo")
SMALL = 1000
# The field is long: it runs in one of so many rounds.
SELDOM = 6


def main(rows: int, rounds: int) -> None:
    """Print the tables."""
    with tempfile.TemporaryDirectory() as folder:
        # As after an ordinary installation: what is imported has been compiled.
        os.environ["PYTHONPYCACHEPREFIX"] = str(Path(folder, "compiled"))
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        file, small = Path(folder, "people.csv"), Path(folder, "small.csv")
        write_people(file, rows)
        write_people(small, SMALL)
        given = f"FILE, ROWS = {str(file)!r}, {rows}\n"
        print(f"{file.stat().st_size / 1e6:.0f} MB, {rows:,} rows; {rounds} rounds of the race:\n")
        compare(in_turn(RACE, given, rounds))
        print(f"\n{max(2, rounds // SELDOM)} rounds of the field:\n")
        compare(in_turn(FIELD, given, max(2, rounds // SELDOM)))
        print(f"\n{small.stat().st_size / 1e3:.0f} kB, {SMALL:,} rows; {rounds} rounds:\n")
        start(in_turn(STARTS, f"FILE, ROWS = {str(small)!r}, {SMALL}\n", rounds))


def write_people(file: Path, rows: int) -> None:
    """Write made-up people, a quarter of them with a quoted cell, one in nine without a city."""
    chance = random.Random(1)  # noqa: S311 - the same people every time
    with file.open("w", encoding="utf-8", newline="") as out:
        out.write("email,phone,first_name,last_name,city,note\n")
        for number in range(rows):
            note = '"says ""hello"", twice"' if chance.random() < 0.15 else "a person who does not exist"  # noqa: PLR2004 - a share
            name = f"Person{number % 1000},Family{number % 5000}"
            city = CITIES[chance.randrange(len(CITIES))]
            out.write(f"person{number:07d}@example.com,+4930{number:08d},{name},{city},{note}\n")


def compare(taken: Rounds) -> None:
    """Print a line for each: what it took, how often csv.reader takes that, and how often it takes what polars does."""
    table(
        "whole process",
        ("seconds", "of a core", "peak", "csv.reader by it", "of a core", "it by polars, parsing", "of a core"),
    )
    reader, polars = taken["csv.reader"], taken.get("polars, parsing")
    for name, some in taken.items():
        ratios = [ratio(reader, some, figure) for figure in (seconds, busy)]
        if polars is not None:
            ratios += [ratio(some, polars, figure) for figure in (seconds, busy)]
        peak = f"{max(one.peak for one in some) / MIB:.0f} MiB"
        print(f"| {name} | {both(some, seconds)} | {both(some, busy)} | {peak} | {' | '.join(ratios)} |")


def start(taken: Rounds) -> None:
    """Print a line for each process that is short."""
    table("whole process", ("ms", "of a core"))
    for name, some in taken.items():
        print(f"| {name} | {both(some, seconds, 1e-3, 0)} | {both(some, busy, 1e-3, 0)} |")


def table(first: str, others: Sequence[str]) -> None:
    """Print the head of a table of figures."""
    print(f"| {first} | {' | '.join(others)} |\n|---|{'--:|' * len(others)}")


if __name__ == "__main__":
    main(*map(int, (sys.argv[1:] + ["1000000", "12"][len(sys.argv) - 1 :])[:2]))

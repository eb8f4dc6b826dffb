"""What reading a file for `check` takes, beside others that parse the same columns: each a process of its own.

Run it as `python benchmarks/check.py [ROWS]`. The seconds and MiB are this machine's; the ratios to csv.reader travel.
A peer that is not installed is passed over, and said to be.
"""

import os
import random
import sys
import tempfile
import time
from pathlib import Path

MIB = 1024 * 1024
CITIES = ("Berlin", "London", '"San Francisco, CA"', "Paris", "Rome", "", "Madrid", "Zürich", "Oslo")
SCAN = """
from pathlib import Path
from memory_imports._endpoints import RULES
from memory_imports.tables.mapping import parse_mapping
from memory_imports.tables.rules import Options
from memory_imports.tables.scan import scan
from memory_imports.tables.sources import open_table
columns = {"email": "email", "phone": "phone", "first_name": "firstName", "last_name": "lastName", "city": "city"}
mappings = parse_mapping({column: f"Contact.{trait}" for column, trait in columns.items()})
with open_table(Path(FILE)) as table:
    found = scan([table], mappings, RULES, Options(blank="overwrite"))
assert found.files[0].rows == ROWS and not found.errors, found.counts
"""
ROWS_ONLY = """
from pathlib import Path
from memory_imports.tables.sources import open_table
with open_table(Path(FILE)) as table:
    assert sum(1 for _ in table.rows()) == ROWS
"""
CSV_READER = """
import csv
with open(FILE, newline="", encoding="utf-8") as stream:
    assert sum(1 for _ in csv.reader(stream)) == ROWS + 1
"""
POLARS = """
import polars
assert polars.read_csv(FILE, infer_schema=False).null_count().height == 1
"""
DUCKDB = """
import duckdb
query = f"SELECT count(*), count(email), count(phone), count(city) FROM read_csv('{FILE}', all_varchar=true)"
assert duckdb.sql(query).fetchall()[0][0] == ROWS
"""
PEERS = {"csv.reader": CSV_READER, "polars": POLARS, "duckdb": DUCKDB, "rows alone": ROWS_ONLY, "scan": SCAN}


def main(rows: int) -> None:
    """Print one line for each of them."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "people.csv")
        write_people(file, rows)
        size = file.stat().st_size
        print(f"{size / 1e6:.0f} MB, {rows} rows")
        print(f"{'':>12}  {'seconds':>7}  {'MB/s':>6}  {'peak':>8}  {'of csv.reader':>13}")
        base = 0.0
        for name, code in PEERS.items():
            taken = measure(f"FILE, ROWS = {str(file)!r}, {rows}\n{code}")
            if taken is None:
                print(f"{name:>12}  not installed, or failed")
                continue
            seconds, peak = taken
            base = base or seconds
            speed = size / 1e6 / seconds
            print(f"{name:>12}  {seconds:7.2f}  {speed:6.0f}  {peak / MIB:4.0f} MiB  {base / seconds:12.2f}x")


def write_people(file: Path, rows: int) -> None:
    """Write made-up people, 22 % of them with a quoted cell, one in nine without a city."""
    chance = random.Random(1)  # noqa: S311 - the same people every time
    with file.open("w", encoding="utf-8", newline="") as out:
        out.write("email,phone,first_name,last_name,city,note\n")
        for number in range(rows):
            note = '"says ""hello"", twice"' if chance.random() < 0.15 else "a person who does not exist"  # noqa: PLR2004 - a share
            name = f"Person{number % 1000},Family{number % 5000}"
            city = CITIES[chance.randrange(len(CITIES))]
            out.write(f"person{number:07d}@example.com,+4930{number:08d},{name},{city},{note}\n")


def measure(code: str) -> tuple[float, int] | None:
    """Return the seconds and the peak memory in bytes of a process that runs this code, None where it fails."""
    start = time.perf_counter()
    process = os.posix_spawn(sys.executable, [sys.executable, "-c", code], os.environ)
    _, status, usage = os.wait4(process, 0)
    return None if status else (time.perf_counter() - start, usage.ru_maxrss * 1024)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)

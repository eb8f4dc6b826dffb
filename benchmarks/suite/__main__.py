"""Take the figures, all or those that are named, print the table, and write it and the chart to a folder."""

import argparse
from pathlib import Path

from suite import calls, imports, journals, memory, polling, report, starts, uploads

PARTS = {
    "uploads": uploads,
    "imports": imports,
    "memory": memory,
    "starts": starts,
    "calls": calls,
    "polling": polling,
    "journals": journals,
}


def main() -> None:
    """Run."""
    parser = argparse.ArgumentParser(prog="suite", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="what to measure (all of it)")
    parser.add_argument("--full", action="store_true", help="with files of gigabytes, which takes an hour")
    parser.add_argument("-o", "--output", type=Path, metavar="FOLDER", help="write bench.md and bench.svg there")
    given = parser.parse_args()
    rows = []
    for name in given.parts or PARTS:
        for row in PARTS[name].rows(full=given.full):
            rows.append(row)
            print("\n".join(report.lines(row)), flush=True)
    if given.output is not None:
        (given.output / "bench.md").write_text(report.table(rows), encoding="utf-8")
        (given.output / "bench.svg").write_text(report.chart(rows), encoding="utf-8")


if __name__ == "__main__":
    main()

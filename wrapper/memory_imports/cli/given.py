"""What `run`, `plan` and `check` are told alike: which files, how they are written, what becomes of their rows."""

import argparse
import glob
import os
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from memory_imports.cli.amounts import delimiter
from memory_imports.cli.stops import UsageError

if TYPE_CHECKING:
    from memory_imports.tables import Options
    from memory_imports.tables.sources import Table

STANDARD_INPUT = "-"


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options that the three commands share."""
    parser.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        help="a CSV, JSON lines, Excel or Parquet file, a pattern such as 'export-*.csv', or - for standard input",
    )
    parser.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="COLUMN=Group.trait",
        help="where a column goes; repeat it for each (the last = and the last dot count)",
    )
    parser.add_argument("--mapping", metavar="FILE.yaml", help="the same in a file: {columns: {COLUMN: Group.trait}}")
    parser.add_argument(
        "--blank",
        choices=("refuse", "overwrite", "keep", "delete"),
        default="refuse",
        help="what a blank cell does to the stored trait: the row stays out (refuse, the default), "
        "the trait becomes an empty string, stays as it is, or is deleted",
    )
    parser.add_argument("--rejects", type=Path, metavar="FILE.csv", help="write rows that stay out there, with reasons")
    parser.add_argument("--region", metavar="XX", help="the country of phone numbers that name none, such as GB")
    configure_reading(parser)


def configure_reading(parser: argparse.ArgumentParser) -> None:
    """Add the options of whoever reads a file of people."""
    parser.add_argument("--encoding", metavar="NAME", help="how the files are encoded, if it is not seen rightly")
    parser.add_argument(
        "--delimiter", type=delimiter, metavar="CHARACTER", help="what parts the columns; tab for a tab (detected)"
    )
    parser.add_argument("--sheet", metavar="NAME", help="which sheet of an Excel workbook (the first that is shown)")


def files_of(words: Sequence[str]) -> list[str]:
    """Return the files that are meant, each once; a pattern that the shell has left is filled in here.

    Raises:
        UsageError: No file is like the pattern.
    """
    found: dict[str, str] = {}
    for word in words:
        for file in _like(word):
            found.setdefault(file if file == STANDARD_INPUT else os.path.realpath(file), file)
    return list(found.values())


def _like(word: str) -> list[str]:
    # A name may hold what looks like a pattern.
    if not glob.has_magic(word) or os.path.lexists(word):
        return [word]
    files = sorted(name for name in glob.glob(word, recursive=True) if not Path(name).is_dir())  # noqa: PTH207 - words in, words out
    if not files:
        raise UsageError(f"No file is like {word}.")
    return files


def options_of(options: argparse.Namespace) -> "Options":
    """Return what was decided about blank cells, phones and rejected rows, and about how the files are written."""
    from memory_imports.tables import Options  # noqa: PLC0415 - only these commands need it

    return Options(
        blank=options.blank,
        region=options.region,
        rejects=options.rejects,
        encoding=options.encoding,
        delimiter=options.delimiter,
        sheet=options.sheet,
    )


@contextmanager
def opened(options: argparse.Namespace, spool: Path | None = None) -> "Generator[list[Table]]":
    """Give the files as tables, and remove what was copied of them at the end; raises as `preparation.opened`."""
    from memory_imports.tables import preparation  # noqa: PLC0415 - only these commands need it

    some = files_of(options.files)
    with preparation.opened(some, options_of(options), spool=spool) as tables:
        yield tables

"""Cells that a spreadsheet would run, spelled so that it shows them, and read back as they were.

A quote in front makes a text of a formula; a cell that has such a quote already gets another, so that nothing is lost.
Numbers with a sign, phone numbers among them, stay: they run nothing.
"""

import re
from collections.abc import Sequence

_RUNS = re.compile(r"'*(?:[=@\t\r\n＝＠]|[+＋\-－](?![0-9 ().,/-]*\Z))")  # noqa: RUF001 - the wide ones, too
# The columns that go before those of the file that rows were rejected from.
COLUMNS = ("file", "row", "line", "problems")


def spelled(cell: str) -> str:
    """Return a cell so that no spreadsheet runs it."""
    return f"'{cell}" if _RUNS.match(cell) else cell


def read_back(cell: str) -> str:
    """Return what was spelled so."""
    return cell[1:] if cell.startswith("'") and _RUNS.match(cell[1:]) else cell


def is_spelled(header: Sequence[str]) -> bool:
    """Whether a file with this header is one of rejected rows, as it was written here."""
    return tuple(header[: len(COLUMNS)]) == COLUMNS

"""One pass over a file: every problem with its place, none with a cell's value."""

import csv
import hashlib
import io
from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from memory_imports._body import Body, body_of
from memory_imports.errors import FileRefused, Problem, SourceChanged
from memory_imports.tables import Blank, Checked, Rules, check, parse_mapping

RULES = Rules(
    max_bytes=10_000,
    max_rows=5,
    max_columns=4,
    max_characters=8,
    identifiers=frozenset({"email", "phone"}),
    delete_marker="\\N",
)
MAPPINGS = parse_mapping({"e": "Contact.email", "p": "Contact.phone", "n": "Contact.firstName"})


def checked(content: str | bytes, blank: Blank = "refuse", columns: str = "epn") -> Checked:
    """Check these bytes by the rules above."""
    body = body_of(content.encode() if isinstance(content, str) else content)
    return check(body, [each for each in MAPPINGS if each.column_name in columns], RULES, blank)


def refused(content: str | bytes, blank: Blank = "refuse", columns: str = "epn") -> FileRefused:
    """The refusal of these bytes."""
    with pytest.raises(FileRefused) as caught:
        checked(content, blank, columns)
    return caught.value


def test_a_clean_file_gives_its_rows_and_its_hash() -> None:
    """The hash is that of the bytes, whatever is in them."""
    content = b'e,p,n,x\na@x,1,"A\nB",\nb@x,2,"""",y\n'
    assert Checked(rows=2, sha256=hashlib.sha256(content).hexdigest(), problems=()) == checked(content)


CLEAN = "e,p,n\na,1,x\n"
# content, mapped columns, policy, and of each problem: code, severity, row, line, column
Place = tuple[str, str, int | None, int | None, str | None]
CASES: dict[str, tuple[str | bytes, str, Blank, list[Place]]] = {
    "nothing": ("", "epn", "refuse", [("empty_file", "error", None, None, None)]),
    "too much": (CLEAN + "a" * 10_000, "epn", "refuse", [("too_large", "error", None, None, None)]),
    "no identifier": ("n\nx\n", "n", "refuse", [("no_identifier", "error", None, None, None)]),
    "no rows": ("e,p,n\n", "epn", "refuse", [("no_rows", "error", None, None, None)]),
    "too many rows": ("e,p,n\n" + "a,1,x\n" * 6, "epn", "refuse", [("too_many_rows", "error", None, None, None)]),
    "too many columns": ("e,p,n,x,y\n", "epn", "refuse", [("too_many_columns", "error", None, 1, None)]),
    "a missing column": ("e,p,zz\na,1,x\n", "epn", "refuse", [("missing_column", "error", None, 1, "n")]),
    "semicolons": ("e;p;n\na;1;x\n", "epn", "refuse", [("wrong_delimiter", "error", None, 1, None)]),
    "a header twice": ("e,p,n,n\na,1,x,y\n", "epn", "refuse", [("duplicate_header", "error", None, 1, "n")]),
    "too few cells": ("e,p,n\na,1,x\na,1\n", "epn", "refuse", [("ragged_row", "error", 2, 3, None)]),
    "too many cells": ("e,p,n\na,1,x,y\n", "epn", "refuse", [("ragged_row", "error", 1, 2, None)]),
    "a blank line": ("e,p,n\na,1,x\n\n", "epn", "refuse", [("ragged_row", "error", 2, 3, None)]),
    "a blank cell": ('e,p,n\na,1,"x\ny"\na,1,\n', "epn", "refuse", [("blank_cell", "error", 2, 4, "n")]),
    "a cell of spaces": ("e,p,n\na,1, \t\n", "epn", "refuse", [("blank_cell", "error", 1, 2, "n")]),
    "a delete marker": (
        "e,p,n\na,1,\\N\na\n",
        "epn",
        "refuse",
        [("delete_marker", "error", 1, 2, "n"), ("ragged_row", "error", 2, 3, None)],
    ),
    "a long cell": (f"e,p,n\na,1,{'x' * 9}\n", "epn", "refuse", [("long_cell", "error", 1, 2, "n")]),
    "no identifier in a row": ("e,p,n\n,,x\n", "epn", "overwrite", [("missing_identifier", "error", 1, 2, None)]),
    "only deleted identifiers in a row": (
        "e,n\n\\N,x\n",
        "en",
        "overwrite",
        [("delete_marker", "warning", 1, 2, "e"), ("missing_identifier", "error", 1, 2, None)],
    ),
    "malformed in the header": (b"e,p,n\r\r\n", "epn", "refuse", [("carriage_return", "error", None, 1, None)]),
    "malformed in the first row": (b"e,p,n\n\xe9,1,x\n", "epn", "refuse", [("not_utf8", "error", 1, 2, None)]),
    "malformed further down": (b'e,p,n\na,1,"x\ny"\na,1,\0\n', "epn", "refuse", [("nul", "error", 2, 4, None)]),
}


@pytest.mark.parametrize("case", CASES)
def test_names_each_problem_and_its_place(case: str) -> None:
    """Rows count records, lines count lines; the column is the header's."""
    content, columns, blank, expected = CASES[case]
    error = refused(content, blank, columns)
    assert expected == [(each.code, each.severity, each.row, each.line, each.column) for each in error.problems]
    assert {"the bytes given"} == {each.file for each in error.problems}


def test_each_limit_itself_is_allowed() -> None:
    """The most rows, columns, characters and bytes."""
    content = "e,p,n,x\n" + f"a,1,{'x' * 8},y\n" * 5
    assert 5 == checked(content).rows
    assert 1 == checked("e,p,n,x\na,1,x," + "y" * (10_000 - 14)).rows
    assert {"too_large": 1} == refused("e,p,n,x\na,1,x," + "y" * (10_001 - 14)).counts


def test_blanks_that_are_allowed_are_no_problem() -> None:
    """As long as one identifier has a value; what is not mapped may be anything."""
    assert () == checked("e,p,n\na,,\n,1,\n", "overwrite").problems
    assert () == checked(f"e,p,n,x\na,1,x,\na,1,x,{'y' * 99}\n").problems


def test_a_delete_marker_that_is_allowed_is_a_warning_that_comes_back() -> None:
    """The file may be sent, and the caller can see what it would delete."""
    found = checked("e,p,n\na,1,\\N\n", "overwrite")
    assert [("delete_marker", 1, "n")] == [(each.code, each.row, each.column) for each in found.problems]


def test_counts_are_exact_beyond_the_kept() -> None:
    """Two thousand bad rows are two thousand."""
    error = refused("e,p,n\n" + "x\n" * 2000)
    assert {"ragged_row": 2000, "too_many_rows": 1} == error.counts
    assert 1000 == len(error.problems)


def test_a_file_that_is_not_the_one_that_was_measured_is_refused() -> None:
    """Fewer or more bytes than were announced would be checked in vain."""
    for content in (b"", CLEAN.encode()[:-1], CLEAN.encode() * 2):
        stale = Body("people.csv", len(CLEAN), partial(io.BytesIO, content))
        with pytest.raises(SourceChanged, match=r"people\.csv"):
            check(stale, MAPPINGS, RULES, "refuse")


SECRET = "q7zk"
Break = Callable[[str], str]
BREAKS: list[Break] = [
    lambda cell: cell,
    lambda _: "",
    lambda cell: f"{cell}\n{cell}",
    lambda cell: f"{cell}é\0",
    lambda cell: cell * 9,
    lambda cell: f'{cell}"{cell}',
    lambda _: "\\N",
]


@settings(deadline=None)
@given(
    rows=st.lists(st.lists(st.sampled_from(BREAKS), min_size=1, max_size=4), min_size=1, max_size=7),
    encoding=st.sampled_from(["utf-8", "latin-1", "utf-16"]),
    quoted=st.booleans(),
)
def test_no_message_holds_a_cells_value(rows: list[list[Break]], encoding: str, quoted: bool) -> None:  # noqa: FBT001 - drawn
    """Cells are people's data, and messages go to logs."""
    out = io.StringIO()
    table = [["e", "p", "n"], *([make(SECRET) for make in row] for row in rows)]
    if quoted:
        csv.writer(out, lineterminator="\n").writerows(table)
    else:
        out.write("\n".join(",".join(row) for row in table))
    problems: tuple[Problem, ...]
    try:
        problems, text = checked(out.getvalue().encode(encoding)).problems, ""
    except FileRefused as refusal:
        problems, text = refusal.problems, str(refusal)
    assert SECRET not in f"{text}{[each.message for each in problems]}"

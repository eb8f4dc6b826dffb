"""Files cut many rows at a time against the same files cut row by row, and jobs of several files."""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from unittest import mock

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.wrapper.tables.test_plan import applied, content, records

from memory_imports._endpoints import RULES
from memory_imports.errors import InvalidRequest, SourceChanged
from memory_imports.tables import batches, parse_mapping, pieces
from memory_imports.tables.cut import Cutter
from memory_imports.tables.engine import Engine
from memory_imports.tables.plan import make_plan
from memory_imports.tables.regular import Splitter
from memory_imports.tables.rules import Blank, Options
from memory_imports.tables.scan import scan
from memory_imports.tables.sources import Table, open_table
from memory_imports.tables.vector import Vector
from memory_imports.tables.vector.parsing import Parser

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from memory_imports.tables.facts import Extent, Plan

MAPPINGS = parse_mapping({"email": "Contact.email", "phone": "Contact.phone", "name": "Contact.firstName"})
LIMITS = evolve(RULES, max_bytes=300, max_rows=9)
EMAILS = st.integers(0, 60).map("p{}@example.com".format)
PHONES = st.sampled_from(["+447700900001", "+447700900002", "020 7946 0000"])
NAMES = st.sampled_from(["Ann", "", "A, B", '"', "x\ny", "Zo\u00eb"])
FILES = st.lists(st.lists(st.tuples(EMAILS, PHONES, NAMES), min_size=1, max_size=40), min_size=1, max_size=2)


def planned(files: Sequence[Sequence[Sequence[str]]], folder: Path, header: str, options: Options) -> Plan:
    """The plan of these files; what lies in it is read before they are closed."""
    with ExitStack() as stack:
        tables: list[Table] = []
        for number, rows in enumerate(files):
            lines = [",".join('"' + cell.replace('"', '""') + '"' if cell else "" for cell in row) for row in rows]
            file = folder / f"{number}.csv"
            file.write_text("".join(f"{one}\n" for one in (header, *lines)), encoding="utf-8", newline="")
            tables.append(stack.enter_context(open_table(file)))
        found = scan(tables, MAPPINGS, LIMITS, evolve(options, rejects=folder / "rejects.csv"))
        spool = folder / "spool"
        spool.mkdir()
        return make_plan(tables, found, MAPPINGS, LIMITS, options, spool=spool)


def facts(plan: Plan) -> list[object]:
    """All that matters of the parts."""
    return [(part.first_row, part.last_row, part.rows, part.after, part.mappings, content(part)) for part in plan.parts]


@settings(deadline=None)
@given(
    files=FILES,
    header=st.sampled_from(["email,phone,name", "email,phone,name,note"]),
    blank=st.sampled_from(["overwrite", "delete", "keep"]),
    region=st.sampled_from([None, "GB"]),
)
def test_many_rows_at_a_time_make_the_same_parts(
    files: list[list[tuple[str, str, str]]], header: str, blank: Blank, region: str | None
) -> None:
    """Whatever has to be rewritten, and whoever waits for whom."""
    more = [""] * (header.count(",") - 2)
    wide = [[[*row, *more] for row in rows] for rows in files]
    made: list[object] = []
    for engine, size in ((Vector(), 64), (Vector(), 1 << 20), (Engine(), 64)):
        with (
            TemporaryDirectory() as folder,
            mock.patch.object(Parser, "size", size),
            mock.patch.object(Splitter, "size", size),
            mock.patch.object(batches, "_EXTENT", size),
            mock.patch.object(pieces, "engine_for", lambda _, engine=engine: engine),
        ):
            made.append(facts(planned(wide, Path(folder), header, Options(blank=blank, region=region))))
    with TemporaryDirectory() as folder, mock.patch.object(Cutter, "take_all", return_value=False):
        assert [facts(planned(wide, Path(folder), header, Options(blank=blank, region=region)))] * 3 == made


def test_rows_are_not_parted_from_the_bytes_that_are_sent_of_them(tmp_path: Path) -> None:
    """A file that could go as it stands is rewritten where its rows wait for those of another one's groups."""
    first = [("a@example.com", "", "Ann"), ("b@example.com", "+447700900001", "Bob")]
    second = [("b@example.com", "+447700900002", "Ben"), ("a@example.com", "+447700900003", "Amy")]
    second.append(("c@example.com", "+447700900004", "Cat"))
    plan = planned([first, second], tmp_path, "email,phone,name", Options(blank="keep"))
    told = {Path(file).name: reasons for file, reasons in plan.rewrite.items()}
    assert ("rows of other files are sent in groups, and those of the same people here after them",) == told["1.csv"]
    rows = [dict(zip(("email", "phone", "name"), row, strict=True)) for row in (*first, *second)]
    expected = [{name: cell for name, cell in row.items() if cell} for row in rows]
    assert applied(expected) == applied([record for part in plan.parts for record in records(part)])


def test_a_file_that_is_replaced_before_it_is_cut_is_noticed(tmp_path: Path) -> None:
    """Nothing is planned of one file that was found in another; one that is gone is named."""
    file = tmp_path / "people.csv"
    file.write_text("email,phone,name\na@example.com,+447700900001,Ann\n")
    options = Options(blank="overwrite")
    with open_table(file) as table:
        found = scan([table], MAPPINGS, LIMITS, options)
        (tmp_path / "other.csv").write_bytes(file.read_bytes())
        os.replace(tmp_path / "other.csv", file)  # noqa: PTH105 - the other file
        with pytest.raises(SourceChanged, match="has changed since"):
            make_plan([table], found, MAPPINGS, LIMITS, options)
        file.unlink()
        with pytest.raises(InvalidRequest, match="cannot be read"):
            make_plan([table], found, MAPPINGS, LIMITS, options)


def test_a_disk_that_fails_while_a_file_is_cut_is_named(tmp_path: Path) -> None:
    """As anywhere else."""
    file = tmp_path / "people.csv"
    file.write_text("email,phone,name\na@example.com,+447700900001,Ann\n")

    def failing() -> Iterator[Extent]:
        yield from ()
        raise OSError(5, "Input/output error")

    with open_table(file) as table, pytest.raises(InvalidRequest, match="Input/output error"):
        list(table.runs(failing()))

"""What the parts of a plan hold: exactly the mapped cells of the rows that may go in, whatever was asked of it."""

from __future__ import annotations

import csv
import errno
import hashlib
import io
import os
import tempfile
from contextlib import contextmanager
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from attrs import evolve
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from memory_imports._endpoints import RULES
from memory_imports.errors import FileRefused, InvalidRequest
from memory_imports.tables import batches, cut, parse_mapping
from memory_imports.tables.plan import make_plan
from memory_imports.tables.regular import Splitter
from memory_imports.tables.rules import Blank, Options
from memory_imports.tables.scan import Scan, scan
from memory_imports.tables.sources import Table, open_table
from memory_imports.tables.spool import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from memory_imports.tables.facts import Plan, PlannedPart

COLUMNS = {"email": "Contact.email", "phone": "Contact.phone", "name": "Contact.firstName"}
HEADER = ["note", *COLUMNS]
LIMITS = evolve(RULES, max_bytes=600, max_rows=3)
EMAILS = st.sampled_from(["", " ", "a@example.com", "B@example.com", "b@example.com ", "c@example.com"])
PHONES = st.sampled_from(["", "+447700900001", "+447700900002", "+44 7700 900003", "020 7946 0000"])
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)
ROWS = st.lists(st.tuples(TEXTS, EMAILS, PHONES, TEXTS).map(list), min_size=1, max_size=12)
# What an encoding cannot hold was never in the file.
LATIN = "cp1252"
DIALECTS = st.sampled_from(
    [
        ("utf-8", ",", "\n"),
        ("utf-8-sig", ",", "\r\n"),
        ("utf-8", ";", "\n"),
        ("utf-8", "|", "\r"),
        ("utf-16", "\t", "\r\n"),
        (LATIN, ";", "\r\n"),
    ]
)
Written = tuple[str, str, str]


@contextmanager
def written(header: Sequence[str], rows: Sequence[Sequence[str]], written_as: Written) -> Iterator[tuple[Path, Table]]:
    """A folder, and a file in it as a table."""
    encoding, delimiter, end = written_as
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "people.csv")
        with file.open("w", encoding=encoding, newline="") as out:
            # The csv module of Python 3.11 leaves those line breaks bare that do not end its lines.
            bare = any("\r" in cell or "\n" in cell for row in rows for cell in row)
            writer = csv.writer(
                out, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL if bare else csv.QUOTE_MINIMAL
            )
            writer.writerows([header, *rows])
        given_encoding = None if encoding == "utf-16" else encoding
        with open_table(file, encoding=given_encoding, delimiter=delimiter) as table:
            yield Path(folder), table


def planned(
    table: Table, folder: Path, blank: Blank, *, region: str | None = None, spool: bool = False
) -> tuple[Scan, Plan]:
    """What is found in a file, and the plan."""
    mappings = parse_mapping({name: COLUMNS[name] for name in COLUMNS if name in table.header})
    options = Options(blank=blank, rejects=folder / "rejects.csv", region=region)
    found = scan([table], mappings, LIMITS, options)
    if found.refusal is not None:
        assume(condition=False)
    place = None
    if spool:
        place = folder / "spool"
        place.mkdir(mode=0o700)
    return found, make_plan([table], found, mappings, LIMITS, options, spool=place)


def content(part: PlannedPart) -> bytes:
    """The bytes of a part, which are the ones that were planned."""
    with part.open() as stream:
        assert part.expected == part.stamp(stream)
        raw = stream.read()
    assert (part.size, part.sha256) == (len(raw), hashlib.sha256(raw).hexdigest())
    return raw


def records(part: PlannedPart) -> list[dict[str, str]]:
    """The records of a part by the names of its mapped columns."""
    found = list(csv.DictReader(io.StringIO(content(part).decode(), newline="")))
    assert part.rows == len(found)
    names = [mapping.column_name for mapping in part.mappings]
    return [{name: record[name] for name in names} for record in found]


def in_latin(rows: list[list[str]]) -> list[list[str]]:
    """The same rows without what Windows-1252 cannot hold."""
    return [[cell.encode(LATIN, "ignore").decode(LATIN) for cell in row] for row in rows]


def blank_cell(cell: str) -> bool:
    """Whether the service would take it for nothing."""
    return not cell.strip()


@settings(deadline=None)
@given(ROWS, DIALECTS, st.sampled_from(["refuse", "overwrite", "delete"]))
def test_what_arrives_is_the_mapped_cells_of_the_rows_that_were_not_rejected(
    rows: list[list[str]], written_as: Written, blank: Blank
) -> None:
    """In the order of the file; unmapped columns stay at home."""
    rows = in_latin(rows) if written_as[0] == LATIN else rows
    with written(HEADER, rows, written_as) as (folder, table):
        found, plan = planned(table, folder, blank, spool=True)
        sent = [record for part in plan.parts for record in records(part)]
        cells = [
            dict(zip(HEADER, cells, strict=True))
            for row, cells in enumerate(rows, 1)
            if not found.files[0].rejected(row)
        ]
        expected = [
            {name: "\\N" if blank == "delete" and blank_cell(row[name]) else row[name] for name in COLUMNS}
            for row in cells
        ]
        assert expected == sent
        assert (len(sent), sum(part.size for part in plan.parts)) == (plan.rows, plan.bytes)


@settings(deadline=None)
@given(ROWS, DIALECTS, st.sampled_from(["overwrite", "keep"]))
def test_no_part_is_over_the_limits_and_a_plan_alone_has_the_same_figures(
    rows: list[list[str]], written_as: Written, blank: Blank
) -> None:
    """Sizes are exact before anything is written."""
    rows = in_latin(rows) if written_as[0] == LATIN else rows
    with written(HEADER, rows, written_as) as (folder, table):
        _, plan = planned(table, folder, blank, spool=True)
        _, dry = planned(table, folder, blank)
        figures = [[(part.rows, part.size, part.sha256, part.after) for part in one.parts] for one in (plan, dry)]
        assert figures[0] == figures[1]
        assert plan.key == dry.key
        modes = [file.stat().st_mode & 0o777 for file in (folder / "spool").iterdir()]
        assert [0o600] * (len(plan.parts) if plan.rewrite else 0) == modes
        for part in (*plan.parts, *dry.parts):
            assert part.size <= LIMITS.max_bytes
            assert part.rows <= LIMITS.max_rows
            part.discard()
        assert [] == list((folder / "spool").iterdir())


@settings(deadline=None)
@given(ROWS, st.lists(st.sampled_from(["refuse", "overwrite", "delete"]), min_size=2, max_size=2))
def test_a_plan_is_known_by_what_it_sends(rows: list[list[str]], blanks: list[Blank]) -> None:
    """Two choices give one key where they give the same parts, and only there."""
    with written(HEADER, rows, ("utf-8", ",", "\n")) as (folder, table):
        plans = [planned(table, folder, blank)[1] for blank in blanks]
        sent = [[(part.sha256, part.mappings) for part in plan.parts] for plan in plans]
        assert (plans[0].key == plans[1].key) is (sent[0] == sent[1])


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["a@example.com", "b@example.com", "c@example.com"]), TEXTS), min_size=1))
def test_a_file_that_goes_as_it_stands_is_cut_where_it_may_be(rows: list[tuple[str, str]]) -> None:
    """The records of its parts are its own bytes, with its header in front of each."""
    with written(["email", "name"], rows, ("utf-8", ",", "\r\n")) as (folder, table):
        _, plan = planned(table, folder, "overwrite")
        assume(not plan.rewrite)
        whole = (folder / "people.csv").read_bytes()
        header = whole[: table.header_bytes]
        parts = [content(part) for part in plan.parts]
        assert {header} == {part[: len(header)] for part in parts}
        assert whole == header + b"".join(part[len(header) :] for part in parts)
        assert [(part.first_row, part.last_row) for part in plan.parts] == [
            (1 + 3 * at, min(3 + 3 * at, len(rows))) for at in range(len(plan.parts))
        ]


def test_a_stretch_goes_whole_into_a_part_that_has_room_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Records are looked at one by one only where a part begins or ends."""
    monkeypatch.setattr(batches, "_EXTENT", 40)
    monkeypatch.setattr(Splitter, "size", 60)
    rows = [[f"p{number}@example.com", f"Person {number}"] for number in range(9)]
    with written(["email", "name"], rows, ("utf-8", ",", "\n")) as (folder, table):
        mappings, options = parse_mapping({name: COLUMNS[name] for name in ("email", "name")}), Options()
        found = scan([table], mappings, RULES, options)
        assert len(found.files[0].extents) > 2
        (part,) = make_plan([table], found, mappings, RULES, options).parts
        assert (folder / "people.csv").read_bytes() == content(part)
        assert (1, 9, 9) == (part.first_row, part.last_row, part.rows)


def identifiers(record: dict[str, str]) -> set[str]:
    """How the service would compare them."""
    email, phone = record.get("email", ""), record.get("phone", "")
    return {email.strip().lower(), phone.replace(" ", "")} - {""}


def applied(records_of: Sequence[dict[str, str]]) -> set[tuple[frozenset[str], frozenset[tuple[str, str]]]]:
    """A store of profiles after these records: several that match are merged, the later one's traits win."""
    profiles: list[tuple[set[str], dict[str, str]]] = []
    for record in records_of:
        known = identifiers(record)
        matching = [profile for profile in profiles if profile[0] & known]
        names, traits = set(known), dict[str, str]()
        for profile in matching:
            names |= profile[0]
            traits |= profile[1]
            profiles.remove(profile)
        profiles.append((names, traits | record))
    return {(frozenset(names), frozenset(traits.items())) for names, traits in profiles}


def some_order(parts: Sequence[PlannedPart], data: st.DataObject) -> Iterator[PlannedPart]:
    """The parts in any order in which they may be sent."""
    done: set[int] = set()
    while left := [part for part in parts if part.index not in done and done.issuperset(part.after)]:
        part = data.draw(st.sampled_from(left))
        done.add(part.index)
        yield part
    assert len(parts) == len(done), "some parts wait for ever"


@settings(deadline=None)
@given(ROWS, st.data())
def test_keep_gives_the_store_that_the_rows_give_one_by_one_without_their_blank_cells(
    rows: list[list[str]], data: st.DataObject
) -> None:
    """In any order that the plan allows."""
    with written(HEADER, rows, ("utf-8", ",", "\n")) as (folder, table):
        found, plan = planned(table, folder, "keep", spool=True)
        expected = [
            {name: cell for name, cell in zip(HEADER, cells, strict=True) if name in COLUMNS and not blank_cell(cell)}
            for row, cells in enumerate(rows, 1)
            if not found.files[0].rejected(row)
        ]
        sent = [record for part in some_order(plan.parts, data) for record in records(part)]
        assert applied(expected) == applied(sent)


@settings(deadline=None)
@given(ROWS, st.sampled_from(["overwrite", "keep"]))
def test_parts_that_share_an_identifier_wait_for_each_other(rows: list[list[str]], blank: Blank) -> None:
    """The later for the earlier, directly or through others."""
    with written(HEADER, rows, ("utf-8", ",", "\n")) as (folder, table):
        _, plan = planned(table, folder, blank, spool=True)
        held = [set[str]().union(*map(identifiers, records(part))) for part in plan.parts]
        before: list[set[int]] = []
        for part in plan.parts:
            assert all(number < part.index for number in part.after)
            before.append(set(part.after).union(*(before[number] for number in part.after)))
        for one, other in combinations(range(len(held)), 2):
            assert one in before[other] or not held[one] & held[other]


def test_too_many_kinds_of_rows_to_keep_are_refused_with_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the ways on."""
    monkeypatch.setattr(cut, "MOST_GROUPS", 1)
    rows = [["", "a@example.com", "", "Ann"], ["", "b@example.com", "+447700900001", ""]]
    with written(HEADER, rows, ("utf-8", ",", "\n")) as (folder, table), pytest.raises(FileRefused) as refused:
        planned(table, folder, "keep")
    assert {"too_many_groups": 1} == refused.value.counts
    assert "row 2: more than 1 imports" in str(refused.value)


def test_a_row_that_no_part_can_hold_is_refused() -> None:
    """With its number, not with an endless loop."""
    rows = [["", "a@example.com", "", "x" * 600]]
    with written(HEADER, rows, ("utf-8", ",", "\n")) as (folder, table), pytest.raises(FileRefused, match="row 1: "):
        planned(table, folder, "overwrite")


def test_phones_are_sent_with_the_country_that_was_named() -> None:
    """As the service would otherwise take them for others."""
    rows = [["", "a@example.com", "020 7946 0000", "Ann"]]
    with written(HEADER, rows, ("utf-8", ",", "\n")) as (folder, table):
        _, plan = planned(table, folder, "refuse", region="GB", spool=True)
        assert [{"email": "a@example.com", "phone": "+442079460000", "name": "Ann"}] == records(plan.parts[0])
        assert {"people.csv"} == {Path(name).name for name in plan.rewrite}


@pytest.mark.parametrize(
    ("file", "number", "of", "name"),
    [
        ("a/people.csv", 1, 1, "people.csv"),
        ("people.csv.gz", 1, 1, "people.csv"),
        ("people.csv", 3, 12, "people.part-0003.csv"),
        ("people.xlsx", 1, 1, "people.csv"),
        ("people.jsonl.gz", 3, 12, "people.part-0003.csv"),
        ("people.Parquet", 1, 1, "people.csv"),
        *(
            (given, 1, 1, "table.csv")
            for given in ("the table given", "the bytes given", "the stream given", "standard input")
        ),
        ("the table given", 3, 12, "table.part-0003.csv"),
        ("people", 1, 1, "people"),
        ("p" * 300 + ".csv", 3, 12, "p" * 241 + ".part-0003.csv"),
    ],
)
def test_parts_are_called_as_their_file_and_numbered(file: str, number: int, of: int, name: str) -> None:
    """Never longer than a name may be."""
    from memory_imports.tables.plan import _filename  # noqa: PLC0415 - the rule itself

    assert name == _filename(file, number, of)


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """Whether it is no folder, full, or holds such a file already."""
    rows = [["", "a@example.com", "", "Ann"]]
    with written(HEADER, rows, ("utf-8", ",", "\n")) as (folder, table):
        mappings, options = parse_mapping(COLUMNS), Options(blank="overwrite")
        found = scan([table], mappings, LIMITS, options)
        with pytest.raises(InvalidRequest, match="make room there"):
            make_plan([table], found, mappings, LIMITS, options, spool=tmp_path / "nowhere")
        plan = make_plan([table], found, mappings, LIMITS, options, spool=folder)
        plan.parts[0].discard()
        with pytest.raises(InvalidRequest, match="cannot be read"):
            plan.parts[0].open()


class FullDisk(io.BytesIO):
    """Takes nothing when it is written to, or when it is closed for the first time."""

    def __init__(self, fails: str) -> None:
        super().__init__()
        self._fails = fails
        setattr(self, fails, self.fail)

    def fail(self, *_: object) -> int:
        """There is no room."""
        delattr(self, self._fails)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("fails", ["write", "close"])
def test_a_full_disk_is_named(tmp_path: Path, fails: str) -> None:
    """Whether it is noticed at once or at the end."""
    sheet = Sheet(b"email\n", tmp_path / "part.csv")
    sheet.close()
    sheet._file = FullDisk(fails)  # noqa: SLF001 - a disk of its own would need a mount
    with pytest.raises(InvalidRequest, match="No space left"):  # noqa: PT012 - either of the two
        sheet.add(b"a@example.com\n", 1)
        sheet.close()


def test_a_copy_that_cannot_be_removed_does_not_end_a_run(tmp_path: Path) -> None:
    """Something else of its name is there; its folder is removed anyway."""
    sheet = Sheet(b"email\n", tmp_path / "part.csv")
    sheet.close()
    (tmp_path / "part.csv").unlink()
    (tmp_path / "part.csv").mkdir()
    sheet.discard()
    assert (tmp_path / "part.csv").is_dir()

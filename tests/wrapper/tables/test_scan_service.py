"""The scan against the service at home, which was written without it: the same rows in, the same profiles."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sandbox.conftest import Home, mappings
from tests.wrapper.tables.made import Made, written

from memory_imports._endpoints import RULES
from memory_imports.tables import parse_mapping
from memory_imports.tables.rules import Blank, Options
from memory_imports.tables.scan import Scan, scan
from memory_imports_sandbox import Settings
from memory_imports_sandbox.blobs import MemoryBlobs
from memory_imports_sandbox.database import connect

if TYPE_CHECKING:
    from collections.abc import Sequence

COLUMNS = {"e": "Contact.email", "p": "Contact.phone", "o": "Other.email", "w": "Contact.whatsapp", "n": "Contact.n"}
HEADER = tuple(COLUMNS)
EMAILS = st.sampled_from(["", "\\N", "a@x.y", " A@X.y", "b@x.y", "c@x.y", "d@x.y"])
PHONES = st.sampled_from(["", "\\N", "+4930000001", "+49 30 000002", "4155550100", "+14155550100", "1 (415) 555-0100"])
OTHERS = st.sampled_from(["", "\\N", "+4930000001", "w", " w "])
PEOPLE = st.lists(
    st.tuples(EMAILS, PHONES, EMAILS, OTHERS, st.sampled_from(["", "\\N", "Ada"])), min_size=1, max_size=14
)
ANYTHING = st.one_of(
    st.text(max_size=6),
    st.text(alphabet="a@.+ 0149\t\u00a0", max_size=14),
    st.from_regex(r"\+?[0-9 ]{7,15}", fullmatch=True),
    st.from_regex(r"[a-zA-Z\u0130\u03a3]{1,3}@[a-z.]{1,3}", fullmatch=True),
    st.sampled_from(["\\N", " ", "", "x" * 1024, "x" * 1025, " " * 1025]),
)


def scanned(rows: Sequence[Sequence[str]], blank: Blank) -> Scan:
    """Scan these rows."""
    return scan([Made(HEADER, rows)], parse_mapping(COLUMNS), RULES, Options(blank=blank))


def taken_in(rows: Sequence[Sequence[str]]) -> tuple[int, int, int, int]:
    """What the service makes of these rows: profiles created, rows that updated, rows that merged, rows refused."""
    switches = Settings(failed_rows="keep", pending_seconds=0, processing_seconds=0)
    with closing(connect()) as connection:
        seen = Home(switches, connection, MemoryBlobs()).take_in(written([HEADER, *rows]), mappings(**COLUMNS))
    return seen["created"], seen["updated"], seen["merged"], seen["errors"]


@settings(deadline=None)
@given(rows=PEOPLE, blank=st.sampled_from(["overwrite", "delete"]))
def test_the_forecast_is_what_the_service_does(rows: list[tuple[str, ...]], blank: Blank) -> None:
    """Row after row: what it creates, updates and merges, with everything that deleting identifiers undoes."""
    found = scanned(rows, blank)
    sent = [row for number, row in enumerate(rows, 1) if not found.files[0].rejected(number)]
    if blank == "delete":
        sent = [tuple(cell if cell.strip() else "\\N" for cell in row) for row in sent]
    forecast = found.forecast
    expected = taken_in(sent) if sent else (0, 0, 0, 0)
    assert expected == (forecast.creates, forecast.updates, forecast.merges, 0)
    assert sum(row.count("\\N") for row in sent) == forecast.deletes
    assert forecast.updates == found.counts.get("repeated_identifier", 0)
    assert forecast.merges == found.counts.get("merging_rows", 0)


@settings(deadline=None, max_examples=300)
@given(rows=st.lists(st.tuples(*[ANYTHING] * len(HEADER)), min_size=1, max_size=6))
def test_the_service_refuses_no_row_that_is_found_good(rows: list[tuple[str, ...]]) -> None:
    """Whatever is in the cells."""
    found = scanned(rows, "overwrite")
    sent = [row for number, row in enumerate(rows, 1) if not found.files[0].rejected(number)]
    assert len(rows) - len(sent) == found.rejects
    if sent:
        assert 0 == taken_in(sent)[3]

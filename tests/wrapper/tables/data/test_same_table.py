"""Whatever a table of texts is written in, it is the same table as through CSV, and ends as the same parts."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.wrapper.tables.data.written import FORMS
from tests.wrapper.tables.made import written

from memory_imports.tables import Rules, parse_mapping
from memory_imports.tables.plan import make_plan
from memory_imports.tables.rules import Options
from memory_imports.tables.scan import scan
from memory_imports.tables.sources import open_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from memory_imports.tables.sources import Table

HEADER = ("email", "first name", "Größe")
RULES = Rules(
    max_bytes=1000,
    max_rows=5,
    max_columns=10,
    max_characters=50,
    identifiers=frozenset({"email"}),
    delete_marker="\\N",
)
MAPPINGS = parse_mapping({"email": "Contact.email", "Größe": "Contact.size"})
# XML holds no control characters, and Excel writes these letters for one.
CHARACTERS = st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Z"]) | st.sampled_from("\n\t")
TEXTS = st.text(CHARACTERS, max_size=12).filter(lambda text: "_x" not in text)
EMAILS = st.sampled_from(["", "a@example.com", "b@example.com", "no address", "Ö@example.com"])
ROWS = st.lists(st.tuples(EMAILS, TEXTS.filter(bool), TEXTS), min_size=1, max_size=12)


def sent(table: Table, folder: Path) -> tuple[object, ...]:
    """What is found in a table and what would be sent of it, but for what differs from form to form."""
    options = Options(blank="keep", rejects=folder / "rejects.csv")
    found = scan([table], MAPPINGS, RULES, options)
    if found.fatal:
        return found.counts, found.forecast
    spool = folder / "spool"
    spool.mkdir()
    plan = make_plan([table], found, MAPPINGS, RULES, options, spool=spool)
    parts = [(part.rows, part.first_row, part.last_row, part.sha256, part.mappings, part.after) for part in plan.parts]
    return found.counts, found.forecast, found.rejects, parts


@pytest.mark.parametrize("form", FORMS)
@settings(deadline=None, max_examples=60)
@given(rows=ROWS)
def test_it_is_the_same_table_as_through_csv(form: str, rows: Sequence[Sequence[str]]) -> None:
    """Header, cells, findings and parts; it can be read again, and none of it is sent as it stands."""
    source = FORMS[form](HEADER, rows)
    with (
        tempfile.TemporaryDirectory() as one,
        tempfile.TemporaryDirectory() as other,
        open_table(source) as table,
        open_table(written([HEADER, *rows]), delimiter=",", encoding="utf-8") as csv,
    ):
        assert csv.header == table.header
        records = list(table.rows())
        assert [record.cells for record in csv.rows()] == [record.cells for record in records]
        assert list(range(1, len(rows) + 1)) == [record.row for record in records]
        assert records == list(table.rows())
        assert () == table.remarks
        assert not table.as_is
        assert sent(csv, Path(one)) == sent(table, Path(other))

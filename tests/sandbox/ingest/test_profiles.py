"""Identity resolution against a model so small that it can be read at a glance."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sandbox.conftest import Home

from memory_imports_sandbox import Settings
from memory_imports_sandbox.blobs import MemoryBlobs
from memory_imports_sandbox.database import connect
from memory_imports_sandbox.ingest import run

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pytest

CELLS = st.sampled_from(["", "\\N", "a", "b", "c"])
ROWS = st.lists(st.tuples(CELLS, CELLS, st.sampled_from(["", "\\N", "Ada", "Eve"])), max_size=12)
NAMES = ("email", "phone", "firstName")


def spelled(kind: str, cell: str) -> str:
    """A good identifier for a letter; blank and the marker stay."""
    number = {"a": "+4930000001", "b": "+4930000002", "c": "+4930000003"}
    return (f"{cell}@x.y" if kind == "email" else number[cell]) if cell in number else cell


class Model:
    """Profiles as a list of (identifiers, traits), oldest first."""

    def __init__(self) -> None:
        self.profiles: list[tuple[set[tuple[str, str]], dict[str, str]]] = []
        self.counts = {"created": 0, "updated": 0, "merged": 0, "errors": 0}

    def row(self, cells: Sequence[str]) -> None:
        """What one row does, by the words of the vendor's guide."""
        mine = {(kind, cell) for kind, cell in zip(NAMES[:2], cells, strict=False) if cell not in {"", "\\N"}}
        if not mine:
            self.counts["errors"] += 1
            return
        matches = [profile for profile in self.profiles if profile[0] & mine]
        self.counts[("created", "updated", "merged")[min(len(matches), 2)]] += 1
        if not matches:
            matches = [(set(), {})]
            self.profiles += matches
        identifiers, traits = matches[0]
        for other in matches[1:]:
            identifiers |= other[0]
            for name, value in other[1].items():
                traits.setdefault(name, value)
            self.profiles = [profile for profile in self.profiles if profile is not other]
        for name, cell in zip(NAMES, cells, strict=True):
            if cell == "\\N":
                traits.pop(name, None)
                identifiers -= {identifier for identifier in identifiers if identifier[0] == name}
            else:
                traits[name] = cell
        identifiers |= mine


def text(rows: Iterable[Sequence[str]]) -> str:
    """The rows as a file."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([("email", "phone", "first"), *rows])
    return out.getvalue()


@settings(deadline=None, max_examples=150)
@given(st.lists(ROWS, min_size=1, max_size=3))
def test_create_update_merge_blank_and_delete_are_as_in_the_model(files: list[list[tuple[str, str, str]]]) -> None:
    """Whatever rows in whatever files: the same profiles, in the same order, and the same counts."""
    connection = connect()
    try:
        home = Home(Settings(pending_seconds=0, processing_seconds=0), connection, MemoryBlobs())
        model = Model()
        for file in files:
            model_rows = [(spelled("email", email), spelled("phone", phone), first) for email, phone, first in file]
            model.counts = dict.fromkeys(model.counts, 0)
            for row in model_rows:
                model.row(row)
            seen = home.take_in(text(model_rows))
            assert "COMPLETED" == seen["status"]
            assert model.counts == {name: seen[name] for name in model.counts}
        assert [traits for _, traits in model.profiles] == home.profiles()
    finally:
        connection.close()


def test_slices_do_not_show(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same file in slices of two rows ends in the same profiles."""
    rows = [("a@x.y", "", "Ada"), ("b@x.y", "+4930000001", ""), ("a@x.y", "+4930000001", "Eve"), ("c@x.y", "", "Kim")]
    whole = home.take_in(text(rows))
    expected = home.profiles()
    other = connect()
    try:
        monkeypatch.setattr(run, "SLICE", 2)
        sliced = Home(home.settings, other, MemoryBlobs())
        seen = sliced.take_in(text(rows))
        assert expected == sliced.profiles()
        counts = ("rows", "created", "updated", "merged", "errors")
        assert [whole[name] for name in counts] == [seen[name] for name in counts]
    finally:
        other.close()


def test_a_merge_keeps_what_only_the_younger_profile_had(home: Home) -> None:
    """The oldest wins, the row wins over both, and every identifier leads to the one that is left."""
    home.take_in(text([("a@x.y", "", "Ada"), ("b@x.y", "+4930000001", "Eve")]))
    seen = home.take_in("email,phone\na@x.y,+4930000001\n", PEOPLE_WITHOUT_NAME)
    assert 1 == seen["merged"]
    assert [{"email": "a@x.y", "phone": "+4930000001", "firstName": "Ada"}] == home.profiles()
    profile = home.get("/_sandbox/profiles")["profiles"][0]
    assert {"email": ["a@x.y", "b@x.y"], "phone": ["+4930000001"]} == profile["identifiers"]


def test_a_deleted_identifier_finds_nobody_any_more(home: Home) -> None:
    """The next row with it creates a profile, in the same file or in another."""
    home.take_in(text([("a@x.y", "+4930000001", "Ada"), ("\\N", "+4930000001", "Ada"), ("a@x.y", "", "Eve")]))
    assert ["Ada", "Eve"] == [profile["firstName"] for profile in home.profiles()]
    assert 1 == home.take_in(text([("a@x.y", "", "Kim")]))["updated"]


def test_traits_that_are_not_mapped_stay(home: Home) -> None:
    """Only mapped columns write."""
    home.take_in(text([("a@x.y", "", "Ada")]))
    home.take_in("email,phone,first\na@x.y,+4930000001,\n", PEOPLE_WITHOUT_NAME)
    assert [{"email": "a@x.y", "phone": "+4930000001", "firstName": "Ada"}] == home.profiles()


PEOPLE_WITHOUT_NAME = [{"columnName": name, "traitGroup": "Contact", "traitName": name} for name in ("email", "phone")]

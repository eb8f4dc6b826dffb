"""Changes can be accepted for a while, with a reason; nothing is ever hidden."""

from datetime import timedelta
from pathlib import Path

import pytest
import yaml
from attrs import evolve

from memory_imports_contract import Change, DriftUnavailable, Severity, compare_specs
from memory_imports_contract.spec import ignore, source

from .conftest import TODAY
from .pair import Spec

CHANGE = Change("maximum-lowered", Severity.BREAKING, "CreateX, FetchX", "/a/b/maximum", 2, 1, "It fell.")
ENTRY = {"rule": "maximum-*", "where": "/a/*", "operation": "FetchX", "reason": "Known, ticket 7.", "expires": TODAY}


def written(folder: Path, *entries: object) -> Path:
    """An ignore file."""
    path = folder / "ignore.yaml"
    path.write_text(yaml.safe_dump({"ignore": list(entries)}), encoding="utf-8")
    return path


def test_an_accepted_change_is_a_note_with_its_reason(tmp_path: Path) -> None:
    """On its last day it still holds; the rest of the change is kept."""
    (found,) = ignore.applied(ignore.load(written(tmp_path, ENTRY)), [CHANGE], TODAY)
    assert (CHANGE.rule, CHANGE.where, Severity.NOTE) == (found.rule, found.where, found.severity)
    assert f"Accepted until {TODAY}: Known, ticket 7. (breaking) It fell." == found.message


def test_an_expired_entry_accepts_nothing_and_is_reported(tmp_path: Path) -> None:
    """The day after its last."""
    found = ignore.applied(ignore.load(written(tmp_path, ENTRY)), [CHANGE], TODAY + timedelta(days=1))
    assert [CHANGE] == [change for change in found if change.severity is not Severity.NOTE]
    about = {"rule": "maximum-*", "where": "/a/*", "operation": "FetchX"}
    said = f"The entry of the ignore file for `maximum-*`, good until {TODAY}, has expired. It said: Known, ticket 7."
    note = Change("ignore-expired", Severity.NOTE, "FetchX", "/a/*", about, None, said)
    assert [CHANGE, note] == list(found)


@pytest.mark.parametrize("other", [{"rule": "minimum-*"}, {"where": "/b/*"}, {"operation": "ListX"}])
def test_an_entry_that_matches_nothing_is_reported(other: dict[str, str], tmp_path: Path) -> None:
    """Every pattern has to match."""
    found = ignore.applied(ignore.load(written(tmp_path, ENTRY | other)), [CHANGE], TODAY)
    assert [("maximum-lowered", Severity.BREAKING), ("ignore-unused", Severity.NOTE)] == [
        (change.rule, change.severity) for change in found
    ]
    assert "matches nothing; remove it. It said: Known, ticket 7." in found[1].message


def test_what_is_accepted_stands_below_what_is_not(tmp_path: Path) -> None:
    """The worst first; an entry that only repeats another is used, too."""
    other = evolve(CHANGE, rule="type-changed", severity=Severity.COMPATIBLE)
    found = ignore.applied(ignore.load(written(tmp_path, ENTRY, ENTRY | {"reason": "Twice."})), [CHANGE, other], TODAY)
    assert [("type-changed", "compatible"), ("maximum-lowered", "note")] == [
        (change.rule, change.severity.value) for change in found
    ]
    assert "Known, ticket 7." in found[1].message


@pytest.mark.parametrize(
    ("entry", "sentence"),
    [
        ({key: value for key, value in ENTRY.items() if key != "reason"}, "no reason"),
        (ENTRY | {"reason": "  "}, "no reason"),
        ({key: value for key, value in ENTRY.items() if key != "rule"}, "no rule"),
        ({key: value for key, value in ENTRY.items() if key != "expires"}, "no date"),
        (ENTRY | {"expires": "soon"}, "no date"),
        (ENTRY | {"severity": "note"}, "unknown field severity"),
        ("maximum-lowered", "no object"),
    ],
)
def test_an_entry_without_reason_or_end_is_refused(entry: object, sentence: str, tmp_path: Path) -> None:
    """An ignore file that is half understood is not used at all."""
    with pytest.raises(DriftUnavailable, match=rf"ignore\.yaml: entry 2 (has|is) .*{sentence}|entry 2 .*{sentence}"):
        ignore.load(written(tmp_path, ENTRY, entry))


def test_a_file_that_is_no_list_is_refused(tmp_path: Path) -> None:
    """Nor is one that is not there taken for an empty one."""
    path = tmp_path / "ignore.yaml"
    path.write_text("rule: x", encoding="utf-8")
    wild, deep, foreign = tmp_path / "wild.yaml", tmp_path / "deep.yaml", tmp_path / "foreign.yaml"
    wild.write_text('["\\UFFFFFFFF"]', encoding="utf-8")
    deep.write_text("[" * 1000, encoding="utf-8")
    foreign.write_bytes(b"\xff")
    for target in (path, wild, deep, foreign, tmp_path / "nothing", Path("/dev/zero")):
        with pytest.raises(DriftUnavailable):
            ignore.load(target)


def test_the_comparison_takes_the_file(packaged: Spec, tmp_path: Path) -> None:
    """From the specification to the verdict."""
    new = tmp_path / "new.yaml"
    text = source.packaged().read_text(encoding="utf-8").replace("maximum: 104857600", "maximum: 1000")
    new.write_text(text, encoding="utf-8")
    entry = ENTRY | {"where": "*", "operation": "*"}
    assert packaged
    assert "breaking" == compare_specs(new).verdict
    assert "none" == compare_specs(new, ignore=written(tmp_path, entry), today=TODAY).verdict

"""Reading while things move: never older than a moment, and only what was true then."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.sandbox.faults.weather import DATA, Sky, sky

from memory_imports_sandbox.faults.kind import FETCH, LIST

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def above(monkeypatch: pytest.MonkeyPatch) -> Iterator[Sky]:
    """A sandbox whose imports are long in each state that a test wants to see."""
    with sky(monkeypatch, processing_seconds=3600) as found:
        yield found


def test_a_state_goes_back_to_the_one_before(above: Sky) -> None:
    """For one answer, and as the contract writes it."""
    import_id, target = above.created()
    above.strike("status-behind")
    assert "PENDING" == above.asked(FETCH, import_id, "").json["status"]
    assert {} == above.side("faults")["counts"]
    assert 200 == above.send("PUT", target, DATA).status
    above.until(import_id, "PROCESSING")
    above.strike("status-behind")
    assert ["PENDING", "PROCESSING"] == [above.asked(FETCH, import_id, "").json["status"] for _ in range(2)]
    assert {"status-behind": 1} == above.side("faults")["counts"]


def test_an_end_goes_back_without_its_summary(monkeypatch: pytest.MonkeyPatch) -> None:
    """Which there was not before."""
    with sky(monkeypatch) as above:
        import_id, target = above.created()
        above.send("PUT", target, DATA)
        above.until(import_id, "COMPLETED")
        above.strike("status-behind")
        behind = above.asked(FETCH, import_id, "").json
    assert ("PROCESSING", False) == (behind["status"], "summary" in behind)


def test_what_is_old_is_known_everywhere(above: Sky, monkeypatch: pytest.MonkeyPatch) -> None:
    """A replica is behind by seconds, not by minutes."""
    import_id, target = above.created()
    above.send("PUT", target, DATA)
    above.until(import_id, "PROCESSING")
    monkeypatch.setattr("memory_imports_sandbox.faults.reads._BEHIND_SECONDS", -1)
    above.strike("status-behind")
    assert "PROCESSING" == above.asked(FETCH, import_id, "").json["status"]
    above.strike("list-behind")
    assert [import_id] == above.asked(LIST, "", "").json["imports"]
    assert {} == above.side("faults")["counts"]


def test_the_newest_import_is_not_listed_yet(above: Sky) -> None:
    """On the first page of the newest, where it would be; and nowhere else."""
    above.strike("list-behind")
    assert [] == above.asked(LIST, "", "").json["imports"]
    older, newer = above.created()[0], above.created()[0]
    above.strike("list-behind")
    assert [older] == above.asked(LIST, "", "").json["imports"]
    above.strike("list-behind")
    assert [older, newer] == above.call("GET", above.base + "?orderBy=ASC").json["imports"]
    assert {"list-behind": 1} == above.side("faults")["counts"]


def test_a_list_grows_between_two_pages(above: Sky) -> None:
    """By a real import of somebody else: a page by page reader sees the old ones once."""
    older, newer = above.created()[0], above.created()[0]
    first = above.call("GET", above.base + "?pageSize=1").json
    above.strike("list-grown")
    second = above.call("GET", above.base + "?pageSize=1&pageToken=" + first["meta"]["nextToken"]).json
    assert ([newer], [older]) == (first["imports"], second["imports"])
    assert 3 == above.side("imports")["total"]


def test_who_may_not_read_makes_no_list_grow(above: Sky) -> None:
    """The other import is made with the reader's own credentials."""
    above.strike("list-grown")
    assert 401 == above.send("GET", above.base).status
    assert 0 == above.side("imports")["total"]

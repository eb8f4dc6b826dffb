"""What became of files, judged from what was seen of each on its way."""

from typing import Any

import pytest

from memory_imports_contract.live import contract
from memory_imports_contract.live.answers import Answer
from memory_imports_contract.live.bench import Bench, Created
from memory_imports_contract.live.checks.outcome import outcome
from memory_imports_contract.live.checks.way import Way
from memory_imports_contract.live.exchange import Ask, Exchange
from memory_imports_contract.live.samples import FEW, good_body
from memory_imports_contract.live.session import Session

CONTRACT = contract.read()
BEGUN, LATER = "2026-10-05T14:48:00Z", "2026-10-05T14:48:09Z"
WHOLE = {
    **good_body(),
    "status": "COMPLETED",
    "createdAt": BEGUN,
    "updatedAt": LATER,
    "summary": {"errors": 0, "warnings": 0},
}
PENDING = {"status": "PENDING", "createdAt": BEGUN, "updatedAt": BEGUN}
Json = dict[str, Any]


def way(mark: str, *shown: Json, after: float = 5.0) -> Way:
    """A file, and what was shown of its import each time."""
    ask = Ask("GET", "https://a.example")
    seen = [Exchange(ask, 200, (), f"{mark} {number}".encode(), 0.0) for number in range(len(shown))]
    answers = [Answer(CONTRACT.fetch, one, ok=True, document=each) for one, each in zip(seen, shown, strict=True)]
    made = Created(good_body(), answers[0], "id", None, 1000.0)
    return Way(mark, b"", made, answers, 1000.0 + after)


def ended(mark: str, status: str = "COMPLETED", errors: int | None = 0, **more: Any) -> Way:  # noqa: ANN401 - JSON
    """A file that came straight to its end."""
    last = {**WHOLE, "status": status, "summary": {"errors": errors, "warnings": 0}, **more}
    if errors is None:
        last["summary"] = {}
    return way(mark, PENDING, {name: value for name, value in last.items() if value != "gone"})


def said(*ways: Way) -> list[tuple[str, str]]:
    """Rule and place of what is found, each shown by the last answer about a file."""
    bench = Bench(CONTRACT, Session("https://a.example", ("u", "p"), 1, 0.0), "store", "upload", 0, 1.0)
    outcome(bench, ways)
    lasts = tuple(f" {one.mark} {len(one.answers) - 1}" for one in ways)
    assert all(one.message.endswith(".") and one.evidence.endswith(lasts) for one in bench.book.findings())
    return [(one.rule, one.where.removeprefix("/answer/body/")) for one in bench.book.findings()]


MANY, FEW_BAD = ended("many", "FAILED", 200), ended("few", errors=FEW)


@pytest.mark.parametrize(
    ("ways", "expected"),
    [
        ([ended("good"), FEW_BAD, MANY, ended("broken", "FAILED")], []),
        ([ended("good", "FAILED")], [("good-file-failed", "status")]),
        ([ended("broken")], [("broken-file-completed", "status")]),
        ([ended("good", errors=1)], [("summary-counts", "summary/errors")]),
        ([ended("good"), ended("few", "FAILED", FEW)], [("row-errors-tolerance", "status")]),
        ([ended("few", "FAILED", FEW)], []),  # without a good file to compare it with
        ([MANY, ended("few", errors=FEW - 1)], [("summary-counts", "summary/errors")]),
        ([ended("many", errors=0), ended("few", errors=0)], []),  # a service that does not count rows
        ([ended("many", errors=200), ended("few", errors=FEW)], [("row-errors-tolerance", "status")]),
        ([ended("many", errors=0), ended("few", errors=FEW)], [("row-errors-tolerance", "status")]),
        (
            [MANY, way("few", PENDING, {**WHOLE, "summary": {"errors": 1}}, {**WHOLE, "summary": {"errors": FEW}})],
            [("summary-counts", "summary")],
        ),
        ([way("broken", {"status": "FAILED"}, {"status": "FAILED", "summary": {"errors": 1}})], []),
        ([MANY, ended("few", errors=None)], [("field-vanished", "summary/errors")]),
        ([MANY, ended("few", summary="gone")], [("field-vanished", "summary")]),
        ([ended("many", errors=0), ended("few", summary="gone")], []),
        ([ended("good", updatedAt="gone")], [("field-vanished", "updatedAt")]),
        ([ended("good", fileSize="gone")], [("field-vanished", "fileSize")]),
        ([ended("good", columnMappings="gone")], [("field-vanished", "columnMappings")]),
        ([ended("few", fileSize="gone")], []),
        ([ended("x", errors=-1)], [("summary-counts", "summary/errors")]),
        ([ended("x", summary={"errors": 0, "warnings": -1})], [("summary-counts", "summary/warnings")]),
        ([ended("x", summary="gone")], []),
    ],
)
def test_the_ends_of_files_are_those_that_they_deserve(ways: list[Way], expected: list[tuple[str, str]]) -> None:
    """Counts are held against a service only once it is known to count."""
    assert expected == said(*ways)


def at(status: str, touched: str = LATER, begun: str = BEGUN) -> Json:
    """What is shown in a state."""
    return {**WHOLE, "status": status, "updatedAt": touched, "createdAt": begun}


@pytest.mark.parametrize(
    ("shown", "after", "expected"),
    [
        (["PENDING", "PROCESSING", "COMPLETED", "COMPLETED"], 5.0, []),
        (["PROCESSING", "PENDING"], 5.0, [("status-goes-back", "status")]),
        (["COMPLETED", "PROCESSING"], 5.0, [("status-goes-back", "status")]),
        (["COMPLETED", "FAILED"], 5.0, [("status-goes-back", "status")]),
        (["PENDING", "PROCESSING", "PROCESSING"], 5.0, []),
    ],
)
def test_states_go_forward_only(shown: list[str], after: float, expected: list[tuple[str, str]]) -> None:
    """And none follows an end."""
    assert expected == said(way("x", *map(at, shown), after=after))


@pytest.mark.parametrize(
    ("shown", "after", "expected"),
    [
        ([PENDING, at("FAILED", BEGUN)], 1.1, [("updated-at", "updatedAt")]),
        ([PENDING, at("FAILED", "2026-10-05T14:48:01Z")], 1.1, []),
        ([PENDING, at("FAILED", BEGUN)], 1.0, []),  # too soon to tell
        ([PENDING, {"status": "FAILED", "updatedAt": BEGUN}], 5.0, [("updated-at", "updatedAt")]),
        ([at("FAILED", BEGUN), at("FAILED", BEGUN)], 5.0, []),  # it did not move while somebody looked
        ([PENDING, at("PROCESSING", BEGUN)], 5.0, []),
        ([at("PENDING"), at("PENDING", BEGUN)], 5.0, [("updated-at", "updatedAt")]),
        ([PENDING, at("PENDING", LATER, "2026-10-05T14:48:01Z")], 5.0, [("created-at-changes", "createdAt")]),
        ([PENDING, at("PENDING", LATER, "2026-10-05T16:48:00+02:00")], 5.0, []),
    ],
)
def test_times_move_with_the_import(shown: list[Json], after: float, expected: list[tuple[str, str]]) -> None:
    """CreatedAt stays, updatedAt goes forward, and has moved once the import has."""
    assert expected == said(way("x", *shown, after=after))

"""docs/observability.md names what there is, no more and no less."""

import logging
import re
from pathlib import Path

import pytest

import memory_imports_sandbox as package
from memory_imports import _log
from memory_imports._effects import Sleep
from memory_imports.cli import checkup
from memory_imports.cli.logfile import OWN
from tests.observe.callers import CALLS, COLUMNS, met, of_sandbox, people
from tests.observe.collected import Collected
from tests.support.replies import LOST, created, error, page, status

PAGE = Path(__file__).parents[2] / "docs" / "observability.md"


def named(heading: str) -> list[str]:
    """Return the names in the first column of the table with this first heading."""
    table = PAGE.read_text(encoding="utf-8").partition(f"\n| {heading} |")[2].partition("\n\n")[0]
    rows = table.splitlines()[2:]
    assert rows, f"there is no table of each {heading}"
    return [name for row in rows for name in re.findall(r"`([^`]+)`", row.split("|")[1])]


@pytest.fixture
def seen(
    collected: Collected, caplog: pytest.LogCaptureFixture, service: package.Announcement, tmp_path: Path
) -> Collected:
    """Runs that meet all that there is: parts, polls, retries, lost answers, interruptions and errors."""
    caplog.set_level(logging.DEBUG, "memory_imports")
    run, files = CALLS["synchronous"], people(tmp_path, "a", "b")
    run("run", files, COLUMNS, client=of_sandbox(service))
    counted = status(summary={"errors": 1, "warnings": 1})
    weather = [error(20503, 503), page(), created(), LOST, status("PROCESSING"), status("PROCESSING"), counted]
    met(run, weather, "run", files[:1], COLUMNS)
    met(run, [created()], "run", files[:1], COLUMNS, progress=_failing)
    met(run, [error(20404, 404)], "run", files[:1], COLUMNS)
    # What the next process says after one that was ended in the middle of an upload.
    _log.Log("run").part(0).before(Sleep(0, "arrival"))
    return collected


def _failing(news: object) -> None:
    if getattr(news, "phase", None) == "uploading":
        raise ZeroDivisionError


def test_the_spans_and_their_attributes_are_those_of_the_page(seen: Collected) -> None:
    """As they come in runs, not as some list has them."""
    assert set(named("span")) == {span.name for span in seen.spans}
    of_metrics = {"memory_imports.why"}
    assert set(named("attribute")) == {name for span in seen.spans for name in span.attributes or ()} - of_metrics


def test_the_metrics_are_those_of_the_page(seen: Collected) -> None:
    """The same."""
    assert sorted(named("metric")) == sorted(seen.metrics())


def test_the_fields_and_events_of_the_log_are_those_of_the_page(
    seen: Collected, caplog: pytest.LogCaptureFixture
) -> None:
    """The fields in their order; each of them, and each event, is met in these runs."""
    del seen
    assert named("field") == list(_log.FIELDS)
    records = [vars(record) for record in caplog.get_records("setup") if record.name == "memory_imports"]
    assert set(_log.FIELDS) == {name for record in records for name in record if name in _log.FIELDS}
    assert named("own field") == list(OWN)
    assert set(named("event")) == {record["event"] for record in records}


def test_the_checks_are_those_of_the_page() -> None:
    """As they are written in the modules of the check-up."""
    sources = "".join(file.read_text(encoding="utf-8") for file in Path(checkup.__path__[0]).glob("*.py"))
    assert set(named("check")) == set(re.findall(r'Finding\(\s*"(\w+)"', sources))

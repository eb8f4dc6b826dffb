"""The times of an import: when it was created, by whose clock, and that nothing was done to it before."""

from email.utils import formatdate

import httpx
import pytest

from live.at_once import HERE, Clock, answering, running
from live.faulty import QUICK
from memory_imports_contract.live import contract, drift_live
from memory_imports_contract.live.answers import Answer
from memory_imports_contract.live.bench import Bench, Created
from memory_imports_contract.live.checks.creation import compare, still
from memory_imports_contract.live.exchange import Ask, Exchange
from memory_imports_contract.live.samples import good_body
from memory_imports_contract.live.session import Session

CONTRACT = contract.read()
NOW = 1_790_000_000  # 2026-09-21T14:13:20Z


def bench_of(session: Session) -> Bench:
    """A bench that has found nothing yet."""
    return Bench(CONTRACT, session, "store", "create", 0, 1.0)


def answer(**shown: str) -> Answer:
    """What is shown of an import that was created at that moment, by the clock of the server."""
    exchange = Exchange(Ask("GET", HERE), 200, (("date", formatdate(NOW, usegmt=True)),), b"{}", NOW)
    return Answer(CONTRACT.fetch, exchange, ok=True, document={**good_body(), **shown})


def made() -> Created:
    """An import of that moment."""
    return Created(good_body(), answer(), "mem_import_01aaaaaaaaaaaaaaaaaaaaaaaa", None, NOW)


@pytest.mark.parametrize(
    ("begun", "touched", "expected"),
    [
        ("2026-09-21T14:13:20Z", "2026-09-21T14:13:20Z", []),
        ("2026-09-21T14:13:20.900Z", "2026-09-21T14:13:20Z", []),  # cut to whole seconds
        ("2026-09-21T14:13:20.123456Z", "2026-09-21T16:13:20.2+02:00", []),
        ("2026-09-21T14:13:20Z", "2026-09-21T14:13:19Z", ["updated-at"]),
        ("2026-09-21T14:13:20Z", "2026-09-21T14:15:20Z", ["updated-at"]),
        ("2026-09-21T14:11:20Z", "2026-09-21T14:13:20Z", ["created-at"]),
        ("2026-09-21T07:13:20Z", "2026-09-21T07:13:20Z", ["created-at"]),
    ],
)
def test_times_are_compared_as_coarsely_as_they_may_be_shown(begun: str, touched: str, expected: list[str]) -> None:
    """In whatever zone, and with as many digits as the server likes."""
    bench = bench_of(Session(HERE, ("u", "p"), 1, 0.0))
    compare(bench, made(), answer(createdAt=begun, updatedAt=touched))
    assert expected == [finding.rule for finding in bench.book.findings()]


def test_a_run_takes_the_seconds_that_pass_meanwhile() -> None:
    """A moment for each request, by the clock of this machine, and what it waits."""
    with running(QUICK) as here:
        report = drift_live(here.base_url, here.store_id, (here.username, here.password))
    assert report.requests / 1000 <= report.seconds < 60


@pytest.mark.parametrize(
    ("again", "expected"),
    [
        ("2026-09-21T14:13:20.500+00:00", []),
        ("2026-09-21T14:13:20.501Z", ["created-at-changes"]),
    ],
)
def test_the_same_moment_in_other_words_is_the_same(again: str, expected: list[str]) -> None:
    """Half a second is half a second, with one digit or three."""
    shown = {**good_body(), "status": "PENDING", "createdAt": again}
    clock = Clock(now=NOW)
    with (
        answering(clock, lambda _: httpx.Response(200, json=shown)),
        Session(HERE, ("u", "p"), 10, 0.0) as session,
    ):
        bench = bench_of(session)
        still(bench, made(), answer(createdAt="2026-09-21T14:13:20.5Z"))
    assert expected == [finding.rule for finding in bench.book.findings()]

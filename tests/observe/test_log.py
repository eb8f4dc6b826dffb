"""The log of both clients: each record with its facts, every retry with its reason, and nothing secret."""

import logging
from pathlib import Path
from typing import Any

import pytest

from memory_imports import _log
from memory_imports._effects import Lost
from tests.observe.callers import CALLS, CELL, COLUMNS, Call, met, people
from tests.support.replies import LOST, SECRET, SIGNATURE, STORED, created, error, html, import_id, status


@pytest.fixture(params=list(CALLS.values()), ids=list(CALLS))
def call(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Any:  # noqa: ANN401 - a caller of one of the clients
    """Both clients, everything logged."""
    caplog.set_level(logging.DEBUG, "memory_imports")
    return request.param


def facts(record: logging.LogRecord) -> dict[str, Any]:
    """Return what a record knows."""
    return {name: value for name, value in vars(record).items() if name in _log.FIELDS and name != "seconds"}


def told(caplog: pytest.LogCaptureFixture) -> list[tuple[str, str]]:
    """Return level and text of each of our records."""
    return [(record.levelname, record.getMessage()) for record in caplog.records if record.name == "memory_imports"]


def test_a_run_is_told_step_by_step(call: Call, caplog: pytest.LogCaptureFixture, tmp_path: Path) -> None:
    """Each answer and each line of the journal, with the ids, and how the part and the run ended."""
    result, _ = met(call, [created(), STORED, status("PENDING"), status()], "run", people(tmp_path, "a"), COLUMNS)
    records = [facts(record) for record in caplog.records if record.name == "memory_imports"]
    events = [record["event"] for record in records]
    assert [
        *("creating", "answer", "created", "uploading", "answer", "uploaded"),
        *("answer", "poll", "answer", "ended", "ended", "ended"),
    ] == events
    answered = {"event": "answer", "part": 0, "operation": "CreateProfilesImportV2", "attempt": 1, "status": 201}
    assert {**answered, "request_id": "RQ1"} == records[1]
    assert {"event": "uploading", "part": 0, "import_id": import_id()} == records[3]
    ended = {"event": "ended", "rows": 1, "bytes": result.bytes}
    assert {**ended, "part": 0, "state": "COMPLETED", "import_id": import_id()} == records[-2]
    assert {**ended, "outcome": "completed"} == records[-1]
    assert all(
        hasattr(record, "seconds")
        for record in caplog.records
        if record.name == "memory_imports" and record.msg.startswith("%s ended")
    )


def test_every_retry_is_said_with_its_reason(call: Call, caplog: pytest.LogCaptureFixture) -> None:
    """A refusal when it is tried again, a lost answer at once; the last of them, too."""
    met(call, [error(20429, 429), LOST, LOST], "fetch", import_id())
    warnings = [record for record in caplog.records if record.levelname == "WARNING"]
    assert [("retry", 429, "RQ1"), ("no_answer", None, None), ("no_answer", None, None)] == [
        tuple(facts(record).get(name) for name in ("event", "status", "request_id")) for record in warnings
    ]
    asked = f"FetchProfileImportV2 for {import_id()}"
    assert f"{asked} was answered 429; trying again in 0.0 seconds" == warnings[0].getMessage()
    assert f"{asked} had no answer at try 2: {facts(warnings[1])['reason']}" == warnings[1].getMessage()
    assert [2, 3] == [facts(record)["attempt"] for record in warnings[1:]]
    retries = [facts(record) for record in caplog.records if facts(record).get("event") == "retry"]
    assert [None, facts(warnings[1])["reason"]] == [retry.get("reason") for retry in retries]
    named = {"operation": "FetchProfileImportV2", "import_id": import_id()}
    assert [named | {"attempt": attempt} for attempt in (1, 2)] == [
        {name: retry.get(name) for name in (*named, "attempt")} for retry in retries
    ]
    assert ("INFO", "ConnectionLost") == (caplog.records[-1].levelname, facts(caplog.records[-1])["reason"])


def test_a_success_that_is_asked_for_again_is_called_unreadable(call: Call, caplog: pytest.LogCaptureFixture) -> None:
    """A 200 alone is no reason to try again."""
    met(call, [html(200), status()], "fetch", import_id())
    ours = [words for level, words in told(caplog) if level == "WARNING"]
    words = (
        f"FetchProfileImportV2 for {import_id()} was answered 200, which cannot be read; trying again in 0.0 seconds"
    )
    assert [words] == ours


def test_a_request_that_is_given_up_is_said(call: Call, caplog: pytest.LogCaptureFixture, tmp_path: Path) -> None:
    """Because of a callback of the caller's: by its kind, never by its text."""

    def tell(news: Any) -> None:  # noqa: ANN401 - progress
        if news.phase == "uploading" and news.bytes_sent == 0:
            raise ZeroDivisionError(CELL)

    met(call, [created()], "run", people(tmp_path, "b"), COLUMNS, progress=tell)
    assert ("DEBUG", f"part 0: upload for {import_id()} was given up: Interrupted") in told(caplog)
    assert CELL not in caplog.text


def test_nothing_secret_is_logged(call: Call, caplog: pytest.LogCaptureFixture, tmp_path: Path) -> None:
    """In text and facts of any record, of a run that goes wrong and goes right."""
    met(call, [created(), LOST, status("PENDING"), STORED, status()], "run", people(tmp_path, "c"), COLUMNS)
    text = repr([vars(record) for record in caplog.records if record.name == "memory_imports"])
    assert "had no answer" in text
    assert [] == [secret for secret in (SECRET, SIGNATURE, CELL, "X-Amz") if secret in text]


def test_no_fact_hides_what_every_record_has() -> None:
    """The names are free in the records of the standard library, which refuses others."""
    taken = {*vars(logging.makeLogRecord({})), "message", "asctime"}
    assert set() == taken & set(_log.FIELDS)


def test_what_a_record_factory_has_set_stays(
    call: Call, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Programs that serve requests mark every record with theirs; a run among them ends as anywhere."""
    plain = logging.getLogRecordFactory()

    def marked(*given: Any, **more: Any) -> logging.LogRecord:  # noqa: ANN401 - as a record is made
        record = plain(*given, **more)
        record.request_id, record.status, record.event = "web-17", "busy", "click"
        return record

    monkeypatch.setattr(logging, "_logRecordFactory", marked)
    result, _ = met(call, [error(20429, 429), created(), STORED, status()], "run", people(tmp_path, "g"), COLUMNS)
    assert "completed" == result.outcome
    (retry,) = [record for record in caplog.records if record.levelname == "WARNING"]
    assert ("web-17", "busy", "click") == tuple(facts(retry)[name] for name in ("request_id", "status", "event"))
    assert "part 0: CreateProfilesImportV2 was answered 429; trying again in 0.0 seconds" == retry.getMessage()
    assert 0 == facts(retry)["part"]


def test_a_record_says_where_it_was_written(call: Call, caplog: pytest.LogCaptureFixture) -> None:
    """As any other, for formatters that show it."""
    met(call, [status()], "fetch", import_id())
    assert {("_log.py", "_say")} == {(record.filename, record.funcName) for record in caplog.records}


@pytest.mark.parametrize("fails", [RuntimeError, StopIteration, ValueError])
def test_a_filter_that_fails_ends_no_run(
    call: Call, caplog: pytest.LogCaptureFixture, tmp_path: Path, fails: type[Exception]
) -> None:
    """Not even one of a caller's: every import would be left half-way."""
    del caplog

    def failing(_: logging.LogRecord) -> bool:
        raise fails

    _log.log.addFilter(failing)
    try:
        result, _ = met(call, [created(), STORED, status()], "run", people(tmp_path, "h"), COLUMNS)
    finally:
        _log.log.removeFilter(failing)
    assert "completed" == getattr(result, "outcome", result)


def test_what_is_thrown_has_a_kind() -> None:
    """For counting, in one word."""
    assert "ReadTimeout" == Lost("ReadTimeout: timed out", sent=True, at=0).kind

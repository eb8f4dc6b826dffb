"""What the client gives back: frozen, complete, and without secrets in a repr."""

import copy
import pickle
from datetime import UTC, datetime
from typing import Any

import pytest
from attrs.exceptions import FrozenInstanceError

from memory_imports._body import body_of
from memory_imports._effects import Call, Lost, Put, Record, Reply, unrecorded
from memory_imports.models import CreatedImport, ImportStatus, ImportSummary, Progress
from memory_imports_api.contract import SCHEMAS
from memory_imports_api.models import ImportState

URL = "https://bucket.example/a?X-Amz-Signature=s3cret"
CREATED = CreatedImport(import_id="mem_import_1", url=URL, file_size=3, extra={"new": "s3cret"})


def status(state: str, summary: ImportSummary | None = None, **more: Any) -> ImportStatus:  # noqa: ANN401 - any field
    """A status with this state and summary."""
    moment = datetime(2026, 10, 1, tzinfo=UTC)
    word = ImportState(state)
    return ImportStatus(import_id="i", state=word, filename="a", created_at=moment, summary=summary, **more)


@pytest.mark.parametrize("state", SCHEMAS["ImportState"]["enum"])
def test_an_import_has_ended_when_it_completed_or_failed(state: str) -> None:
    """The contract's other words are on the way."""
    assert (state in {"COMPLETED", "FAILED"}) == status(state).ended


@pytest.mark.parametrize(
    ("summary", "expected"),
    [
        (None, (None, None)),
        (ImportSummary(), (None, None)),
        (ImportSummary(errors=0, warnings=2), (0, 2)),
        (ImportSummary(errors=3), (3, None)),
    ],
)
def test_counts_are_unknown_where_the_service_gave_none(
    summary: ImportSummary | None, expected: tuple[int | None, int | None]
) -> None:
    """None is not 0: nobody said that every row went in."""
    found = status("COMPLETED", summary)
    assert expected == (found.errors, found.warnings)


def test_reprs_hold_no_secret() -> None:
    """Neither the signed URL nor a field that nobody knows; nor a reply's headers or body."""
    put = Put(url=URL, import_id="mem_import", body=body_of(b"s3cret"), headers={}, on_sent=print)
    reply = Reply(status=201, headers={"location": URL}, body=URL.encode(), at=0.0)
    for value in (CREATED, status("PENDING", extra={"new": "s3cret"}), put, reply):
        assert "s3cret" not in repr(value)


def test_values_are_frozen_and_survive_copies() -> None:
    """The same value after a copy or a pickle, and no way to change it."""
    again = pickle.loads(pickle.dumps(CREATED))  # noqa: S301 - what it has just made
    assert CREATED == again == copy.deepcopy(CREATED)
    assert URL == again.url
    with pytest.raises(FrozenInstanceError):
        again.url = "https://evil.example"


def test_defaults_say_nothing() -> None:
    """A fresh value of each kind shares nothing with another."""
    first, second = (Call(operation="x", method="GET", path="/") for _ in range(2))
    assert first.query is not second.query
    assert (0, 0, None) == (
        Progress(phase="creating").bytes_sent,
        Progress(phase="creating").bytes_total,
        first.timeout,
    )


def test_news_of_a_lost_answer_says_how_far_the_request_came() -> None:
    """The reason is its text."""
    lost = Lost("ReadTimeout", sent=True, at=5.0)
    assert ("ReadTimeout", "ReadTimeout", True, 5.0) == (str(lost), lost.reason, lost.sent, lost.at)


def test_no_journal_is_a_journal() -> None:
    """A line told to nobody is no error."""
    unrecorded(Record("created", {"import_id": "i"}))

"""Each kind of fault as a client sees it, at each request that it can happen to; and that it counts."""

from __future__ import annotations

import json
import re
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

import pytest
from tests.sandbox.faults.weather import DATA, Sky, sky

from memory_imports_sandbox.faults import AREAS, CATALOGUE
from memory_imports_sandbox.faults.kind import CREATE, FETCH, LIST
from memory_imports_sandbox.objects import UPLOAD

if TYPE_CHECKING:
    from collections.abc import Iterator

GOOD = {CREATE: 201, LIST: 200, FETCH: 200, UPLOAD: 200}
# The ending of a connection without a whole answer; the status of an answer, None for the good one.
CUT = {
    "reset-unread": "reset",
    "reset-in-body": "reset",
    "reset-unanswered": "reset",
    "reset-in-answer": "reset",
    "closed-unprocessed": "closed",
    "closed-unanswered": "closed",
    "closed-in-answer": "closed",
    "silent-unprocessed": "closed",
    "silent-processed": "closed",
}
STATUSES = {
    **dict.fromkeys([kind.name for kind in AREAS["refusals"] if kind.name.startswith("too-many")], 429),
    "error-unprocessed": 500,
    "error-processed": 500,
    "bad-gateway": 502,
    "gateway-timeout": 504,
    "unavailable-unsaid": 503,
    "unavailable-seconds": 503,
    "store-error": 500,
    "store-error-kept": 500,
    "store-slow-down": 503,
    "store-slow-down-early": 503,
    "store-request-timeout": 400,
    "store-clock-skewed": 403,
    "store-expired": 403,
    "store-bad-gateway": 502,
    "store-gateway-timeout": 504,
}
EVERY = [(kind.name, operation) for kind in CATALOGUE.values() for operation in kind.operations]
RETRY_AFTER = {
    "too-many-unsaid": "None",
    "too-many-seconds": "1",
    "too-many-at-once": "0",
    "too-many-much-later": "[0-9]{5,}",
    "too-many-date": "[A-Z][a-z]{2}, .* GMT",
    "too-many-nonsense": "(?![0-9]+$).*",
    "unavailable-unsaid": "None",
    "unavailable-seconds": "1",
}
XML = {
    "store-error": "InternalError",
    "store-error-kept": "InternalError",
    "store-slow-down": "SlowDown",
    "store-slow-down-early": "SlowDown",
    "store-request-timeout": "RequestTimeout",
    "store-clock-skewed": "RequestTimeTooSkewed",
    "store-expired": "AccessDenied",
}


@pytest.fixture(scope="module")
def above() -> Iterator[Sky]:
    """One sandbox for all of them."""
    with pytest.MonkeyPatch.context() as patch, sky(patch) as found:
        yield found


@pytest.mark.parametrize(("name", "operation"), EVERY)
def test_a_fault_happens_once_and_has_been_processed_or_not(above: Sky, name: str, operation: str) -> None:
    """As its row says: on the wire, in the service, and in the counts."""
    kind = CATALOGUE[name]
    import_id, target = above.created()
    if name == "status-behind":
        above.send("PUT", target, DATA)
        above.until(import_id, "COMPLETED")
    before, counted = above.done(operation, import_id), above.side("faults")["counts"].get(name, 0)
    above.strike(name)
    seen = above.asked(operation, import_id, target)
    status = None if name in CUT else STATUSES.get(name, GOOD[operation])
    assert (status, CUT.get(name, seen.ending)) == (seen.status, seen.ending)
    told = above.side("faults")
    assert (kind.processed, counted + 1) == (
        len(above.done(operation, import_id) - before),
        told["counts"][name],
    )
    last = told["faults"][-1]
    assert (operation, name, kind.processed) == (last["operation"], last["kind"], last["processed"])


@pytest.mark.parametrize("operation", [CREATE, UPLOAD])
def test_a_body_is_cut_off_in_the_middle(above: Sky, operation: str) -> None:
    """Half of it has been sent and no more, and the answer is a reset."""
    import_id, target = above.created()
    above.strike("reset-in-body")
    seen = above.asked(operation, import_id, target, half=True)
    assert (b"", "reset") == (seen.data, seen.ending)


def test_an_object_store_need_not_wait_for_the_body(above: Sky) -> None:
    """Its answer comes while half of the body is still to be sent, and says that the connection ends."""
    import_id, target = above.created()
    above.strike("store-slow-down-early")
    seen = above.asked(UPLOAD, import_id, target, half=True)
    assert (503, "close") == (seen.status, seen.headers["connection"])


def test_a_body_need_not_say_its_length(above: Sky) -> None:
    """Chunks are cut off, too."""
    above.strike("reset-in-body")
    assert "reset" == above.call("POST", above.base, b"3\r\n{}\n\r\n", Transfer_Encoding="chunked").ending


@pytest.mark.parametrize("name", ["reset-in-answer", "closed-in-answer"])
def test_an_answer_is_cut_off_in_the_middle(above: Sky, name: str) -> None:
    """Something has come, and not all of it: at times not even the head."""
    cuts = set()
    for _ in range(20):
        above.strike(name)
        seen = above.asked(LIST, "", "")
        assert seen.data.startswith(b"H")
        cuts.add(seen.missing is None)
        assert 0 != seen.missing
    assert {True, False} == cuts


def test_a_connection_is_closed_behind_an_answer(above: Sky, monkeypatch: pytest.MonkeyPatch) -> None:
    """Which has not said so."""
    above.strike("closed-behind")
    with monkeypatch.context() as patch:
        patch.setattr(above, "patient", True)
        seen = above.asked(LIST, "", "")
    assert (200, "closed", None) == (seen.status, seen.ending, seen.headers.get("connection"))


@pytest.mark.parametrize("name", RETRY_AFTER)
def test_a_refusal_says_when_to_come_back_in_its_own_way(above: Sky, name: str) -> None:
    """Whatever number is drawn; and it is the error object of the contract."""
    for _ in range(10):
        above.strike(name)
        seen = above.asked(FETCH, "mem_import_" + "0" * 26, "")
        assert re.fullmatch(RETRY_AFTER[name], str(seen.headers.get("retry-after")))
        assert seen.status == seen.json["status"]
        assert seen.headers["twilio-request-id"].startswith("RQ")
        assert "application/json" == seen.headers["content-type"]
    if name == "too-many-date":
        ahead = parsedate_to_datetime(seen.headers["retry-after"]) - parsedate_to_datetime(seen.headers["date"])
        assert 1 == ahead.total_seconds()


@pytest.mark.parametrize("name", ["bad-gateway", "gateway-timeout", "store-bad-gateway", "store-gateway-timeout"])
def test_a_proxy_speaks_to_people(above: Sky, name: str) -> None:
    """And knows no request id."""
    import_id, target = above.created()
    above.strike(name)
    seen = above.asked(CATALOGUE[name].operations[0], import_id, target)
    assert seen.body.startswith(b"<!doctype html>")
    assert {"content-type", "date", "content-length"} == set(seen.headers)
    assert "text/html" == seen.headers["content-type"]


@pytest.mark.parametrize("name", XML)
def test_the_object_store_speaks_its_own_xml(above: Sky, name: str) -> None:
    """Code, message and request id, as always."""
    import_id, target = above.created()
    above.strike(name)
    seen = above.asked(UPLOAD, import_id, target)
    assert f"<Code>{XML[name]}</Code>".encode() in seen.body
    assert seen.headers["x-amz-request-id"].encode() in seen.body
    assert "application/xml" == seen.headers["content-type"]


@pytest.mark.parametrize("operation", [CREATE, LIST, FETCH])
@pytest.mark.parametrize("name", [kind.name for kind in AREAS["garbled"]])
def test_a_success_is_garbled_in_one_way(above: Sky, name: str, operation: str) -> None:
    """It is no JSON, or not what it should be, or not called so."""
    import_id, target = above.created()
    above.strike(name)
    seen = above.asked(operation, import_id, target)
    assert 0 == seen.missing
    is_json = seen.headers["content-type"] == "application/json"
    try:
        document = json.loads(seen.body)
    except ValueError:
        document = ...
    good = isinstance(document, dict) and bool({"importId", "imports", "filename"} & set(document))
    assert {
        "json-cut": (True, False),
        "json-of-another": (True, False),
        "json-missing": (True, False),
        "json-page": (False, False),
        "json-called-html": (False, True),
    }[name] == (is_json, good)
    assert name != "json-of-another" or document is not ...


def test_only_a_success_is_garbled(above: Sky) -> None:
    """A refusal stays what it is, and nothing has happened."""
    above.strike("json-cut")
    counted = above.side("faults")["counts"]
    seen = above.asked(FETCH, "mem_import_" + "0" * 26, "")
    assert (404, 404) == (seen.status, seen.json["status"])
    assert counted == above.side("faults")["counts"]


def test_a_path_that_is_none_and_the_own_side_are_in_the_sun(above: Sky) -> None:
    """Only what the contract knows is struck, so that a test can look at what has happened."""
    above.strike("reset-unread")
    numbered = above.side("faults")["requests"]
    assert 404 == above.call("GET", "/nowhere").status
    assert 405 == above.call("DELETE", above.base).status
    assert 403 == above.send("GET", "/memory-imports-sandbox/x.csv").status
    assert numbered == above.side("faults")["requests"]
    assert "reset" == above.asked(LIST, "", "").ending
    assert numbered + 1 == above.side("faults")["requests"]

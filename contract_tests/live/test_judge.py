"""One answer, judged by its status against what was expected, and then by all that the contract says of it."""

import json
from typing import Any

import pytest

from memory_imports_contract.live import contract
from memory_imports_contract.live.book import Book
from memory_imports_contract.live.errors import Errors
from memory_imports_contract.live.exchange import Ask, Exchange
from memory_imports_contract.live.judge import Expected, Judge, refusal, success

CONTRACT = contract.read()
CREATE, LIST, FETCH = CONTRACT.create, CONTRACT.listing, CONTRACT.fetch
JSON = ("content-type", "application/json; charset=utf-8")
ERROR = {"code": 20404, "message": "No.", "more_info": "https://a.example", "status": 404}
GOOD = {"status": "PENDING", "filename": "x", "createdAt": "2026-10-05T14:48:00Z"}
Json = Any  # a JSON value can be anything


def seen(status: int, document: Json, *headers: tuple[str, str], earlier: tuple[Exchange, ...] = ()) -> Exchange:
    """An answer with the document as its body."""
    body = document if isinstance(document, bytes) else json.dumps(document).encode()
    return Exchange(Ask("GET", "https://a.example"), status, headers or (JSON,), body, 0.0, earlier)


def said(exchange: Exchange, expected: Expected) -> list[tuple[str, str]]:
    """Rule and place of what is found in an answer to fetch."""
    book = Book()
    Judge(book, Errors()).judge(FETCH, exchange, expected)
    return [(one.rule, one.where.removeprefix("/answer")) for one in book.findings()]


WANTED = success(FETCH, "import-not-fetched", "/request/path/importId", "an import", 520047)
REFUSED = refusal(404, "unknown-import-status", "unknown-import-accepted", "/request/path/importId", "nobody's")
BUSY = {**ERROR, "code": 20429, "status": 429}


@pytest.mark.parametrize(
    ("exchange", "expected", "found"),
    [
        (seen(200, GOOD), WANTED, []),
        (seen(201, GOOD), WANTED, [("success-status", "/status")]),
        (seen(404, ERROR), WANTED, [("import-not-fetched", "/request/path/importId")]),
        (seen(500, ERROR), WANTED, [("server-error", "/request/path/importId")]),
        (seen(400, {**ERROR, "code": 520047}), WANTED, []),
        (seen(400, {**ERROR, "code": 520042}), WANTED, [("import-not-fetched", "/request/path/importId")]),
        (seen(400, []), WANTED, [("import-not-fetched", "/request/path/importId")]),
        (seen(404, ERROR), REFUSED, []),
        (seen(200, GOOD), REFUSED, [("unknown-import-accepted", "/request/path/importId")]),
        (seen(410, ERROR), REFUSED, [("unknown-import-status", "/request/path/importId")]),
        (seen(500, ERROR), REFUSED, [("server-error", "/request/path/importId")]),
        (seen(404, ERROR, ("content-type", "text/html")), REFUSED, [("content-type", "/headers/content-type")]),
        (seen(404, ERROR, ("server", "x")), REFUSED, [("content-type", "/headers/content-type")]),
        (seen(404, ERROR, ("content-type", " Application/JSON ;x")), REFUSED, []),
        (seen(404, b"\xef\xbb\xbf{}"), REFUSED, [("not-json", "/body")]),
        (seen(404, b'{"message": "\xe4"}'), REFUSED, [("not-json", "/body")]),
        (seen(404, b"{"), REFUSED, [("not-json", "/body")]),
        (seen(404, b"[" * 100_000), REFUSED, [("not-json", "/body")]),
        (seen(404, {**ERROR, "status": 400}), REFUSED, [("error-status", "/body/status")]),
        (seen(404, {**ERROR, "code": 404}), REFUSED, []),
        (seen(404, {**ERROR, "code": 520041}), REFUSED, []),
        (seen(404, {**ERROR, "code": 520000}), REFUSED, []),
        (seen(404, {**ERROR, "code": 520999}), REFUSED, []),
        (seen(404, {**ERROR, "code": 521000}), REFUSED, [("error-code", "/body/code")]),
        (seen(404, {**ERROR, "code": 519999}), REFUSED, [("error-code", "/body/code")]),
        (seen(404, {**ERROR, "code": 20003}), REFUSED, [("error-code", "/body/code")]),
        (seen(404, {**ERROR, "code": 520046}), REFUSED, [("error-code", "/body/code")]),
        (seen(404, {}), REFUSED, []),
        (seen(404, {**ERROR, "code": "x"}), REFUSED, [("answer-type", "/body/code")]),
        (seen(200, GOOD, earlier=(seen(429, BUSY, JSON, ("retry-after", "1")),)), WANTED, []),
        (seen(200, GOOD, earlier=(seen(429, BUSY),)), WANTED, [("retry-after-missing", "/headers/retry-after")]),
        (
            seen(200, GOOD, earlier=(seen(429, BUSY, JSON, ("retry-after", "1.5")),)),
            WANTED,
            [("retry-after-form", "/headers/retry-after")],
        ),
        (
            seen(200, GOOD, earlier=(seen(429, BUSY, JSON, ("retry-after", "\u0661")),)),
            WANTED,
            [("retry-after-form", "/headers/retry-after")],
        ),
        (
            seen(200, GOOD, earlier=(seen(429, b"x", ("retry-after", "1")),)),
            WANTED,
            [("content-type", "/headers/content-type")],
        ),
        (seen(200, GOOD, earlier=(seen(502, b"x", ("server", "y")),)), WANTED, []),
        (seen(200, GOOD, earlier=(seen(503, {"code": "x"}),)), WANTED, [("answer-type", "/body/code")]),
        (seen(500, ERROR, earlier=(seen(500, {"code": "x"}),)), WANTED, [("server-error", "/request/path/importId")]),
    ],
)
def test_the_first_thing_that_is_wrong_is_what_is_said(
    exchange: Exchange, expected: Expected, found: list[tuple[str, str]]
) -> None:
    """The status first; then type, form and content; of errors their codes; of 429 when to come back."""
    assert found == said(exchange, expected)


def test_an_answer_tells_what_can_be_relied_on() -> None:
    """What is wrong in itself is no value, nor is what it holds."""
    book = Book()
    judge = Judge(book, Errors())
    answer = judge.judge(FETCH, seen(200, {**GOOD, "summary": {"errors": "x", "warnings": 1}, "fileSize": 0}), WANTED)
    assert (True, "PENDING", None, None, 1) == (
        answer.ok,
        answer.get("status"),
        answer.get("fileSize"),
        answer.get("summary", "errors"),
        answer.get("summary", "warnings"),
    )
    assert None is answer.get("summary")
    assert "Status 200: Expected type integer, saw str." in {one.message for one in book.findings()}
    other = judge.judge(FETCH, seen(201, GOOD), WANTED)
    assert (True, "PENDING") == (other.ok, other.get("status"))
    for useless in (seen(404, ERROR), seen(200, b"{"), seen(201, b"{"), seen(200, GOOD, ("server", "x"))):
        answer = judge.judge(FETCH, useless, WANTED)
        assert (False, None) == (answer.ok, answer.get("code"))


@pytest.mark.parametrize(
    ("exchange", "expected", "message"),
    [
        (seen(404, ERROR), WANTED, "an import: expected 200, saw 404."),
        (
            seen(410, ERROR),
            Expected(frozenset({404, 400}), "malformed-id-status", "/x", "an id"),
            "an id: expected 400 or 404, saw 410.",
        ),
        (seen(404, ERROR, ("a", "b")), REFUSED, "Expected application/json with status 404, saw no content type."),
        (seen(404, ERROR, ("content-type", "a/b")), REFUSED, "Expected application/json with status 404, saw a/b."),
        (seen(404, b"{"), REFUSED, "The body that comes with status 404 is not JSON."),
        (seen(404, {**ERROR, "status": 400}), REFUSED, "The error says 400, the HTTP status is 404."),
    ],
)
def test_the_sentence_says_what_was_expected_and_what_came(
    exchange: Exchange, expected: Expected, message: str
) -> None:
    """In this order."""
    book = Book()
    Judge(book, Errors()).judge(FETCH, exchange, expected)
    assert [message] == [one.message for one in book.findings()]

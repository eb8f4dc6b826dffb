"""Drifts in how a request is refused: the status, the error object, and the headers that go with it."""

from memory_imports_sandbox.drifts.drift import API, CREATE, FETCH, LIST, Drift, Level, ReplyRule
from memory_imports_sandbox.drifts.edits import Edit, add, change, drop, put, rename
from memory_imports_sandbox.drifts.rules import body, document, headed, status

_PAGE = b"<!doctype html><title>Error</title><h1>Something is wrong</h1>"
_LONG = "x" * 1025
# Only a good body leaves the store as the one thing that a create request can be refused for.
_UNKNOWN_STORE = (CREATE, 404)
_NEEDS_A_BODY = {"error-not-json-on-404", "unknown-store-500"}


def _object(name: str, which: tuple[str, int], pointer: str, says: str, edit: Edit) -> Drift:
    operation, refusal = which
    return Drift(
        name=name,
        operations=(operation,),
        where=f"answer:{pointer}",
        says=says,
        level="create" if which == _UNKNOWN_STORE else "read",
        reply=document(edit, refusal),
    )


def _refused(name: str, operations: tuple[str, ...], where: str, says: str, rule: ReplyRule) -> Drift:
    level: Level = "create" if name in _NEEDS_A_BODY else "read"
    return Drift(name=name, operations=operations, where=f"answer:{where}", says=says, level=level, reply=rule)


OBJECTS: tuple[Drift, ...] = (
    _object("error-code-missing", (LIST, 400), "/code", "400 has no code.", drop("/code")),
    _object("error-code-renamed", (LIST, 401), "/code", "401 calls code errorCode.", rename("/code", "errorCode")),
    _object("error-code-string", (FETCH, 404), "/code", "404 has its code as a string.", change("/code", str)),
    _object("error-code-null", (CREATE, 404), "/code", "404 has null for a code.", put("/code", None)),
    _object("error-code-too-large", (FETCH, 400), "/code", "400 has a code of 7 digits.", put("/code", 1000000)),
    _object("error-code-too-small", (CREATE, 401), "/code", "401 has the code 3.", put("/code", 3)),
    _object("error-code-of-another", (FETCH, 401), "/code", "401 has the code of 404.", put("/code", 20404)),
    _object("error-message-missing", (FETCH, 404), "/message", "404 has no message.", drop("/message")),
    _object(
        "error-message-renamed",
        (CREATE, 401),
        "/message",
        "401 calls its message detail.",
        rename("/message", "detail"),
    ),
    _object(
        "error-message-list",
        (LIST, 404),
        "/message",
        "404 has a list of messages.",
        change("/message", lambda it: [it]),
    ),
    _object(
        "error-message-too-long",
        (LIST, 400),
        "/message",
        "400 has a message of 1025 characters.",
        put("/message", _LONG),
    ),
    _object(
        "error-more-info-renamed",
        (FETCH, 401),
        "/more_info",
        "401 calls more_info moreInfo.",
        rename("/more_info", "moreInfo"),
    ),
    _object(
        "error-more-info-no-url",
        (LIST, 404),
        "/more_info",
        "404 has words for more_info.",
        put("/more_info", "see the pages"),
    ),
    _object(
        "error-more-info-null", (CREATE, 401), "/more_info", "401 has null for more_info.", put("/more_info", None)
    ),
    _object(
        "error-status-string", (LIST, 401), "/status", "401 repeats its status as a string.", change("/status", str)
    ),
    _object("error-status-differs", (FETCH, 404), "/status", "404 says 500 in its object.", put("/status", 500)),
    _object("error-status-missing", (FETCH, 400), "/status", "400 does not repeat the status.", drop("/status")),
    _object("error-extra-field", (LIST, 401), "", "401 tells a request id.", add("/requestId", "RQ0")),
    _object("error-extra-field-on-404", (FETCH, 404), "", "404 tells details.", add("/details", {})),
    _object("error-wrapped", (LIST, 400), "", "400 has the object inside of error.", lambda found: {"error": found}),
    _object("error-array", (FETCH, 404), "", "404 has an array of errors.", lambda found: [found]),
)

BODIES: tuple[Drift, ...] = (
    _refused("error-html-on-401", (LIST,), "", "401 is a page for people.", body(_PAGE, "text/html", 401)),
    _refused("error-html-on-404", (FETCH,), "", "404 is a page for people.", body(_PAGE, "text/html", 404)),
    _refused("error-empty-on-400", (LIST,), "", "400 has no body.", body(b"", "application/json", 400)),
    _refused("error-not-json-on-404", (CREATE,), "", "404 is no JSON.", body(b"{'code'", "application/json", 404)),
    _refused(
        "error-problem-json",
        (FETCH,),
        "header/content-type",
        "404 is called application/problem+json.",
        body(None, "application/problem+json", 404),
    ),
    _refused(
        "error-plain-text",
        (CREATE,),
        "header/content-type",
        "401 is called plain text.",
        body(None, "text/plain; charset=utf-8", 401),
    ),
)

STATUSES: tuple[Drift, ...] = (
    _refused("unauthorized-403", (LIST,), "status", "Bad credentials are 403.", status(403, 401)),
    _refused("unauthorized-404", (FETCH,), "status", "Bad credentials are 404.", status(404, 401)),
    _refused("unauthorized-407", (CREATE,), "status", "Bad credentials are 407.", status(407, 401)),
    _refused("unauthorized-500", API, "status", "Bad credentials are 500.", status(500, 401)),
    _refused("unknown-import-400", (FETCH,), "status", "An unknown import is 400.", status(400, 404)),
    _refused("unknown-import-410", (FETCH,), "status", "An unknown import is 410.", status(410, 404)),
    _refused("unknown-import-200", (FETCH,), "status", "An unknown import is 200, with the error.", status(200, 404)),
    _refused("unknown-store-403", (LIST,), "status", "An unknown store is 403.", status(403, 404)),
    _refused("unknown-store-500", (CREATE,), "status", "An unknown store is 500.", status(500, 404)),
    _refused("bad-query-422", (LIST,), "status", "A query that is not allowed is 422.", status(422, 400)),
    _refused("bad-query-500", (LIST,), "status", "A query that is not allowed is 500.", status(500, 400)),
    _refused("bad-body-422", (CREATE,), "status", "A body that is not allowed is 422.", status(422, 400)),
    _refused("bad-body-500", (CREATE,), "status", "A body that is not allowed is 500.", status(500, 400)),
    _refused("malformed-import-404", (FETCH,), "status", "A malformed id is 404.", status(404, 400)),
    _refused("malformed-import-500", (FETCH,), "status", "A malformed id is 500.", status(500, 400)),
)


def _hurried(name: str, where: str, says: str, rule: ReplyRule) -> Drift:
    return Drift(
        name=name, operations=API, where=f"answer:{where}", says=says, level="read", wants={"rate": 20.0}, reply=rule
    )


HEADERS: tuple[Drift, ...] = (
    _hurried("retry-after-missing", "header/retry-after", "429 has no Retry-After.", headed("retry-after", None, 429)),
    _hurried(
        "retry-after-date",
        "header/retry-after",
        "429 has a date for Retry-After.",
        headed("retry-after", "Mon, 05 Oct 2026 14:48:00 GMT", 429),
    ),
    _refused("allow-missing", (CREATE, LIST), "header/allow", "405 has no Allow.", headed("allow", None, 405)),
    _refused(
        "allow-names-the-refused",
        (FETCH,),
        "header/allow",
        "405 allows every method.",
        headed("allow", "GET, HEAD, PUT, POST, PATCH, DELETE, OPTIONS, TRACE", 405),
    ),
)

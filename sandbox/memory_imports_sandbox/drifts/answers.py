"""Drifts in what create and fetch answer: fields gone, renamed, mistyped, too long, invented, or not what was said."""

from datetime import datetime, timedelta

from memory_imports_sandbox.drifts.drift import CREATE, FETCH, Drift, Json
from memory_imports_sandbox.drifts.edits import Edit, add, change, drop, put, rename, word
from memory_imports_sandbox.drifts.rules import SUCCESS, answers, body, constantly, status

_LONGEST_NAME = 255
_LONGEST_URL = 2048


def _year_earlier(moment: str) -> str:
    return (datetime.fromisoformat(moment) - timedelta(days=365)).isoformat().replace("+00:00", "Z")


def _whole(name: str, operation: str, where: str, says: str, rule: Json) -> Drift:
    return Drift(name=name, operations=(operation,), where=where, says=says, level="create", reply=rule)


_created = answers(CREATE, "create", 201)
_fetched = answers(FETCH, "create", 200)
# Of an import that has not come far, the contract's own example has no optional field.
_ended = answers(FETCH, "upload", 200)
_lower: Edit = change("/status", str.lower)

CREATED: tuple[Drift, ...] = (
    _whole("create-answers-200", CREATE, "answer:status", "A created import is 200.", status(200, 201)),
    _whole("create-answers-202", CREATE, "answer:status", "A created import is 202.", status(202, 201)),
    _whole(
        "create-answers-plain-text",
        CREATE,
        "answer:header/content-type",
        "The JSON of a created import is called plain text.",
        body(None, "text/plain", *SUCCESS),
    ),
    _created("create-id-missing", "/importId", "The new import's id is not told.", drop("/importId")),
    _created("create-id-renamed", "/importId", "The new import's id is called id.", rename("/importId", "id")),
    _created("create-id-null", "/importId", "The new import's id is null.", put("/importId", None)),
    _created("create-id-number", "/importId", "The new import's id is a number.", put("/importId", 4711)),
    _created(
        "create-id-too-long", "/importId", "The new import's id has 40 characters.", change("/importId", "{}000".format)
    ),
    _created(
        "create-id-shape",
        "/importId",
        "The new import's id has a prefix that fetch does not take.",
        change("/importId", lambda value: value.replace("mem_import_", "mem_job_")),
    ),
    _created("create-url-missing", "/url", "The upload URL is not told.", drop("/url")),
    _created("create-url-renamed", "/url", "The upload URL is called uploadUrl.", rename("/url", "uploadUrl")),
    _created("create-url-null", "/url", "The upload URL is null.", put("/url", None)),
    _created("create-url-object", "/url", "The upload URL is in an object.", change("/url", lambda url: {"href": url})),
    _created(
        "create-url-too-long",
        "/url",
        "The upload URL has more than 2048 characters.",
        change("/url", lambda url: url + "&" * (_LONGEST_URL + 1 - len(url))),
    ),
    _created("create-extra-field", "", "The answer has a third property, expiresIn.", add("/expiresIn", 1800)),
    _created("create-answer-wrapped", "", "The answer is inside of data.", lambda found: {"data": found}),
    _created("create-answer-array", "", "The answer is an array of one.", lambda found: [found]),
)

FETCHED: tuple[Drift, ...] = (
    _whole("fetch-answers-202", FETCH, "answer:status", "A fetched import is 202.", status(202, 200)),
    _whole(
        "fetch-answers-html",
        FETCH,
        "answer:",
        "A fetched import is a page for people.",
        body(b"<!doctype html><title>Import</title>", "text/html", 200),
    ),
    _fetched("fetch-answers-null", "", "A fetched import is null.", constantly(None)),
    _fetched("fetch-extra-field", "", "The status has a property nobody knows, percent.", add("/percent", 50)),
    _fetched("fetch-status-missing", "/status", "The state is not told.", drop("/status")),
    _fetched("fetch-status-renamed", "/status", "The state is called state.", rename("/status", "state")),
    _fetched("fetch-status-lower-case", "/status", "States are in lower case.", _lower),
    _fetched("fetch-status-new-word", "/status", "PENDING is called QUEUED.", word("/status", PENDING="QUEUED")),
    _fetched("fetch-status-number", "/status", "The state is a number.", put("/status", 1)),
    _fetched("fetch-filename-missing", "/filename", "The filename is not told.", drop("/filename")),
    _fetched("fetch-filename-renamed", "/filename", "The filename is called name.", rename("/filename", "name")),
    _fetched("fetch-filename-null", "/filename", "The filename is null.", put("/filename", None)),
    _fetched(
        "fetch-filename-cut",
        "/filename",
        "The last character of the filename is cut off.",
        change("/filename", lambda name: name[:-1]),
    ),
    _fetched(
        "fetch-filename-too-long",
        "/filename",
        "The filename is padded to 256 characters.",
        change("/filename", lambda name: name.ljust(_LONGEST_NAME + 1)),
    ),
    _fetched("fetch-created-at-missing", "/createdAt", "The time of creation is missing.", drop("/createdAt")),
    _fetched(
        "fetch-created-at-renamed",
        "/createdAt",
        "The time of creation is called dateCreated.",
        rename("/createdAt", "dateCreated"),
    ),
    _fetched(
        "fetch-created-at-epoch", "/createdAt", "The time of creation is a number.", put("/createdAt", 1790000000)
    ),
    _fetched(
        "fetch-created-at-no-zone",
        "/createdAt",
        "The time of creation has no zone.",
        change("/createdAt", lambda moment: moment.removesuffix("Z")),
    ),
    _fetched(
        "fetch-created-at-date-only",
        "/createdAt",
        "The time of creation is a date.",
        change("/createdAt", lambda moment: moment[:10]),
    ),
    _fetched(
        "fetch-created-at-year-earlier",
        "/createdAt",
        "The time of creation is a year too early.",
        change("/createdAt", _year_earlier),
    ),
    _ended("fetch-updated-at-missing", "/updatedAt", "The time of the last change is missing.", drop("/updatedAt")),
    _fetched("fetch-updated-at-null", "/updatedAt", "The time of the last change is null.", put("/updatedAt", None)),
    _fetched(
        "fetch-updated-at-before-creation",
        "/updatedAt",
        "The last change is a year before the creation.",
        change("/updatedAt", _year_earlier),
    ),
    _fetched(
        "fetch-updated-at-words",
        "/updatedAt",
        "The time of the last change is in words.",
        put("/updatedAt", "a moment ago"),
    ),
)

"""From any reply to a checked value or to the right error, for every operation and status of the contract."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from memory_imports import _answers, errors
from memory_imports._effects import Call, Reply
from memory_imports._endpoints import create_call, fetch_call, list_call, read_created, read_page, read_status
from memory_imports.models import ColumnMapping, ImportSummary
from memory_imports_api.contract import OPERATIONS

STORE, IMPORT = f"mem_store_{'0' * 26}", f"mem_import_{'0' * 26}"
NOW = datetime(2026, 10, 1, 12, 0, 0, tzinfo=UTC)
URL = "https://bucket.s3.amazonaws.com/a?X-Amz-Date=20261001T115900Z&X-Amz-Expires=1800&X-Amz-Signature=s3cret"
MAPPINGS = [ColumnMapping("a", "Contact", "email"), ColumnMapping("b", "Contact", "firstName")]
CREATED = {"importId": IMPORT, "url": URL}
STATUS: dict[str, Any] = {
    "status": "PROCESSING",
    "filename": "a.csv",
    "createdAt": "2026-10-01T12:00:00Z",
    "updatedAt": "2026-10-01T12:00:01.5+02:00",
    "fileSize": 3,
    "columnMappings": [
        {"columnName": m.column_name, "traitGroup": "Contact", "traitName": m.trait_name} for m in MAPPINGS
    ],
    "summary": {"errors": 1, "warnings": 2},
}
PAGE = {"imports": [IMPORT], "meta": {"key": "imports", "pageSize": 1, "nextToken": "t"}}

Operation = tuple[Call, Callable[[Call, Reply], Any], int, dict[str, Any]]
ALL: dict[str, Operation] = {
    "CreateProfilesImportV2": (create_call(STORE, "a.csv", 3, MAPPINGS), read_created, 201, CREATED),
    "FetchProfileImportV2": (fetch_call(STORE, IMPORT), read_status, 200, STATUS),
    "ListProfileImportsV2": (list_call(STORE, "desc", None, None), read_page, 200, PAGE),
}
KINDS = {
    400: errors.BadRequest,
    401: errors.CredentialsRefused,
    403: errors.CredentialsRefused,
    404: errors.NotFound,
    429: errors.RateLimited,
    500: errors.ServiceUnavailable,
    503: errors.ServiceUnavailable,
}


def reply(status: int, body: object, **headers: str) -> Reply:
    """An answer with a request id; the body is bytes, or becomes JSON."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply(status=status, headers={"twilio-request-id": "RQ1"} | named, body=content, at=NOW.timestamp())


def failure(operation: str, answer: Reply, named: str | None = None) -> Any:  # noqa: ANN401 - each has its own
    """The error that a reply becomes; it names the import of the request, or one that the reply itself names."""
    call, read, *_ = ALL[operation]
    with pytest.raises(errors.MemoryImportsError) as caught:
        read(call, answer)
    assert (named or call.import_id) == caught.value.import_id
    assert answer.headers.get("twilio-request-id") == caught.value.request_id
    return caught.value


def changed(body: dict[str, Any], path: str, value: object) -> dict[str, Any]:
    """A copy of a body with another value at a pointer."""
    copied: dict[str, Any] = json.loads(json.dumps(body))
    *steps, last = path[1:].split("/")
    place: Any = copied
    for step in steps:
        place = place[int(step)] if isinstance(place, list) else place[step]
    place[int(last) if isinstance(place, list) else last] = value
    return copied


def test_every_operation_is_tried() -> None:
    """The tables below cover the contract."""
    assert set(OPERATIONS) == set(ALL)
    assert {frozenset({success, *KINDS}) for _, _, success, _ in ALL.values()} == {
        frozenset(each["responses"]) for each in OPERATIONS.values()
    } | {frozenset({201, *KINDS})}


@pytest.mark.parametrize("operation", ALL)
@pytest.mark.parametrize("status", KINDS)
def test_a_documented_refusal_is_the_error_of_its_status(operation: str, status: int) -> None:
    """With the vendor's code and words, the request id, the import's id, and what to do."""
    words = f"Sorry. See {URL}"
    error = failure(operation, reply(status, {"code": 20404, "message": words, "status": status}))
    assert KINDS[status] is type(error)
    assert (status, 20404) == (error.status, error.code)
    assert str(error).startswith(f"{operation} was refused with {status}, code 20404: Sorry. See https://")
    assert str(error).endswith(" Request id RQ1.")
    assert "s3cret" not in str(error)


@pytest.mark.parametrize("operation", ALL)
@pytest.mark.parametrize("status", KINDS)
def test_a_refusal_without_words_is_one_too(operation: str, status: int) -> None:
    """The contract requires nothing of an error object, and promises no request id."""
    answer = Reply(status=status, headers={}, body=b"{}", at=NOW.timestamp())
    error = failure(operation, answer)
    assert (KINDS[status], status, None) == (type(error), error.status, error.code)
    assert str(error).endswith(" Request id unknown.")


@pytest.mark.parametrize(
    ("headers", "expected"), [({"retry_after": "7"}, 7.0), ({"retry_after": "soon"}, None), ({}, None)]
)
def test_a_rate_limit_says_how_long(headers: dict[str, str], expected: float | None) -> None:
    """In seconds, where it says so."""
    assert expected == failure("ListProfileImportsV2", reply(429, {}, **headers)).retry_after


@pytest.mark.parametrize("operation", ALL)
@pytest.mark.parametrize("status", [429, 500, 501, 502, 503, 504, 520, 599])
@pytest.mark.parametrize(
    "body", [b"<html>Bad gateway", b"", b"\xff\xfe", b"[1]", b"null", b"[" * 100_000, b'{"code": true}']
)
def test_a_proxys_page_is_no_drift(operation: str, status: int, body: bytes) -> None:
    """The status says enough: wait and try again."""
    error = failure(operation, reply(status, body))
    assert (KINDS.get(status, errors.ServiceUnavailable), None) == (type(error), error.code)


def test_a_vendors_words_are_one_short_printable_line() -> None:
    """They go to logs and terminals: no control character, no half of a character, no page of text."""
    words = f"a\r\nb\x1b[31mred\x00\u2028\ud800 {'long ' * 1000}"
    text = str(failure("FetchProfileImportV2", reply(503, {"message": words})))
    assert "a b" in text
    assert text.isprintable()
    assert len(text) < 1500
    text.encode()


@pytest.mark.parametrize("operation", ALL)
@pytest.mark.parametrize("status", [100, 202, 204, 206, 301, 302, 304, 307, 402, 405, 409, 418, 422])
def test_an_undocumented_status_is_drift(operation: str, status: int) -> None:
    """Whatever its body says."""
    error = failure(operation, reply(status, {"code": 20404}))
    assert (errors.ContractBroken, operation, "", status) == (type(error), error.operation, error.pointer, error.status)
    assert f"undocumented status {status}" in str(error)


@pytest.mark.parametrize("operation", ALL)
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"{",
        b'{"a": NaN}',
        b'{"a": -Infinity}',
        b"\xff",
        b"[" * 100_000,
        b'{"a": ' + b"9" * 5000 + b"}",
        b'{"a": "\\ud800"}',
    ],
    ids=["empty", "html", "half", "nan", "infinity", "bytes", "deep", "digits", "surrogate"],
)
@pytest.mark.parametrize("refusal", [False, True])
def test_what_is_no_json_is_drift(operation: str, body: bytes, refusal: bool) -> None:  # noqa: FBT001 - a table
    """In a success and in a refusal whose body says why; never a bare error of the parser."""
    error = failure(operation, reply(404 if refusal else ALL[operation][2], body))
    assert (errors.ContractBroken, operation, "") == (type(error), error.operation, error.pointer)


WRONG: list[tuple[str, str, object]] = [
    ("CreateProfilesImportV2", "/importId", 1),
    ("CreateProfilesImportV2", "/importId", None),
    ("CreateProfilesImportV2", "/url", {}),
    ("CreateProfilesImportV2", "/url", "/relative"),
    ("CreateProfilesImportV2", "/url", "https://user:pass@bucket.example/"),
    ("CreateProfilesImportV2", "/url", "https://bucket.example:port/"),
    ("CreateProfilesImportV2", "/url", "https://b.example/" + "x" * 2048),
    ("FetchProfileImportV2", "/status", None),
    ("FetchProfileImportV2", "/status", 1),
    ("FetchProfileImportV2", "/filename", ["a"]),
    ("FetchProfileImportV2", "/filename", "x" * 256),
    ("FetchProfileImportV2", "/createdAt", "yesterday"),
    ("FetchProfileImportV2", "/createdAt", 1790856000),
    ("FetchProfileImportV2", "/updatedAt", None),
    ("FetchProfileImportV2", "/fileSize", "3"),
    ("FetchProfileImportV2", "/fileSize", True),
    ("FetchProfileImportV2", "/fileSize", 0),
    ("FetchProfileImportV2", "/columnMappings", {}),
    ("FetchProfileImportV2", "/columnMappings", []),
    ("FetchProfileImportV2", "/columnMappings/1", "b"),
    ("FetchProfileImportV2", "/columnMappings/1/traitName", None),
    ("FetchProfileImportV2", "/summary", None),
    ("FetchProfileImportV2", "/summary/errors", 1.5),
    ("FetchProfileImportV2", "/summary/warnings", "2"),
    ("ListProfileImportsV2", "/imports", None),
    ("ListProfileImportsV2", "/imports/0", "x"),
    ("ListProfileImportsV2", "/imports/0", None),
    ("ListProfileImportsV2", "/meta", []),
    ("ListProfileImportsV2", "/meta/key", None),
    ("ListProfileImportsV2", "/meta/pageSize", "1"),
    ("ListProfileImportsV2", "/meta/nextToken", 1),
]


@pytest.mark.parametrize(("operation", "pointer", "value"), WRONG)
def test_a_wrong_value_is_drift_and_its_place_is_named(operation: str, pointer: str, value: object) -> None:
    """In any answer; the value itself is not repeated."""
    _, _, status, body = ALL[operation]
    was_read = pointer == "/url" and isinstance(value, str) and len(value) <= 2048
    error = failure(operation, reply(status, changed(body, pointer, value)), IMPORT if was_read else None)
    assert isinstance(error, errors.ContractBroken)
    assert (operation, pointer, status) == (error.operation, error.pointer, error.status)
    assert f"in {operation} (status {status}), {pointer} must " in str(error)
    assert not {"s3cret", "user:pass"} & set(str(error).split())


@pytest.mark.parametrize("operation", ALL)
@pytest.mark.parametrize("body", [None, [], "x", 1])
def test_an_answer_of_another_kind_is_drift(operation: str, body: object) -> None:
    """The whole of it is named."""
    error = failure(operation, reply(ALL[operation][2], body))
    assert "the answer must be of type object" in str(error)


@pytest.mark.parametrize(
    ("operation", "name"),
    [(name, field) for name in ("CreateProfilesImportV2", "FetchProfileImportV2") for field in ALL[name][3]],
)
def test_a_missing_field_is_drift_where_the_contract_requires_it(operation: str, name: str) -> None:
    """Elsewhere it is None."""
    call, read, status, body = ALL[operation]
    without = {field: value for field, value in body.items() if field != name}
    if name in {"updatedAt", "fileSize", "columnMappings", "summary"}:
        read(call, reply(status, without))
    else:
        assert f"/{name}" == failure(operation, reply(status, without)).pointer


@pytest.mark.parametrize("status", [400, 401, 404])
def test_a_refusal_that_breaks_its_own_schema_is_drift(status: int) -> None:
    """Then its words cannot be relied on, and someone should know."""
    error = failure("FetchProfileImportV2", reply(status, {"code": "20404"}))
    assert (errors.ContractBroken, "/code", status) == (type(error), error.pointer, error.status)


def test_a_status_word_that_nobody_knows_has_its_own_error() -> None:
    """The import may still end well, so that one can be waited on."""
    error = failure("FetchProfileImportV2", reply(200, changed(STATUS, "/status", "QUEUED")))
    assert (errors.UnknownState, "QUEUED", "/status") == (type(error), error.word, error.pointer)
    assert "must be one of ['PENDING', 'PROCESSING', 'COMPLETED', 'FAILED']" in str(error)


def test_a_refusal_that_a_later_contract_documents_is_still_a_refusal() -> None:
    """A status of 400 and more is never a success, whichever the contract comes to know."""
    call = ALL["FetchProfileImportV2"][0]
    with pytest.raises(errors.BadRequest) as caught:
        _answers.read(call, reply(409, {"code": 20409, "message": "busy"}), {409: {"type": "object"}}, {})
    assert (409, 20409) == (caught.value.status, caught.value.code)


def test_an_answer_without_a_schema_is_taken_as_it_is() -> None:
    """Nothing is promised of it."""
    call = ALL["FetchProfileImportV2"][0]
    assert {"any": 1} == _answers.read(call, reply(200, {"any": 1}), {200: None}, {})


def test_reads_a_created_import() -> None:
    """The URL's end is counted from the signer's clock, on ours."""
    call, read, status, body = ALL["CreateProfilesImportV2"]
    created = read(call, reply(status, body | {"new": 1}, date="Thu, 01 Oct 2026 11:59:30 GMT"))
    assert (IMPORT, URL, 3, "RQ1", {"new": 1}) == (
        created.import_id,
        created.url,
        created.file_size,
        created.request_id,
        created.extra,
    )
    assert NOW + timedelta(seconds=1800 - 60 + 30) == created.expires_at
    assert NOW + timedelta(seconds=1800 - 60) == read(call, reply(status, body)).expires_at


@pytest.mark.parametrize("end", ["", "?Expires=99999999999999", "?Expires=-99999999999999", f"?Expires={'9' * 400}"])
def test_an_end_that_is_no_moment_is_unknown(end: str) -> None:
    """Not an error: the object store will say whether it still takes the file."""
    call, read, status, body = ALL["CreateProfilesImportV2"]
    assert read(call, reply(status, body | {"url": f"https://b.example/{end}"})).expires_at is None


def test_reads_a_status() -> None:
    """Every field in its type, times with their zone, a further field kept."""
    call, read, status, body = ALL["FetchProfileImportV2"]
    found = read(call, reply(status, body | {"newField": [1]}))
    assert (IMPORT, "PROCESSING", "a.csv", 3) == (found.import_id, found.state, found.filename, found.file_size)
    assert NOW == found.created_at
    assert NOW - timedelta(hours=2) + timedelta(seconds=1.5) == found.updated_at
    assert tuple(MAPPINGS) == found.column_mappings
    assert ImportSummary(errors=1, warnings=2) == found.summary
    assert {"newField": [1]} == found.extra
    bare = read(call, reply(status, {key: body[key] for key in ("status", "filename", "createdAt")}))
    assert (None,) * 4 == (bare.updated_at, bare.file_size, bare.column_mappings, bare.summary)
    assert {} == bare.extra


@pytest.mark.parametrize(
    "text", ["2026-10-01t12:00:00z", "2026-10-01T11:59:60Z", "2026-10-01T14:00:00.000000000+02:00"]
)
def test_reads_every_date_time_that_the_contract_allows(text: str) -> None:
    """Small letters, leap seconds and many decimals are RFC 3339, and no error of the generated code."""
    call, read, status, body = ALL["FetchProfileImportV2"]
    found = read(call, reply(status, body | {"createdAt": text, "updatedAt": text}))
    assert abs(NOW - found.created_at) <= timedelta(seconds=1)
    assert found.created_at == found.updated_at


def test_whole_numbers_are_integers_however_they_are_written() -> None:
    """JSON knows one kind of number, Python two."""
    call, read, status, _ = ALL["FetchProfileImportV2"]
    text = json.dumps(STATUS).replace('"fileSize": 3', '"fileSize": 3.0').replace('"errors": 1', '"errors": 1e0')
    found = read(call, reply(status, text.encode()))
    assert ("3", "1") == (repr(found.file_size), repr(found.errors))
    assert 20404 == failure("FetchProfileImportV2", reply(404, b'{"code": 20404.0}')).code
    assert 1.5 == read(call, reply(status, STATUS | {"new": 1.5})).extra["new"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (PAGE, ((IMPORT,), "t")),
        ({}, ((), None)),
        ({"imports": []}, ((), None)),
        ({"imports": [IMPORT], "meta": {}}, ((IMPORT,), None)),
        ({"meta": {"nextToken": ""}}, ((), None)),
        ({"imports": [IMPORT], "new": 1, "newer": 2}, ((IMPORT,), None)),
    ],
)
def test_reads_a_page(body: dict[str, Any], expected: tuple[tuple[str, ...], str | None]) -> None:
    """Nothing in it is required; an empty token leads nowhere."""
    call, read, status, _ = ALL["ListProfileImportsV2"]
    assert expected == read(call, reply(status, body))


@pytest.mark.parametrize("operation", ALL)
@settings(deadline=None, max_examples=50)
@given(
    status=st.sampled_from([200, 201, 400, 401, 404, 429, 500, 503]),
    body=st.binary()
    | st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: (
            st.lists(inner) | st.dictionaries(st.sampled_from([*STATUS, *CREATED, *PAGE, "code", "message"]), inner)
        ),
    ).map(lambda value: json.dumps(value).encode()),
)
def test_no_answer_ends_in_an_error_of_another_kind(operation: str, status: int, body: bytes) -> None:
    """Whatever comes, it is a value or one of our errors, whose text can be written anywhere."""
    call, read, *_ = ALL[operation]
    try:
        read(call, reply(status, body))
    except errors.MemoryImportsError as error:
        str(error).encode()


@pytest.mark.parametrize(("given", "named"), [("mem_import_x", "mem_import_x"), ("a\x1b[31m\nb", "a [31m b")])
def test_a_created_import_that_cannot_be_asked_about_gets_no_file(given: str, named: str) -> None:
    """The contract promises no form here (see the ledger), but whoever sends it a file never hears of it again."""
    body = changed(ALL["CreateProfilesImportV2"][3], "/importId", given)
    problem = failure("CreateProfilesImportV2", reply(201, body), named)
    assert isinstance(problem, errors.ContractBroken)
    assert "/importId" == problem.pointer


def test_a_created_import_is_named_although_its_url_is_no_good() -> None:
    """It is there, and people have to know."""
    body = changed(ALL["CreateProfilesImportV2"][3], "/url", "/relative")
    assert isinstance(failure("CreateProfilesImportV2", reply(201, body), IMPORT), errors.ContractBroken)

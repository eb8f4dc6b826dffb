"""One drift, one finding: what many sights of drift come down to."""

import pytest

from memory_imports_contract.live import RULES
from memory_imports_contract.live.book import Book
from memory_imports_contract.live.conformance import faults

CREATE, FETCH = "CreateProfilesImportV2", "FetchProfileImportV2"
STATUS = {
    "type": "object",
    "required": ["status"],
    "properties": {
        "status": {"type": "string", "enum": ["PENDING"]},
        "at": {"type": "string", "format": "date-time"},
        "page": {"type": "string", "format": "uri"},
        "code": {"type": "integer", "format": "int32"},
    },
}


def test_the_same_sight_at_two_operations_is_one_finding() -> None:
    """It names both, and says how often it was seen."""
    book = Book()
    for operation in (CREATE, FETCH, FETCH):
        book.note("error-code", operation, "/answer/body/code", "Wrong.", cause="error 401")
    (found,) = book.findings()
    assert (f"{CREATE}, {FETCH}", "Wrong. Seen 3 times.") == (found.operation, found.message)


def test_a_consequence_is_silent_beside_its_cause() -> None:
    """An upload that is refused is why no import ends."""
    book = Book()
    book.note("import-never-ends", FETCH, "/answer/body/status", "Late.")
    book.note("upload-refused", "upload", "/answer/status", "Refused.")
    assert ["upload-refused"] == [finding.rule for finding in book.findings()]


def test_what_is_itself_a_consequence_has_consequences() -> None:
    """An id that is too long cannot be fetched, and breaks the pattern where it is listed."""
    book = Book()
    book.note("answer-length", CREATE, "/answer/body/importId", "Long.")
    book.note("created-id-shape", CREATE, "/answer/body/importId", "Odd.")
    book.note("answer-pattern", FETCH, "/answer/body/imports/0", "Odd, too.")
    assert ["answer-length"] == [finding.rule for finding in book.findings()]


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ("/answer/body/filename", ["echo-differs"]),
        ("/answer/body/filename/0/x", ["echo-differs"]),
        ("/answer/body/filenames", ["answer-length", "echo-differs"]),
        ("/answer/body", ["answer-length", "echo-differs"]),
    ],
)
def test_a_consequence_is_silent_only_at_the_place_of_its_cause(where: str, expected: list[str]) -> None:
    """There and below; a place in a request and the one of that name in an answer are one."""
    for side in ("/request", "/answer"):
        book = Book()
        book.note("answer-length", FETCH, where, "Long.")
        book.note("echo-differs", FETCH, f"{side}/body/filename", "Other.")
        assert expected == [finding.rule for finding in book.findings()]


def test_one_kind_of_hole_keeps_its_name_at_many_places() -> None:
    """And says where they are, and how often they were seen."""
    book = Book()
    for where in ("/request/body/a/1", "/request/body/a/2", "/request/body/a/2"):
        book.note("limit-loosened", CREATE, where, "Long.", cause=where)
    (found,) = book.findings()
    message = "Long. The same at 2 places: /request/body/a/1, /request/body/a/2. Seen 3 times."
    assert ("limit-loosened", "/request/body/a", message) == (found.rule, found.where, found.message)


def test_an_unknown_field_beside_a_missing_one_is_a_new_name() -> None:
    """Two sights, one finding, at the place of the new name."""
    book = Book()
    book.note("field-vanished", FETCH, "/answer/body/fileSize", "Gone.")
    book.note("answer-field-unknown", FETCH, "/answer/body/file_size", "New.")
    assert [("answer-field-renamed", "/answer/body/file_size")] == [(one.rule, one.where) for one in book.findings()]


def test_many_holes_of_one_validation_are_one_finding() -> None:
    """At the place above them all; different kinds of hole get the name of the whole."""
    book = Book()
    book.note("limit-loosened", CREATE, "/request/body/columnMappings/1/traitName", "Long.")
    book.note("type-unchecked", CREATE, "/request/body/columnMappings/1/columnName", "Number.")
    (found,) = book.findings()
    assert ("validation-missing", "/request/body/columnMappings/1") == (found.rule, found.where)


def test_a_rule_that_nobody_knows_is_a_mistake_of_ours() -> None:
    """Names of rules are stable, so each has to be in the table."""
    with pytest.raises(KeyError):
        Book().note("unheard-of", CREATE, "/", "What?")


def test_the_table_explains_rules_by_rules() -> None:
    """No explanation is a name that was changed elsewhere."""
    causes = {cause for rule in RULES.values() for cause in (*rule.explained_by, *rule.explained_there)}
    assert set() == causes - RULES.keys()


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ({"status": "PENDING"}, []),
        ({"status": "DONE"}, [("answer-enum", "/status")]),
        ({}, [("answer-field-missing", "/status")]),
        ({"status": None}, [("answer-null", "/status")]),
        ({"status": "PENDING", "more": 1}, [("answer-field-unknown", "/more")]),
        ({"status": "PENDING", "at": "2026-10-05T14:48:00.5+02:00"}, []),
        ({"status": "PENDING", "at": "2026-10-05t14:48:00z"}, []),
        ({"status": "PENDING", "at": "2026-10-05T14:48:00"}, [("answer-format", "/at")]),
        ({"status": "PENDING", "at": "2026-10-05 14:48:00Z"}, [("answer-format", "/at")]),
        ({"status": "PENDING", "at": "2026-02-30T14:48:00Z"}, [("answer-format", "/at")]),
        ({"status": "PENDING", "page": "docs/errors"}, [("answer-format", "/page")]),
        ({"status": "PENDING", "code": 2**31}, [("answer-format", "/code")]),
        ({"status": "PENDING", "code": True}, [("answer-type", "/code")]),
    ],
)
def test_faults_of_an_answer_are_named_by_rule_and_place(document: object, expected: list[tuple[str, str]]) -> None:
    """Formats are really checked, unknown fields are faults, null is told apart from another type."""
    assert expected == sorted((fault.rule, fault.pointer) for fault in faults(STATUS, document))

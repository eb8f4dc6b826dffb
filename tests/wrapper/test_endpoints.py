"""Requests: at each limit of the contract they are built, just over it they are refused and the field is named."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from memory_imports._effects import Call
from memory_imports._endpoints import BASE_URL, RULES, create_call, fetch_call, list_call, mappings_of
from memory_imports.errors import InvalidRequest
from memory_imports.models import ColumnMapping
from memory_imports_api.contract import CSV_RULES, SCHEMAS, SERVER

STORE, IMPORT = f"mem_store_{'0' * 26}", f"mem_import_{'0' * 26}"
FILE_SIZE, FILE_NAME, PAGE_SIZE = SCHEMAS["FileSize"], SCHEMAS["FileName"], SCHEMAS["PageSize"]
MAPPINGS = SCHEMAS["ColumnMappings"]
NAMES = SCHEMAS["ColumnMapping"]["properties"]
TOKEN = SCHEMAS["PageToken"]["maxLength"]


def mappings(count: int = MAPPINGS["minItems"], **names: str) -> Sequence[ColumnMapping]:
    """So many mappings, the last with these names."""
    last = {"column_name": "c", "trait_group": "Contact", "trait_name": "t", **names}
    return [*(ColumnMapping(f"c{at}", "Contact", f"t{at}") for at in range(count - 1)), ColumnMapping(**last)]


def create(store: Any = STORE, filename: Any = "a.csv", size: Any = 3, columns: Any = None) -> Call:  # noqa: ANN401 - wrong ones, too
    """A create request of these, or of what passes."""
    return create_call(store, filename, size, mappings() if columns is None else columns)


def listing(store: Any = STORE, order: Any = "desc", size: Any = None, token: Any = None) -> Call:  # noqa: ANN401 - wrong ones, too
    """A list request of these, or of what passes."""
    return list_call(store, order, size, token)


WITHIN: dict[str, Callable[[], Call]] = {
    "filename, longest": lambda: create(filename="é" * FILE_NAME["maxLength"]),
    "filename, empty: no minimum is given": lambda: create(filename=""),
    "file size, least": lambda: create(size=FILE_SIZE["minimum"]),
    "file size, most": lambda: create(size=FILE_SIZE["maximum"]),
    "mappings, fewest": lambda: create(columns=mappings(MAPPINGS["minItems"])),
    "mappings, most": lambda: create(columns=mappings(MAPPINGS["maxItems"])),
    "column name, longest": lambda: create(columns=mappings(column_name="x" * NAMES["columnName"]["maxLength"])),
    "trait group, longest": lambda: create(columns=mappings(trait_group="x" * NAMES["traitGroup"]["maxLength"])),
    "trait name, longest": lambda: create(columns=mappings(trait_name="x" * NAMES["traitName"]["maxLength"])),
    "store of the other kind": lambda: create(store=STORE.replace("store", "service")),
    "page size, least": lambda: listing(size=PAGE_SIZE["minimum"]),
    "page size, most": lambda: listing(size=PAGE_SIZE["maximum"]),
    "page token, longest": lambda: listing(token="x" * TOKEN),
    "order": lambda: listing(order="asc"),
}
BEYOND: dict[str, tuple[Callable[[], Call], str]] = {
    "filename": (lambda: create(filename="x" * (FILE_NAME["maxLength"] + 1)), "filename"),
    "filename of bytes": (lambda: create(filename=b"a.csv"), "filename"),
    "filename that is no text": (lambda: create(filename="a\udcff.csv"), "filename"),
    "file size, too small": (lambda: create(size=FILE_SIZE["minimum"] - 1), "fileSize"),
    "file size, too large": (lambda: create(size=FILE_SIZE["maximum"] + 1), "fileSize"),
    "file size, true": (lambda: create(size=True), "fileSize"),
    "mappings, too few": (lambda: create(columns=mappings(MAPPINGS["minItems"] - 1)), "columnMappings"),
    "mappings, too many": (lambda: create(columns=mappings(MAPPINGS["maxItems"] + 1)), "columnMappings"),
    "column name": (
        lambda: create(columns=mappings(column_name="x" * (NAMES["columnName"]["maxLength"] + 1))),
        "columnMappings.1.columnName",
    ),
    "trait group": (
        lambda: create(columns=mappings(trait_group="x" * (NAMES["traitGroup"]["maxLength"] + 1))),
        "columnMappings.1.traitGroup",
    ),
    "trait name": (
        lambda: create(columns=mappings(trait_name="x" * (NAMES["traitName"]["maxLength"] + 1))),
        "columnMappings.1.traitName",
    ),
    "store, creating": (lambda: create(store="mem_store_1"), "storeId"),
    "store, listing": (lambda: listing(store=f"{STORE}\n"), "storeId"),
    "store, fetching": (lambda: fetch_call("../..", IMPORT), "storeId"),
    "no store": (lambda: create(store=None), "storeId"),
    "import": (lambda: fetch_call(STORE, "mem_import_8" + "0" * 25), "importId"),
    "import of a path": (lambda: fetch_call(STORE, f"{IMPORT}/.."), "importId"),
    "page size, too small": (lambda: listing(size=PAGE_SIZE["minimum"] - 1), "pageSize"),
    "page size, too large": (lambda: listing(size=PAGE_SIZE["maximum"] + 1), "pageSize"),
    "page size as text": (lambda: listing(size="50"), "pageSize"),
    "page token": (lambda: listing(token="x" * (TOKEN + 1)), "pageToken"),
    "order": (lambda: listing(order="newest"), "orderBy"),
    "no order": (lambda: listing(order=None), "orderBy"),
}


@pytest.mark.parametrize("case", WITHIN)
def test_builds_a_request_at_each_limit(case: str) -> None:
    """The limit itself is allowed."""
    assert isinstance(WITHIN[case](), Call)


@pytest.mark.parametrize("case", BEYOND)
def test_refuses_a_request_beyond_each_limit(case: str) -> None:
    """One sentence that names the field, and not what was in it."""
    build, field = BEYOND[case]
    with pytest.raises(InvalidRequest, match=r"nothing was sent\.$") as caught:
        build()
    assert field == caught.value.field
    assert "xxx" not in str(caught.value)
    str(caught.value).encode()


def test_a_create_request_is_what_the_contract_says() -> None:
    """Method, path and body; the mappings can be read back from it."""
    call = create()
    assert ("CreateProfilesImportV2", "POST", f"/v1/Stores/{STORE}/Profiles/Imports") == (
        call.operation,
        call.method,
        call.path,
    )
    assert {"filename": "a.csv", "fileSize": 3} == {name: call.json[name] for name in ("filename", "fileSize")}
    assert {"columnName": "c0", "traitGroup": "Contact", "traitName": "t0"} == call.json["columnMappings"][0]
    assert ({}, None) == (call.query, call.import_id)
    assert tuple(mappings()) == mappings_of(call)


def test_a_fetch_request_names_its_import() -> None:
    """In the path, and for the errors that may come of it."""
    call = fetch_call(STORE, IMPORT)
    assert ("GET", f"/v1/Stores/{STORE}/Profiles/Imports/{IMPORT}") == (call.method, call.path)
    assert (IMPORT, None, {}) == (call.import_id, call.json, call.query)


def test_a_list_request_says_only_what_was_asked() -> None:
    """The order always, in the contract's letters; size and token where they are given."""
    assert {"orderBy": "DESC"} == listing().query
    assert {"orderBy": "ASC", "pageSize": 7, "pageToken": "t&=/"} == listing(order="asc", size=7, token="t&=/").query


def test_rules_for_files_and_the_server_come_from_the_contract() -> None:
    """No second place says them."""
    assert SERVER == BASE_URL
    assert FILE_SIZE["maximum"] == RULES.max_bytes
    assert (CSV_RULES["maxRows"], CSV_RULES["maxColumns"]) == (RULES.max_rows, RULES.max_columns)
    assert CSV_RULES["maxTraitCharacters"] == RULES.max_characters
    assert set(CSV_RULES["identifiers"]) == RULES.identifiers
    assert CSV_RULES["deleteMarker"] == RULES.delete_marker

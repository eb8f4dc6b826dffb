"""The three operations: what they answer, and in which order faults are found."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from memory_imports_sandbox.contract import packaged

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.sandbox.conftest import Home

    from memory_imports_sandbox.messages import Reply

BODY: dict[str, Any] = {
    "filename": "people.csv",
    "fileSize": 10,
    "columnMappings": [
        {"columnName": "email", "traitGroup": "Contact", "traitName": "email"},
        {"columnName": "first", "traitGroup": "Contact", "traitName": "firstName"},
    ],
}
ELSEWHERE = "mem_store_7zzzzzzzzzzzzzzzzzzzzzzzzz"


def code(reply: Reply) -> tuple[int, int]:
    """Status and code of an error."""
    return reply.status, json.loads(reply.body)["code"]


def test_a_created_import_can_be_fetched(home: Home) -> None:
    """What was announced comes back, with the times and no summary yet."""
    import_id, url = home.create(81234)
    assert url.startswith("http://127.0.0.1:4010/")
    assert len(url) <= 2048
    status = home.status(import_id)
    assert "PENDING" == status["status"]
    assert 81234 == status["fileSize"]
    assert "people.csv" == status["filename"]
    assert "2026-09-21T14:13:20Z" == status["createdAt"] == status["updatedAt"]
    assert "summary" not in status


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"fileSize": 0}, "fileSize"),
        ({"fileSize": 104857601}, "fileSize"),
        ({"fileSize": "10"}, "fileSize"),
        ({"fileSize": True}, "fileSize"),
        ({"filename": "x" * 256}, "filename"),
        ({"filename": None}, "filename"),
        ({"columnMappings": BODY["columnMappings"][:1]}, "columnMappings"),
        ({"columnMappings": BODY["columnMappings"] * 51}, "columnMappings"),
        ({"columnMappings": [*BODY["columnMappings"], {"columnName": "x"}]}, "columnMappings[2]"),
        ({"columnMappings": [*BODY["columnMappings"], BODY["columnMappings"][0] | {"x": 1}]}, "columnMappings[2]"),
        (
            {"columnMappings": [*BODY["columnMappings"], BODY["columnMappings"][0] | {"traitName": "x" * 65}]},
            "traitName",
        ),
        ({"fourth": 1}, "maxProperties"),
    ],
)
def test_a_create_request_is_held_against_the_contract(home: Home, change: dict[str, Any], place: str) -> None:
    """Each constraint of the body is refused with its place, and no value is repeated."""
    reply = home.call("POST", home.base, document=BODY | change)
    assert (400, 520046) == code(reply)
    assert place in json.loads(reply.body)["message"]


@pytest.mark.parametrize("name", ["filename", "fileSize", "columnMappings"])
def test_every_field_of_a_create_request_is_required(home: Home, name: str) -> None:
    """Nothing has a default."""
    document = {key: value for key, value in BODY.items() if key != name}
    assert (400, 520046) == code(home.call("POST", home.base, document=document))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff",
        b'{"fileSize": NaN}',
        b"[" * 100_000,
        b"1" * 5000,
        json.dumps(BODY | {"filename": "\ud800"}).encode(),
        json.dumps(BODY).encode() + b" " * (1 << 20),
        b"null",
        b"[]",
    ],
    ids=["empty", "cut", "not-utf8", "nan", "deep", "long-number", "lone-surrogate", "too-long", "null", "list"],
)
def test_a_broken_body_is_a_bad_request(home: Home, body: bytes) -> None:
    """Whatever was sent, the answer is the error object."""
    assert (400, 520046) == code(home.call("POST", home.base, document=body))


def test_a_body_must_be_called_json(home: Home) -> None:
    """The contract knows no 415, so it is a bad request; parameters of the media type do not matter."""
    good = json.dumps(BODY).encode()
    assert (400, 520046) == code(home.call("POST", home.base, document=good, content_type="text/csv"))
    assert 201 == home.call("POST", home.base, document=good, content_type="Application/JSON; charset=utf-8").status


def test_faults_are_found_in_the_order_of_a_real_service(home: Home) -> None:
    """Credentials, path, method, store, parameters, body: each step hides those behind it."""
    elsewhere = home.base.replace(home.world.account.store_id, ELSEWHERE)
    malformed = home.base.replace(home.world.account.store_id, "mem_shop_1")
    assert (401, 20003) == code(home.call("POST", "/nowhere", authorization="Basic eDp5"))
    assert (404, 20404) == code(home.call("POST", "/nowhere"))
    wrong_method = home.call("PATCH", malformed)
    assert (405, 405) == code(wrong_method)
    assert "GET, POST" == dict(wrong_method.headers)["allow"]
    assert (400, 520049) == code(home.call("POST", malformed, document=b"{"))
    assert (404, 520041) == code(home.call("POST", elsewhere, document=b"{"))
    assert (404, 520041) == code(home.call("GET", f"{elsewhere}/nonsense"))
    assert (400, 520046) == code(home.call("GET", f"{home.base}/nonsense"))
    assert (404, 20404) == code(home.call("GET", f"{home.base}/mem_import_" + "0" * 26))


def test_paths_are_decoded_by_segment(home: Home) -> None:
    """An id may be percent-encoded; an encoded slash does not part segments."""
    import_id, _ = home.create(10)
    assert 200 == home.call("GET", f"{home.base}/{import_id.replace('_', '%5F')}").status
    assert (400, 520046) == code(home.call("GET", f"{home.base}/{import_id}%2F"))


@pytest.mark.parametrize(
    "query",
    [
        "pageSize=0",
        "pageSize=1001",
        "pageSize=ten",
        "pageSize=",
        "pageSize=1.5",
        "pageSize=" + "9" * 5000,
        "pageSize=1&pageSize=2",
        "orderBy=asc",
        "orderBy=",
        "pageToken=",
        "pageToken=bmV4dDoy",
        "pageToken=%C3%A9",
        "pageToken=" + "x" * 4097,
    ],
)
def test_a_bad_query_is_refused(home: Home, query: str) -> None:
    """Types, limits, doubles and tokens that the list never gave."""
    assert (400, 520046) == code(home.call("GET", home.base, query))


def test_unknown_query_parameters_are_ignored(home: Home) -> None:
    """As are doubles of them."""
    assert [] == home.get(home.base, "colour=red&colour=blue")["imports"]


def pages(home: Home, query: str, direction: str = "nextToken") -> list[list[str]]:
    """Every page from the query on."""
    found = []
    token = ""
    for _ in range(20):
        page = home.get(home.base, query + token)
        assert "imports" == page["meta"]["key"]
        found.append(page["imports"])
        if direction not in page["meta"]:
            return found
        token = "&pageToken=" + page["meta"][direction]
    raise AssertionError("The pages have no end.")


@pytest.mark.parametrize("order", ["ASC", "DESC"])
def test_pages_hold_every_import_once_in_order(home: Home, order: str) -> None:
    """Newest first or oldest first, and nothing lost or repeated between pages."""
    made = [home.create(10)[0] for _ in range(7)]
    expected = made if order == "ASC" else made[::-1]
    found = pages(home, f"pageSize=3&orderBy={order}")
    assert [3, 3, 1] == [len(page) for page in found]
    assert expected == [import_id for page in found for import_id in page]


def test_the_way_back_leads_through_the_same_pages(home: Home) -> None:
    """The previousToken of the last page gives the page before, and the first page has none."""
    made = [home.create(10)[0] for _ in range(6)][::-1]
    first = home.get(home.base, "pageSize=2")
    assert "previousToken" not in first["meta"]
    second = home.get(home.base, "pageSize=2&pageToken=" + first["meta"]["nextToken"])
    third = home.get(home.base, "pageSize=2&pageToken=" + second["meta"]["nextToken"])
    assert "nextToken" not in third["meta"]
    back = home.get(home.base, "pageSize=2&pageToken=" + third["meta"]["previousToken"])
    assert made[2:4] == back["imports"] == second["imports"]


def test_pages_do_not_shift_while_imports_arrive(home: Home) -> None:
    """A page goes on from an import, not from a count."""
    made = [home.create(10)[0] for _ in range(4)]
    first = home.get(home.base, "pageSize=2")
    home.create(10)
    second = home.get(home.base, "pageSize=2&pageToken=" + first["meta"]["nextToken"])
    assert made[::-1] == first["imports"] + second["imports"]


def test_a_page_never_holds_more_than_the_contract_allows(home: Home) -> None:
    """A wish for 1000 gives 100, and says so."""
    for _ in range(101):
        home.create(10)
    page = home.get(home.base, "pageSize=1000")
    assert 100 == len(page["imports"]) == page["meta"]["pageSize"]
    assert 50 == len(home.get(home.base)["imports"])


def test_a_token_belongs_to_its_order_and_its_sandbox(home: Home) -> None:
    """Turning the order around in the middle, or changing a character, is refused."""
    home.create(10)
    home.create(10)
    token = home.get(home.base, "pageSize=1&orderBy=ASC")["meta"]["nextToken"]
    assert 200 == home.call("GET", home.base, f"orderBy=ASC&pageToken={token}").status
    for wrong in (f"orderBy=DESC&pageToken={token}", f"orderBy=ASC&pageToken={token[:-1]}", f"pageToken=A{token}"):
        assert (400, 520046) == code(home.call("GET", home.base, wrong))


def test_an_empty_list_has_no_tokens(home: Home) -> None:
    """Only what is always there."""
    assert {"imports": [], "meta": {"key": "imports", "pageSize": 50}} == home.get(home.base)


def test_the_contract_decides_even_what_the_sandbox_cannot_do(make_home: Callable[..., Home], tmp_path: Path) -> None:
    """A changed specification changes the sandbox: a new limit, a new required parameter, a new operation."""
    document = yaml.safe_load(packaged().read_text(encoding="utf-8"))
    document["components"]["schemas"]["FileSize"]["maximum"] = 20
    document["components"]["parameters"]["PageSize"]["required"] = True
    document["paths"]["/v1/Stores/{storeId}/Profiles/Imports/{importId}"]["get"]["operationId"] = "Other"
    changed = tmp_path / "imports.yaml"
    changed.write_text(yaml.safe_dump(document), encoding="utf-8")
    home = make_home(spec=changed)
    assert (400, 520046) == code(home.call("POST", home.base, document=BODY | {"fileSize": 21}))
    assert 201 == home.call("POST", home.base, document=BODY | {"fileSize": 20}).status
    assert (400, 520046) == code(home.call("GET", home.base))
    assert 200 == home.call("GET", home.base, "pageSize=5").status
    assert (404, 20404) == code(home.call("GET", f"{home.base}/mem_import_" + "0" * 26))

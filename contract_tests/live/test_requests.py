"""What single checks send: to whom, how much of it, and what of the answers they look at."""

import json
import re
from collections.abc import Callable
from urllib.parse import urlsplit

import httpx
import pytest

from live.at_once import HERE, Clock, answering
from memory_imports_contract.live import contract
from memory_imports_contract.live.bench import Bench
from memory_imports_contract.live.checks.access import unknown_store
from memory_imports_contract.live.checks.burst import burst
from memory_imports_contract.live.checks.generated import generated
from memory_imports_contract.live.checks.methods import methods, older_path
from memory_imports_contract.live.session import Session

CONTRACT = contract.read()
STORE = "mem_store_01aaaaaaaaaaaaaaaaaaaaaaaa"
IMPORT = "mem_import_01aaaaaaaaaaaaaaaaaaaaaaaa"
JSON = {"content-type": "application/json"}
ERROR = {"code": 20404, "message": "No.", "more_info": "https://a.example", "status": 404}


def sent(
    check: Callable[[Bench], object],
    level: str,
    answer: Callable[[], httpx.Response] = lambda: httpx.Response(404, headers=JSON, json=ERROR),
    budget: int = 1000,
    seed: int = 0,
) -> tuple[list[httpx.Request], Bench]:
    """What a check sends to a server that answers everything alike, and the bench after it."""
    came: list[httpx.Request] = []

    def record(request: httpx.Request) -> httpx.Response:
        request.read()
        came.append(request)
        return answer()

    with answering(Clock(), record), Session(HERE, ("u", "p"), budget, 0.0) as session:
        bench = Bench(CONTRACT, session, STORE, level, seed, 1.0)
        bench.listed.append(IMPORT)
        check(bench)
    return came, bench


def rules(bench: Bench) -> list[str]:
    """What was found."""
    return [finding.rule for finding in bench.book.findings()]


@pytest.mark.parametrize(("level", "target"), [("read", None), ("create", IMPORT)])
def test_no_other_method_could_do_harm(level: str, target: str | None) -> None:
    """Nobody's store is deleted, and below `create` no import that somebody has."""
    came, bench = sent(methods, level)
    asked = {(one.method, urlsplit(str(one.url)).path.count("/") == 6) for one in came}
    assert {("PUT", False), ("PATCH", False), ("DELETE", False)} | {
        (method, True) for method in ("PUT", "PATCH", "DELETE", "POST")
    } == asked
    for one in came:
        path = urlsplit(str(one.url)).path
        if path.count("/") == 6:
            assert target in (None, path.rpartition("/")[2])
            assert (IMPORT in path) is (target is not None)
        assert (one.method == "DELETE" and path.count("/") == 5) is (STORE not in path)
        assert (b"" if one.method == "DELETE" else b"{}") == one.content
    assert (7, []) == (sum(bench.cases.values()), rules(bench))


def test_the_older_path_is_in_the_singular() -> None:
    """And counts as a case."""
    (one,), bench = sent(older_path, "read")
    assert (f"/v1/Stores/{STORE}/Profiles/Import", 1) == (urlsplit(str(one.url)).path, bench.cases.total())


@pytest.mark.parametrize(
    ("status", "headers", "found", "cases"),
    [
        (429, JSON, ["retry-after-missing"], 32),
        (200, {"content-type": "text/html"}, ["content-type"], 32),
        (404, {"content-type": "text/html"}, [], 0),
        (0, {}, [], 0),
    ],
)
def test_a_burst_looks_at_successes_and_at_429(
    status: int, headers: dict[str, str], found: list[str], cases: int
) -> None:
    """32 requests, each sent once; anything else, a lost connection too, is a server that is busy."""

    def answer() -> httpx.Response:
        if not status:
            raise httpx.ConnectError("Lost.")
        return httpx.Response(status, headers=headers, json={**ERROR, "code": 20429, "status": 429})

    came, bench = sent(burst, "read", answer)
    assert 32 == len(came)
    assert {"GET"} == {one.method for one in came}
    assert (found, cases) == (rules(bench), bench.cases.total())


def test_a_burst_keeps_the_budget() -> None:
    """It takes what is left."""
    came, _ = sent(burst, "read", budget=5)
    assert 5 == len(came)


@pytest.mark.parametrize("level", ["read", "create"])
def test_generated_requests_are_so_many_of_each_kind(level: str) -> None:
    """Of the list those that are allowed and forbidden, of an import ids that nobody has, and bodies where one may."""
    came, _ = sent(lambda bench: generated(bench, 3), level)
    posts = [json.loads(one.content) for one in came if one.method == "POST"]
    paths = [urlsplit(str(one.url)).path for one in came if one.method == "GET"]
    ids = [path.rpartition("/")[2] for path in paths if path.count("/") == 6]
    assert (3, 6, {"read": 0, "create": 6}[level]) == (len(ids), len(paths) - len(ids), len(posts))
    assert all(re.fullmatch(r"mem_import_[0-7][0-9a-z]{25}", one) and one != IMPORT for one in ids)
    assert [True] * len(posts[:3]) == [len(one) == 3 for one in posts[:3]]
    assert len(posts) == len({json.dumps(one) for one in posts})


def test_stores_of_every_kind_are_made_up() -> None:
    """For every operation, and none of them is the one that is there."""
    came, _ = sent(unknown_store, "create")
    asked = {
        (one.method, path.count("/"), path.split("/")[3][:-26])
        for one in came
        for path in [urlsplit(str(one.url)).path]
    }
    kinds = [("GET", 5), ("POST", 5), ("GET", 6)]
    assert {(*kind, name) for kind in kinds for name in ("mem_store_", "mem_service_")} == asked
    assert not [one for one in came if STORE in str(one.url)]


def test_every_request_of_a_check_is_one_case() -> None:
    """Counted under its operation."""
    came, bench = sent(unknown_store, "create")
    assert len(came) == bench.cases.total()
    assert {"CreateProfilesImportV2": 2, "FetchProfileImportV2": 2, "ListProfileImportsV2": 2} == dict(bench.cases)

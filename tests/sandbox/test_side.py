"""`/_sandbox/` shows what the API does not tell, and changes nothing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.sandbox.conftest import Home

DATA = "email,phone,first\n" + "".join(f"p{n}@x.y,,P{n}\n" for n in range(5))


def test_profiles_come_in_pages_with_a_total(home: Home) -> None:
    """Oldest first."""
    home.take_in(DATA)
    page = home.get("/_sandbox/profiles", "limit=2&offset=3")
    assert 5 == page["total"]
    assert ["P3", "P4"] == [profile["traits"]["Contact"]["firstName"] for profile in page["profiles"]]


def test_one_profile_can_be_asked_for(home: Home) -> None:
    """By the id that the page shows."""
    seen = home.take_in(DATA)
    profile = home.get("/_sandbox/profiles", "limit=1")["profiles"][0]
    assert profile == home.get("/_sandbox/profiles/" + profile["id"])
    assert seen["importId"] == profile["lastImportId"]
    assert {"email": ["p0@x.y"]} == profile["identifiers"]


@pytest.mark.parametrize("name", ["mem_profile_" + "0" * 26, "mem_profile_" + "7" * 26, "x", "mem_profile_" + "u" * 26])
def test_a_profile_that_is_not_there_is_not_found(home: Home, name: str) -> None:
    """However its id is spelled."""
    assert 404 == home.call("GET", f"/_sandbox/profiles/{name}").status


@pytest.mark.parametrize("query", ["limit=-1", "limit=x", "offset=-1", "limit=1001", "limit=9999999999999"])
def test_pages_have_limits(home: Home, query: str) -> None:
    """With the error object, as everywhere."""
    assert 400 == home.call("GET", "/_sandbox/profiles", query).status


def test_imports_are_shown_newest_first(home: Home) -> None:
    """With their counts; a file's name, never its URL."""
    first, second = home.take_in(DATA), home.take_in(DATA)
    found = home.get("/_sandbox/imports")
    assert 2 == found["total"]
    assert [second["importId"], first["importId"]] == [item["importId"] for item in found["imports"]]
    assert (5, 5) == (first["created"], second["updated"])
    assert "Signature" not in json.dumps(found)


def test_every_whole_file_that_comes_is_counted(home: Home) -> None:
    """Wanted or not; half a file is none."""
    import_id, url = home.create(len(DATA))
    assert 0 == home.seen(import_id)["uploads"]
    home.put(url, DATA.encode()[:-1], content_length=str(len(DATA)))
    assert 0 == home.seen(import_id)["uploads"]
    for number in (1, 2):
        home.put(url, DATA.encode())
        assert number == home.seen(import_id)["uploads"]
    home.finish()
    home.put(url, DATA.encode())
    assert (3, 5) == (home.seen(import_id)["uploads"], home.seen(import_id)["created"])


def test_there_are_no_faults_to_look_at_in_fair_weather(home: Home) -> None:
    """Rather than none counted."""
    assert 404 == home.call("GET", "/_sandbox/faults").status


def test_the_last_requests_are_remembered_without_their_secrets(home: Home) -> None:
    """Method, path, status, id, time and header names; no query, no header value, no body."""
    home.take_in(DATA)
    text = json.dumps(home.get("/_sandbox/requests"))
    shown = json.loads(text)["requests"]
    assert ["POST", "PUT"] == [request["method"] for request in shown[:2]]
    assert {"method", "path", "status", "requestId", "time", "headers"} == set(shown[0])
    assert (201, home.now) == (shown[0]["status"], shown[0]["time"])
    assert ["host", "authorization", "content-type"] == shown[0]["headers"]
    for secret in ("Signature", home.credentials, "p0@x.y", "people.csv"):
        assert secret not in text


def test_only_the_last_two_hundred_requests_are_remembered(home: Home) -> None:
    """It is a look at what just happened, not a log."""
    for _ in range(201):
        home.send("GET", "/")
    assert 200 == len(home.get("/_sandbox/requests")["requests"])


def test_the_side_is_behind_the_same_credentials_and_for_looking_only(home: Home) -> None:
    """Profiles are people."""
    assert 401 == home.send("GET", "/_sandbox/profiles").status
    reply = home.call("DELETE", "/_sandbox/profiles")
    assert (405, "GET, HEAD") == (reply.status, dict(reply.headers)["allow"])
    assert 404 == home.call("GET", "/_sandbox/nothing").status

"""Who comes in: credentials, host names, and how many requests a second."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sandbox.conftest import Home


def basic(text: str) -> str:
    """The header's value for a user name and a password."""
    return "Basic " + base64.b64encode(text.encode()).decode()


@pytest.mark.parametrize(
    "value",
    ["", "Basic", "Basic !!!", "Basic é", "Bearer x", basic("SK1:wrong"), basic("wrong:secret"), basic("SK1:secret ")],
)
def test_wrong_credentials_are_refused(make_home: Callable[..., Home], value: str) -> None:
    """With 401, the vendor's code and a challenge."""
    home = make_home(username="SK1", password="secret")
    reply = home.call("GET", home.base, authorization=value)
    assert (401, 20003) == (reply.status, json.loads(reply.body)["code"])
    assert "Basic" in dict(reply.headers)["www-authenticate"]


def test_good_credentials_may_hold_colons_and_any_letters(make_home: Callable[..., Home]) -> None:
    """The first colon parts them; the scheme's case does not matter."""
    home = make_home(username="SK1", password="pä:ss:wörd")
    assert 200 == home.call("GET", home.base, authorization=basic("SK1:pä:ss:wörd").replace("B", "b", 1)).status


@pytest.mark.parametrize(
    "host",
    ["localhost", "localhost:80", "127.0.0.1:4010", "127.0.0.2", "127.1.2.3:80", "[::1]", "[::1]:4010", "LOCALHOST"],
)
def test_this_machine_may_be_called_by_its_names(home: Home, host: str) -> None:
    """With or without a port: by every address on which it may listen without further words."""
    assert 200 == home.call("GET", home.base, host=host).status


@pytest.mark.parametrize(
    "host",
    [
        "",
        "example.org",
        "localhost.example.org:80",
        "127.0.0.1.example.org",
        "evil:localhost",
        "128.0.0.1",
        "[localhost]",
        "::1",
        "[::1",
        "[::1]]",
        "[::1]x:80",
        "127.0.0.1:80:80",
    ],
)
def test_another_host_name_is_refused(home: Home, host: str) -> None:
    """A web page that points its own name here gets nothing, not even with the credentials."""
    reply = home.call("GET", home.base, host=host)
    assert (403, 403) == (reply.status, json.loads(reply.body)["code"])


def test_any_host_name_will_do_where_other_machines_are_meant(make_home: Callable[..., Home]) -> None:
    """The URL for the upload then has that name too."""
    home = make_home(allow_remote=True, host="0.0.0.0")  # noqa: S104 - nothing listens here
    assert 200 == home.call("GET", home.base, host="sandbox.example.org").status


def test_too_many_requests_are_told_when_to_come_back(make_home: Callable[..., Home]) -> None:
    """A second's worth may come at once; after the Retry-After it goes on."""
    home = make_home(rate=2)
    statuses = [home.call("GET", home.base).status for _ in range(3)]
    assert [200, 200, 429] == statuses
    refused = home.call("GET", home.base)
    assert ("1", 20429) == (dict(refused.headers)["retry-after"], json.loads(refused.body)["code"])
    home.now += 1
    assert [200, 200, 429] == [home.call("GET", home.base).status for _ in range(3)]


def test_a_slow_rate_says_so_in_whole_seconds(make_home: Callable[..., Home]) -> None:
    """One request in ten seconds."""
    home = make_home(rate=0.1)
    assert 200 == home.call("GET", home.base).status
    home.now += 0.5
    assert "10" == dict(home.call("GET", home.base).headers)["retry-after"]
    home.now += 9.5
    assert 200 == home.call("GET", home.base).status


def test_the_rate_is_for_the_account_and_not_for_looking(make_home: Callable[..., Home]) -> None:
    """Strangers cannot use it up, and `/_sandbox/` does not count."""
    home = make_home(rate=1)
    for _ in range(3):
        assert 401 == home.send("GET", home.base).status
        assert 200 == home.call("GET", "/_sandbox/requests").status
    assert 200 == home.call("GET", home.base).status

"""Store, credentials, base URL and name: who wins, and what is refused before a credential is sent anywhere."""

import platform
import re
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memory_imports import __version__
from memory_imports._settings import Credentials, Settings, settings
from memory_imports.errors import CredentialsMissing, InvalidRequest
from memory_imports_api.contract import SERVER

STORE = f"mem_store_{'0' * 26}"
KEY = {"TWILIO_API_KEY": "SKkey", "TWILIO_API_SECRET": "key-secret"}
ACCOUNT = {"TWILIO_ACCOUNT_SID": "ACsid", "TWILIO_AUTH_TOKEN": "account-secret"}


def made(environ: Mapping[str, str] | None = None, **given: Any) -> Settings:  # noqa: ANN401 - any argument
    """Settings with a store and credentials, unless told otherwise."""
    return settings(environ=environ if environ is not None else {"TWILIO_MEMORY_STORE_ID": STORE, **KEY}, **given)


def test_an_argument_wins_over_the_environment() -> None:
    """What is said in the code is meant."""
    environ = {"TWILIO_MEMORY_STORE_ID": "other", "TWILIO_MEMORY_BASE_URL": "https://other.example", **KEY}
    found = settings(STORE, credentials=("SKme", "mine"), base_url="https://me.example", environ=environ)
    assert STORE == found.store_id
    assert "https://me.example" == found.base_url
    assert Credentials("SKme", "mine") == found.credentials


def test_the_environment_fills_what_is_not_given() -> None:
    """Store, base URL and credentials; without a base URL it is the contract's server."""
    environ = {"TWILIO_MEMORY_STORE_ID": STORE, "TWILIO_MEMORY_BASE_URL": "https://env.example", **KEY}
    assert (STORE, "https://env.example") == (made(environ).store_id, made(environ).base_url)
    assert SERVER == made().base_url


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        (KEY | ACCOUNT, Credentials("SKkey", "key-secret")),
        (KEY, Credentials("SKkey", "key-secret")),
        (ACCOUNT, Credentials("ACsid", "account-secret")),
        (ACCOUNT | {"TWILIO_API_KEY": "SKkey"}, Credentials("ACsid", "account-secret")),
        (ACCOUNT | {"TWILIO_API_KEY": "SKkey", "TWILIO_API_SECRET": ""}, Credentials("ACsid", "account-secret")),
    ],
)
def test_an_api_key_comes_first(environ: dict[str, str], expected: Credentials) -> None:
    """Half an API key is none."""
    assert expected == made({"TWILIO_MEMORY_STORE_ID": STORE, **environ}).credentials


@pytest.mark.parametrize("half", [{}, *({name: value} for name, value in (KEY | ACCOUNT).items())])
def test_says_which_credentials_are_missing(half: dict[str, str]) -> None:
    """Both ways to have some are named, what is there of them is not."""
    with pytest.raises(CredentialsMissing, match=r"TWILIO_API_KEY.*TWILIO_AUTH_TOKEN") as caught:
        made({"TWILIO_MEMORY_STORE_ID": STORE, **half})
    assert not any(value in str(caught.value) for value in half.values())


@pytest.mark.parametrize("environ", [KEY, KEY | {"TWILIO_MEMORY_STORE_ID": ""}])
def test_says_that_the_store_is_missing(environ: dict[str, str]) -> None:
    """An empty variable is none."""
    with pytest.raises(InvalidRequest, match="TWILIO_MEMORY_STORE_ID") as caught:
        made(environ)
    assert "store_id" == caught.value.field


UNFIT = {
    "no user name": ("", "s3cret-word"),
    "no secret": ("SKkey", ""),
    "a colon, which parts name and secret": ("SK:key", "s3cret-word"),
    "a line break from a file": ("SKkey", "s3cret-word\n"),
    "a blank before": (" SKkey", "s3cret-word"),
    "not ASCII, whose bytes no rule fixes": ("SKkey", "s3cret-w\u00f6rd"),
    "not even text": ("SKkey", "s3cret-word\udcff"),
    "a control character": ("SKkey", "s3cret-\x00word"),
}


@pytest.mark.parametrize("case", UNFIT)
@pytest.mark.parametrize("way", ["pair", "object", "environment"])
def test_refuses_credentials_that_cannot_be_signed_in_with(case: str, way: str) -> None:
    """Said here, they are a sentence; sent, they would be a 401 with no reason. They are not repeated."""
    username, password = UNFIT[case]
    environ = {"TWILIO_MEMORY_STORE_ID": STORE}
    given: dict[str, Any] = {}
    match way:
        case "pair":
            given["credentials"] = (username, password)
        case "object":
            given["credentials"] = Credentials(username, password)
        case _:
            environ |= {"TWILIO_API_KEY": username, "TWILIO_API_SECRET": password}
    with pytest.raises((InvalidRequest, CredentialsMissing)) as caught:
        made(environ, **given)
    assert "s3cret" not in str(caught.value)
    assert isinstance(caught.value, CredentialsMissing) == (way == "environment" and not (username and password))


def test_a_secret_may_hold_a_colon() -> None:
    """Only the first one parts."""
    assert "a:b c~" == made(credentials=("SKkey", "a:b c~")).credentials.password


BASE_URLS: dict[str, bool] = {
    "https://memory.example": True,
    "https://memory.example/": True,
    "https://memory.example:8443/gateway": True,
    "HTTPS://MEMORY.EXAMPLE": True,
    "http://127.0.0.1:8000": True,
    "http://127.1.2.3": True,
    "http://localhost:8000": True,
    "http://LOCALHOST": True,
    "http://[::1]:8000": True,
    "http://memory.example": False,
    "http://0.0.0.0:8000": False,
    "http://10.0.0.1": False,
    "http://localhost.evil.example": False,
    "http://127.0.0.1.evil.example": False,
    "http://127.1": False,
    "memory.example": False,
    "//memory.example": False,
    "ftp://memory.example": False,
    "https://": False,
    "https://:443": False,
    "https://user:secret@memory.example": False,
    "https://@memory.example": False,
    "https://memory.example?key=secret": False,
    "https://memory.example/#part": False,
    "https://memory.example:0": False,
    "https://memory.example:99999": False,
    "https://memory.example:https": False,
    "https://[memory.example": False,
    "https://memory..example": False,
    "https://mem ory.example": False,
    "https://memory.example\n": False,
    " https://memory.example": False,
    "https://memory.example\\@evil.example": False,
}


@pytest.mark.parametrize(("base_url", "fit"), BASE_URLS.items())
def test_refuses_a_base_url_before_credentials_go_there(base_url: str, fit: bool) -> None:  # noqa: FBT001 - a table
    """Only https, or this machine; nothing that the HTTP library would stumble over; no secret is repeated."""
    if fit:
        assert base_url.lower().rstrip("/") == made(base_url=base_url).base_url
        return
    with pytest.raises(InvalidRequest) as caught:
        made(base_url=base_url)
    assert "base_url" == caught.value.field
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("base_url", "spelled"),
    [
        ("https://Memory.Example:443/", "https://memory.example"),
        ("http://LOCALHOST:80", "http://localhost"),
        ("https://memory.example/Gate/way/", "https://memory.example/Gate/way"),
        ("http://[::1]:8000/", "http://[::1]:8000"),
    ],
)
def test_a_base_url_has_one_spelling(base_url: str, spelled: str) -> None:
    """The journal would take another spelling for another service, and send the file again."""
    assert spelled == made(base_url=base_url).base_url


def test_clear_text_to_another_machine_has_to_be_allowed() -> None:
    """Allowed, it is http that passes and nothing else besides."""
    assert "http://10.0.0.1:8000" == made(base_url="http://10.0.0.1:8000", allow_http=True).base_url
    with pytest.raises(InvalidRequest):
        made(base_url="ftp://10.0.0.1", allow_http=True)


def test_the_user_agent_has_the_shape_that_the_vendor_reads() -> None:
    """Name and version, system and machine, Python's version; then what the caller adds."""
    plain = made().user_agent
    assert (
        f"memory-imports/{__version__} ({platform.system()} {platform.machine()}) Python/{platform.python_version()}"
        == plain
    )
    assert re.fullmatch(r"memory-imports/\d+\.\d+\.\d+ \(\w+ \w+\) Python/\d+\.\d+\.\d+\S*", plain)
    assert f"{plain} nightly-load/2.1" == made(user_agent="nightly-load/2.1").user_agent


@pytest.mark.parametrize(
    "suffix", ["x\r\nAuthorization: Basic eA==", "x\n", "x\x00", "x\x7f", "n\u00efghtly", "\u2028"]
)
def test_a_suffix_cannot_add_a_header(suffix: str) -> None:
    """Nothing but printable ASCII."""
    with pytest.raises(InvalidRequest) as caught:
        made(user_agent=suffix)
    assert "user_agent" == caught.value.field


@given(st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=126)))
def test_a_user_agent_never_ends_in_blanks(suffix: str) -> None:
    """HTTP forbids such a header, and the request would seem to have been lost on the way."""
    name = made(user_agent=suffix).user_agent
    assert name == name.strip()
    assert suffix.strip() in name


def test_reprs_hold_no_secret() -> None:
    """A logged object gives nothing away."""
    found = made(credentials=("SKkey", "s3cret-word"))
    assert "s3cret-word" not in f"{found!r}{found.credentials!r}{found}"
    assert "SKkey" in repr(found)

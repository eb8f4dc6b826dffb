"""How a request is shown: as a command that sends it again, and with every secret by name."""

import json
from types import SimpleNamespace

import pytest

from memory_imports_contract.live import exchange
from memory_imports_contract.live.exchange import Ask, Exchange, curl, evidence, redacted

URL = "https://a.example/x?pageSize=1"
SIGNED = "https://a.example/o?X-Amz-Signature=abc&X-Amz-Expires=30"
TYPED = "-H 'content-type: application/json'"
QUOTED = """'{"a": "it'"'"'s"}'"""
GOOD = '-u "$TWILIO_API_KEY:$TWILIO_API_SECRET"'


@pytest.mark.parametrize(
    ("ask", "expected"),
    [
        (Ask("GET", URL), f"curl -i -X GET {GOOD} '{URL}'"),
        (Ask("GET", URL, "none"), f"curl -i -X GET '{URL}'"),
        (Ask("GET", URL, "wrong password"), f"curl -i -X GET -u \"$TWILIO_API_KEY:wrong\" '{URL}'"),
        (Ask("GET", URL, "wrong user"), f"curl -i -X GET -u \"wrong:$TWILIO_API_SECRET\" '{URL}'"),
        (Ask("GET", URL, "bearer"), f"curl -i -X GET -H \"Authorization: Bearer $TWILIO_API_SECRET\" '{URL}'"),
        (
            Ask("POST", "https://a.example/x", "good", (("content-type", "application/json"),), b'{"a": "it\'s"}'),
            f"curl -i -X POST {GOOD} {TYPED} --data-binary {QUOTED} https://a.example/x",
        ),
        (
            Ask("PUT", SIGNED, "none", (), b"a,b", "chunked", is_signed=True),
            "curl -i -X PUT -H 'Transfer-Encoding: chunked' --data-binary a,b 'https://a.example/o?...'",
        ),
        (Ask("PUT", SIGNED, "none", (), b"", is_signed=True), "curl -i -X PUT 'https://a.example/o?...'"),
        (
            Ask("PUT", SIGNED, "none", (), b"\xff", is_signed=True),
            "curl -i -X PUT --data-binary '\ufffd' 'https://a.example/o?...'",
        ),
    ],
)
def test_a_request_is_shown_as_a_command(ask: Ask, expected: str) -> None:
    """One that a shell takes as it stands; the query of a signed URL is cut."""
    assert expected == curl(ask)


@pytest.mark.parametrize(("length", "end"), [(1500, "a"), (1501, "...")])
def test_long_bodies_are_cut(length: int, end: str) -> None:
    """What is sent, and what came."""
    body = b"a" * length
    shown = evidence(Exchange(Ask("POST", URL, "none", (), body), 400, (), body, 0.0))
    cut = "a" * 1500 + ("" if end == "a" else end)
    assert f"curl -i -X POST --data-binary {cut} '{URL}'\n400 {cut}" == shown


def test_evidence_is_the_command_and_what_came_of_it() -> None:
    """With the queries of all URLs cut, since one may be a signature; without a body the status alone."""
    body = json.dumps({"url": SIGNED, "next": "http://b.example/?t=1"}).encode()
    shown = evidence(Exchange(Ask("GET", URL, "none"), 201, (), body, 0.0))
    expected = '{"url": "https://a.example/o?...", "next": "http://b.example/?..."}'
    assert f"curl -i -X GET '{URL}'\n201 {expected}" == shown
    assert f"curl -i -X GET '{URL}'\n204" == evidence(Exchange(Ask("GET", URL, "none"), 204, (), b"", 0.0))


def test_a_text_without_urls_stays() -> None:
    """And so does what stands around one."""
    assert "what? a=b" == redacted("what? a=b")
    assert f"see <{SIGNED.partition('?')[0]}?... and more" == redacted(f"see <{SIGNED} and more")


@pytest.mark.parametrize(
    ("status", "good", "broken"),
    [
        (199, False, False),
        (200, True, False),
        (299, True, False),
        (300, False, False),
        (499, False, False),
        (500, False, True),
    ],
)
def test_statuses_are_what_http_says(status: int, good: bool, broken: bool) -> None:  # noqa: FBT001 - pytest names them
    """2xx is yes, 5xx is a failure of the server."""
    seen = Exchange(Ask("GET", URL), status, (("a", "1"), ("a", "2")), b"", 0.0)
    assert (good, broken, "1", None) == (seen.is_good, seen.is_broken, seen.header("a"), seen.header("b"))


def test_what_nothing_came_back_to_has_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """The moment at which it was given up."""
    monkeypatch.setattr(exchange, "time", SimpleNamespace(time=lambda: 7.0))
    ask = Ask("GET", URL)
    assert Exchange(ask, 0, (), b"", 7.0) == exchange.unanswered(ask)


@pytest.mark.parametrize("text", ["NaN", "[Infinity]", "", "{"])
def test_what_json_does_not_know_is_no_document(text: str) -> None:
    """Python would read some of it."""
    with pytest.raises(ValueError, match=r".+"):
        Exchange(Ask("GET", URL), 200, (), text.encode(), 0.0).document()

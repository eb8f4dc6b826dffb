"""What a report must not show, however a server repeats it."""

import base64
import html
import json
import re
from collections.abc import Callable
from urllib.parse import quote

import pytest
from attrs import evolve

from live import at_once
from live.faulty import QUICK, Fault, faulty
from memory_imports_contract import FORMATS, render
from memory_imports_contract.findings import LiveReport
from memory_imports_contract.live import drift_live
from memory_imports_contract.live.held import Held
from memory_imports_sandbox import server
from memory_imports_sandbox.messages import Reply, Request

USER, PASSWORD = "SKme", "aB3+dE/6=hi"
BASIC = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
SIGNATURE = "Q7s/9+abcdefghij0123456789="
SPELLINGS: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "percent": lambda text: quote(text, safe=""),
    "percent, small": lambda text: quote(text, safe="").lower(),
    "percent of percent": lambda text: quote(quote(text, safe=""), safe=""),
    "JSON of PHP": lambda text: json.dumps(text).replace("/", r"\/"),
    "JSON of .NET": lambda text: json.dumps(text).replace("+", r"\u002B").replace("=", r"\u003d"),
    "HTML": lambda text: html.escape(text).replace("=", "&#061;").replace("+", "&#x2B;").replace("/", "&sol;"),
    "capitals": str.upper,
    "a repr": lambda text: repr({"a": text}),
    "a pointer": lambda text: text.replace("/", "~1"),
    "base64 for URLs": lambda text: text.replace("+", "-").replace("/", "_"),
}


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("secret", [PASSWORD, PASSWORD[::-1], BASIC, SIGNATURE])
def test_no_secret_is_left_however_it_is_spelled(secret: str, spelling: str) -> None:
    """And what stands around it stays."""
    held = Held()
    held.credentials(USER, PASSWORD)
    held.url(f"https://s3.example/a?X-Amz-Date=20270101T000000Z&X-Amz-Signature={quote(secret, safe='')}")
    shown = held.without(f"before {SPELLINGS[spelling](secret)} after")
    assert shown.startswith("before ")
    assert shown.endswith(" after")
    assert "***" in shown
    assert [] == [run for run in ("aB3", "3Ba", BASIC[:8], "abcdefghij0123456789") if run.lower() in shown.lower()]


@pytest.mark.parametrize(
    "body",
    [
        json.dumps({"a": [{"url": f"https://a.example/x?X-Amz-Expires=30&X-Amz-Signature={quote(SIGNATURE)}"}]}),
        json.dumps({"url": f"HTTPS://a.example/x?Signature={quote(SIGNATURE, safe='')}&Expires=1"}).replace("/", r"\/"),
        json.dumps({"url": f"https://a.example/x?sig={quote(SIGNATURE)}&e=1"}).replace("&", r"\u0026"),
        f"<Error><Resource>http://a.example/x?b=1&amp;X-Goog-Signature={quote(SIGNATURE)}</Resource></Error>",
    ],
)
def test_what_signs_a_url_that_came_is_held(body: str) -> None:
    """Wherever it is repeated, without its name."""
    held = Held()
    held.answer(body.encode())
    assert "saw ***" == held.without(f"saw {SIGNATURE}").rstrip("=")


def test_what_is_no_secret_stays() -> None:
    """Words too short for one, and what does not sign."""
    held = Held()
    held.credentials("me", "abc")
    held.url(
        "https://a.example/x?X-Amz-SignedHeaders=content-type;host&X-Amz-Algorithm=AWS4-HMAC-SHA256&Signature=abc1"
    )
    held.answer(b"what? no URL")
    text = "abc content-type;host AWS4-HMAC-SHA256 abc1"
    assert text == held.without(text)


def test_a_secret_at_the_cut_is_not_left_in_half() -> None:
    """Secrets are taken out first."""
    held = Held()
    held.credentials(USER, PASSWORD)
    assert len(held.without("a" * 10 + PASSWORD + "b" * (1 << 20))) < 1 << 16


def report_of(change: Callable[[Request, Reply], Reply]) -> LiveReport:
    """What is found at a sandbox whose answers are changed."""
    settings = evolve(QUICK, username=USER, password=PASSWORD)
    with faulty(Fault("echo", "", on_reply=change, settings=settings)) as here:
        return drift_live(here.base_url, here.store_id, (USER, PASSWORD), level="upload", patience=4)


def test_no_format_of_a_report_shows_what_a_server_repeats(monkeypatch: pytest.MonkeyPatch) -> None:
    """In names and values of an answer, in its headers and in the object store's words."""
    monkeypatch.setattr(server, "running", at_once.running)
    signatures: set[str] = set()

    def echo(request: Request, reply: Reply) -> Reply:
        given = request.header("authorization") or ""
        signatures.update(re.findall(r"Signature=(\w+)", request.query))
        try:
            document = json.loads(reply.body)
        except ValueError:
            return evolve(reply, body=reply.body.replace(b"</Message>", f" {request.query}</Wrong>".encode()))
        signatures.update(re.findall(r"Signature=(\w+)", str(document.get("url"))))
        said = f"{given} {PASSWORD} {BASIC} {' '.join(signatures)}"
        document |= {f"debug {given}": said, "code": said, "status": said}
        return evolve(reply, body=json.dumps(document).encode())

    report = report_of(echo)
    texts = [render(report, form) for form in FORMATS]
    secrets = [PASSWORD, PASSWORD[::-1], BASIC.rstrip("="), *signatures]
    assert len(secrets) > 20
    assert all("***" in text.replace("\\", "") for text in texts)
    assert [] == [(secret, text) for secret in secrets for text in texts if secret in text]

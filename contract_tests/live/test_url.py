"""The upload URL of a new import: of HTTPS, signed in one of two styles, and good for long enough."""

import re
from email.utils import formatdate

import pytest

from live.at_once import HERE
from memory_imports_contract.live import contract
from memory_imports_contract.live.answers import Answer
from memory_imports_contract.live.bench import Bench, Created
from memory_imports_contract.live.checks.creation import created
from memory_imports_contract.live.exchange import Ask, Exchange
from memory_imports_contract.live.samples import good_body
from memory_imports_contract.live.session import Session

CONTRACT = contract.read()
NOW = 1_790_000_000  # 2026-09-21T14:13:20Z
NEWER = "https://a.example/x?X-Amz-Signature=a&X-Amz-Date=20260921T141320Z&X-Amz-Expires="
WHOLE = NEWER.replace("?", "?X-Amz-Algorithm=a&X-Amz-Credential=c&X-Amz-SignedHeaders=host&")
PARTS = ("Algorithm", "Credential", "Date", "Expires", "SignedHeaders", "Signature")
OLDER = "https://a.example/x?AWSAccessKeyId=k&Signature=a&Expires="


def rules_of(url: str, base_url: str = HERE, import_id: str = "") -> list[str]:
    """What is said of a create answer with the URL."""
    bench = Bench(CONTRACT, Session(base_url, ("u", "p"), 1, 0.0), "store", "create", 0, 1.0)
    example = str(CONTRACT.fetch.parameter("importId").schema["example"])
    headers = (("date", formatdate(NOW, usegmt=True)),)
    exchange = Exchange(Ask("POST", base_url), 201, headers, b"{}", NOW + 5.0)
    made = Created(good_body(), Answer(CONTRACT.create, exchange, ok=True), import_id or example, url, NOW)
    bench.created.append(made)
    created(bench, made)
    return [finding.rule for finding in bench.book.findings()]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (f"{NEWER}30", []),
        (f"{NEWER}29", ["upload-url-expired"]),
        (f"{NEWER}29".replace("141320", "141321"), []),
        (f"{OLDER}{NOW + 30}", []),
        (f"{OLDER}{NOW + 29}", ["upload-url-expired"]),
        (f"{NEWER}soon", []),
        ("https://a.example/x?X-Amz-Signature=a", []),
        ("https://a.example/x?token=a", []),
        (f"HTTPS{NEWER[5:]}30", []),
        (f"http{NEWER[5:]}30", []),
        ("https://a.example/x", ["upload-url-unsigned"]),
        (f"{NEWER}30".replace("Signature=a", "Signature="), ["upload-url-unsigned"]),
        (f"{NEWER}30".replace("X-Amz-Signature=a&", ""), ["upload-url-unsigned"]),
        (f"{OLDER}{NOW + 30}".replace("&Signature=a", ""), ["upload-url-unsigned"]),
        (OLDER.removesuffix("&Expires="), ["upload-url-unsigned"]),
        (f"{WHOLE}30", []),
        *((re.sub(f"X-Amz-{part}=[^&]*&?", "", f"{WHOLE}30"), ["upload-url-unsigned"]) for part in PARTS),
        *((f"{WHOLE}30{mark}", ["upload-url-scheme"]) for mark in (" ", "\n", "\x7f", "\u00e9")),
        ("ftp://a.example/x?Signature=a", ["upload-url-scheme"]),
        ("/x?Signature=a", ["upload-url-scheme"]),
        ("https:///x?Signature=a", ["upload-url-scheme"]),
        ("https://[::1/x?Signature=a", ["upload-url-scheme"]),
    ],
)
def test_a_url_is_of_https_signed_and_good_for_half_a_minute(url: str, expected: list[str]) -> None:
    """By the server's own clock; a style that nobody knows is left alone."""
    assert expected == rules_of(url)


def test_http_is_only_for_servers_that_are_of_http_themselves() -> None:
    """In the open nobody gets a signature."""
    assert ["upload-url-scheme"] == rules_of(f"http{NEWER[5:]}30", "https://memory.example")
    assert [] == rules_of(f"{NEWER}30", "https://memory.example")


def test_the_id_is_one_that_fetching_takes() -> None:
    """The pattern of the path, which the create answer itself does not promise."""
    assert ["created-id-shape"] == rules_of(f"{NEWER}30", import_id="mem_import_9")

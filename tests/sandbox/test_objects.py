"""The object store answers a PUT as S3 does, errors in XML."""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit
from xml.etree import ElementTree as ET

import pytest

from memory_imports_sandbox.messages import Reply, Request
from memory_imports_sandbox.signing import sign_v4

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sandbox.conftest import Home

DATA = b"email,first\na@example.org,Ada\n"


def error(reply: Reply) -> tuple[int, str]:
    """Status and code; the XML must have all four parts, and its request id must be that of the header."""
    root = ET.fromstring(reply.body.decode())  # noqa: S314 - our own bytes
    assert ["Code", "Message", "RequestId", "HostId"] == [child.tag for child in root]
    headers = dict(reply.headers)
    assert "application/xml" == headers["content-type"]
    assert headers["x-amz-request-id"] == root.findtext("RequestId")
    return reply.status, root.findtext("Code") or ""


def test_a_good_put_gets_the_etag(home: Home) -> None:
    """MD5 of the bytes, in quotes; no body."""
    _, url = home.create(len(DATA))
    reply = home.put(url, DATA)
    assert 200 == reply.status
    assert f'"{hashlib.md5(DATA).hexdigest()}"' == dict(reply.headers)["etag"]  # noqa: S324 - S3 does
    assert b"" == reply.body


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"transfer_encoding": "chunked"}, (501, "NotImplemented")),
        ({"content_length": ""}, (411, "MissingContentLength")),
        ({"content_length": "104857601"}, (400, "EntityTooLarge")),
        ({"content_length": str(len(DATA) + 1)}, (400, "IncompleteBody")),
        ({"content_length": str(len(DATA) - 1)}, (400, "IncompleteBody")),
        ({"authorization": "Basic eDp5"}, (400, "InvalidArgument")),
        ({"x_amz_acl": "public-read"}, (403, "AccessDenied")),
        ({"host": "localhost:4010"}, (403, "SignatureDoesNotMatch")),
    ],
)
def test_a_put_that_s3_would_refuse_is_refused(home: Home, headers: dict[str, str], expected: tuple[int, str]) -> None:
    """And leaves nothing behind."""
    import_id, url = home.create(len(DATA))
    assert expected == error(home.put(url, DATA, **headers))
    home.finish()
    assert "PENDING" == home.status(import_id)["status"]
    assert [] == home.blobs.names()


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        ("GET", (403, "SignatureDoesNotMatch")),
        ("HEAD", (403, "SignatureDoesNotMatch")),
        ("DELETE", (403, "SignatureDoesNotMatch")),
        ("POST", (405, "MethodNotAllowed")),
        ("PATCH", (405, "MethodNotAllowed")),
    ],
)
def test_other_methods_do_not_pass(home: Home, method: str, expected: tuple[int, str]) -> None:
    """The URL is for PUT."""
    parts = urlsplit(home.create(len(DATA))[1])
    assert expected == error(home.send(method, parts.path, parts.query, content_length="0"))


def test_even_a_well_signed_get_is_not_a_put(home: Home) -> None:
    """Only somebody with the keys could sign one; the answer names the method that is allowed."""
    import_id, _ = home.create(len(DATA))
    keys, path = home.world.account.keys, f"/memory-imports-sandbox/{import_id}.csv"
    older = _signed_v2("GET", keys.secret_key, path)
    reply = home.send("GET", path, f"AWSAccessKeyId={keys.access_key}&{older}", content_length="0")
    assert (405, "MethodNotAllowed") == error(reply)
    assert "PUT" == dict(reply.headers)["allow"]


def _signed_v2(method: str, secret: str, path: str) -> str:
    digest = hmac.digest(secret.encode(), f"{method}\n\n\n9999999999\n{path}".encode(), "sha1")
    return f"Expires=9999999999&Signature={quote(base64.b64encode(digest), safe='')}"


def test_a_key_that_belongs_to_no_import_is_not_found(home: Home) -> None:
    """However well it is signed."""
    path = "/memory-imports-sandbox/mem_import_00000000000000000000000000.csv"
    query = sign_v4(home.world.account.keys, "127.0.0.1:4010", path, home.now, 60)
    assert (404, "NoSuchKey") == error(home.put(f"http://127.0.0.1:4010{path}?{query}", DATA))


def test_the_url_ends_with_its_lifetime(make_home: Callable[..., Home]) -> None:
    """One second more is too late."""
    home = make_home(url_lifetime=60)
    _, url = home.create(len(DATA))
    home.now += 61
    assert (403, "AccessDenied") == error(home.put(url, DATA))
    home.now -= 1
    assert 200 == home.put(url, DATA).status


def test_the_older_style_of_url_works_behind_its_switch(make_home: Callable[..., Home]) -> None:
    """And is as strict about a Content-Type as S3 is there."""
    home = make_home(url_style="sigv2")
    import_id, url = home.create(len(DATA))
    assert "AWSAccessKeyId=" in url
    assert "X-Amz" not in url
    assert (403, "SignatureDoesNotMatch") == error(home.put(url, DATA, content_type="text/csv"))
    assert 200 == home.put(url, DATA).status
    home.finish()
    assert "FAILED" == home.status(import_id)["status"]  # the file lacks a mapped column, but it has arrived


def test_a_second_put_before_processing_replaces_the_file(home: Home) -> None:
    """As in any bucket."""
    good = b"email,phone,first\na@example.org,,Ada\n"
    import_id, url = home.create(len(good))
    home.put(url, b"x" * len(good))
    home.put(url, good)
    home.finish()
    assert "COMPLETED" == home.status(import_id)["status"]


def test_a_put_after_processing_has_begun_changes_nothing(home: Home) -> None:
    """The store cannot know, so it says 200; the import keeps what it began with."""
    first = b"email,phone,first\na@example.org,,Ada\n"
    import_id, url = home.create(len(first))
    home.put(url, first)
    home.world.work(home.now)
    assert "PROCESSING" == home.status(import_id)["status"]
    assert 200 == home.put(url, first.replace(b"Ada", b"Eve")).status
    home.finish()
    assert 200 == home.put(url, first.replace(b"Ada", b"Eve")).status
    home.finish()
    assert ["Ada"] == [profile["firstName"] for profile in home.profiles()]
    assert [] == home.blobs.names()


def test_secrets_and_people_stay_out_of_reprs(home: Home) -> None:
    """A request, a reply, an account or an announcement may land in a log."""
    import_id, url = home.create(len(DATA))
    parts = urlsplit(url)
    request = Request("PUT", parts.path, parts.query, (("authorization", "Basic c2VjcmV0"),), DATA)
    shown = repr(request) + repr(home.put(url, DATA)) + repr(home.world.account) + repr(home.settings)
    for secret in ("Signature", "c2VjcmV0", "Ada", home.world.account.password, home.world.account.keys.secret_key):
        assert secret not in shown
    assert import_id in shown

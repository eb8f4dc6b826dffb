"""Pre-signed URLs: what we sign verifies, what botocore signs verifies, and nothing that was tampered with does."""

from __future__ import annotations

import re
import time
from typing import Any, Literal
from urllib.parse import quote, urlsplit

import boto3  # type: ignore[import-untyped]  # has no types
import pytest
from botocore.config import Config  # type: ignore[import-untyped]  # has no types
from hypothesis import given, settings
from hypothesis import strategies as st

from memory_imports_sandbox.account import Keys
from memory_imports_sandbox.messages import Request
from memory_imports_sandbox.signing import sign_v2, sign_v4, verify

KEYS = Keys("SANDBOXKEY", "a made-up secret")
NOON = 1_790_000_000.0
HOST = "127.0.0.1:4010"
PATH = "/memory-imports-sandbox/an%20import.csv"


def v4(method: str = "PUT", **changes: Any) -> Request:  # noqa: ANN401 - any part of a request
    """A request with a version 4 signature of ours."""
    query = sign_v4(KEYS, HOST, PATH, NOON, 1800)
    return Request(
        method, changes.get("path", PATH), changes.get("query", query), changes.get("headers", (("host", HOST),))
    )


def code(request: Request, now: float = NOON, keys: Keys = KEYS) -> str | None:
    """The code that the request is refused with."""
    refusal = verify(request, keys, now)
    return refusal.code if refusal else None


def test_the_example_of_the_algorithm_verifies() -> None:
    """The signature that AWS publishes for its example of a pre-signed GET, with its published keys."""
    keys = Keys("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
    query = (
        "X-Amz-Algorithm=AWS4-HMAC-SHA256"
        "&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request"
        "&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host"
        "&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404"
    )
    request = Request("GET", "/test.txt", query, (("host", "examplebucket.s3.amazonaws.com"),))
    assert verify(request, keys, 1_369_353_600.0) is None


def test_our_own_signatures_verify_for_as_long_as_they_say() -> None:
    """Both styles, to the second."""
    older = Request("PUT", PATH, sign_v2(KEYS, PATH, NOON, 1800), (("host", HOST),))
    for request in (v4(), older):
        assert code(request, NOON + 1800) is None
        refusal = verify(request, KEYS, NOON + 1801)
        assert refusal is not None
        assert (403, "AccessDenied", "Request has expired") == (refusal.status, refusal.code, refusal.message)


def test_a_url_from_the_future_is_not_valid_yet() -> None:
    """A quarter of an hour of clock skew is forgiven, as S3 does."""
    assert code(v4(), NOON - 900) is None
    assert "AccessDenied" == code(v4(), NOON - 901)


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "DELETE"])
def test_a_signature_is_for_one_method(method: str) -> None:
    """It was made for PUT."""
    assert "SignatureDoesNotMatch" == code(v4(method))
    assert "SignatureDoesNotMatch" == code(Request(method, PATH, sign_v2(KEYS, PATH, NOON, 1800)))


GOOD = v4().query


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"path": PATH + "x"}, "SignatureDoesNotMatch"),
        ({"headers": (("host", "elsewhere"),)}, "SignatureDoesNotMatch"),
        ({"headers": ()}, "SignatureDoesNotMatch"),
        ({"query": GOOD + "&x=1"}, "SignatureDoesNotMatch"),
        ({"query": GOOD[:-1] + ("0" if GOOD[-1] != "0" else "1")}, "SignatureDoesNotMatch"),
        ({"query": GOOD.rpartition("&")[0]}, "SignatureDoesNotMatch"),
        ({"query": GOOD.replace("X-Amz-Expires=1800", "X-Amz-Expires=1801")}, "SignatureDoesNotMatch"),
        ({"query": GOOD.replace("SignedHeaders=host", "SignedHeaders=host;x")}, "SignatureDoesNotMatch"),
        ({"query": GOOD.replace("us-east-1", "eu-west-1")}, "SignatureDoesNotMatch"),
        ({"query": GOOD.replace("SANDBOXKEY", "OTHERKEY")}, "InvalidAccessKeyId"),
        ({"query": GOOD + "&X-Amz-Date=20260921T150000Z"}, "AuthorizationQueryParametersError"),
        ({"query": GOOD.replace("AWS4-HMAC-SHA256", "AWS4-HMAC-MD5")}, "AuthorizationQueryParametersError"),
        ({"query": re.sub("Date=[^&]*", "Date=20269921T141320Z", GOOD)}, "AuthorizationQueryParametersError"),
        ({"query": re.sub("Date=[^&]*", "Date=noon", GOOD)}, "AuthorizationQueryParametersError"),
        ({"query": GOOD.replace("Expires=1800", "Expires=604801")}, "AuthorizationQueryParametersError"),
        ({"query": GOOD.replace("Expires=1800", "Expires=0")}, "AuthorizationQueryParametersError"),
        ({"query": GOOD.replace("Expires=1800", "Expires=soon")}, "AuthorizationQueryParametersError"),
        ({"query": GOOD.replace("s3%2Faws4", "sqs%2Faws4")}, "AuthorizationQueryParametersError"),
        ({"query": GOOD.replace("SignedHeaders=host", "SignedHeaders=date")}, "AuthorizationQueryParametersError"),
        ({"query": "X-Amz-Algorithm=AWS4-HMAC-SHA256"}, "AuthorizationQueryParametersError"),
        ({"query": ""}, "AccessDenied"),
        ({"query": "AWSAccessKeyId=SANDBOXKEY"}, "AccessDenied"),
        ({"query": "AWSAccessKeyId=SANDBOXKEY&Expires=99999999999"}, "SignatureDoesNotMatch"),
        ({"query": "AWSAccessKeyId=OTHERKEY&Expires=99999999999&Signature=x"}, "InvalidAccessKeyId"),
        ({"headers": (("host", HOST), ("x-amz-acl", "public-read"))}, "AccessDenied"),
        ({"headers": (("host", HOST), ("authorization", "Basic eDp5"))}, "InvalidArgument"),
        ({"headers": (("authorization", "Basic eDp5"),), "query": ""}, "AccessDenied"),
    ],
)
def test_a_request_that_was_not_signed_as_it_is_does_not_verify(changes: dict[str, Any], expected: str) -> None:
    """Each part of the URL, the host, the headers and the keys is bound by the signature."""
    assert expected == code(v4(**changes))


def test_headers_that_do_not_matter_to_version_4_matter_to_version_2() -> None:
    """A Content-Type that nobody signed breaks the older style only; so do x-amz headers."""
    plain = (("host", HOST), ("content-type", "text/csv"))
    assert code(v4(headers=plain)) is None
    older = sign_v2(KEYS, PATH, NOON, 1800)
    assert "SignatureDoesNotMatch" == code(Request("PUT", PATH, older, plain))
    assert "SignatureDoesNotMatch" == code(Request("PUT", PATH, older, (("x-amz-acl", "private"),)))


def presigned(version: Literal["s3v4", "s3"], key: str, **parameters: str) -> tuple[str, str, str]:
    """Host, path and query of a URL that boto3 signs for a PUT with our keys."""
    client = boto3.client(
        "s3",
        endpoint_url=f"http://{HOST}",
        region_name="us-east-1",
        aws_access_key_id=KEYS.access_key,
        aws_secret_access_key=KEYS.secret_key,
        config=Config(signature_version=version, s3={"addressing_style": "path"}),
    )
    url = client.generate_presigned_url(
        "put_object", Params={"Bucket": "uploads", "Key": key, **parameters}, ExpiresIn=60
    )
    parts = urlsplit(url)
    return parts.netloc, parts.path, parts.query


@pytest.mark.parametrize("version", ["s3v4", "s3"])
@pytest.mark.parametrize("key", ["people.csv", "a folder/ünïcode + plus~tilde.csv", "per%20cent&and=more"])
def test_what_boto3_signs_verifies_until_it_is_changed(version: Literal["s3v4", "s3"], key: str) -> None:
    """An independent signer and our check agree, on odd keys too."""
    host, path, query = presigned(version, key)
    now = time.time()
    assert code(Request("PUT", path, query, (("host", host),)), now) is None
    assert "SignatureDoesNotMatch" == code(Request("PUT", path + "x", query, (("host", host),)), now)
    assert "SignatureDoesNotMatch" == code(Request("GET", path, query, (("host", host),)), now)
    other = Keys(KEYS.access_key, "another secret")
    assert "SignatureDoesNotMatch" == code(Request("PUT", path, query, (("host", host),)), now, other)


@pytest.mark.parametrize("version", ["s3v4", "s3"])
def test_a_content_type_that_boto3_signed_must_be_sent(version: Literal["s3v4", "s3"]) -> None:
    """Signed headers are part of the request, in both styles."""
    host, path, query = presigned(version, "people.csv", ContentType="text/csv")
    now = time.time()
    assert code(Request("PUT", path, query, (("host", host), ("content-type", "text/csv"))), now) is None
    assert "SignatureDoesNotMatch" == code(Request("PUT", path, query, (("host", host),)), now)


@settings(deadline=None)
@given(st.integers(0, len(GOOD) - 1), st.characters(min_codepoint=33, max_codepoint=126))
def test_no_changed_character_of_a_query_goes_through(position: int, character: str) -> None:
    """Unless what it means is the same."""
    changed = GOOD[:position] + character + GOOD[position + 1 :]
    if changed != GOOD:
        assert code(v4(query=changed)) is not None


@settings(deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_path_can_be_signed(name: str) -> None:
    """Whatever characters it has, percent-encoded as in a URL."""
    path = "/" + quote(name)
    query = sign_v4(KEYS, HOST, path, NOON, 60)
    assert code(Request("PUT", path, query, (("host", HOST),))) is None

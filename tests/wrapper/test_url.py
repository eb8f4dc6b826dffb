"""Pre-signed URLs: when they end, who gave them, and what may be sent to them."""

from datetime import UTC, datetime

import pytest

from memory_imports._url import ends_at, is_upload_url, redirected, same_provider, upload_headers

HOST = "https://bucket.s3.us-west-2.amazonaws.com"
SIGNED_AT = datetime(2026, 10, 1, 12, 0, 0, tzinfo=UTC).timestamp()
NEWER = (
    f"{HOST}/a.csv?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAKEY%2F20261001%2Fus-west-2%2Fs3%2Faws4_request"
    "&X-Amz-Date=20261001T120000Z&X-Amz-Expires=1800&X-Amz-Security-Token=FwoGZXIv%2F%2BtokenX%3D"
    "&X-Amz-SignedHeaders=host&X-Amz-Signature=5f16aa0c0ffee"
)
OLDER = f"{HOST}/a.csv?AWSAccessKeyId=AKIAKEY&Signature=vjby%2BPxypBAcOwe3%3D&Expires=1790857800"

ENDS: dict[str, tuple[str, float | None]] = {
    "the newer signature": (NEWER, SIGNED_AT + 1800),
    "the older signature": (OLDER, 1790857800.0),
    "names in small letters": (NEWER.lower().replace("20261001t120000z", "20261001T120000Z"), SIGNED_AT + 1800),
    "no query": (f"{HOST}/a.csv", None),
    "no length": (f"{HOST}/?X-Amz-Date=20261001T120000Z", None),
    "no date": (f"{HOST}/?X-Amz-Expires=1800", None),
    "a date that is none": (f"{HOST}/?X-Amz-Date=20261331T120000Z&X-Amz-Expires=1800", None),
    "a length that is none": (f"{HOST}/?X-Amz-Date=20261001T120000Z&X-Amz-Expires=soon", None),
    "an end that is none": (f"{HOST}/?Expires=soon", None),
    "an end beyond numbers": (f"{HOST}/?Expires={'9' * 400}", None),
    "no URL": ("https://[/?Expires=1790857800", None),
}


@pytest.mark.parametrize("case", ENDS)
def test_says_when_a_signature_ends(case: str) -> None:
    """On the signer's clock, of either style; None where the URL does not say."""
    url, expected = ENDS[case]
    assert expected == ends_at(url)


def test_a_content_type_goes_only_with_the_newer_signature() -> None:
    """The older one signs the header's value, which is empty when the URL is made."""
    assert {"content-type": "text/csv"} == upload_headers(NEWER)
    assert {} == upload_headers(OLDER)
    assert {} == upload_headers("https://[/?X-Amz-Signature=x")


UPLOAD_URLS: dict[str, bool] = {
    NEWER: True,
    OLDER: True,
    "http://127.0.0.1:8000/objects/1?X-Amz-Signature=x": True,
    "HTTPS://H.EXAMPLE/x": True,
    "https://h.example./x": True,
    "https://[::1]:8000/x": True,
    "https://under_score.example/x": True,
    "https://xn--mnchen-3ya.example/x": True,
    "https://xn--a/x": False,
    "https://999.1.1.1/x": False,
    "https://1.2.3.04/x": False,
    f"{HOST}/ä.csv": True,
    "": False,
    "/x": False,
    "//h.example/x": False,
    "ftp://h.example/x": False,
    "file:///etc/passwd": False,
    "https:///x": False,
    "https://user@h.example/x": False,
    "https://user:secret@h.example/x": False,
    "https://h.example\\@evil.example/x": False,
    "https://h.example:port/x": False,
    "https://h.example:65536/x": False,
    "https://h.example:0/x": False,
    "https://h..example/x": False,
    f"https://{'h' * 64}.example/x": False,
    "https://h ost.example/x": False,
    "https://[half/x": False,
    "https://[::1::2]/x": False,
    "https://h.example/a b": False,
    "https://h.example/x\n": False,
    " https://h.example/x": False,
    "https://h.example/x\x7f": False,
}


@pytest.mark.parametrize(("url", "expected"), UPLOAD_URLS.items())
def test_knows_what_a_file_can_be_put_to(url: str, expected: bool) -> None:  # noqa: FBT001 - a table
    """An absolute URL that the HTTP library can be given, and that signs in by nothing but its query."""
    assert expected == is_upload_url(url)


PROVIDERS = {
    (f"{HOST}/a", "https://bucket.s3.us-west-2.amazonaws.com/b"): True,
    (f"{HOST}/a", "https://bucket.s3-us-west-2.amazonaws.com/b"): True,
    (f"{HOST}/a", "https://bucket.s3.dualstack.eu-central-1.amazonaws.com/b"): True,
    (f"{HOST}/a", "https://s3.amazonaws.com/bucket/b"): True,
    (f"{HOST}/a", "https://BUCKET.S3.AMAZONAWS.COM/b"): True,
    (f"{HOST}/a", "https://bucket.s3-accelerate.amazonaws.com/b"): True,
    (f"{HOST}/a", "https://b.u.c.s3.us-gov-west-1.amazonaws.com/b"): True,
    ("http://127.0.0.1:8000/a", "http://127.0.0.1:8000/b"): True,
    (f"{HOST}/a", f"http{HOST.removeprefix('https')}/a"): False,
    ("http://127.0.0.1:8000/a", "https://127.0.0.1:8000/b"): False,
    ("http://127.0.0.1:8000/a", "http://127.0.0.1:8001/b"): False,
    (f"{HOST}/a", f"{HOST}:8443/a"): False,
    (f"{HOST}/a", "https://evil.example/b"): False,
    (f"{HOST}/a", "https://bucket.s3.amazonaws.com.evil.example/b"): False,
    (f"{HOST}/a", "https://evils3.amazonaws.com/b"): False,
    (f"{HOST}/a", "https://bucket.s3.evilamazonaws.com/b"): False,
    (f"{HOST}/a", "https://amazonaws.com/b"): False,
    (f"{HOST}/a", "https://ec2-1-2-3-4.us-west-2.compute.amazonaws.com/b"): False,
    (f"{HOST}/a", "https://s3-mine.us-west-2.elb.amazonaws.com/b"): False,
    (f"{HOST}/a", f"https://user@{HOST.removeprefix('https://')}/b"): False,
    (f"{HOST}/a", "https://evil.example#.s3.amazonaws.com/b"): False,
    (f"{HOST}/a", "https://evil.example\\.s3.amazonaws.com/b"): False,
    (f"{HOST}/a", "/b"): False,
    (f"{HOST}/a", ""): False,
    ("https://h.example/a", "https://bucket.s3.amazonaws.com/b"): False,
    ("https://[/a", "https://bucket.s3.amazonaws.com/b"): False,
}


@pytest.mark.parametrize(
    ("urls", "expected"), PROVIDERS.items(), ids=lambda it: it[1] if isinstance(it, tuple) else None
)
def test_knows_who_gave_a_redirect(urls: tuple[str, str], expected: bool) -> None:  # noqa: FBT001 - a table
    """The same host and port, or another door of the same store: never a machine that anyone can rent there."""
    assert expected == same_provider(*urls)


@pytest.mark.parametrize(
    ("location", "expected"),
    [
        ("/b?X-Amz-Signature=x", f"{HOST}/b?X-Amz-Signature=x"),
        ("b", f"{HOST}/b"),
        ("?X-Amz-Signature=x", f"{HOST}/a.csv?X-Amz-Signature=x"),
        (f"//{HOST.removeprefix('https://')}/b", f"{HOST}/b"),
        (f"{HOST}/b", f"{HOST}/b"),
        ("", None),
        ("//evil.example/b", None),
        ("http:/b", None),
        ("//[/b", None),
        ("https://evil.example/b", None),
    ],
)
def test_a_redirect_may_be_told_as_seen_from_where_it_is(location: str, expected: str | None) -> None:
    """HTTP allows a relative Location; where it leads is judged like any other."""
    assert expected == redirected(NEWER, location)

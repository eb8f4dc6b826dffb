"""Pre-signed URLs, of both signature styles: when they end, who gave them, and how to keep them out of sight.

Pure. A signed URL is a secret: whoever holds it can write. Source: the object store's documentation of query
string authentication (versions 2 and 4 of its signatures).
"""

import re
from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlsplit

_SIGNED = re.compile(
    r"(?i)([?&](?:X-Amz-(?:Signature|Credential|Security-Token)|AWSAccessKeyId|Signature)=)[^&\s\"'<>\\]+"
)
_PROVIDER = "amazonaws.com"


def scrub(text: str) -> str:
    """Return the text with everything that signs a URL in it replaced."""
    return _SIGNED.sub(r"\1***", text)


def ends_at(url: str) -> float | None:
    """Return when the signature ends, in seconds since the epoch on the signer's clock; None if it does not say."""
    query = _query(url)
    try:
        if "x-amz-date" in query:
            signed = datetime.strptime(query["x-amz-date"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
            return signed.timestamp() + int(query["x-amz-expires"])
        return float(int(query["expires"]))
    except (KeyError, ValueError):
        return None


def upload_headers(url: str) -> dict[str, str]:
    """Return the headers that may go with the PUT beside Content-Length.

    The older signature covers Content-Type whether or not it is named, so it is sent with the newer one only.
    """
    return {"content-type": "text/csv"} if "x-amz-signature" in _query(url) else {}


def is_upload_url(url: str) -> bool:
    """Say whether this can be sent a PUT: absolute, http or https, with a host and without credentials."""
    try:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        return False


def same_provider(url: str, other: str) -> bool:
    """Say whether a redirect from one URL to the other stays with who gave the first, and as safe."""
    if not is_upload_url(other):
        return False
    here, there = urlsplit(url), urlsplit(other)
    if here.scheme != there.scheme:
        return False
    return here.netloc == there.netloc or (_is_provider(here.hostname) and _is_provider(there.hostname))


def _is_provider(host: str | None) -> bool:
    return host is not None and host.endswith(f".{_PROVIDER}")


def _query(url: str) -> dict[str, str]:
    return {name.lower(): value for name, value in parse_qsl(urlsplit(url).query)}

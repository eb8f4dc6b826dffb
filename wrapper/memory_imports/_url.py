"""Pre-signed URLs, of both signature styles: when they end, who gave them, and what may be sent to them.

Pure. A signed URL is a secret: whoever holds it can write. Source: the object store's documentation of query
string authentication (versions 2 and 4 of its signatures).
"""

import ipaddress
import re
from datetime import UTC, datetime
from ipaddress import ip_address
from urllib.parse import SplitResult, parse_qsl, urljoin, urlsplit

_NUMBERS = re.compile(r"[0-9.]+")
_NAME = re.compile(r"(?:[a-z0-9_-]{1,63}\.)*[a-z0-9_-]{1,63}\.?")
# Only hosts that the store itself answers: others under the same domain can be had by anyone.
_STORE = re.compile(r"(?:.+\.)?s3(?:-[a-z0-9-]+)?(?:\.dualstack)?(?:\.[a-z]+(?:-[a-z]+)+-\d+)?\.amazonaws\.com")


def ends_at(url: str) -> float | None:
    """Return when the signature ends, in seconds since the epoch on the signer's clock; None if it does not say."""
    query = _query(url)
    try:
        if "x-amz-date" in query:
            signed = datetime.strptime(query["x-amz-date"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
            return signed.timestamp() + int(query["x-amz-expires"])
        return float(int(query["expires"]))
    except (KeyError, ValueError, OverflowError):
        return None


def upload_headers(url: str) -> dict[str, str]:
    """Return the headers that may go with the PUT beside Content-Length.

    The older signature covers Content-Type whether or not it is named, so it is sent with the newer one only.
    """
    return {"content-type": "text/csv"} if "x-amz-signature" in _query(url) else {}


def target(url: str) -> SplitResult | None:
    """Return an absolute http or https URL in its parts; None where none can be sent to, or it holds credentials."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
        if _NUMBERS.fullmatch(host) or not _NAME.fullmatch(host):
            ip_address(host)
        elif "xn--" in host:
            _read_international(host)
    except ValueError:
        return None
    fit = port != 0 and parts.scheme in {"http", "https"} and "@" not in parts.netloc
    return parts if fit and not re.search(r"[\x00-\x20\x7f]", url) else None


def _read_international(host: str) -> None:
    """Raise ValueError at a name that the HTTP library could not read either."""
    import idna  # noqa: PLC0415 - comes with it, and takes a while

    idna.decode(host)


def is_upload_url(url: str) -> bool:
    """Say whether this can be sent a PUT: absolute, http or https, with a host and without credentials."""
    return target(url) is not None


def same_provider(url: str, other: str) -> bool:
    """Say whether a redirect from one URL to the other stays with who gave the first, and as safe."""
    here, there = target(url), target(other)
    if here is None or there is None or (here.scheme, here.port) != (there.scheme, there.port):
        return False
    return here.hostname == there.hostname or (_is_store(here.hostname) and _is_store(there.hostname))


def redirected(url: str, location: str) -> str | None:
    """Return where a redirect of an upload leads, which may be told as seen from there; None if to another provider."""
    try:
        there = urljoin(url, location) if location else ""
    except ValueError:
        return None
    return there if same_provider(url, there) else None


def _is_store(host: str | None) -> bool:
    return host is not None and _STORE.fullmatch(host) is not None


def _query(url: str) -> dict[str, str]:
    parts = target(url)
    return {name.lower(): value for name, value in parse_qsl(parts.query)} if parts else {}


def is_loopback(host: str) -> bool:
    """Say whether a host name is this machine's own."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False

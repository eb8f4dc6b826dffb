"""Pre-signed URLs after the published algorithms: signature version 4, and the older version 2.

Pure: keys, time and request come in, a URL or a refusal goes out. Only signing in the query is known, since
a pre-signed URL is nothing else. Comparisons take the same time whatever was sent.
"""

import base64
import hashlib
import hmac
import re
from datetime import UTC, datetime
from urllib.parse import quote, unquote

from attrs import frozen

from memory_imports_sandbox.account import Keys
from memory_imports_sandbox.messages import Request

_ALGORITHM = "AWS4-HMAC-SHA256"
_REGION = "us-east-1"
_LONGEST_LIFE = 604800
_CLOCK_SKEW = 900
_WHEN = "%Y%m%dT%H%M%SZ"


@frozen
class Refusal:
    """Why the store does not take a request: status, code and sentence of its XML."""

    status: int
    code: str
    message: str


_EXPIRED = Refusal(403, "AccessDenied", "Request has expired")
_MISMATCH = Refusal(403, "SignatureDoesNotMatch", "The signature does not fit the request; check key and method.")
_NO_KEY = Refusal(403, "InvalidAccessKeyId", "The access key is not known here.")
_UNSIGNED = Refusal(403, "AccessDenied", "There were headers present in the request which were not signed")
_TOO_EARLY = Refusal(403, "AccessDenied", "Request is not valid yet")
_ANONYMOUS = Refusal(403, "AccessDenied", "Access Denied")
_TWO_MECHANISMS = Refusal(400, "InvalidArgument", "Only one auth mechanism allowed; the URL is signed already.")


def _malformed(what: str) -> Refusal:
    return Refusal(400, "AuthorizationQueryParametersError", f"{what} is missing or malformed.")


def sign_v4(keys: Keys, host: str, path: str, now: float, lifetime: int) -> str:
    """The query that lets one PUT to the path through, by version 4, for so many seconds."""
    when = datetime.fromtimestamp(now, UTC).strftime(_WHEN)
    scope = f"{when[:8]}/{_REGION}/s3/aws4_request"
    query = {
        "X-Amz-Algorithm": _ALGORITHM,
        "X-Amz-Credential": f"{keys.access_key}/{scope}",
        "X-Amz-Date": when,
        "X-Amz-Expires": str(lifetime),
        "X-Amz-SignedHeaders": "host",
    }
    text = "&".join(f"{name}={quote(value, safe='')}" for name, value in query.items())
    signature = _signature_v4(keys, Request("PUT", path, text, (("host", host),)), "host", when, scope)
    return f"{text}&X-Amz-Signature={signature}"


def sign_v2(keys: Keys, path: str, now: float, lifetime: int) -> str:
    """The query that lets one PUT to the path through, by version 2, for so many seconds."""
    expires = str(int(now) + lifetime)
    signature = quote(_signature_v2(keys, Request("PUT", path), expires), safe="")
    return f"AWSAccessKeyId={keys.access_key}&Signature={signature}&Expires={expires}"


def verify(request: Request, keys: Keys, now: float) -> Refusal | None:
    """Why the request's signature is not good, or None if it is."""
    pairs = _pairs(request.query)
    query = dict(pairs)
    if len(query) != len(pairs):
        return _malformed("A parameter that is given twice")
    signed = "X-Amz-Algorithm" in query or "AWSAccessKeyId" in query
    if request.header("authorization") is not None:
        return _TWO_MECHANISMS if signed else _ANONYMOUS
    if not signed:
        return _ANONYMOUS
    return (
        _verify_v4(request, query, keys, now) if "X-Amz-Algorithm" in query else _verify_v2(request, query, keys, now)
    )


def _malformed_v4(query: dict[str, str]) -> Refusal | None:
    when, lifetime = query.get("X-Amz-Date", ""), query.get("X-Amz-Expires", "")
    _, _, scope = query.get("X-Amz-Credential", "").partition("/")
    faults = {
        "X-Amz-Algorithm": query["X-Amz-Algorithm"] != _ALGORITHM,
        "X-Amz-Date": not re.fullmatch(r"[0-9]{8}T[0-9]{6}Z", when) or _moment(when) is None,
        "X-Amz-Expires": not re.fullmatch(r"[0-9]{1,6}", lifetime) or not 0 < int(lifetime) <= _LONGEST_LIFE,
        "X-Amz-Credential": not re.fullmatch(re.escape(when[:8]) + r"/[a-z0-9-]+/s3/aws4_request", scope),
        "X-Amz-SignedHeaders": "host" not in query.get("X-Amz-SignedHeaders", "").split(";"),
    }
    return next((_malformed(name) for name, is_so in faults.items() if is_so), None)


def _verify_v4(request: Request, query: dict[str, str], keys: Keys, now: float) -> Refusal | None:
    if refusal := _malformed_v4(query):
        return refusal
    when, signed_headers = query["X-Amz-Date"], query["X-Amz-SignedHeaders"]
    access_key, _, scope = query["X-Amz-Credential"].partition("/")
    if not hmac.compare_digest(access_key.encode(), keys.access_key.encode()):
        return _NO_KEY
    begins = _moment(when) or 0.0
    if begins > now + _CLOCK_SKEW:
        return _TOO_EARLY
    if now > begins + int(query["X-Amz-Expires"]):
        return _EXPIRED
    if any(name.startswith("x-amz-") and name not in signed_headers.split(";") for name, _ in request.headers):
        return _UNSIGNED
    expected = _signature_v4(keys, request, signed_headers, when, scope)
    given = query.get("X-Amz-Signature", "")
    return None if hmac.compare_digest(given.encode(), expected.encode()) else _MISMATCH


def _verify_v2(request: Request, query: dict[str, str], keys: Keys, now: float) -> Refusal | None:
    expires = query.get("Expires", "")
    if not re.fullmatch(r"[0-9]{1,12}", expires):
        return Refusal(403, "AccessDenied", "Expires is missing or malformed.")
    if not hmac.compare_digest(query["AWSAccessKeyId"].encode(), keys.access_key.encode()):
        return _NO_KEY
    if now > int(expires):
        return _EXPIRED
    expected = _signature_v2(keys, request, expires)
    return None if hmac.compare_digest(query.get("Signature", "").encode(), expected.encode()) else _MISMATCH


def _signature_v4(keys: Keys, request: Request, signed_headers: str, when: str, scope: str) -> str:
    query = sorted((quote(name, safe=""), quote(value, safe="")) for name, value in _pairs(request.query))
    headers = [f"{name}:{' '.join((request.header(name) or '').split())}\n" for name in signed_headers.split(";")]
    canonical = "\n".join(
        (
            request.method,
            quote(unquote(request.path), safe="/"),
            "&".join(f"{name}={value}" for name, value in query if name != "X-Amz-Signature"),
            "".join(headers),
            signed_headers,
            "UNSIGNED-PAYLOAD",
        )
    )
    text = "\n".join((_ALGORITHM, when, scope, hashlib.sha256(canonical.encode()).hexdigest()))
    key = ("AWS4" + keys.secret_key).encode()
    for part in scope.split("/"):
        key = hmac.digest(key, part.encode(), hashlib.sha256)
    return hmac.digest(key, text.encode(), hashlib.sha256).hex()


def _signature_v2(keys: Keys, request: Request, expires: str) -> str:
    names = sorted({name for name, _ in request.headers if name.startswith("x-amz-")})
    text = "\n".join(
        (
            request.method,
            request.header("content-md5") or "",
            request.header("content-type") or "",
            expires,
            *(f"{name}:{request.header(name)}" for name in names),
            request.path,
        )
    )
    return base64.b64encode(hmac.digest(keys.secret_key.encode(), text.encode(), hashlib.sha1)).decode()


def _pairs(query: str) -> list[tuple[str, str]]:
    parts = [part.partition("=") for part in query.split("&") if part]
    return [(unquote(name), unquote(value)) for name, _, value in parts]


def _moment(when: str) -> float | None:
    try:
        return datetime.strptime(when, _WHEN).replace(tzinfo=UTC).timestamp()
    except ValueError:
        return None

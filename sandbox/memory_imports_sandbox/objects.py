"""The object store: takes one PUT for each import, behind a pre-signed URL, and answers as S3 would.

Whether a file is any good is none of its business, nor whether the import still waits for one: a PUT that comes
after processing has begun is answered like any other, and its bytes are dropped.
"""

import hashlib
import re
from http import HTTPStatus
from typing import Any
from xml.sax.saxutils import escape

from attrs import define, field, frozen

from memory_imports_sandbox import signing
from memory_imports_sandbox.account import Keys
from memory_imports_sandbox.blobs import Sink
from memory_imports_sandbox.messages import Reply, Request
from memory_imports_sandbox.settings import Settings
from memory_imports_sandbox.signing import Refusal

UPLOAD = "upload"
"""What the PUT is called where the API's operations have their ids: the contract has none for it."""
_BUCKET = "/memory-imports-sandbox/"
TIMED_OUT = Refusal(400, "RequestTimeout", "The body did not arrive in time.")
INCOMPLETE = Refusal(400, "IncompleteBody", "The body is shorter than Content-Length says.")
BROKEN = Refusal(500, "InternalError", "We encountered an internal error. Please try again.")
_TOO_LARGE = Refusal(400, "EntityTooLarge", "The object is larger than an import may be.")
_NO_LENGTH = Refusal(411, "MissingContentLength", "You must provide the Content-Length HTTP header.")
_CHUNKED = Refusal(501, "NotImplemented", "Transfer-Encoding is a header whose meaning is not implemented.")
NO_OBJECT = Refusal(404, "NoSuchKey", "The key does not belong to any import.")
_NO_METHOD = Refusal(405, "MethodNotAllowed", "The method is not allowed on an object.")


@define
class Upload:
    """A PUT that was let in: takes the body piece by piece."""

    import_id: str
    length: int
    _sink: Sink
    received: int = 0
    _digest: Any = field(factory=lambda: hashlib.md5(usedforsecurity=False), repr=False)

    def write(self, data: bytes) -> None:
        """Takes some more of the body."""
        self.received += len(data)
        self._digest.update(data)
        self._sink.write(data)

    def keep(self) -> str:
        """Puts the object in place and gives its ETag."""
        self._sink.keep()
        return f'"{self._digest.hexdigest()}"'

    def drop(self) -> str:
        """Forgets the object and gives the ETag that it would have had."""
        self._sink.drop()
        return f'"{self._digest.hexdigest()}"'


@frozen
class Bucket:
    """Signs URLs, and judges the requests that come to them."""

    settings: Settings
    keys: Keys
    largest: int

    def owns(self, path: str) -> bool:
        """Whether a request to this path is for the object store, not for the API."""
        return path.startswith(_BUCKET)

    def url(self, import_id: str, host: str, now: float) -> str:
        """A URL that one file can be PUT to."""
        path = f"{_BUCKET}{import_id}.csv"
        lifetime = self.settings.url_lifetime
        if self.settings.url_style == "sigv2":
            return f"http://{host}{path}?{signing.sign_v2(self.keys, path, now, lifetime)}"
        return f"http://{host}{path}?{signing.sign_v4(self.keys, host, path, now, lifetime)}"

    def admits(self, request: Request, now: float) -> tuple[str, int] | Refusal:
        """Import and length of an upload that may go on, by its head alone; else why not."""
        if "chunked" in (request.header("transfer-encoding") or "").lower():
            return _CHUNKED
        if request.method not in {"PUT", "GET", "HEAD", "DELETE"}:
            return _NO_METHOD
        if refusal := signing.verify(request, self.keys, now):
            return refusal
        if request.method != "PUT":
            return _NO_METHOD
        length = request.header("content-length") or ""
        if not re.fullmatch("[0-9]{1,15}", length):
            return _NO_LENGTH
        if int(length) > self.largest:
            return _TOO_LARGE
        return request.path.removeprefix(_BUCKET).removesuffix(".csv"), int(length)


def error(refusal: Refusal, request_id: str, host_id: str) -> Reply:
    """The refusal in the object store's own words."""
    body = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f"<Error><Code>{refusal.code}</Code><Message>{escape(refusal.message)}</Message>"
        f"<RequestId>{request_id}</RequestId><HostId>{host_id}</HostId></Error>"
    )
    allow = (("allow", "PUT"),) if refusal.status == HTTPStatus.METHOD_NOT_ALLOWED else ()
    return Reply(refusal.status, (("content-type", "application/xml"), *allow), body.encode())

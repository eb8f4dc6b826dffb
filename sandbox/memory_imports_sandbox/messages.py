"""What goes in and out of the world: requests and replies, without a socket.

Queries, headers and bodies stay out of every repr: they hold signatures, credentials and people.
"""

import json
from collections.abc import Mapping

from attrs import field, frozen

CODES: Mapping[int, int] = {401: 20003, 404: 20404, 429: 20429, 500: 20500, 503: 20503}
INVALID_REQUEST = 520046
NO_SUCH_STORE = 520041
MALFORMED_STORE_ID = 520049
LONGEST_MESSAGE = 1024


@frozen
class Request:
    """A request as it came: `path` and `query` still percent-encoded, header names in lower case."""

    method: str
    path: str
    query: str = field(default="", repr=False)
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    body: bytes = field(default=b"", repr=False)

    def header(self, name: str) -> str | None:
        """The value of the header, several joined by commas; None where it is missing."""
        values = [value for key, value in self.headers if key == name]
        return ",".join(values) if values else None


@frozen
class Reply:
    """An answer, complete but for what the shell has to add to send it."""

    status: int
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    body: bytes = field(default=b"", repr=False)

    def with_headers(self, *headers: tuple[str, str]) -> "Reply":
        """The same answer with more headers."""
        return Reply(self.status, (*self.headers, *headers), self.body)


def json_reply(status: int, document: object, *headers: tuple[str, str]) -> Reply:
    """An answer whose body is the document as JSON."""
    return Reply(status, (("content-type", "application/json"), *headers), json.dumps(document).encode())


def problem(status: int, message: str, *headers: tuple[str, str], code: int | None = None) -> Reply:
    """The API's error object; without a code, the one that the vendor gives to the status."""
    number = code if code is not None else CODES.get(status, status)
    document = {
        "code": number,
        "message": message[:LONGEST_MESSAGE],
        "more_info": f"https://www.twilio.com/docs/errors/{number}",
        "status": status,
    }
    return json_reply(status, document, *headers)

"""One request and its answer, and how both are shown: secrets never, so that a report can be published.

Credentials are named as environment variables, signatures of URLs are cut. May not send anything.
"""

import json
import re
import shlex
import time
from typing import Any

from attrs import field, frozen

_QUERY = re.compile(r"(https?://[^\s\"'?]+\?)[^\s\"']+")
_LONGEST = 1500
_AUTH = {
    "good": '-u "$TWILIO_API_KEY:$TWILIO_API_SECRET"',
    "none": "",
    "wrong password": '-u "$TWILIO_API_KEY:wrong"',
    "wrong user": '-u "wrong:$TWILIO_API_SECRET"',
    "bearer": '-H "Authorization: Bearer $TWILIO_API_SECRET"',
}
AUTHS = tuple(_AUTH)


@frozen
class Ask:
    """A request: the whole URL, and by which credentials (a name of `AUTHS`) it is made."""

    method: str
    url: str = field(repr=False)
    auth: str = "good"
    headers: tuple[tuple[str, str], ...] = ()
    content: bytes | None = field(default=None, repr=False)
    framing: str = "length"
    """`length` as HTTP wants it; `chunked`; `bare`, without saying how long the body is."""
    is_signed: bool = False
    """Whether the query of the URL is a secret."""


@frozen
class Exchange:
    """A request and its answer, header names in lower case; `earlier` are answers that asked to try again."""

    ask: Ask
    status: int
    headers: tuple[tuple[str, str], ...] = field(repr=False)
    body: bytes = field(repr=False)
    at: float
    earlier: tuple["Exchange", ...] = ()

    def header(self, name: str) -> str | None:
        """The value of the header, or None."""
        return next((value for key, value in self.headers if key == name), None)

    @property
    def is_good(self) -> bool:
        """Whether the status says yes."""
        return 200 <= self.status < 300  # noqa: PLR2004 - HTTP's own

    @property
    def is_broken(self) -> bool:
        """Whether the status says that the server has failed."""
        return self.status >= 500  # noqa: PLR2004 - HTTP's own

    def document(self) -> Any:  # noqa: ANN401 - JSON
        """The body as JSON.

        Raises:
            ValueError: It is none.
        """
        return json.loads(self.body.decode(), parse_constant=_not_json)  # as text, lest it guess at an encoding


def unanswered(ask: Ask) -> Exchange:
    """The exchange of a request that nothing came back to."""
    return Exchange(ask, 0, (), b"", time.time())


def _not_json(_: str) -> None:
    raise ValueError("a number that JSON does not know")


def redacted(text: str) -> str:
    """The text without the queries of its URLs: one of them may be a signature."""
    return _QUERY.sub(r"\1...", text)


def curl(ask: Ask) -> str:
    """A command that sends the request again, with the secrets by name."""
    words = ["curl", "-i", "-X", ask.method, _AUTH[ask.auth]]
    words += [f"-H {shlex.quote(f'{name}: {value}')}" for name, value in ask.headers]
    if ask.framing == "chunked":
        words.append("-H 'Transfer-Encoding: chunked'")
    if ask.content is not None and ask.content:
        words.append(f"--data-binary {shlex.quote(_short(ask.content.decode(errors='replace')))}")
    return " ".join(word for word in [*words, shlex.quote(redacted(ask.url) if ask.is_signed else ask.url)] if word)


def evidence(exchange: Exchange) -> str:
    """The command, and what came of it."""
    answer = _short(redacted(exchange.body.decode(errors="replace")))
    return f"{curl(exchange.ask)}\n{exchange.status} {answer}".rstrip()


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "..."

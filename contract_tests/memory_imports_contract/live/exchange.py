"""One request and its answer, and how both are shown: secrets never, so that a report can be published.

Credentials are named as environment variables, signatures of URLs are cut. May not send anything.
"""

import json
import re
import shlex
import time
from collections.abc import Callable
from typing import Any

from attrs import field, frozen

_QUERY = re.compile(r"(https?://[^\s\"'?]+\?)[^\s\"']+", re.IGNORECASE)
_LONGEST = 1500
_AUTH = {
    "good": '-u "$TWILIO_API_KEY:$TWILIO_API_SECRET"',
    "none": "",
    "wrong password": '-u "$TWILIO_API_KEY:wrong"',
    "wrong user": '-u "wrong:$TWILIO_API_SECRET"',
    "bearer": '-H "Authorization: Bearer $TWILIO_API_SECRET"',
}
AUTHS = tuple(_AUTH)
Shown = Callable[[str], str]
"""Makes of a text what may be shown of it."""


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


def curl(ask: Ask, held: Shown = str) -> str:
    """A command that sends the request again, with the secrets by name; ``held`` takes them out of other texts."""
    words = ["curl", "-i", "-X", ask.method, _AUTH[ask.auth]]
    words += [f"-H {shlex.quote(held(f'{name}: {value}'))}" for name, value in ask.headers]
    if ask.framing == "chunked":
        words.append("-H 'Transfer-Encoding: chunked'")
    if ask.content is not None and ask.content:
        words.append(f"--data-binary {shlex.quote(_short(held(ask.content.decode(errors='replace'))))}")
    url = shlex.quote(held(redacted(ask.url) if ask.is_signed else ask.url))
    return " ".join(word for word in [*words, url] if word)


def evidence(exchange: Exchange, held: Shown = str) -> str:
    """The command, and what came of it: cut when the secrets are out, lest half of one be left."""
    answer = _short(held(redacted(exchange.body.decode(errors="replace"))))
    return f"{curl(exchange.ask, held)}\n{exchange.status} {answer}".rstrip()


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "..."

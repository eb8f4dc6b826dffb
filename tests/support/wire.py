"""Requests, answers and faults as data, and a world that answers from a script. No I/O, no httpx here.

A script says ``http://here`` where the address of the server belongs; whoever plays it puts that in.
"""

from collections.abc import Callable, Iterable, Mapping
from enum import Enum

from attrs import evolve, field, frozen

HERE = "http://here"


class Fault(Enum):
    """What happens instead of an answer."""

    REFUSED = "nobody listens"
    UNREAD = "the connection is reset before the body was read"
    RESET = "the connection is reset after the request was read"
    CLOSED = "the connection is closed without an answer"

    @property
    def sent(self) -> bool:
        """Whether the server may have seen the request."""
        return self is not Fault.REFUSED


@frozen(kw_only=True)
class Request:
    """What came in: header names in lower case."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes


@frozen(kw_only=True)
class Answer:
    """What goes out, or the fault that happens instead."""

    status: int = 200
    headers: Mapping[str, str] = field(factory=dict)
    body: bytes = b""
    fault: Fault | None = None

    def at(self, base: str) -> "Answer":
        """Return the answer of a server at this address."""
        headers = {name: value.replace(HERE, base) for name, value in self.headers.items()}
        return evolve(self, headers=headers, body=self.body.replace(HERE.encode(), base.encode()))


World = Callable[[Request], Answer]


class Script:
    """A world that gives its answers in order, and keeps what it was asked."""

    def __init__(self, answers: Iterable[Answer]) -> None:
        self.left = list(answers)
        self.requests: list[Request] = []

    def __call__(self, request: Request) -> Answer:
        """Return the next answer; past the end a status that no contract knows."""
        self.requests.append(request)
        return self.left.pop(0) if self.left else Answer(status=418)

    def refuses(self) -> bool:
        """Say whether nobody listens now, and if so go on to the next answer."""
        refused = bool(self.left) and self.left[0].fault is Fault.REFUSED
        if refused:
            del self.left[0]
        return refused

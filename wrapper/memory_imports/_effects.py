"""The words in which a flow speaks to its driver. Frozen values only: no I/O and no httpx here."""

from collections.abc import Callable, Generator, Mapping, Sequence
from typing import Any, ClassVar, Literal, Protocol, TypeAlias, TypeVar

from attrs import field, frozen

from memory_imports._body import Body
from memory_imports._held import hold_url
from memory_imports._quoted import identifier

# What watchers tell of what a flow returned or ended with, as far as that has it.
RESULT = ("outcome", "state", "rows", "bytes", "errors", "warnings", "import_id", "request_id")
_REQUEST_IDS = ("twilio-request-id", "x-amz-request-id")


@frozen(kw_only=True)
class Call:
    """One request to the API, for the ``attempt``-th time. ``timeout`` is in seconds; gives back a `Reply`."""

    operation: str
    method: str
    path: str
    query: Mapping[str, Any] = field(factory=dict[str, Any])
    json: Any = None
    import_id: str | None = None
    timeout: float | None = None
    attempt: int = 1


@frozen(kw_only=True)
class Put:
    """One upload, for the ``attempt``-th time, through a client that holds no credentials; gives back a `Reply`.

    ``on_sent`` is called with the bytes sent so far in this attempt. At the ``deadline`` the driver gives up.
    """

    operation: ClassVar[str] = "upload"
    method: ClassVar[str] = "PUT"

    url: str = field(repr=False)
    import_id: str
    deadline: float | None = None
    body: Body
    headers: Mapping[str, str]
    on_sent: Callable[[int], None]
    attempt: int = 1

    def __attrs_post_init__(self) -> None:
        hold_url(self.url)


@frozen
class Sleep:
    """Wait for so many seconds; gives back the time afterwards. ``Sleep(0)`` asks for the time.

    ``why`` is for those who look on: to "retry" a request, to "poll" a status once more, or because it begins to look
    for the "arrival" of a file that an earlier process may have sent.
    """

    seconds: float
    why: Literal["retry", "poll", "arrival"] | None = None


@frozen
class Offload:
    """Local work that blocks (reading a file); gives back what it returns."""

    work: Callable[[], Any]


@frozen
class Record:
    """A journal line, durable before the flow goes on. Holds no cell value and no signed URL."""

    event: str
    fields: Mapping[str, Any]


@frozen
class Together:
    """Several flows side by side, as the ``crew`` says; over when none of them runs and none may begin."""

    crew: "Crew"


@frozen(kw_only=True)
class Reply:
    """An answer: header names in lower case, ``at`` in seconds since the epoch, never stepping back."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    at: float

    @property
    def request_id(self) -> str | None:
        """Return the id that whoever answered gave the request: the API, else the object store; None if it is none."""
        return next((identifier(self.headers[name]) for name in _REQUEST_IDS if name in self.headers), None)


class Lost(Exception):  # noqa: N818 - thrown into a flow as news, never out of one as an error
    """No answer. ``sent`` says whether the server may have seen the request."""

    def __init__(self, reason: str, *, sent: bool, at: float) -> None:
        super().__init__(reason)
        self.reason = reason
        self.sent = sent
        self.at = at

    @property
    def kind(self) -> str:
        """Return the kind of failure in one word, such as ``ReadTimeout``."""
        return self.reason.partition(":")[0]


Effect: TypeAlias = Call | Put | Sleep | Offload | Record | Together
Outcome: TypeAlias = Reply | Lost
Journal: TypeAlias = Callable[[Record], None]


def unrecorded(_: Record) -> None:
    """Keep no journal: for calls that are over when they return."""


Result = TypeVar("Result")
# What comes back into a flow depends on the effect, which a generator's one send type cannot say: hence Any.
Flow: TypeAlias = Generator[Effect, Any, Result]


class Crew(Protocol):
    """Flows under way together, each with a number. A driver calls from one thread only, whatever runs the flows."""

    def ready(self) -> Sequence[tuple[int, Flow[Any]]]:
        """Return the flows that begin now: asked for at the start, and again whenever one has ended."""
        ...

    def ended(self, number: int, outcome: Any) -> None:  # noqa: ANN401 - each flow has its own
        """Take what a flow returned, or the exception that it ended with; what this raises ends all of them."""
        ...

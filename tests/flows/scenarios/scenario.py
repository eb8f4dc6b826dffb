"""What a scenario is, and the flows that scenarios start."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from attrs import field, frozen

from memory_imports import _flow
from memory_imports._body import Body, body_of
from memory_imports._effects import Flow
from memory_imports._flow import Files, Known, Manner, Page, Part, Tries, Upload
from memory_imports._policy import Polling
from memory_imports._url import ends_at
from memory_imports.errors import UnknownState
from memory_imports.models import ColumnMapping, CreatedImport, ImportStatus, Order, Progress
from tests.support.replies import START, STORE, import_id, upload_url
from tests.support.simulated import EPOCH
from tests.support.wire import HERE, Answer

CELL = "ann.the.secret@example.com"
CONTENT = f"email,name\n{CELL},Ann\nbob.the.secret@example.com,Bob\n".encode()
COLUMNS = {"email": "Contact.email", "name": "Contact.firstName"}
MAPPINGS = (ColumnMapping("email", "Contact", "email"), ColumnMapping("name", "Contact", "firstName"))
TRIES = Tries(random=lambda: 0.5, polling=Polling(first=1.0, share=0.2))


@frozen(kw_only=True)
class Place:
    """Where a scenario is played: a folder of its own, and the server's address."""

    folder: Path
    base: str

    def file(self) -> Path:
        """Return a file with the content that scenarios send."""
        path = self.folder / "people.csv"
        path.write_bytes(CONTENT)
        return path


Start = Callable[[Place], Flow[Any]]


@frozen(kw_only=True)
class Scenario:
    """A flow, what it meets, and what must come of it.

    ``sent`` names the requests that the service saw; ``facts`` are attributes of what the flow returned or ended
    with, ``words`` are in its message.
    """

    name: str
    start: Start
    meets: Sequence[Answer]
    sent: str
    ends: type
    facts: Mapping[str, Any] = field(factory=dict)
    words: Sequence[str] = ()
    slept: Sequence[float] | None = None


def create(**given: Any) -> Start:  # noqa: ANN401 - as the flow
    """Start a create."""
    return lambda _: _flow.create(STORE, "people.csv", len(CONTENT), MAPPINGS, TRIES, **given)


def fetch(number: int = 1) -> Start:
    """Start a fetch."""
    return lambda _: _flow.fetch(STORE, import_id(number), TRIES)


def upload(
    url: str | None = None,
    *,
    size: int | None = None,
    source: Callable[[Place], Body] = lambda _: body_of(CONTENT),
    tries: Callable[[Place], Tries] = lambda _: TRIES,
) -> Start:
    """Start an upload to an import that was created with this URL."""

    def start(place: Place) -> Flow[None]:
        address = (url or upload_url()).replace(HERE, place.base)
        ends = ends_at(address)
        created = CreatedImport(
            import_id=import_id(),
            url=address,
            file_size=len(CONTENT) if size is None else size,
            expires_at=None if ends is None else START.fromtimestamp(ends, START.tzinfo),
        )
        return _flow.upload(Upload(store_id=STORE, created=created, body=source(place)), tries(place))

    return start


def wait(*, timeout: float = 600, told: Callable[[ImportStatus], None] = lambda _: None) -> Start:
    """Start a wait."""
    return lambda _: _flow.wait(STORE, import_id(), TRIES, timeout=timeout, on_status=told)


def wait_twice(*, timeout: float) -> Start:
    """Wait, run out of time, and wait for the same import again."""

    def start(_: Place) -> Flow[ImportStatus]:
        try:
            return (yield from _flow.wait(STORE, import_id(), TRIES, timeout=timeout))
        except (TimeoutError, UnknownState) as problem:
            same = str(getattr(problem, "import_id", None))
        return (yield from _flow.wait(STORE, same, TRIES, timeout=timeout))

    return start


class Listed(tuple[str, ...]):
    """All ids of a listing."""

    __slots__ = ()


def listing(*, order: Order = "desc", page_size: int | None = None) -> Start:
    """Start a listing of all pages."""

    def start(_: Place) -> Flow[Listed]:
        found: list[str] = []
        here = Page(store_id=STORE, order=order, page_size=page_size)
        while following := (yield from _flow.next_page(here, TRIES)):
            here = following
            found += here.import_ids
        return Listed(found)

    return start


def run_file(*, follow: bool = True, tell: Callable[[Progress], None] = lambda _: None) -> Start:
    """Start a run of a file, from the check on."""

    def start(place: Place) -> Flow[Any]:
        files = Files(store_id=STORE, sources=[place.file()], columns=COLUMNS)
        return _flow.run_files(files, TRIES, Manner(timeout=600, follow=follow, tell=tell))

    return start


def part() -> Part:
    """Return the content as one part."""
    return Part(
        store_id=STORE,
        file="people.csv",
        filename="people.csv",
        body=body_of(CONTENT),
        first_row=1,
        last_row=2,
        rows=2,
        sha256="0" * 64,
        mappings=MAPPINGS,
    )


def run(stage: str | None = None, *, known: int | None = 9, timeout: float = 600, follow: bool = True) -> Start:
    """Start a run of a part that an earlier run left at this stage, ten seconds ago."""

    def start(_: Place) -> Flow[Any]:
        earlier = import_id(known) if known is not None else None
        left = None if stage is None else Known(stage=stage, import_id=earlier, at=EPOCH - 10)
        return _flow.run(part(), TRIES, Manner(timeout=timeout, follow=follow), left)

    return start

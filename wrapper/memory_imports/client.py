"""What people import: names and docstrings over the flows, one line of work each. Sync and async say the same."""

import random
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from functools import cached_property
from threading import Lock
from types import TracebackType
from typing import TYPE_CHECKING, Self, Unpack, cast

from memory_imports import _flow
from memory_imports._body import Source, body_of
from memory_imports._bounds import callback, count, seconds
from memory_imports._effects import Flow, Journal, Result, unrecorded
from memory_imports._flow import TIMEOUT, Files, Manner, Page, Tries, Upload
from memory_imports._policy import Polling, Retry, patient
from memory_imports._redact import forget_locals
from memory_imports._settings import Credentials, Settings, settings
from memory_imports.errors import CallerError, MemoryImportsError
from memory_imports.models import ColumnMapping, CreatedImport, ImportStatus, Order, Progress, RunResult
from memory_imports.tables import Decisions, Options, Sources, parse_mapping

if TYPE_CHECKING:
    from memory_imports._drive_async import AsyncDriver
    from memory_imports._drive_sync import Driver
    from memory_imports.tables import Source as Table

Mappings = Sequence[ColumnMapping] | Mapping[str, str]
# Imports under way at once: the service limits how many requests an account may have open.
CONCURRENCY = 4


def untold(_: object) -> None:
    """Take news that nobody waits for."""


def as_mappings(given: Mappings) -> Sequence[ColumnMapping]:
    """Return mappings, from the short form or as they are."""
    return parse_mapping(given) if isinstance(given, Mapping) else given


def in_turn(tell: Callable[[Progress], None]) -> Callable[[Progress], None]:
    """Return what tells the same, never to two threads at once."""
    lock = Lock()

    def told(news: Progress) -> None:
        with lock:
            tell(news)

    return told


def _manner(timeout: float | None, concurrency: int, progress: Callable[[Progress], None]) -> Manner:
    return Manner(
        timeout=None if timeout is None else seconds(timeout, "timeout"),
        concurrency=count(concurrency, "concurrency"),
        tell=in_turn(callback(progress, "progress")),
    )


class _Client:
    """What both clients are told when they are made, and the flows that they run."""

    _closed = False

    def __init__(
        self,
        store_id: str | None = None,
        *,
        credentials: Credentials | tuple[str, str] | None = None,
        base_url: str | None = None,
        allow_http: bool = False,
        user_agent: str | None = None,
        retry: Retry | None = None,
        polling: Polling | None = None,
    ) -> None:
        """Make a client; what is not given comes from the environment.

        Args:
            store_id: The store (``TWILIO_MEMORY_STORE_ID``).
            credentials: An API key's SID and secret, or an account's SID and auth token (``TWILIO_API_KEY`` and
                ``TWILIO_API_SECRET``, else ``TWILIO_ACCOUNT_SID`` and ``TWILIO_AUTH_TOKEN``).
            base_url: The service (``TWILIO_MEMORY_BASE_URL``), by default the vendor's.
            allow_http: Send credentials in clear to a host that is not this machine.
            user_agent: A suffix to the User-Agent, such as ``nightly-load/2.1``.
            retry: How often and how long an API request is tried again.
            polling: How often a status is asked for.

        Raises:
            CredentialsMissing: There are none.
            InvalidRequest: There is no store, or the base URL will not do.
        """
        credentials = Credentials(*credentials) if isinstance(credentials, tuple) else credentials
        try:
            self.settings: Settings = settings(
                store_id, credentials=credentials, base_url=base_url, allow_http=allow_http, user_agent=user_agent
            )
        except MemoryImportsError as problem:
            forget_locals(problem)
            raise
        self.store_id: str = self.settings.store_id
        self.tries: Tries = Tries(
            random=random.random, retry=retry or Retry(), watch=retry or patient(), polling=polling or Polling()
        )

    def _refuse_closed(self) -> None:
        if self._closed:
            raise CallerError("This client has been closed; make a new one.")

    def _files(self, source: Sources, columns: Mapping[str, str], decided: Decisions) -> Files:
        sources = cast("Sequence[Table]", source if isinstance(source, list | tuple) else (source,))
        return Files(store_id=self.store_id, sources=sources, columns=columns, options=Options(**decided))

    def __repr__(self) -> str:
        if "settings" not in vars(self):
            return f"{type(self).__name__}()"  # a traceback may show a client that could not be made
        return f"{type(self).__name__}(store_id={self.store_id!r}, base_url={self.settings.base_url!r})"


class MemoryImports(_Client):
    """The imports of one store, synchronously. Close it, or use it as a context manager.

    Source of every operation: the vendor's Memory API v1, Profiles Imports.
    """

    @cached_property
    def _driver(self) -> "Driver":
        from memory_imports._drive_sync import Driver  # noqa: PLC0415 - httpx waits until it is needed

        self._refuse_closed()
        return Driver(self.settings)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close every connection."""
        self._closed = True
        driver: Driver | None = vars(self).pop("_driver", None)
        if driver is not None:
            driver.close()

    def perform(self, flow: Flow[Result], record: Journal = unrecorded) -> Result:
        """Run a flow: for what is built on top of this client."""
        return self._driver.run(flow, record)

    def create(self, filename: str, *, size: int, mappings: Mappings) -> CreatedImport:
        """Create an import for a file that is still to be uploaded.

        Args:
            filename: What the service shows as the file's name.
            size: Its length in bytes, exactly.
            mappings: Which column goes to which trait: mappings, or ``{"column": "Group.trait"}``.

        Raises:
            InvalidRequest: The contract forbids an argument; nothing was sent.
            ServiceError: The service refused.
            ConnectionLost: No answer. An import that it may have made is looked for, and named in the error.
            ContractBroken: The service answered what the contract forbids.
        """
        return self.perform(_flow.create(self.store_id, filename, size, as_mappings(mappings), self.tries))

    def upload(self, created: CreatedImport, source: Source, *, progress: Callable[[int], None] = untold) -> None:
        """Put a file where its import waits for it, once.

        Args:
            created: The import.
            source: A path, bytes, or a seekable binary file.
            progress: Called with the bytes sent; a retry starts again from 0. What it raises ends the upload.

        Raises:
            InvalidRequest: The source cannot be read, or has another size than the import was created for.
            SourceChanged: The file changed while it was sent.
            UploadExpired: The URL has ended: create a new import.
            UploadRefused: The object store refused the file.
            ConnectionLost: No answer, and the service does not have the file.
        """
        tell = callback(progress, "progress")
        job = Upload(store_id=self.store_id, created=created, body=body_of(source), on_sent=tell)
        del source  # a traceback shows what is still here
        self.perform(_flow.upload(job, self.tries))

    def fetch(self, import_id: str) -> ImportStatus:
        """Return one import as the service shows it now.

        Raises:
            InvalidRequest: This is no import id.
            NotFound: The store has no such import.
            ServiceError: The service refused.
            ConnectionLost: No answer.
            ContractBroken: The service answered what the contract forbids.
        """
        return self.perform(_flow.fetch(self.store_id, import_id, self.tries))

    def wait(
        self,
        import_id: str,
        *,
        timeout: float = TIMEOUT,
        progress: Callable[[ImportStatus], None] = untold,
    ) -> ImportStatus:
        """Return the status with which an import ends, COMPLETED or FAILED.

        Args:
            import_id: The import.
            timeout: Seconds from now.
            progress: Called with every status seen. What it raises ends the wait; the same call goes on.

        Raises:
            InvalidRequest: This is no import id, or no time to wait.
            WaitTimeout: It had not ended in time; the same call goes on.
            UnknownState: All that time it showed a word that the contract does not know.
            MemoryImportsError: As `fetch`, with the state last seen.
        """
        limit, tell = seconds(timeout, "timeout"), callback(progress, "progress")
        return self.perform(_flow.wait(self.store_id, import_id, self.tries, timeout=limit, on_status=tell))

    def list(self, *, order: Order = "desc", page_size: int | None = None) -> Iterator[str]:
        """Yield the ids of the store's imports, newest first or oldest first, page by page.

        Raises:
            MemoryImportsError: As `fetch`.
        """
        page = Page(store_id=self.store_id, order=order, page_size=page_size)
        while following := self.perform(_flow.next_page(page, self.tries)):
            page = following
            yield from page.import_ids

    def run(
        self,
        source: Sources,
        columns: Mapping[str, str],
        *,
        timeout: float | None = None,
        concurrency: int = CONCURRENCY,
        progress: Callable[[Progress], None] = untold,
        **decided: Unpack[Decisions],
    ) -> RunResult:
        """Check files, part them as the service wants them, import every part and wait for the ends.

        Keeps no journal: called again, it sends the files again; `memory_imports.jobs` goes on where it stopped.

        Args:
            source: A path, bytes, a binary file or a table of pandas, polars or Arrow, or a list of them.
            columns: Which column goes where: ``{"email_address": "Contact.email"}``.
            timeout: Seconds for all of it, the check included; by default an hour for each part, without the check.
            concurrency: How many parts are under way at once.
            progress: Called with absolute figures as the work goes on, by one thread at a time; a plain function.
                What it raises ends the run, and leaves the imports that were made as they are.
            **decided: ``blank``, what becomes of blank cells in mapped columns ("refuse", "overwrite", "keep" or
                "delete"); ``region``, the country of phones that name none; ``rejects``, a path for the rows that stay
                out, without which a file with such rows is refused; ``encoding``, ``delimiter`` and ``sheet``
                of the files.

        Raises:
            FileRefused: Something would lose data or be refused; nothing was sent.
            InvalidRequest: There is no such choice, no file is given, or one cannot be read; nothing was sent.
            MemoryImportsError: As `create`, `upload` and `wait`, with the import id where there is one.
        """
        manner = _manner(timeout, concurrency, progress)
        flow = _flow.run_files(self._files(source, columns, decided), self.tries, manner)
        del source  # a traceback shows what is still here
        return self.perform(flow)


class AsyncMemoryImports(_Client):
    """The same as `MemoryImports`, awaited in an asyncio event loop.

    Progress is told from that loop or a thread, to a plain function: it is not awaited.
    """

    @cached_property
    def _driver(self) -> "AsyncDriver":
        from memory_imports._drive_async import AsyncDriver  # noqa: PLC0415 - httpx waits until it is needed

        self._refuse_closed()
        return AsyncDriver(self.settings)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close every connection."""
        self._closed = True
        driver: AsyncDriver | None = vars(self).pop("_driver", None)
        if driver is not None:
            await driver.close()

    async def perform(self, flow: Flow[Result]) -> Result:
        """See `MemoryImports.perform`; what keeps a journal runs synchronously."""
        return await self._driver.run(flow)

    async def create(self, filename: str, *, size: int, mappings: Mappings) -> CreatedImport:
        """See `MemoryImports.create`."""
        return await self.perform(_flow.create(self.store_id, filename, size, as_mappings(mappings), self.tries))

    async def upload(self, created: CreatedImport, source: Source, *, progress: Callable[[int], None] = untold) -> None:
        """See `MemoryImports.upload`."""
        tell = callback(progress, "progress")
        job = Upload(store_id=self.store_id, created=created, body=body_of(source), on_sent=tell)
        del source  # as there
        await self.perform(_flow.upload(job, self.tries))

    async def fetch(self, import_id: str) -> ImportStatus:
        """See `MemoryImports.fetch`."""
        return await self.perform(_flow.fetch(self.store_id, import_id, self.tries))

    async def wait(
        self,
        import_id: str,
        *,
        timeout: float = TIMEOUT,  # noqa: ASYNC109 - ends with the import's id, which a cancellation cannot
        progress: Callable[[ImportStatus], None] = untold,
    ) -> ImportStatus:
        """See `MemoryImports.wait`."""
        limit, tell = seconds(timeout, "timeout"), callback(progress, "progress")
        return await self.perform(_flow.wait(self.store_id, import_id, self.tries, timeout=limit, on_status=tell))

    async def list(self, *, order: Order = "desc", page_size: int | None = None) -> AsyncIterator[str]:
        """See `MemoryImports.list`."""
        page = Page(store_id=self.store_id, order=order, page_size=page_size)
        while following := await self.perform(_flow.next_page(page, self.tries)):
            page = following
            for import_id in page.import_ids:
                yield import_id

    async def run(
        self,
        source: Sources,
        columns: Mapping[str, str],
        *,
        timeout: float | None = None,  # noqa: ASYNC109 - as in wait
        concurrency: int = CONCURRENCY,
        progress: Callable[[Progress], None] = untold,
        **decided: Unpack[Decisions],
    ) -> RunResult:
        """See `MemoryImports.run`."""
        manner = _manner(timeout, concurrency, progress)
        flow = _flow.run_files(self._files(source, columns, decided), self.tries, manner)
        del source  # as there
        return await self.perform(flow)

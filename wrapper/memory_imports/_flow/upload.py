"""The file to its URL. The object store is not the API: other errors, other retries, and no credentials."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from http import HTTPStatus
from typing import NoReturn

from attrs import evolve, frozen

from memory_imports._body import Body
from memory_imports._effects import Flow, Put, Reply, Sleep
from memory_imports._flow.arrival import has_arrived
from memory_imports._flow.part import TIMEOUT
from memory_imports._flow.retry import Tries, persist
from memory_imports._policy import is_success
from memory_imports._quoted import identifier
from memory_imports._url import is_upload_url, redirected, upload_headers
from memory_imports.errors import (
    ConnectionLost,
    InvalidRequest,
    MemoryImportsError,
    UploadExpired,
    UploadRefused,
    WaitTimeout,
)
from memory_imports.models import CreatedImport


class _Arrived(Exception):  # noqa: N818 - good news
    """The service has the file already."""


@frozen(kw_only=True)
class Upload:
    """One file on its way to one import. ``on_sent`` is called with the bytes sent in the current attempt."""

    store_id: str
    created: CreatedImport
    body: Body
    on_sent: Callable[[int], None] = lambda _: None


def upload(job: Upload, tries: Tries, *, deadline: float | None = None) -> Flow[None]:
    """Put the file where its import waits for it.

    Raises:
        InvalidRequest: The import was created for a file of another size, or has no URL to send it to.
        UploadExpired: The URL has ended; a new import gives another.
        UploadRefused: The object store refused the file.
        WaitTimeout: It was not through at the deadline.
        ConnectionLost: No answer, and the service does not have the file.
    """
    try:
        yield from _upload(job, tries, deadline)
    except MemoryImportsError as problem:
        problem.import_id = job.created.import_id
        now = yield Sleep(0)
        if isinstance(problem, ConnectionLost) and deadline is not None and now >= deadline:
            raise _late(job.created, problem) from None
        raise


def _upload(job: Upload, tries: Tries, deadline: float | None) -> Flow[None]:
    created = job.created
    if job.body.size != created.file_size:
        raise InvalidRequest(
            f"{job.body.name} has {job.body.size} bytes, but {created.import_id} was created for "
            f"{created.file_size}; create an import for the file as it is.",
            field="source",
        )
    if not is_upload_url(created.url):
        raise InvalidRequest(f"The upload URL of {created.import_id} leads nowhere; create a new import.", field="url")
    _refuse_expired(created, (yield Sleep(0)))
    put = Put(
        url=created.url,
        import_id=created.import_id,
        deadline=deadline,
        body=job.body,
        headers=upload_headers(created.url),
        on_sent=job.on_sent,
    )
    try:
        reply = yield from _put(job, put, tries, deadline)
        if reply.status == HTTPStatus.TEMPORARY_REDIRECT:
            reply = yield from _put(job, _redirected(put, reply, created), tries, deadline)
    except _Arrived:
        job.on_sent(job.body.size)
        return
    if not is_success(reply.status):
        _refuse(reply, created)


def _late(created: CreatedImport, problem: ConnectionLost) -> WaitTimeout:
    return WaitTimeout(
        f"The upload to {created.import_id} was not through in time ({problem.reason}); run it again with more.",
        import_id=created.import_id,
        state="PENDING",
        waited=0.0,
    )


def _put(job: Upload, put: Put, tries: Tries, deadline: float | None) -> Flow[Reply]:
    created = job.created

    def ask_first(uncertain: bool, now: float) -> Flow[None]:  # noqa: FBT001 - the shape of every such hook
        if uncertain and (yield from has_arrived(job.store_id, created.import_id, tries, deadline=deadline)):
            raise _Arrived
        _refuse_expired(created, now)

    end = (yield from _end_of(created)) if deadline is None else deadline
    return (yield from persist(put, tries, import_id=created.import_id, deadline=end, before_repeat=ask_first))


def _end_of(created: CreatedImport) -> Flow[float]:
    """Return when trying again makes no sense any more for a caller who has set no time: the URL has ended."""
    now: float = yield Sleep(0)
    return now + TIMEOUT if created.expires_at is None else created.expires_at.timestamp()


def _redirected(put: Put, reply: Reply, created: CreatedImport) -> Put:
    target = redirected(put.url, reply.headers.get("location", ""))
    if target is None:
        raise UploadRefused(
            "The object store redirects the upload to another provider, which was not followed. "
            f"Nothing was uploaded to {created.import_id}; ask the vendor.",
            status=reply.status,
            import_id=created.import_id,
        )
    return evolve(put, url=target, headers=upload_headers(target))


def _refuse_expired(created: CreatedImport, now: float) -> None:
    if created.expires_at is not None and now >= created.expires_at.timestamp():
        raise UploadExpired(
            f"The upload URL of {created.import_id} ended at {created.expires_at:%Y-%m-%d %H:%M:%S} UTC; "
            "create a new import and upload at once.",
            status=HTTPStatus.FORBIDDEN,
            import_id=created.import_id,
        )


def _refuse(reply: Reply, created: CreatedImport) -> NoReturn:
    text = reply.body.decode("utf-8", "replace")
    code = _element(text, "Code", "[A-Z][A-Za-z0-9]{1,63}")
    # Its sentence may repeat a row or the URL: it is looked at and not shown, and so is all else that it says.
    expired = reply.status == HTTPStatus.FORBIDDEN and re.search(r"<Message>[^<]{0,300}expired", text, re.IGNORECASE)
    request_id = _element(text, "RequestId", "[^<]{1,64}") or reply.request_id
    kind = UploadExpired if expired else UploadRefused
    raise kind(
        f"The object store refused the file for {created.import_id} with {reply.status} {code or 'without a code'}. "
        f"{_advice(reply, created, expired=bool(expired))} Request id {request_id or 'unknown'}.",
        status=reply.status,
        code=code,
        import_id=created.import_id,
        request_id=request_id,
    )


def _advice(reply: Reply, created: CreatedImport, *, expired: bool) -> str:
    if not expired:
        return "Nothing was imported; create a new import and upload again."
    if created.expires_at and datetime.fromtimestamp(reply.at, UTC) < created.expires_at:
        return "By this machine's reckoning the URL is still good: check the clocks, then create a new import."
    return "Create a new import and upload at once."


def _element(text: str, name: str, shape: str) -> str | None:
    # Not an XML parser: an error page is never trusted, and may be anything, a row of the file included.
    found = re.search(rf"<{name}>({shape})</{name}>", text)
    return identifier(found[1]) if found else None

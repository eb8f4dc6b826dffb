"""One part as one import: created, uploaded, followed to its end; or gone on with where a journal left it.

Every step that cannot be taken back is recorded before it is taken, so that a crash between any two leaves the truth.
"""

from collections.abc import Sequence
from functools import partial

from attrs import evolve

from memory_imports._effects import Flow, Record, Sleep
from memory_imports._flow.create import create
from memory_imports._flow.part import TIMEOUT, Manner, Part
from memory_imports._flow.resume import Known, resume
from memory_imports._flow.retry import Tries
from memory_imports._flow.upload import Upload, upload
from memory_imports._flow.wait import wait
from memory_imports.errors import (
    BadRequest,
    ConnectionLost,
    CredentialsRefused,
    InvalidRequest,
    MemoryImportsError,
    NotFound,
    UploadExpired,
)
from memory_imports.models import CreatedImport, ImportStatus, PartResult

# A URL lives for half an hour: one that ends before the file is through may be bad luck, two are not.
_URLS = 2
# The same again would be answered the same.
_REFUSALS = (InvalidRequest, BadRequest, CredentialsRefused, NotFound)


def run(part: Part, tries: Tries, manner: Manner, known: Known | None = None) -> Flow[PartResult]:
    """Import one part, or go on with it from what is ``known``.

    Raises:
        WaitTimeout: It was uploaded and had not ended in time.
        MemoryImportsError: As `create`, `upload` and `wait`.
    """
    left = list(known.abandoned) if known else []
    try:
        return (yield from _run(part, tries, manner, known, left))
    except MemoryImportsError as problem:
        problem.abandoned = tuple(dict.fromkeys((*left, *problem.abandoned)))
        raise


def _run(part: Part, tries: Tries, manner: Manner, known: Known | None, left: list[str]) -> Flow[PartResult]:
    """Import one part, and keep in ``left`` which imports were made for it and got no file."""
    start = yield Sleep(0)
    deadline = start + (TIMEOUT if manner.timeout is None else manner.timeout)
    found = yield from resume(part, known, tries, manner, deadline=deadline)
    left[:] = found.abandoned
    result = part.result(found.import_id, found.abandoned)
    uploaded_at = None
    if found.import_id is None:
        created = yield from _send(part, tries, deadline, manner, left)
        uploaded_at = yield Sleep(0)
        result = evolve(
            result,
            import_id=created.import_id,
            abandoned=tuple(left),
            request_ids=_known(created.request_id),
        )
    if not manner.follow:
        return result
    return (yield from _follow(part, result, tries, manner, deadline=deadline, uploaded_at=uploaded_at))


def _send(part: Part, tries: Tries, deadline: float, manner: Manner, left: list[str]) -> Flow[CreatedImport]:
    urls_left = _URLS
    while True:
        urls_left -= 1
        created = yield from _create(part, tries, deadline, manner, left)
        left += created.abandoned
        yield Record("uploading", {"part": part.index, "import_id": created.import_id})
        on_sent = partial(manner.sending, part, "uploading", created=created)
        job = Upload(store_id=part.store_id, created=created, body=part.body, on_sent=on_sent)
        try:
            yield from upload(job, tries, deadline=deadline)
        except UploadExpired:
            if not urls_left:
                raise
            left.append(created.import_id)
        else:
            yield Record("uploaded", {"part": part.index, "import_id": created.import_id})
            return created


def _create(part: Part, tries: Tries, deadline: float, manner: Manner, left: list[str]) -> Flow[CreatedImport]:
    manner.sending(part, "creating")
    yield Record("creating", {"part": part.index, **_left(left)})
    try:
        created = yield from create(
            part.store_id, part.filename, part.body.size, part.mappings, tries, deadline=deadline, owned=manner.owned
        )
    except MemoryImportsError as problem:
        if problem.import_id is None and _is_refused(problem):
            yield Record("refused", {"part": part.index})
        raise
    yield Record("created", {"part": part.index, "import_id": created.import_id, **_left(created.abandoned)})
    return created


def _is_refused(problem: MemoryImportsError) -> bool:
    """Whether there is certainly no import: it was refused, or none of what was sent came anywhere."""
    return isinstance(problem, _REFUSALS) or (isinstance(problem, ConnectionLost) and not problem.sent)


def _left(abandoned: Sequence[str]) -> dict[str, tuple[str, ...]]:
    return {"abandoned": tuple(abandoned)} if abandoned else {}


def _follow(
    part: Part, result: PartResult, tries: Tries, manner: Manner, *, deadline: float, uploaded_at: float | None
) -> Flow[PartResult]:
    now = yield Sleep(0)
    status = yield from wait(
        part.store_id,
        str(result.import_id),
        tries,
        timeout=max(0.0, deadline - now),
        since=uploaded_at,
        on_status=partial(manner.processing, part),
    )
    yield ending(part.index, status)
    return evolve(
        result,
        state=str(status.state),
        request_ids=(*result.request_ids, *_known(status.request_id)),
        errors=status.errors,
        warnings=status.warnings,
    )


def ending(part: int, status: ImportStatus) -> Record:
    """Return the journal line of a part whose import has ended."""
    return Record(
        "ended",
        {
            "part": part,
            "import_id": status.import_id,
            "state": str(status.state),
            "errors": status.errors,
            "warnings": status.warnings,
        },
    )


def _known(request_id: str | None) -> tuple[str, ...]:
    return () if request_id is None else (request_id,)

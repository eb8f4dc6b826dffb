"""An import until its end: asked about soon at first, then ever less often, never past the caller's timeout."""

from collections.abc import Callable

from attrs import evolve

from memory_imports._effects import Flow, Sleep
from memory_imports._flow.fetch import fetch_reply
from memory_imports._flow.retry import Tries
from memory_imports._policy import LONGEST
from memory_imports.errors import (
    ConnectionLost,
    MemoryImportsError,
    RateLimited,
    ServiceUnavailable,
    UnknownState,
    WaitTimeout,
    advised,
)
from memory_imports.models import ImportStatus

_AGAIN = "wait for the same id again to go on"
_WEATHER = (ConnectionLost, RateLimited, ServiceUnavailable)


def wait(
    store_id: str,
    import_id: str,
    tries: Tries,
    *,
    timeout: float,
    since: float | None = None,
    on_status: Callable[[ImportStatus], None] = lambda _: None,
) -> Flow[ImportStatus]:
    """Return the status with which the import ended.

    Args:
        store_id: The store.
        import_id: The import.
        tries: How to poll and how to retry.
        timeout: Seconds from now.
        since: From when the import's age counts, in the driver's time; by default from now.
        on_status: Called with each status seen.

    Raises:
        WaitTimeout: It had not ended in time.
        UnknownState: Nor did it show a word that the contract knows.
    """
    start = yield Sleep(0)
    seen: ImportStatus | UnknownState | None = None
    patient = evolve(tries, retry=tries.watch)
    while True:
        try:
            seen, reply = yield from fetch_reply(store_id, import_id, patient, deadline=start + timeout)
        except UnknownState as unknown:
            seen, unknown.state = unknown, unknown.word
            now = yield Sleep(0)
        except MemoryImportsError as problem:
            problem.state = _word(seen)
            now = yield Sleep(0)
            asked = min(problem.retry_after or 0.0, LONGEST) if isinstance(problem, RateLimited) else 0.0
            if isinstance(problem, _WEATHER) and now + max(tries.watch.cap, asked) >= start + timeout:
                raise _unasked(import_id, problem, now - start) from None
            if not isinstance(problem, RateLimited):
                raise
            yield Sleep(asked, "retry")
            continue
        else:
            now = reply.at
            on_status(seen)
            if seen.ended:
                return seen
        left = start + timeout - now
        if left <= 0:
            raise _out_of_time(import_id, seen, now - start)
        yield Sleep(min(left, tries.polling.pause(now - (start if since is None else since))), "poll")


def _unasked(import_id: str, problem: MemoryImportsError, waited: float) -> WaitTimeout:
    late = WaitTimeout(
        f"{import_id} could not be asked about again before its time was over ({problem.fact.rstrip('.')}).",
        import_id=import_id,
        state=problem.state,
        waited=waited,
    )
    late.request_id = problem.request_id
    return advised(late, _AGAIN)


def _word(seen: ImportStatus | UnknownState | None) -> str | None:
    return None if seen is None else str(seen.state)


def _out_of_time(import_id: str, seen: ImportStatus | UnknownState, waited: float) -> Exception:
    if isinstance(seen, UnknownState):
        return seen
    late = WaitTimeout(
        f"{import_id} was still {seen.state} when its time was over.",
        import_id=import_id,
        state=_word(seen),
        waited=waited,
    )
    late.request_id = seen.request_id
    return advised(late, _AGAIN)

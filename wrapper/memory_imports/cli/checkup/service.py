"""The service itself: one harmless read says whether the credentials are good and the store is there."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from attrs import evolve

from memory_imports.cli.checkup.finding import Finding

if TYPE_CHECKING:
    from memory_imports._effects import Flow
    from memory_imports._flow import Tries
    from memory_imports.client import MemoryImports
    from memory_imports.errors import MemoryImportsError

# The vendor's codes.
_NO_STORE, _NOT_ACTIVE, _MALFORMED = 520041, 520042, 520049
_STORE = {
    _NO_STORE: "check TWILIO_MEMORY_STORE_ID or --store, and whose credentials these are",
    _NOT_ACTIVE: "it is being made; try again in a few minutes",
    _MALFORMED: "check TWILIO_MEMORY_STORE_ID or --store",
}

_BUSY = "wait until other work on the account is done, then ask again"


def asked(client: "MemoryImports", request_ids: list[str]) -> Iterator[Finding]:
    """Ask for the newest import, and say what that tells; the id of the request goes to ``request_ids``."""
    from memory_imports import errors  # noqa: PLC0415 - with the client

    try:
        # Whoever asks waits at a terminal.
        tries = evolve(client.tries, retry=evolve(client.tries.retry, attempts=2))
        request_id = client.perform(newest(client.store_id, tries))
    except errors.MemoryImportsError as problem:
        request_ids += [problem.request_id] if problem.request_id else []
        yield from _refused(problem)
        return
    request_ids += [request_id] if request_id else []
    yield Finding("credentials", "ok", "accepted")
    yield Finding("store", "ok", f"{client.store_id} is there")


def newest(store_id: str, tries: "Tries") -> "Flow[str | None]":
    """Ask for the newest import, and return the id of the request."""
    from memory_imports import _endpoints  # noqa: PLC0415 - with the client
    from memory_imports._flow.retry import persist  # noqa: PLC0415 - the same

    call = _endpoints.list_call(store_id, "desc", 1, None)
    reply = yield from persist(call, tries)
    _endpoints.read_page(call, reply)
    return reply.request_id


def _refused(problem: "MemoryImportsError") -> Iterator[Finding]:
    """Explain an error; what to do is said in words of the check, which knows what it asked for."""
    from memory_imports import errors  # noqa: PLC0415 - with the client

    message, code = problem.fact, getattr(problem, "code", None)
    if isinstance(problem, errors.CredentialsRefused):
        advice = "check the SID and the secret, that the key is not revoked, and what it may do"
        yield Finding("credentials", "problem", message, advice, problem)
    elif isinstance(problem, errors.CallerError):
        yield Finding("store", "problem", message, _STORE[_MALFORMED], problem)
    elif isinstance(problem, errors.NotFound) or code in _STORE:
        yield Finding("credentials", "ok", "accepted")
        advice = _STORE.get(code if isinstance(code, int) else _NO_STORE, _STORE[_NO_STORE])
        yield Finding("store", "problem", message, advice, problem)
    elif isinstance(problem, errors.RateLimited):
        yield Finding("service", "warning", message, _BUSY, problem)
    elif isinstance(problem, errors.ContractBroken):
        advice = "see what has moved with memory-imports drift live, and look for a newer version"
        yield Finding("service", "problem", message, advice, problem)
    else:
        advice = "try again later; if it stays, send the lines below to the vendor's support"
        yield Finding("service", "problem", message, advice, problem)

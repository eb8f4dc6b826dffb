"""A new import. The API has no idempotency key, so a request whose answer was lost is never repeated blindly."""

from collections.abc import Callable, Collection, Sequence

from attrs import evolve

from memory_imports import _endpoints
from memory_imports._effects import Flow, Sleep
from memory_imports._flow.orphans import find_orphans
from memory_imports._flow.retry import Tries, persist
from memory_imports.errors import ConnectionLost, ContractBroken, MemoryImportsError, RateLimited, ServiceUnavailable
from memory_imports.models import ColumnMapping, CreatedImport


def create(
    store_id: str,
    filename: str,
    size: int,
    mappings: Sequence[ColumnMapping],
    tries: Tries,
    *,
    deadline: float | None = None,
    owned: Callable[[], Collection[str]] = tuple,
) -> Flow[CreatedImport]:
    """Return a new import; name in it those that a lost answer left behind, none of those that are ``owned``."""
    call = _endpoints.create_call(store_id, filename, size, mappings)
    started = yield Sleep(0)
    end: float = started + tries.retry.total if deadline is None else deadline
    abandoned: list[str] = []
    in_doubt = False

    def look_first(uncertain: bool, _now: float) -> Flow[None]:  # noqa: FBT001 - the shape of every such hook
        nonlocal in_doubt
        if uncertain:
            in_doubt = True
            abandoned[:] = yield from _left_behind(find_orphans(call, store_id, started, tries, owned, deadline=end))

    try:
        reply = yield from persist(call, tries, deadline=end, before_repeat=look_first)
        created = _endpoints.read_created(call, reply)
    except MemoryImportsError as problem:
        if isinstance(problem, ContractBroken) and problem.operation == call.operation and problem.import_id:
            abandoned.append(problem.import_id)  # it was made, and nothing can be sent to it
        problem.import_id, problem.abandoned = (abandoned[-1] if abandoned else None), tuple(abandoned)
        if isinstance(problem, ConnectionLost):
            problem.sent = in_doubt
        raise
    return evolve(created, abandoned=tuple(abandoned))


def _left_behind(looking: Flow[list[str]]) -> Flow[list[str]]:
    try:
        found = yield from looking
    except (ConnectionLost, RateLimited, ServiceUnavailable) as problem:
        lost = ConnectionLost(
            "The create request got no clear answer, and neither did any attempt to ask whether it made an import. "
            "Nothing was uploaded, so nothing is imported; run it again when the service can be reached.",
            reason=problem.reason if isinstance(problem, ConnectionLost) else f"status {problem.status}",
        )
        lost.request_id = problem.request_id
        raise lost from None
    return found

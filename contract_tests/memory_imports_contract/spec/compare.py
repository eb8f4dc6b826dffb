"""Compares two specifications, as far as the client's operations reach. Reads no file and decides no severity."""

from collections.abc import Iterator, Sequence
from functools import partial

from memory_imports_contract.errors import DriftUnavailable
from memory_imports_contract.spec import parameters
from memory_imports_contract.spec.difference import Difference, word
from memory_imports_contract.spec.document import Document, Place
from memory_imports_contract.spec.exchanges import Exchange
from memory_imports_contract.spec.operations import Operation, operations
from memory_imports_contract.spec.schema import Side, read

_WORDS = ("summary", "description", "externalDocs", "tags", "deprecated")


def differences(base: Document, new: Document, client: Document) -> list[Difference]:
    """Return every difference between two documents in the operations of a third, the client's own.

    Raises:
        DriftUnavailable: The base has none of the operations, or a part of either makes no sense.
    """
    try:
        return _differences(base, new, client)
    except (AttributeError, KeyError, TypeError, ValueError, ArithmeticError, RecursionError) as error:
        # A document may be of any shape; one that is not understood has not been compared.
        names = new.name if base is client else f"{new.name} or {base.name}"
        what = "nests its schemas too deeply" if isinstance(error, RecursionError) else "holds what is no OpenAPI"
        raise DriftUnavailable(f"{names} {what} ({type(error).__name__}); validate it first.") from error


def _differences(base: Document, new: Document, client: Document) -> list[Difference]:
    found: list[Difference] = []
    wanted = operations(client)
    bases = {each.name: match for each in wanted if (match := _find(each, operations(base), ()))}
    if not bases:
        raise DriftUnavailable(f"{base.name} has none of the operations of this client.")
    present = operations(new)
    news = {each.name: _find(bases.get(each.name, each), present, wanted) for each in wanted}
    for each in wanted:
        before, after = bases.get(each.name), news[each.name]
        emit = partial(_collect, found, each.name)
        if after is None:
            at = before.at if before else each.at
            emit("request", "", "operation-missing", at, f"{each.method} {each.path}", None)
        elif before is None:
            emit("request", "", "operation-added", "/paths", None, f"{each.method} {each.path}")
        else:
            _operation(before, after, emit)
    return found


def _collect(  # noqa: PLR0917 - the order in which every caller speaks
    found: list[Difference],
    operation: str,
    side: Side,
    scope: str,
    rule: str,
    where: str,
    old: object = None,
    new: object = None,
    **more: object,
) -> None:
    found.append(Difference(rule, side, operation, where, old, new, scope=scope, **more))  # type: ignore[arg-type] # names are checked by attrs


def _find(wanted: Operation, present: Sequence[Operation], others: Sequence[Operation]) -> Operation | None:
    """The same operation: at its place, under its name, or at its path by another method, in this order."""
    for found in (
        [each for each in present if (each.method, each.shape) == (wanted.method, wanted.shape)],
        [each for each in present if each.name == wanted.name],
        _elsewhere(wanted, present, others),
    ):
        if found:
            return found[0]
    return None


def _elsewhere(wanted: Operation, present: Sequence[Operation], others: Sequence[Operation]) -> list[Operation]:
    """The one operation that nobody else claims and that answers a success as this one does."""
    if not others:
        return []
    claimed = {(each.method, each.shape) for each in others} | {each.name for each in others}
    free = [each for each in present if (each.method, each.shape) not in claimed and each.name not in claimed]
    look = _success(wanted)
    found = [
        each for each in free if _success(each) == look and (each.method == wanted.method or each.shape == wanted.shape)
    ]
    return found if look and len(found) == 1 else []


def _success(operation: Operation) -> str:
    for status, answer in operation.answers().items():
        place: Place | None = answer
        for name in ("content", "application/json", "schema"):
            place = place.get(name) if place else None
        if status.startswith("2") and place:
            return read(operation.document, [place], "answer").fingerprint()
    return ""


def _operation(before: Operation, after: Operation, emit: partial[None]) -> None:
    note = partial(emit, "request", "")
    if (before.method, before.shape) != (after.method, after.shape):
        note("operation-moved", before.at, f"{before.method} {before.path}", f"{after.method} {after.path}")
    if before.name != after.name:
        note("operation-id-changed", f"{before.at}/operationId", before.name, after.name)
    _reach(before, after, note)
    extensions = sorted({key for raw in (before.place.value, after.place.value) for key in raw if key.startswith("x-")})
    for key in (*_WORDS, *extensions):
        word(key, before.place.value.get(key), after.place.value.get(key), f"{before.at}/{key}", note)
    exchange = Exchange(before, after, emit)
    parameters.compare(before, after, exchange, note)
    exchange.sent()
    exchange.came()


def _reach(before: Operation, after: Operation, note: partial[None]) -> None:
    """Compare the servers and the ways to sign in."""
    gone, fresh = before.servers - after.servers, after.servers - before.servers
    if gone:
        note("server-changed", "/servers", sorted(gone), sorted(after.servers))
    elif fresh:
        note("server-added", "/servers", None, sorted(fresh))
    old, new = before.security(), after.security()
    nothing: frozenset[frozenset[object]] = frozenset((frozenset(),))
    if old == new:
        return
    rule = "security-dropped" if new == nothing else "security-changed" if old - new else "security-added"
    note(rule, "/security", *(list(_ways(ways)) for ways in (old, new)))


def _ways(ways: frozenset[frozenset[tuple[tuple[str, str], ...]]]) -> Iterator[str]:
    for way in sorted(sorted(way) for way in ways):
        yield " and ".join(" ".join(value for _, value in scheme) for scheme in way) or "nothing"

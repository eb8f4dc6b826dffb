"""Methods and paths that the contract does not know do nothing, and say so with 405 or 404.

At the level `read`, and for the whole list always, nothing is deleted should the server be willing: the request then
goes to an import or a store that does not exist. HEAD and OPTIONS are nobody's drift.
"""

import re
from http import HTTPStatus

from memory_imports_contract.live.bench import NOTHING, Bench
from memory_imports_contract.live.contract import Operation
from memory_imports_contract.live.exchange import Ask, Exchange
from memory_imports_contract.live.session import NoAnswerError

_REFUSALS = frozenset({400, 403, 404, 405, 501})
_HARMLESS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
_METHODS = ("PUT", "PATCH", "DELETE", "POST")


def methods(bench: Bench) -> None:
    """Every other method on both paths is refused."""
    for operation in (bench.contract.listing, bench.contract.fetch):
        known = {one.method for one in bench.contract.operations if one.template == operation.template}
        own = bench.some_import if bench.may("create") else None
        for method in _METHODS:
            if method not in known:
                import_id = own or bench.unknown("importId")
                store = bench.unknown("storeId") if operation is bench.contract.listing and method == "DELETE" else None
                body = NOTHING if method == "DELETE" else {}
                ask = bench.ask(operation, method=method, import_id=import_id, store=store, body=body)
                _refused(bench, operation, ask, known)


def older_path(bench: Bench) -> None:
    """The path in the singular, gone since 2026-04, stays gone."""
    operation = bench.contract.listing
    ask = bench.ask(operation)
    older = Ask("GET", ask.url.removesuffix("s"))
    exchange = _sent(bench, operation, older)
    if exchange is not None and exchange.is_good:
        message = f"Expected 404 at a path that the contract does not know, saw {exchange.status}."
        bench.book.note("undocumented-path", operation.name, "/request/path", message, exchange)


def _refused(bench: Bench, operation: Operation, ask: Ask, known: set[str]) -> None:
    exchange = _sent(bench, operation, ask)
    if exchange is None:
        return
    where, status = "/request/method", exchange.status
    if exchange.is_good:
        message = f"{ask.method} is not in the contract: expected 405, saw {status}."
        bench.book.note("undocumented-method-accepted", operation.name, where, message, exchange)
    elif status not in _REFUSALS:
        rule = "server-error" if exchange.is_broken else "undocumented-method-status"
        message = f"{ask.method} is not in the contract: expected 405, saw {status}."
        bench.book.note(rule, operation.name, where, message, exchange, cause=str(status))
    elif status == HTTPStatus.METHOD_NOT_ALLOWED:
        allowed = exchange.header("allow")
        if allowed is None:
            message = "405 came without Allow, which HTTP requires (RFC 9110, 15.5.6)."
            bench.book.note("method-allow", operation.name, "/answer/headers/allow", message, exchange)
        elif unknown := set(re.findall(r"[A-Z]+", allowed.upper())) - known - _HARMLESS:
            message = f"Allow names {', '.join(sorted(unknown))}, which the contract does not know."
            bench.book.note("method-allow", operation.name, "/answer/headers/allow", message, exchange)


def _sent(bench: Bench, operation: Operation, ask: Ask) -> Exchange | None:
    bench.cases[operation.name] += 1
    try:
        return bench.session.send(ask)
    except NoAnswerError:  # hanging up is a refusal, too, as long as the server lives
        bench.survive()
        return None

"""Judges one answer: its status against what was expected, then all that the contract says of such an answer.

The first thing that is wrong ends the judgement, since what follows is its consequence. Sends nothing.
"""

from attrs import frozen

from memory_imports_contract.live.answers import Answer, Json
from memory_imports_contract.live.book import Book
from memory_imports_contract.live.conformance import faults
from memory_imports_contract.live.contract import Operation
from memory_imports_contract.live.errors import Errors
from memory_imports_contract.live.exchange import Exchange

_MEDIA = "application/json"
_OWN_CODES = range(520000, 521000)
_BUSY = 429
_SHOWN = 40


@frozen
class Expected:
    """What the contract wants: statuses, and by which rule and place to say that another one came."""

    statuses: frozenset[int]
    rule: str
    where: str
    what: str
    accepted: str | None = None
    """The rule where a refusal was expected and the request was carried out; None where success was."""
    excused: frozenset[int] = frozenset()
    """Codes of errors that excuse a refusal: the store may know better than the contract."""


def success(operation: Operation, rule: str, where: str, what: str, *excused: int) -> Expected:
    """The expectation that a request is carried out."""
    return Expected(frozenset({operation.success}), rule, where, what, excused=frozenset(excused))


def refusal(status: int, rule: str, accepted: str, where: str, what: str) -> Expected:
    """The expectation that a request is refused with the status."""
    return Expected(frozenset({status}), rule, where, what, accepted)


@frozen
class Judge:
    """Writes into the book what is wrong with answers."""

    book: Book
    errors: Errors

    def judge(self, operation: Operation, exchange: Exchange, expected: Expected) -> Answer:
        """The answer, judged; those that came before it and asked to try again are judged, too."""
        for earlier in exchange.earlier:
            if earlier.status == _BUSY or (_is_json(earlier) and not exchange.is_broken):
                self.conformance(operation, earlier)
        if exchange.status not in expected.statuses:
            excused = self._is_excused(exchange, expected)
            rule = None if excused else self._status(operation, exchange, expected)
            usable = rule == "success-status" and self._document(exchange) is not None
            return Answer(operation, exchange, usable, self._document(exchange))
        return self.conformance(operation, exchange)

    def conformance(self, operation: Operation, exchange: Exchange) -> Answer:
        """Judges everything but the choice of the status."""
        status = exchange.status
        schema = operation.answers.get(status)
        if schema is None:
            return Answer(operation, exchange, ok=False)
        place = f"{operation.name} {status}" if status == operation.success else "error"
        if status == _BUSY:
            self._retry_after(operation, exchange)
        if (coding := exchange.header("content-encoding") or "identity").strip().lower() != "identity":
            message = f"The answer comes packed as {coding[:_SHOWN]}, which was not asked for; it was not unpacked."
            where = "/answer/headers/content-encoding"
            self.book.note("content-encoding", operation.name, where, message, exchange, cause="packed")
            return Answer(operation, exchange, ok=False)
        if not _is_json(exchange):
            seen = exchange.header("content-type")
            message = f"Expected {_MEDIA} with status {status}, saw {seen or 'no content type'}."
            self.book.note(
                "content-type", operation.name, "/answer/headers/content-type", message, exchange, cause=place
            )
            return Answer(operation, exchange, ok=False)
        try:
            document = exchange.document()
        except (ValueError, RecursionError):
            message = f"The body that comes with status {status} is not JSON."
            self.book.note("not-json", operation.name, "/answer/body", message, exchange, cause=place)
            return Answer(operation, exchange, ok=False)
        found = faults(schema, document)
        for fault in found:
            where = "/answer/body" + fault.pointer
            message = f"Status {status}: {fault.message}"
            cause = f"{place} {_plain(fault.pointer)}"
            self.book.note(fault.rule, operation.name, where, message, exchange, cause=cause)
        faulty = frozenset(fault.pointer for fault in found)
        answer = Answer(operation, exchange, ok=True, document=document, faulty=faulty)
        if status != operation.success:
            self._error(answer)
        return answer

    def _status(self, operation: Operation, exchange: Exchange, expected: Expected) -> str:
        status = exchange.status
        wanted = " or ".join(map(str, sorted(expected.statuses)))
        message = f"{expected.what}: expected {wanted}, saw {status}."
        rule, where, cause = expected.rule, expected.where, f"{max(expected.statuses)} {status}"
        if exchange.is_good:
            if expected.accepted is None:
                rule, where, cause = "success-status", "/answer/status", operation.name
            else:
                rule, cause = expected.accepted, _plain(expected.where)
        elif exchange.is_broken:
            rule, cause = "server-error", str(status)
        elif expected.accepted is None:
            cause = _plain(expected.where)
        self.book.note(rule, operation.name, where, message, exchange, cause=cause)
        return rule

    def _is_excused(self, exchange: Exchange, expected: Expected) -> bool:
        document = self._document(exchange)
        return isinstance(document, dict) and document.get("code") in expected.excused

    def _document(self, exchange: Exchange) -> Json:
        try:
            return exchange.document()
        except (ValueError, RecursionError):
            return None

    def _error(self, answer: Answer) -> None:
        self.errors.note(answer)
        status, name = answer.exchange.status, answer.operation.name
        inner, code = answer.get("status"), answer.get("code")
        if inner is not None and inner != status:
            message = f"The error says {inner}, the HTTP status is {status}."
            self.book.note("error-status", name, "/answer/body/status", message, answer.exchange, cause="error")
        if code is None:
            return
        elsewhere = {
            one for other, codes in answer.operation.codes.items() if other != status for one in codes if one != status
        }
        known = answer.operation.codes.get(status, frozenset()) | {status}
        if code not in known and (code in elsewhere or code not in _OWN_CODES):
            message = f"Status {status} came with the code {code}, which the contract does not give to it."
            self.book.note("error-code", name, "/answer/body/code", message, answer.exchange, cause=f"error {status}")

    def _retry_after(self, operation: Operation, exchange: Exchange) -> None:
        value = exchange.header("retry-after")
        where = "/answer/headers/retry-after"
        if value is None:
            self.book.note("retry-after-missing", operation.name, where, "429 came without Retry-After.", exchange)
        elif not (value.isascii() and value.isdecimal()):
            message = "Retry-After is not digits alone."
            self.book.note("retry-after-form", operation.name, where, message, exchange)


def _is_json(exchange: Exchange) -> bool:
    return (exchange.header("content-type") or "").partition(";")[0].strip().lower() == _MEDIA


def _plain(place: str) -> str:
    return "/".join("*" if step.isdecimal() else step for step in place.split("/"))

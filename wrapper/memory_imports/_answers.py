"""From a reply to a checked body or to the right error. Pure: the contract comes in as an argument.

An answer may hold fields that the contract does not know: nothing is lost by keeping them. For 429 and 5xx the status
alone says what to do, so their bodies are read for what they give and may be anything, a proxy's page included.
"""

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, NoReturn, cast

from memory_imports import errors
from memory_imports._effects import Call, Reply
from memory_imports._policy import is_server_error, retry_after
from memory_imports._quoted import in_a_line
from memory_imports._schema import Schema, Violation, violations

# Characters: what a page of text is cut to.
_LONGEST = 1200

_REFUSALS: dict[int, type[errors.ServiceError]] = {
    HTTPStatus.BAD_REQUEST: errors.BadRequest,
    HTTPStatus.UNAUTHORIZED: errors.CredentialsRefused,
    HTTPStatus.FORBIDDEN: errors.CredentialsRefused,
    HTTPStatus.NOT_FOUND: errors.NotFound,
    HTTPStatus.TOO_MANY_REQUESTS: errors.RateLimited,
}

_ADVICE: dict[type[errors.ServiceError], str] = {
    errors.BadRequest: "Correct the request; nothing was imported.",
    errors.CredentialsRefused: "Check the API key, its secret and what they may do.",
    errors.NotFound: "Check the store id, the import id and whose credentials these are.",
    errors.RateLimited: "Other work on the account is using its share; try again later.",
    errors.ServiceUnavailable: "The fault is the service's; try again later.",
}
_NEWER = "Look for a newer version of memory-imports."


def read(
    call: Call, reply: Reply, answers: Mapping[int, Schema | None], schemas: Mapping[str, Schema]
) -> dict[str, Any]:
    """Return the body of a success, checked against its schema.

    Raises:
        ServiceError: The service refused, in a documented way or with a 5xx.
        ContractBroken: The contract knows no such answer.
    """
    undocumented = reply.status not in answers
    if is_server_error(reply.status):
        _refuse(errors.ServiceUnavailable, call, reply, _leniently(reply))
    if undocumented:
        drifted(
            call,
            reply,
            Violation("", f"has the undocumented status {reply.status} (does the base URL lead to the API?)", "status"),
        )
    if reply.status == HTTPStatus.TOO_MANY_REQUESTS:
        _refuse(errors.RateLimited, call, reply, _leniently(reply))
    body = _parse(call, reply)
    for broken in violations(body, answers[reply.status] or {}, schemas, tolerant=True):
        drifted(call, reply, broken, body)
    if reply.status >= HTTPStatus.BAD_REQUEST:
        _refuse(_REFUSALS.get(reply.status, errors.BadRequest), call, reply, body)
    checked: dict[str, Any] = body
    return checked


def drifted(call: Call, reply: Reply, broken: Violation, body: object = None) -> NoReturn:
    """Raise the drift alarm for one place of an answer."""
    facts: dict[str, Any] = {
        "operation": call.operation,
        "pointer": in_a_line(broken.pointer),
        "status": reply.status,
        "import_id": call.import_id,
        "request_id": reply.request_id,
    }
    place = facts["pointer"] or "the answer"
    message = (
        f"The API has drifted: in {call.operation} (status {reply.status}), {place} {broken.sentence}. "
        f"Request id {facts['request_id'] or 'unknown'}. {_NEWER}"
    )
    alarm = errors.ContractBroken(message, **facts)
    if broken.keyword == "enum" and broken.pointer == "/status" and isinstance(body, dict):
        alarm = errors.UnknownState(message, **facts)
        alarm.word = in_a_line(str(cast("dict[str, object]", body)["status"]))
    alarm.advice = _NEWER
    raise alarm


def _parse(call: Call, reply: Reply) -> Any:  # noqa: ANN401 - any JSON
    try:
        body = json.loads(reply.body, parse_constant=_no_constant, parse_float=_number)
        # Half a character passes the parser and fails wherever it is written or sent.
        json.dumps(body, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        broken = Violation("", "is not JSON (does the base URL lead to the API?)", "json")
    else:
        return body
    drifted(call, reply, broken)


def _leniently(reply: Reply) -> object:
    try:
        return json.loads(reply.body)
    except (ValueError, RecursionError):
        return None


def _no_constant(_: str) -> NoReturn:
    raise ValueError


def _number(text: str) -> float:
    # JSON has one kind of number: 1.0 is the integer that the contract asks for.
    value = float(text)
    return int(value) if value.is_integer() else value


def _refuse(kind: type[errors.ServiceError], call: Call, reply: Reply, body: object) -> NoReturn:
    said = cast("dict[str, object]", body) if isinstance(body, dict) else {}
    code, words = said.get("code"), said.get("message")
    code = code if isinstance(code, int) and not isinstance(code, bool) else None
    reason = _line(words) if isinstance(words, str) else ""
    request_id = reply.request_id
    number = "" if code is None else f", code {code}"
    error = kind(
        f"{call.operation} was refused with {reply.status}{number}: {reason or _phrase(reply.status)}. {_ADVICE[kind]}"
        f" Request id {request_id or 'unknown'}.",
        status=reply.status,
        code=code,
        import_id=call.import_id,
        request_id=request_id,
    )
    error.advice = _ADVICE[kind]
    if isinstance(error, errors.RateLimited):
        error.retry_after = retry_after(reply.headers, reply.at)
    raise error


def _line(words: str) -> str:
    return in_a_line(words, _LONGEST).rstrip(". ")


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "no reason given"

"""Rules of requests and answers, made of edits, statuses and headers: the words that the tables are written in."""

import json
from collections.abc import Callable
from urllib.parse import parse_qsl, urlencode

from attrs import evolve

from memory_imports_sandbox.drifts.drift import Drift, Json, Level, ReplyRule, Scene
from memory_imports_sandbox.drifts.edits import Edit
from memory_imports_sandbox.messages import Reply, Request

_JSON = "application/json"
SUCCESS = (200, 201)


def document(edit: Edit, *statuses: int) -> ReplyRule:
    """Edits the JSON of answers with one of the statuses; without any, of successes."""

    def rule(_: Scene, __: Request, reply: Reply) -> Reply:
        if reply.status not in (statuses or SUCCESS):
            return reply
        return evolve(reply, body=json.dumps(edit(json.loads(reply.body))).encode())

    return rule


def status(new: int, *statuses: int) -> ReplyRule:
    """Answers with another status, and says so in the error object where there is one."""

    def rule(_: Scene, __: Request, reply: Reply) -> Reply:
        if reply.status not in statuses:
            return reply
        body = reply.body
        if header(reply, "content-type") == _JSON and isinstance(found := json.loads(body), dict) and "code" in found:
            body = json.dumps({**found, "status": new}).encode()
        return evolve(reply, status=new, body=body)

    return rule


def body(new: bytes | None, content_type: str, *statuses: int) -> ReplyRule:
    """Sends another body, or the same one (None), under the content type."""

    def rule(_: Scene, __: Request, reply: Reply) -> Reply:
        if reply.status not in (statuses or SUCCESS):
            return reply
        return with_header(evolve(reply, body=reply.body if new is None else new), "content-type", content_type)

    return rule


def headed(name: str, value: str | None, *statuses: int) -> ReplyRule:
    """Sends another value of a header, or none."""

    def rule(_: Scene, __: Request, reply: Reply) -> Reply:
        return with_header(reply, name, value) if reply.status in statuses else reply

    return rule


def header(reply: Reply, name: str) -> str | None:
    """The value of an answer's header."""
    return dict(reply.headers).get(name)


def with_header(reply: Reply, name: str, value: str | None) -> Reply:
    """The answer with another value of a header, or without it."""
    kept = tuple(pair for pair in reply.headers if pair[0] != name)
    return evolve(reply, headers=kept if value is None else (*kept, (name, value)))


def asked_with(request: Request, name: str, value: str | None) -> Request:
    """The request with another value of a header, or without it."""
    kept = tuple(pair for pair in request.headers if pair[0] != name)
    return evolve(request, headers=kept if value is None else (*kept, (name, value)))


def parameters(request: Request) -> dict[str, str]:
    """The query parameters of a request."""
    return dict(parse_qsl(request.query, keep_blank_values=True))


def asking(request: Request, **values: str | None) -> Request:
    """The request with other query parameters, or without those that are None."""
    asked = {**parameters(request), **values}
    return evolve(request, query=urlencode({name: value for name, value in asked.items() if value is not None}))


def answers(operation: str, level: Level, *statuses: int) -> Callable[[str, str, str, Edit], Drift]:
    """Makes drifts of one operation's answers out of name, JSON pointer, sentence and edit."""

    def make(name: str, pointer: str, says: str, edit: Edit) -> Drift:
        return Drift(
            name=name,
            operations=(operation,),
            where=f"answer:{pointer}",
            says=says,
            level=level,
            reply=document(edit, *statuses),
        )

    return make


def constantly(value: Json) -> Edit:
    """A document that is always the same."""
    return lambda _: value

# ruff: noqa: PLR2004 - a fault is made of the very numbers that it gets wrong
"""Ways to change a request or a reply, which the planted faults are made of."""

import base64
import json
import re
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from attrs import evolve

from live.faulty import body, operation
from memory_imports_sandbox.messages import Reply, Request, problem

Json = Any  # a JSON value can be anything
Change = Callable[[Json], Json | None]
OnRequest = Callable[[Request], Request | Reply]
OnReply = Callable[[Request, Reply], Reply]
ALL = ("create", "list", "fetch")
STORE, USERNAME, PASSWORD = "mem_store_01aaaaaaaaaaaaaaaaaaaaaaaa", "SKdrift", "secret"
OTHER_STORE = f"/(?!{STORE})mem_(store|service)_[0-7][0-9a-z]{{25}}/"
GOOD = "Basic " + base64.b64encode(f"{USERNAME}:{PASSWORD}".encode()).decode()


def refuse_if(condition: Callable[[Json], bool]) -> OnRequest:
    """Create refuses what fits the condition."""

    def on_request(request: Request) -> Request | Reply:
        if operation(request) == "create" and request.header("authorization"):
            try:
                document = json.loads(request.body)
                if condition(document):
                    return problem(400, "no", code=520046)
            except (ValueError, KeyError, TypeError, AttributeError):
                pass
        return request

    return on_request


def rename(old: str, new: str) -> Change:
    """A property by another name."""

    def change(document: Json) -> None:
        if old in document:
            document[new] = document.pop(old)

    return change


def drop(*path: str) -> Change:
    """A property gone."""

    def change(document: Json) -> None:
        for step in path[:-1]:
            document = document.get(step, {})
        document.pop(path[-1], None)

    return change


def put(value: Json, *path: str) -> Change:
    """A property with another value, or with what the function makes of it."""

    def change(document: Json) -> None:
        for step in path[:-1]:
            document = document.get(step, {})
        if path[-1] in document:
            document[path[-1]] = value(document[path[-1]]) if callable(value) else value

    return change


def earlier(moment: str) -> str:
    """Seven hours before, as by a clock that knows no zones."""
    return (datetime.fromisoformat(moment) - timedelta(hours=7)).isoformat()


def rate_limited(*headers: tuple[str, str]) -> OnRequest:
    """Every ninth list is 429, with these headers."""
    numbers = count(1)

    def on_request(request: Request) -> Request | Reply:
        if operation(request) == "list" and next(numbers) % 9 == 0:
            return problem(429, "slow down", *headers)
        return request

    return on_request


def status_machine() -> OnReply:
    """An import that has ended is at work again when it is looked at twice."""
    seen: Counter[str] = Counter()

    def on_reply(request: Request, reply: Reply) -> Reply:
        if operation(request) == "fetch" and reply.status == 200:
            document = json.loads(reply.body)
            seen[request.path + document["status"]] += 1
            if document["status"] == "COMPLETED" and seen[request.path + "COMPLETED"] > 1:
                return evolve(reply, body=reply.body.replace(b"COMPLETED", b"PROCESSING"))
        return reply

    return on_reply


def put_away(after: int) -> OnReply:
    """An import that was seen as ended so many times is no more."""
    seen: Counter[str] = Counter()

    def on_reply(request: Request, reply: Reply) -> Reply:
        if operation(request) != "fetch" or reply.status != 200:
            return reply
        seen[request.path] += b'"COMPLETED"' in reply.body
        return problem(404, "no") if seen[request.path] > after else reply

    return on_reply


def wandering(begins: str) -> OnReply:
    """Files whose names begin so are a microsecond older when they are looked at again."""
    seen: Counter[str] = Counter()

    def on_reply(request: Request, reply: Reply) -> Reply:
        if operation(request) == "fetch" and reply.status == 200:
            document = json.loads(reply.body)
            seen[request.path] += 1
            if document["filename"].startswith(begins) and seen[request.path] > 1:
                earlier = datetime.fromisoformat(document["createdAt"]) - timedelta(microseconds=1)
                return evolve(reply, body=json.dumps({**document, "createdAt": earlier.isoformat()}).encode())
        return reply

    return on_reply


def repeating(every: int) -> OnReply:
    """One new import in so many has the id of the one before it."""
    made: list[str] = []

    def change(document: Json) -> None:
        made.append(document["importId"])
        if len(made) % every == 0:
            document["importId"] = made[-2]

    return body(change, "create")


def counting_late(name: str) -> OnReply:
    """The first answer that shows a count of an import's end shows none."""
    told: set[str] = set()

    def on_reply(request: Request, reply: Reply) -> Reply:
        if operation(request) != "fetch" or f'"{name}"'.encode() not in reply.body or request.path in told:
            return reply
        told.add(request.path)
        return body(put(0, "summary", name), "fetch")(request, reply)

    return on_reply


def wavering() -> OnReply:
    """An import at work is back in the queue when it is looked at for the second time."""
    seen: Counter[str] = Counter()

    def on_reply(request: Request, reply: Reply) -> Reply:
        if operation(request) == "fetch" and b'"PROCESSING"' in reply.body:
            seen[request.path] += 1
            if seen[request.path] == 2:
                return evolve(reply, body=reply.body.replace(b"PROCESSING", b"PENDING"))
        return reply

    return on_reply


def undated() -> OnReply:
    """The object store takes the URL of an import with another date than it was given with."""
    given: set[str] = set()

    def on_reply(request: Request, reply: Reply) -> Reply:
        if operation(request) == "create" and reply.status == 201:
            given.update(re.findall("X-Amz-Date=([^&]*)", json.loads(reply.body)["url"]))
        date = re.findall("X-Amz-Date=([^&]*)", request.query)
        is_other = operation(request) == "upload" and reply.status == 403 and date and date[0] not in given
        return Reply(200) if is_other else reply

    return on_reply


def moving_on(begins: str) -> OnReply:
    """A file whose name begins so is worked at as soon as some upload was refused."""
    refused = Counter[str]()

    def on_reply(request: Request, reply: Reply) -> Reply:
        refused["uploads"] += operation(request) == "upload" and reply.status >= 400
        moved = body(put("PROCESSING", "status"), "fetch")
        is_it = operation(request) == "fetch" and b'"' + begins.encode() in reply.body
        return moved(request, reply) if is_it and refused["uploads"] else reply

    return on_reply


def method(name: str, status: int) -> OnRequest:
    """A method that answers with the status, whoever asks."""

    def on_request(request: Request) -> Request | Reply:
        return Reply(status) if request.method == name and "/Imports" in request.path else request

    return on_request

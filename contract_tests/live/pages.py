# ruff: noqa: PLR2004 - a fault is made of the very numbers that it gets wrong
"""Ways to change the list and its pages, which planted faults are made of."""

import json
import re
from collections.abc import Callable

from attrs import evolve

from live.changes import Json, OnReply, OnRequest
from live.faulty import body, operation
from memory_imports_sandbox.messages import Reply, Request


def query(pattern: str, replacement: str) -> OnRequest:
    """The list is asked for something else than the caller asked."""

    def on_request(request: Request) -> Request:
        if operation(request) == "list":
            return evolve(request, query=re.sub(pattern, replacement, request.query).strip("&"))
        return request

    return on_request


def in_list(change: Callable[[list[str]], list[Json]]) -> OnReply:
    """The ids of a page, changed."""
    return body(lambda document: {**document, "imports": change(document["imports"])}, "list")


def count_ids(document: Json) -> None:
    """The page size is the number of ids on the page, on pages after the first."""
    if "previousToken" in document["meta"]:
        document["meta"]["pageSize"] = len(document["imports"])


def empty_token(document: Json) -> None:
    """A last page says so by an empty token."""
    document["meta"].setdefault("nextToken", "")


def crowded(request: Request, reply: Reply) -> Reply:
    """Whoever asks for more ids than an answer may hold gets one too many, if there are as many."""
    if operation(request) != "list" or "pageSize=1000" not in request.query or reply.status != 200:
        return reply
    document = json.loads(reply.body)
    if len(document["imports"]) == 100:
        document["imports"].append(document["imports"][0][:-1] + "x")
    return evolve(reply, body=json.dumps(document).encode())


def one_token_more() -> tuple[OnRequest, OnReply]:
    """A page that is full leads on, also where nothing is left; what is there then is an empty page."""
    end = "&pageToken=end"

    def on_request(request: Request) -> Request:
        return evolve(request, query=request.query.removesuffix(end))

    def on_reply(request: Request, reply: Reply) -> Reply:
        if operation(request) != "list" or reply.status != 200:
            return reply
        document = json.loads(reply.body)
        if request.query.endswith(end):
            document["imports"], document["meta"] = [], {"key": "imports", "pageSize": document["meta"]["pageSize"]}
        elif len(document["imports"]) == document["meta"]["pageSize"]:
            document["meta"].setdefault("nextToken", "end")
        return evolve(reply, body=json.dumps(document).encode())

    return on_request, on_reply


def first_token(request: Request) -> Request:
    """The list takes no notice of tokens."""
    return (
        evolve(request, query=re.sub(r"&?pageToken=[^&]*", "", request.query))
        if operation(request) == "list"
        else request
    )


def skip_first(ids: list[str]) -> list[str]:
    """A page of two without its first id."""
    return ids[1:] if len(ids) == 2 else ids

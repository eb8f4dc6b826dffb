"""A sandbox with one fault: requests are changed on their way in, replies on their way out.

Knows nothing of the checks. The faults themselves are in `faults.py`.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from attrs import evolve, frozen

from memory_imports_sandbox import Announcement, Settings, server
from memory_imports_sandbox.messages import Reply, Request
from memory_imports_sandbox.objects import Upload
from memory_imports_sandbox.signing import Refusal
from memory_imports_sandbox.world import World

Json = Any  # a JSON value can be anything
_REFUSED = 400
QUICK = Settings(pending_seconds=0.05, processing_seconds=0.1)


@frozen
class Fault:
    """One way to be wrong, and the rule that should say so.

    `on_request` and `on_upload` may answer at once, by returning a reply; `on_reply` sees what goes out, uploads
    included.
    """

    name: str
    rule: str
    on_request: Callable[[Request], Request | Reply] = lambda request: request
    on_reply: Callable[[Request, Reply], Reply] = lambda _, reply: reply
    on_upload: Callable[[Request], Request | Reply] = lambda request: request
    settings: Settings = QUICK
    level: str = "upload"


@contextmanager
def faulty(fault: Fault) -> Iterator[Announcement]:
    """Runs the sandbox with the fault."""

    class Faulty(World):
        def handle(self, request: Request, now: float) -> Reply:
            if self.is_object(request):
                return super().handle(request, now)
            changed = fault.on_request(request)
            reply = changed if isinstance(changed, Reply) else super().handle(changed, now)
            return _measured(fault.on_reply(request, reply))

        def open_upload(self, request: Request, now: float) -> Upload | Reply:
            changed = fault.on_upload(request)
            opened = changed if isinstance(changed, Reply) else super().open_upload(changed, now)
            return _measured(fault.on_reply(request, opened)) if isinstance(opened, Reply) else opened

        def close_upload(self, request: Request, upload: Upload, now: float, refusal: Refusal | None = None) -> Reply:
            return _measured(fault.on_reply(request, super().close_upload(request, upload, now, refusal)))

    with patch.object(server, "World", Faulty), server.running(fault.settings) as announcement:
        yield announcement


def operation(request: Request) -> str:
    """`create`, `list`, `fetch`, `upload`, or nothing of these."""
    if request.path.startswith("/memory-imports-sandbox/"):
        return "upload"
    if request.path.endswith("/Imports"):
        return {"POST": "create", "GET": "list"}.get(request.method, "")
    return "fetch" if request.method == "GET" else ""


def body(change: Callable[[Json], Json | None], *operations: str, status: int = 0) -> Callable[[Request, Reply], Reply]:
    """Changes the JSON of these operations' successes, or of their answers with a status; None: in place."""

    def on_reply(request: Request, reply: Reply) -> Reply:
        chosen = reply.status == status if status else reply.status < _REFUSED
        if operation(request) not in operations or not chosen:
            return reply
        document = json.loads(reply.body)
        changed = change(document)
        return evolve(reply, body=json.dumps(document if changed is None else changed).encode())

    return on_reply


def head(name: str, value: str | None, *operations: str, status: int = 0) -> Callable[[Request, Reply], Reply]:
    """Sets or, with None, removes a header."""

    def on_reply(request: Request, reply: Reply) -> Reply:
        if operation(request) not in operations or (status and reply.status != status):
            return reply
        headers = tuple(pair for pair in reply.headers if pair[0] != name)
        return evolve(reply, headers=headers if value is None else (*headers, (name, value)))

    return on_reply


def code(old: int, new: int, *operations: str, inside: bool = True) -> Callable[[Request, Reply], Reply]:
    """Answers with another status; errors say so inside, too, unless `inside` is off."""

    def on_reply(request: Request, reply: Reply) -> Reply:
        if operation(request) not in operations or reply.status != old:
            return reply
        content = reply.body
        if inside and b'"more_info"' in content:
            content = json.dumps({**json.loads(content), "status": new, "code": new}).encode()
        return evolve(reply, status=new, body=content)

    return on_reply


def sent(change: Callable[[Json], Json | None]) -> Callable[[Request], Request]:
    """Changes the JSON that create is sent, so that the service sees what the caller did not say."""

    def on_request(request: Request) -> Request:
        if operation(request) != "create":
            return request
        try:
            document = json.loads(request.body)
            changed = change(document)
        except (ValueError, KeyError, TypeError, IndexError, AttributeError):
            return request
        return evolve(request, body=json.dumps(document if changed is None else changed).encode())

    return on_request


def _measured(reply: Reply) -> Reply:
    headers = tuple(pair for pair in reply.headers if pair[0] != "content-length")
    return evolve(reply, headers=(*headers, ("content-length", str(len(reply.body)))))

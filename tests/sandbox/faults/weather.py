"""A running sandbox whose next request meets what a test says, and a client of it that sees every byte."""

from __future__ import annotations

import base64
import json
import socket
from collections import deque
from contextlib import contextmanager
from functools import partial
from random import Random
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from attrs import define, frozen
from tests.sandbox.conftest import PEOPLE

from memory_imports_sandbox import Announcement, Settings, running
from memory_imports_sandbox.faults import CATALOGUE
from memory_imports_sandbox.faults.forecast import Forecast
from memory_imports_sandbox.faults.kind import CREATE, FETCH, LIST, Kind
from memory_imports_sandbox.faults.weather import Weather

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pytest

DATA = b"email,phone,first\na@x.y,,Ada\n"
_PATIENCE = 10


@frozen
class Seen:
    """What came over the wire, and how it ended: `reset`, `closed`, or `open` behind a whole answer."""

    data: bytes
    ending: str

    @property
    def status(self) -> int | None:
        """The status of a whole answer."""
        return int(self.data.split(b" ", 2)[1]) if self.missing == 0 else None

    @property
    def headers(self) -> dict[str, str]:
        """The headers by their names in lower case."""
        lines = self.data.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")[1:]
        return {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}

    @property
    def body(self) -> bytes:
        """What came of the body."""
        return self.data.partition(b"\r\n\r\n")[2]

    @property
    def json(self) -> Any:  # noqa: ANN401 - it is JSON
        """The body as JSON."""
        return json.loads(self.body)

    @property
    def missing(self) -> int | None:
        """How many bytes of the body did not come; None where the head did not, either."""
        return int(self.headers["content-length"]) - len(self.body) if b"\r\n\r\n" in self.data else None


@define
class Sky:
    """A sandbox, its client, and what its weather does next: once, in this order."""

    at: Announcement
    coming: deque[Kind]
    pauses: list[float]
    patient: bool = False
    """Whether to look how a connection ends behind a whole answer."""
    number: int = 0

    def strike(self, name: str) -> None:
        """Lets the next request meet this."""
        self.coming.append(CATALOGUE[name])

    @property
    def base(self) -> str:
        """The path of the imports."""
        return f"/v1/Stores/{self.at.store_id}/Profiles/Imports"

    def send(self, method: str, target: str, body: bytes = b"", *, half: bool = False, **headers: str) -> Seen:
        """Sends a request, or the half of it, and reads to the end of the answer or of the connection."""
        data = b""
        with self._sent(method, target, body[: len(body) // 2] if half else body, len(body), headers) as wire:
            try:
                while Seen(data, "open").missing != 0:
                    piece = wire.recv(65536)
                    if not piece:
                        return Seen(data, "closed")
                    data += piece
                if self.patient:
                    wire.settimeout(1)
                    return Seen(data, "open" if wire.recv(1) else "closed")
            except TimeoutError:
                return Seen(data, "open")
            except ConnectionError:
                return Seen(data, "reset")
        return Seen(data, "open")

    def abandon(self, method: str, target: str, body: bytes) -> None:
        """Sends a request and goes away."""
        with self._sent(method, target, body, len(body), {}):
            pass

    @contextmanager
    def _sent(
        self, method: str, target: str, body: bytes, length: int, headers: Mapping[str, str]
    ) -> Iterator[socket.socket]:
        parts = urlsplit(self.at.base_url)
        named = {"Host": parts.netloc, **headers}
        if "Transfer_Encoding" not in headers:
            named["Content-Length"] = str(length)
        lines = [f"{name.replace('_', '-')}: {value}" for name, value in named.items()]
        with socket.create_connection((parts.hostname, parts.port or 0), timeout=_PATIENCE) as wire:
            wire.sendall("\r\n".join([f"{method} {target} HTTP/1.1", *lines, "", ""]).encode() + body)
            yield wire

    def call(self, method: str, target: str, body: bytes = b"", **more: Any) -> Seen:  # noqa: ANN401 - as `send`
        """Sends a request to the API."""
        pair = base64.b64encode(f"{self.at.username}:{self.at.password}".encode()).decode()
        return self.send(method, target, body, Authorization=f"Basic {pair}", Content_Type="application/json", **more)

    def side(self, view: str) -> Any:  # noqa: ANN401 - it is JSON
        """What the sandbox's own side says."""
        return self.call("GET", f"/_sandbox/{view}").json

    def created(self) -> tuple[str, str]:
        """A new import: its id, and where its file goes."""
        made = self.call("POST", self.base, self.wish()).json
        parts = urlsplit(made["url"])
        return made["importId"], f"{parts.path}?{parts.query}"

    def wish(self) -> bytes:
        """The body of a create request that is like no other."""
        self.number += 1
        body = {"filename": f"people-{self.number}.csv", "fileSize": len(DATA), "columnMappings": PEOPLE}
        return json.dumps(body).encode()

    def asked(self, operation: str, import_id: str, target: str, **more: Any) -> Seen:  # noqa: ANN401 - as `send`
        """What the operation looks like on the wire."""
        if operation == CREATE:
            return self.call("POST", self.base, self.wish(), **more)
        if operation == LIST:
            return self.call("GET", self.base)
        if operation == FETCH:
            return self.call("GET", f"{self.base}/{import_id}")
        return self.send("PUT", target, DATA, **more)

    def until(self, import_id: str, state: str) -> None:
        """Waits for the state of an import."""
        while self.asked(FETCH, import_id, "").json["status"] != state:
            pass

    def done(self, operation: str, import_id: str) -> set[str]:
        """Names for what the service has done of what the operation asks for."""
        imports = self.side("imports?limit=1000")["imports"]
        if operation == CREATE:
            return {one["importId"] for one in imports}
        if operation in {LIST, FETCH}:
            path = self.base if operation == LIST else f"{self.base}/{import_id}"
            asked = self.side("requests")["requests"]
            return {one["requestId"] for one in asked if (one["method"], one["path"]) == ("GET", path)}
        return {
            f"{import_id} {number}"
            for one in imports
            if one["importId"] == import_id
            for number in range(one["uploads"])
        }


@contextmanager
def sky(patch: pytest.MonkeyPatch, **switches: Any) -> Iterator[Sky]:  # noqa: ANN401 - any switch of Settings
    """A sandbox with fair weather until a test strikes; nobody waits, but the pauses are kept."""
    coming: deque[Kind] = deque()
    pauses: list[float] = []

    def draw(_: Forecast, number: int, __: str) -> tuple[Kind, Random] | None:
        return (coming.popleft(), Random(number)) if coming else None  # noqa: S311 - the same every time

    async def pause(seconds: float) -> None:
        pauses.append(seconds)

    patch.setattr(Forecast, "draw", draw)
    patch.setattr("memory_imports_sandbox.faults.weather.Weather", partial(Weather, pause=pause))
    plain: dict[str, Any] = {"faults": 0, "pending_seconds": 0, "processing_seconds": 0}
    with running(Settings(**(plain | switches))) as announcement:
        yield Sky(announcement, coming, pauses)

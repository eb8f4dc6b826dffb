"""The line between a client and the sandbox: how many bytes a second it carries, and how late they come.

Each way for itself, all connections together, as a line does. What is in the system's own buffers travels at once,
so an upload may seem to be some hundred kilobytes ahead.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable

from attrs import define
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Of a second: so much travels as one piece, so that nothing comes in bursts.
_PIECE = 0.05


@define
class Lane:
    """One direction. Knows no clock: it is told the time, and says how long to wait."""

    rate: int | None
    _free: float = 0.0

    @property
    def piece(self) -> int:
        """How many bytes to send at once; 0 if that does not matter."""
        return 0 if self.rate is None else max(1, int(self.rate * _PIECE))

    def take(self, size: int, now: float) -> float:
        """Seconds from now until so many bytes more are through."""
        if self.rate is None:
            return 0.0
        self._free = max(self._free, now) + size / self.rate
        return self._free - now


class Line:
    """An ASGI application around another; `clock` and `pause` are a test's to replace."""

    def __init__(
        self,
        app: ASGIApp,
        bandwidth: int | None,
        latency: float,
        clock: Callable[[], float] = time.monotonic,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._app, self._clock, self._pause = app, clock, pause
        self._up, self._down = Lane(bandwidth), Lane(bandwidth)
        self._one_way = latency / 2

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request, at the line's pace."""
        await self._pause(self._one_way)
        await self._app(scope, self._paced(receive), self._delayed(send))

    def _paced(self, receive: Receive) -> Receive:
        left, more = b"", True

        async def paced() -> Message:
            nonlocal left, more
            if not left:
                message = await receive()
                if message["type"] != "http.request":
                    return message
                left, more = message.get("body", b""), message.get("more_body", False)
            piece, left = self._cut(self._up, left)
            await self._pause(self._up.take(len(piece), self._clock()))
            return {"type": "http.request", "body": piece, "more_body": bool(left) or more}

        return paced

    def _delayed(self, send: Send) -> Send:
        async def delayed(message: Message) -> None:
            if message["type"] == "http.response.start":
                await self._pause(self._one_way)
                await send(message)
                return
            left, more = message.get("body", b""), message.get("more_body", False)
            while True:
                piece, left = self._cut(self._down, left)
                await self._pause(self._down.take(len(piece), self._clock()))
                await send({"type": "http.response.body", "body": piece, "more_body": bool(left) or more})
                if not left:
                    return

        return delayed

    @staticmethod
    def _cut(lane: Lane, data: bytes) -> tuple[bytes, bytes]:
        size = lane.piece or len(data)
        return data[:size], data[size:]

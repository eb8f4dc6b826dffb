"""One request on its connection, and the hands to do something worse with it than to serve it.

ASGI can neither reset a connection nor send half a head, so the wire reaches the transport that `reach.py` lays
into the scope.
"""

import asyncio
import socket
import struct
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from random import Random

from attrs import frozen
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from memory_imports_sandbox.messages import Reply
from memory_imports_sandbox.reach import TRANSPORT

# On, with no time to linger: what close does then is a reset.
_RESET_ON_CLOSE = struct.pack("ii", 1, 0)

Pause = Callable[[float], Awaitable[None]]


class Left(Exception):  # noqa: N818 - no fault of anybody here
    """The client has gone before there was an answer to spoil."""


@frozen(eq=False, kw_only=True)
class Wire:
    """One request and what may be done with it; `strike` says that the fault happens, `stall` is in seconds."""

    app: ASGIApp
    scope: Scope
    receive: Receive
    send: Send
    random: Random
    now: float
    stall: float
    pause: Pause
    strike: Callable[[], None]

    async def serve(self, receive: Receive | None = None) -> None:
        """Lets the service answer."""
        await self.app(self.scope, receive or self.receive, self.send)

    async def answer(self) -> Reply:
        """Lets the service do what was asked, and keeps the answer back.

        Raises:
            Left: There is none, because the client has gone.
        """
        messages: list[Message] = []

        async def keep(message: Message) -> None:
            messages.append(message)

        await self.app(self.scope, self.receive, keep)
        if not messages:
            raise Left
        headers = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in messages[0]["headers"]]
        return Reply(messages[0]["status"], tuple(headers), b"".join(one.get("body", b"") for one in messages[1:]))

    async def read(self) -> None:
        """Takes the whole body, and drops it.

        Raises:
            Left: The client has gone before its end.
        """
        more = True
        while more:
            message = await self.receive()
            if message["type"] != "http.request":
                raise Left
            more = message.get("more_body", False)

    async def say(self, reply: Reply) -> None:
        """Sends an answer as it should be sent."""
        headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in reply.headers]
        await self.send({"type": "http.response.start", "status": reply.status, "headers": headers})
        await self.send({"type": "http.response.body", "body": reply.body})

    def write(self, data: bytes) -> None:
        """Sends bytes of any kind, behind the back of the server, which must then end the connection."""
        if not self._transport.is_closing():
            self._transport.write(data)

    async def reset(self) -> None:
        """Ends the connection at once, by RST."""
        connection = self._transport.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
        self._transport.abort()
        await self._gone()

    async def close(self) -> None:
        """Ends the connection when what was written is through, by FIN."""
        self._transport.close()
        await self._gone()

    async def _gone(self) -> None:
        # Whoever returns to the server earlier is taken for an application that forgot to answer.
        while (await self.receive())["type"] == "http.request":
            pass

    @property
    def _transport(self) -> asyncio.Transport:
        transport: asyncio.Transport = self.scope["extensions"][TRANSPORT]
        return transport


def spelled(reply: Reply) -> bytes:
    """The answer as its bytes, for one that is sent in an unusual way."""
    lines = [f"HTTP/1.1 {reply.status} {HTTPStatus(reply.status).phrase}"]
    lines += [f"{name}: {value}" for name, value in reply.headers]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + reply.body

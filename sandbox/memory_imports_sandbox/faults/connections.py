"""Connections that end too early: by RST or by FIN, before, in the middle of or after what was asked."""

from collections.abc import Awaitable, Callable

from starlette.types import Message

from memory_imports_sandbox.faults.kind import WITH_A_BODY, Kind
from memory_imports_sandbox.faults.wire import Wire, spelled

_End = Callable[[Wire], Awaitable[None]]


async def _unread(wire: Wire) -> None:
    wire.strike()
    await wire.reset()


async def _in_body(wire: Wire) -> None:
    half = declared_length(wire) // 2
    seen = 0

    async def receive() -> Message:
        nonlocal seen
        message = await wire.receive()
        seen += len(message.get("body", b""))
        if seen < half or message["type"] != "http.request":
            return message
        wire.strike()
        await wire.reset()
        return {"type": "http.disconnect"}

    await wire.serve(receive)


def declared_length(wire: Wire) -> int:
    """How long the body says it is; 0 where it does not say."""
    text = dict(wire.scope["headers"]).get(b"content-length", b"")
    return int(text) if text.isdigit() else 0


async def _unprocessed(wire: Wire) -> None:
    wire.strike()
    # With bytes still unread, the system would turn the end into a reset.
    await wire.read()
    await wire.close()


def _unanswered(end: _End) -> _End:
    async def act(wire: Wire) -> None:
        await wire.answer()
        wire.strike()
        await end(wire)

    return act


def _in_answer(end: _End) -> _End:
    async def act(wire: Wire) -> None:
        data = spelled(await wire.answer())
        wire.strike()
        wire.write(data[: wire.random.randrange(1, len(data))])
        await end(wire)

    return act


async def _behind(wire: Wire) -> None:
    reply = await wire.answer()
    wire.strike()
    await wire.say(reply)
    await wire.close()


KINDS: tuple[Kind, ...] = (
    Kind(
        name="reset-unread",
        says="The connection is reset before the body is read.",
        processed=False,
        act=_unread,
    ),
    Kind(
        name="reset-in-body",
        says="The connection is reset when half of the body has come.",
        processed=False,
        act=_in_body,
        operations=WITH_A_BODY,
    ),
    Kind(
        name="reset-unanswered",
        says="The connection is reset instead of an answer.",
        processed=True,
        act=_unanswered(Wire.reset),
    ),
    Kind(
        name="reset-in-answer",
        says="The connection is reset somewhere in the answer, its head included.",
        processed=True,
        act=_in_answer(Wire.reset),
    ),
    Kind(
        name="closed-unprocessed",
        says="The connection is closed when the body has come.",
        processed=False,
        act=_unprocessed,
    ),
    Kind(
        name="closed-unanswered",
        says="The connection is closed instead of an answer.",
        processed=True,
        act=_unanswered(Wire.close),
    ),
    Kind(
        name="closed-in-answer",
        says="The connection is closed somewhere in the answer, its head included.",
        processed=True,
        act=_in_answer(Wire.close),
    ),
    Kind(
        name="closed-behind",
        says="The answer is whole, and the connection is closed behind it without having said so.",
        processed=True,
        act=_behind,
    ),
)

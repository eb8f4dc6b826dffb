"""Waiting: answers that come late, in drips or never, and bodies that nobody takes. None lasts longer than `stall`."""

from starlette.types import Message

from memory_imports_sandbox.faults.connections import declared_length
from memory_imports_sandbox.faults.kind import WITH_A_BODY, Kind
from memory_imports_sandbox.faults.wire import Wire, spelled

_DRIPS = 8


async def _late(wire: Wire) -> None:
    reply = await wire.answer()
    wire.strike()
    await wire.pause(_some_of(wire))
    await wire.say(reply)


async def _unhurried(wire: Wire) -> None:
    wire.strike()
    await wire.pause(_some_of(wire))
    await wire.serve()


def _some_of(wire: Wire) -> float:
    return wire.stall * wire.random.uniform(0.2, 1)


async def _dripping(wire: Wire) -> None:
    reply = await wire.answer()
    wire.strike()
    data = spelled(reply.with_headers(("connection", "close")))
    size = -(-len(data) // _DRIPS)
    for start in range(0, len(data), size):
        await wire.pause(wire.stall / _DRIPS)
        wire.write(data[start : start + size])
    await wire.close()


async def _silent_unprocessed(wire: Wire) -> None:
    wire.strike()
    await wire.read()
    await wire.pause(wire.stall)
    await wire.close()


async def _silent(wire: Wire) -> None:
    await wire.answer()
    wire.strike()
    await wire.pause(wire.stall)
    await wire.close()


async def _slow_reading(wire: Wire) -> None:
    half = declared_length(wire) // 2
    seen, paused = 0, False

    async def receive() -> Message:
        nonlocal seen, paused
        message = await wire.receive()
        seen += len(message.get("body", b""))
        if seen >= half and not paused:
            paused = True
            wire.strike()
            await wire.pause(_some_of(wire))
        return message

    await wire.serve(receive)


KINDS: tuple[Kind, ...] = (
    Kind(name="late-start", says="Nothing happens for a while, then all as usual.", processed=True, act=_unhurried),
    Kind(name="late-answer", says="The answer is ready and comes late.", processed=True, act=_late),
    Kind(
        name="dripping-answer",
        says=f"The answer comes in {_DRIPS} drips, from its first line on.",
        processed=True,
        act=_dripping,
    ),
    Kind(
        name="silent-unprocessed",
        says="There is no answer, and at the end of the stall the connection is closed.",
        processed=False,
        act=_silent_unprocessed,
    ),
    Kind(
        name="silent-processed",
        says="All is done, there is no answer, and at the end of the stall the connection is closed.",
        processed=True,
        act=_silent,
    ),
    Kind(
        name="slow-reading",
        says="Half of the body is taken, and for a while no more.",
        processed=True,
        act=_slow_reading,
        operations=WITH_A_BODY,
    ),
)

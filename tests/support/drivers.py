"""One flow, one script, three drivers: what came of it, what the flow asked for and what the service saw."""

import asyncio
import json
from collections.abc import Callable, Sequence
from contextlib import closing
from ssl import SSLContext
from typing import Any

from attrs import frozen

from memory_imports._drive_async import AsyncDriver
from memory_imports._drive_sync import Driver
from memory_imports._effects import Call, Effect, Flow, Put
from memory_imports._settings import Credentials, Settings
from tests.support.replies import SECRET, STORE, USER
from tests.support.server import Server
from tests.support.simulated import BASE, Clock, Simulation
from tests.support.tape import Tape
from tests.support.wire import Answer, Request, Script

MakeFlow = Callable[[str], Flow[Any]]


@frozen(kw_only=True)
class Told:
    """``outcome`` is what the flow returned, or the exception that it ended with."""

    outcome: Any
    tape: list[str]
    reprs: list[str]
    script: Script
    slept: list[float]

    def seen(self) -> list[tuple[str, str, object]]:
        """Return the requests that the service saw, a JSON body as what it says."""
        return [_read(request) for request in self.script.requests]


def settings_of(base: str) -> Settings:
    """Return the settings of a client for this server."""
    return Settings(store_id=STORE, base_url=base, credentials=Credentials(USER, SECRET), user_agent="memory-imports/0")


def simulated(make: MakeFlow, answers: Sequence[Answer]) -> Told:
    """Run a flow without a socket."""
    script, clock, tape = Script(answers), Clock(), Tape(BASE)
    flow = tape.of(make(BASE), lambda _: _nothing)
    outcome = _outcome(lambda: Simulation(script, clock=clock).run(flow))
    return Told(outcome=outcome, tape=tape.lines, reprs=tape.reprs, script=script, slept=clock.slept)


def synchronous(make: MakeFlow, answers: Sequence[Answer], *, tls: SSLContext | None = None) -> Told:
    """Run a flow by the synchronous driver."""

    def run(base: str, clock: Clock, flow: Flow[Any]) -> object:
        with closing(Driver(settings_of(base), sleep=clock.sleep, clock=clock)) as driver:
            return driver.run(flow)

    return _over_a_socket(make, answers, run, tls)


def asynchronous(make: MakeFlow, answers: Sequence[Answer], *, tls: SSLContext | None = None) -> Told:
    """Run a flow by the asynchronous driver."""

    async def awaited(base: str, clock: Clock, flow: Flow[Any]) -> object:
        async with AsyncDriver(settings_of(base), sleep=clock.sleep_async, clock=clock) as driver:
            return await driver.run(flow)

    return _over_a_socket(make, answers, lambda *given: asyncio.run(awaited(*given)), tls)


DRIVERS = {"simulated": simulated, "synchronous": synchronous, "asynchronous": asynchronous}


def _read(request: Request) -> tuple[str, str, object]:
    if request.method == "PUT":
        return request.method, request.target, request.body
    # Versions of httpx write spaces in JSON and in queries differently.
    body = json.loads(request.body) if request.body else None
    return request.method, request.target.replace("+", "%20"), body


def _over_a_socket(
    make: MakeFlow,
    answers: Sequence[Answer],
    run: Callable[[str, Clock, Flow[Any]], object],
    tls: SSLContext | None,
) -> Told:
    script, clock = Script(answers), Clock()
    with Server(script, tls=tls) as server:
        tape = Tape(server.base)

        def around(effect: Effect) -> Callable[[], None]:
            if isinstance(effect, Call | Put) and script.refuses():
                server.stop()
                return server.start
            return _nothing

        outcome = _outcome(lambda: run(server.base, clock, tape.of(make(server.base), around)))
    return Told(outcome=outcome, tape=tape.lines, reprs=tape.reprs, script=script, slept=clock.slept)


def _outcome(run: Callable[[], object]) -> object:
    try:
        return run()
    except Exception as problem:  # noqa: BLE001 - whatever it is, it is what the flow ended with
        return problem


def _nothing() -> None:
    pass

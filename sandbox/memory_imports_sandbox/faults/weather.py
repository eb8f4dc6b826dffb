"""Stands between the server and the service, lets most requests through, and strikes the others."""

import asyncio
import time
from contextlib import suppress

from starlette.types import ASGIApp, Receive, Scope, Send

from memory_imports_sandbox.faults import chosen
from memory_imports_sandbox.faults.forecast import Forecast
from memory_imports_sandbox.faults.ledger import Ledger
from memory_imports_sandbox.faults.wire import Left, Pause, Wire
from memory_imports_sandbox.settings import Settings
from memory_imports_sandbox.world import World


class Weather:
    """An ASGI application around another; `pause` waits, and a test may count instead."""

    def __init__(
        self, app: ASGIApp, world: World, ledger: Ledger, settings: Settings, pause: Pause = asyncio.sleep
    ) -> None:
        self._app, self._world, self._ledger, self._pause = app, world, ledger, pause
        self._stall = settings.fault_stall
        self._forecast = Forecast(ledger.seed, ledger.rate, chosen(settings.fault_kinds))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request, or does not."""
        operation = self._world.operation(scope["method"], scope["raw_path"].decode("latin-1"))
        if operation is None:
            await self._app(scope, receive, send)
            return
        number = self._ledger.number()
        drawn = self._forecast.draw(number, operation)
        if drawn is None:
            await self._app(scope, receive, send)
            return
        kind, random = drawn
        now = time.time()
        wire = Wire(
            app=self._app,
            scope=scope,
            receive=receive,
            send=send,
            random=random,
            now=now,
            stall=self._stall,
            pause=self._pause,
            strike=lambda: self._ledger.note(number, operation, kind, now),
        )
        with suppress(Left):
            await kind.act(wire)

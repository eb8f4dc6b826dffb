"""The asynchronous driver: the same loop, awaited."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from types import TracebackType
from typing import Any, Self

import httpx

from memory_imports import _http
from memory_imports._deadline import bind
from memory_imports._effects import (
    Call,
    Crew,
    Effect,
    Flow,
    Journal,
    Lost,
    Offload,
    Put,
    Reply,
    Result,
    Sleep,
    Together,
    unrecorded,
)
from memory_imports._redact import forget_locals, silence_signatures
from memory_imports._settings import Settings
from memory_imports._watch import observed
from memory_imports.errors import MemoryImportsError


class AsyncDriver:
    """Runs flows in an asyncio event loop; blocking work goes to a thread."""

    def __init__(
        self,
        settings: Settings,
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        clock: Callable[[], float] | None = None,
    ) -> None:
        silence_signatures()
        self._sleep, self._clock = sleep, clock or _http.Clock()
        self._settings = settings
        with _http.set_up(local=settings.is_local):
            tls = httpx.create_ssl_context()
            headers = {**_http.HEADERS, "user-agent": settings.user_agent}
            signed_in = (settings.credentials.username, settings.credentials.password)
            # A proxy for the rest of the world cannot reach this machine, and must not see what is sent to it.
            common: dict[str, Any] = {"headers": headers, "verify": tls, "trust_env": not settings.is_local}
            self._api = httpx.AsyncClient(base_url=settings.base_url, auth=signed_in, **common)
            self._storage = httpx.AsyncClient(**common)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close every connection."""
        await self._api.aclose()
        await self._storage.aclose()

    async def run(self, flow: Flow[Result], record: Journal = unrecorded) -> Result:
        """Run a flow to its end and return what it returns; ``record`` makes each of its journal lines durable."""
        return await self._run(observed(flow, self._settings, self._clock), record)

    async def _run(self, flow: Flow[Result], record: Journal) -> Result:
        step: Callable[[], Effect] = partial(next, flow)
        try:
            while True:
                try:
                    effect = step()
                except StopIteration as end:
                    result: Result = end.value
                    return result
                outcome = await self._perform(effect, record)
                failed = isinstance(outcome, Lost | MemoryImportsError)
                step = partial(flow.throw if failed else flow.send, outcome)
        except BaseException as problem:
            forget_locals(problem)
            raise
        finally:
            flow.close()

    async def _perform(self, effect: Effect, record: Journal) -> Any:  # noqa: ANN401 - each effect has its own outcome
        try:
            match effect:
                case Call():
                    return await self._call(effect)
                case Put():
                    return await self._put(effect)
                case Sleep():
                    await self._sleep(effect.seconds)
                    return self._clock()
                case Offload():
                    return await asyncio.to_thread(effect.work)
                case Together():
                    return await self._side_by_side(effect.crew, record)
                case _:  # a Record
                    return record(effect)
        except httpx.RequestError as problem:
            return _http.lost(problem, self._clock())
        except MemoryImportsError as problem:
            return problem.with_traceback(None)

    async def _side_by_side(self, crew: Crew, record: Journal) -> None:
        tasks: dict[asyncio.Task[Any], int] = {}
        try:
            while True:
                tasks |= {asyncio.create_task(self._run(flow, record)): number for number, flow in crew.ready()}
                if not tasks:
                    return
                for task in (await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED))[0]:
                    problem = task.exception()
                    crew.ended(tasks.pop(task), task.result() if problem is None else problem)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _call(self, call: Call) -> Reply:
        request = self._api.build_request(call.method, call.path, params=call.query, json=call.json)
        return await self._send(self._api, request, call)

    async def _put(self, put: Put) -> Reply:
        body = _http.threaded(_http.counted(put, self._clock))
        request = self._storage.build_request("PUT", put.url, content=body, headers=_http.upload_headers(put))
        return await self._send(self._storage, _http.guarded(request, self._settings), put)

    async def _send(self, client: httpx.AsyncClient, request: httpx.Request, effect: Call | Put) -> Reply:
        now = self._clock()
        end = _http.end_of(effect, now)
        trace = bind(end, self._clock)

        async def traced(event: str, about: dict[str, Any]) -> None:
            trace(event, about)

        request.extensions |= {"timeout": _http.timeouts(effect, end - now), "trace": traced}
        response = await client.send(request, stream=True)
        try:
            answer = _http.Answer(response)
            async for chunk in response.aiter_raw():
                if answer.is_enough(chunk):
                    break
            return answer.reply(self._clock())
        finally:
            await response.aclose()

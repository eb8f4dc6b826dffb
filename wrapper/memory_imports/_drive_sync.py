"""The synchronous driver: a loop over httpx."""

import time
from collections.abc import Callable
from functools import partial
from types import TracebackType
from typing import Any, Self

import httpx

from memory_imports import _http
from memory_imports._deadline import bind
from memory_imports._effects import (
    Call,
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
from memory_imports._threads import side_by_side
from memory_imports._watch import observed
from memory_imports.errors import MemoryImportsError


class Driver:
    """Runs flows. The API's client holds the credentials, the object store's holds none."""

    def __init__(
        self,
        settings: Settings,
        *,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] | None = None,
    ) -> None:
        silence_signatures()
        self._sleep, self._clock = sleep, clock or _http.Clock()
        self._settings = settings
        with _http.set_up(local=settings.is_local):
            # Loading the certificates takes a tenth of a second, so it is done once for both.
            tls = httpx.create_ssl_context()
            headers = {**_http.HEADERS, "user-agent": settings.user_agent}
            signed_in = (settings.credentials.username, settings.credentials.password)
            # A proxy for the rest of the world cannot reach this machine, and must not see what is sent to it.
            common: dict[str, Any] = {"headers": headers, "verify": tls, "trust_env": not settings.is_local}
            self._api = httpx.Client(base_url=settings.base_url, auth=signed_in, **common)
            self._storage = httpx.Client(**common)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close every connection."""
        self._api.close()
        self._storage.close()

    def run(self, flow: Flow[Result], record: Journal = unrecorded) -> Result:
        """Run a flow to its end and return what it returns; ``record`` makes each of its journal lines durable."""
        return self._run(observed(flow, self._settings, self._clock), record)

    def _run(self, flow: Flow[Result], record: Journal) -> Result:
        step: Callable[[], Effect] = partial(next, flow)
        try:
            while True:
                try:
                    effect = step()
                except StopIteration as end:
                    result: Result = end.value
                    return result
                outcome = self._perform(effect, record)
                failed = isinstance(outcome, Lost | MemoryImportsError)
                step = partial(flow.throw if failed else flow.send, outcome)
        except BaseException as problem:
            forget_locals(problem)
            raise
        finally:
            flow.close()

    def _perform(self, effect: Effect, record: Journal) -> Any:  # noqa: ANN401 - each effect has its own outcome
        try:
            match effect:
                case Call():
                    return self._call(effect)
                case Put():
                    return self._put(effect)
                case Sleep():
                    self._sleep(effect.seconds)
                    return self._clock()
                case Offload():
                    return effect.work()
                case Together():
                    return side_by_side(effect.crew, lambda flow: self._run(flow, record))
                case _:  # a Record
                    return record(effect)
        except httpx.RequestError as problem:
            return _http.lost(problem, self._clock())
        except MemoryImportsError as problem:
            return problem.with_traceback(None)

    def _call(self, call: Call) -> Reply:
        request = self._api.build_request(call.method, call.path, params=call.query, json=call.json)
        return self._send(self._api, request, call)

    def _put(self, put: Put) -> Reply:
        body = _http.counted(put, self._clock)
        request = self._storage.build_request("PUT", put.url, content=body, headers=_http.upload_headers(put))
        return self._send(self._storage, _http.guarded(request, self._settings), put)

    def _send(self, client: httpx.Client, request: httpx.Request, effect: Call | Put) -> Reply:
        now = self._clock()
        end = _http.end_of(effect, now)
        request.extensions |= {"timeout": _http.timeouts(effect, end - now), "trace": bind(end, self._clock)}
        response = client.send(request, stream=True)
        try:
            answer = _http.Answer(response)
            for chunk in response.iter_raw():
                if answer.is_enough(chunk):
                    break
            return answer.reply(self._clock())
        finally:
            response.close()

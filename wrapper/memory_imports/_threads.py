"""Flows side by side in threads, for the synchronous driver: each ends with its flow, or soon after an interruption.

The threads are daemons: one that waits for an answer must not keep an interrupted program from ending.
"""

from collections.abc import Callable
from functools import partial
from queue import SimpleQueue
from threading import Event, Thread
from time import monotonic
from typing import Any

from attrs import evolve

from memory_imports._effects import Crew, Effect, Flow, Put, Result

# Seconds that all flows together get to come to their next effects before they are left to themselves.
_PATIENCE = 1.0


class _Stopped(BaseException):
    """What ends a flow whose work nobody waits for any more."""


def side_by_side(crew: Crew, run: Callable[[Flow[Any]], Any]) -> None:
    """Run the flows of a crew, each in a thread of its own; what the crew raises stops them all."""
    news: SimpleQueue[tuple[int, Any]] = SimpleQueue()
    threads: dict[int, Thread] = {}
    stop = Event()
    try:
        while True:
            for number, flow in crew.ready():
                work = partial(_work, number, _until(stop, flow), run, news)
                threads[number] = Thread(target=work, name=f"memory-imports-{number}", daemon=True)
                threads[number].start()
            if not threads:
                return
            number, outcome = news.get()
            threads.pop(number).join()
            crew.ended(number, outcome)
    finally:
        stop.set()
        end = monotonic() + _PATIENCE
        for thread in threads.values():
            thread.join(max(0.0, end - monotonic()))


def _work(number: int, flow: Flow[Any], run: Callable[[Flow[Any]], Any], news: "SimpleQueue[tuple[int, Any]]") -> None:
    outcome: Any
    try:
        outcome = run(flow)
    except BaseException as problem:  # noqa: BLE001 - it is raised, or judged, where the flow was begun
        outcome = problem
    news.put((number, outcome))


def _until(stop: Event, flow: Flow[Result]) -> Flow[Result]:
    """Return the same flow, which ends at its next effect once it is to stop, an upload at its next chunk."""

    def go_on() -> None:
        if stop.is_set():
            raise _Stopped

    step: Callable[[], Effect] = partial(next, flow)
    try:
        while True:
            go_on()
            try:
                effect = step()
            except StopIteration as end:
                result: Result = end.value
                return result
            try:
                given = yield _stoppable(effect, go_on)
            except Exception as problem:  # noqa: BLE001 - news for the flow
                step = partial(flow.throw, problem)
            else:
                step = partial(flow.send, given)
    finally:
        flow.close()


def _stoppable(effect: Effect, go_on: Callable[[], None]) -> Effect:
    if not isinstance(effect, Put):
        return effect
    told = effect.on_sent

    def on_sent(sent: int) -> None:
        go_on()
        told(sent)

    return evolve(effect, on_sent=on_sent)

"""Who looks on while a flow runs: the log, and the telemetry of a caller who has some. They see and change nothing.

A watched flow is the same flow: each effect goes out and each outcome comes back as it is, on any driver. A watcher of
a part is made by the watcher of its run, so it knows whose part it is in whatever thread or task the part runs. What a
watcher raises is dropped: a filter or an exporter of the caller's that fails must not end an import half-way.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, Protocol

from attrs import frozen

from memory_imports._effects import Crew, Effect, Flow, Result, Together
from memory_imports._log import Log
from memory_imports._settings import Settings

# What the flows behind the public names are called, where that is not the same.
_NAMES = {"run_files": "run", "run_plan": "run", "next_page": "list", "newest": "list"}
_OPENTELEMETRY = {"opentelemetry.trace", "opentelemetry.metrics"}


class Interrupted(Exception):  # noqa: N818 - told to watchers, never raised
    """Stands for the end of a flow whose outcome nobody waits for any more."""


class Watcher(Protocol):
    """Looks on at one flow, in the thread that runs it. Durations are in seconds; a failure is an exception."""

    def part(self, number: int) -> "Watcher":
        """Return the watcher of a flow that runs beside others within this one."""
        ...

    def before(self, effect: Effect) -> None:
        """See what the flow asks for."""
        ...

    def after(self, effect: Effect, outcome: Any, seconds: float) -> None:  # noqa: ANN401 - each effect has its own
        """See what came of it."""
        ...

    def over(self, outcome: Any, seconds: float) -> None:  # noqa: ANN401 - each flow has its own
        """See what the flow returned or ended with."""
        ...


def observed(flow: Flow[Result], settings: Settings, clock: Callable[[], float]) -> Flow[Result]:
    """Return the same flow, watched by whoever is there to watch."""
    name = getattr(flow, "__name__", "run")
    return _watched(flow, partial(_watchers, _NAMES.get(name, name), settings), clock)


def _watchers(name: str, settings: Settings) -> Sequence[Watcher]:
    watchers: list[Watcher] = []
    # Only for callers who have it in use already: nobody else pays for an import, nor for spans that go nowhere.
    if not _OPENTELEMETRY.isdisjoint(sys.modules):
        with suppress(Exception):  # an older one, or half of one
            from memory_imports._telemetry import telemetry  # noqa: PLC0415 - see above

            watchers.append(telemetry(name, settings))
    return (*watchers, Log(name))


def _tell(hear: Callable[..., None], *news: object) -> None:
    with suppress(Exception):
        hear(*news)


def _watched(flow: Flow[Result], begin: Callable[[], Sequence[Watcher]], clock: Callable[[], float]) -> Flow[Result]:
    watchers, start = begin(), clock()

    def over(outcome: object) -> None:
        for watcher in reversed(watchers):
            _tell(watcher.over, outcome, clock() - start)

    step: Callable[[], Effect] = partial(next, flow)
    try:
        while True:
            try:
                effect = step()
            except StopIteration as end:
                result: Result = end.value
                over(result)
                return result
            except BaseException as problem:
                over(problem)
                raise
            asked = Together(_Watched(effect.crew, watchers, clock)) if isinstance(effect, Together) else effect
            for watcher in watchers:
                _tell(watcher.before, effect)
            began = clock()
            outcome: Any = Interrupted()
            try:
                outcome = yield asked
                step = partial(flow.send, outcome)
            except Exception as problem:  # noqa: BLE001 - news for the flow
                outcome = problem
                step = partial(flow.throw, problem)
            finally:
                for watcher in reversed(watchers):  # what is logged belongs to the span that is still open
                    _tell(watcher.after, effect, outcome, clock() - began)
                if isinstance(outcome, Interrupted):
                    over(outcome)
    finally:
        flow.close()


@frozen
class _Watched:
    """A crew whose flows are watched, too."""

    crew: Crew
    watchers: Sequence[Watcher]
    clock: Callable[[], float]

    def ready(self) -> Sequence[tuple[int, Flow[Any]]]:
        return [(number, self._part(number, flow)) for number, flow in self.crew.ready()]

    def ended(self, number: int, outcome: Any) -> None:  # noqa: ANN401 - of the protocol
        self.crew.ended(number, outcome)

    def _part(self, number: int, flow: Flow[Any]) -> Flow[Any]:
        return _watched(flow, lambda: list(self._watchers(number)), self.clock)

    def _watchers(self, number: int) -> Iterator[Watcher]:
        for watcher in self.watchers:
            with suppress(Exception):
                yield watcher.part(number)

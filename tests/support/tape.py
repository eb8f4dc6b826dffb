"""A tape of what a flow asked for and what it was given: equal on every driver, or the drivers have drifted apart."""

from collections.abc import Callable
from functools import partial
from typing import Any

from attrs import define

from memory_imports._effects import Call, Crew, Effect, Flow, Lost, Offload, Put, Record, Reply, Result, Sleep, Together
from memory_imports.errors import MemoryImportsError
from tests.support.wire import HERE

# What a server or a library adds by itself.
_OURS = {"date", "location", "retry-after", "twilio-request-id"}


class Tape:
    """Lines of effect and outcome. The server's address reads ``http://here``; how a connection broke is left out."""

    def __init__(self, base: str) -> None:
        self.lines: list[str] = []
        self.reprs: list[str] = []
        self._base = base

    def of(self, flow: Flow[Result], around: Callable[[Effect], Callable[[], None]]) -> Flow[Result]:
        """Return the same flow, taped; ``around`` runs before each effect and gives what is to run after it."""
        step: Callable[[], Effect] = partial(next, flow)
        try:
            while True:
                try:
                    effect = step()
                except StopIteration as end:
                    result: Result = end.value
                    return result
                done = around(effect)
                outcome: Any
                asked = Together(_Taped(effect.crew, self, around)) if isinstance(effect, Together) else effect
                try:
                    outcome = yield asked
                except (Lost, MemoryImportsError) as problem:
                    outcome = problem
                done()
                self._write(effect, outcome)
                step = partial(flow.throw if isinstance(outcome, Exception) else flow.send, outcome)
        finally:
            flow.close()

    def _write(self, effect: Effect, outcome: object) -> None:
        self.reprs += [repr(effect), repr(outcome)]
        self.lines.append(f"{_asked(effect)} -> {_given(outcome)}".replace(self._base, HERE))


@define
class _Taped:
    """A crew whose flows are taped, too."""

    crew: Crew
    tape: Tape
    around: Callable[[Effect], Callable[[], None]]

    def ready(self) -> list[tuple[int, Flow[Any]]]:
        return [(number, self.tape.of(flow, self.around)) for number, flow in self.crew.ready()]

    def ended(self, number: int, outcome: object) -> None:
        self.crew.ended(number, outcome)


def _asked(effect: Effect) -> str:
    match effect:
        case Call():
            return f"{effect!r}"
        case Put():
            return f"PUT {effect.url} {effect.body.size} {dict(effect.headers)}"
        case Sleep():
            return f"sleep {effect.seconds:.6f}"
        case Offload():
            return "offload"
        case Record():
            return f"record {effect.event} {dict(effect.fields)}"
        case Together():
            return "together"


def _given(outcome: object) -> str:
    match outcome:
        case Reply():
            headers = sorted((name, value) for name, value in outcome.headers.items() if name in _OURS)
            return f"{outcome.status} {headers} {outcome.body!r} at {outcome.at:.6f}"
        case Lost():
            return f"lost, {'sent' if outcome.sent else 'not sent'}, at {outcome.at:.6f}"
        case MemoryImportsError():
            return f"{type(outcome).__name__}: {outcome}"
        case float():
            return f"{outcome:.6f}"
    return type(outcome).__name__

"""Flows and rules as they must not be, for the mutations to put in place of the right ones."""

from collections.abc import Callable
from functools import partial
from typing import Any

from attrs import evolve

from memory_imports._effects import Call, Effect, Flow, Outcome, Put, Record, Reply, Sleep
from memory_imports._flow.create import create
from memory_imports._flow.fetch import fetch_reply
from memory_imports._flow.parts import _Parts
from memory_imports._flow.resume import resume
from memory_imports._flow.retry import persist
from memory_imports._flow.run import _follow
from memory_imports._policy import Retry, Verdict
from memory_imports.errors import JobConflict
from memory_imports.jobs import Journal
from memory_imports_sandbox import messages
from tests.simulation import service
from tests.simulation.driver import Loop

AnyFlow = Callable[..., Flow[Any]]
_TIRELESS = Retry(attempts=10**6, total=10**6)
_WRITE = Journal.write
_SERVER_ERROR = 500


def answering(value: object) -> AnyFlow:
    """Return a flow that asks nobody and always says the same."""

    def flow(*_: object, **__: object) -> Flow[Any]:
        yield Sleep(0)
        return value

    return flow


def without(flow: AnyFlow, event: str) -> AnyFlow:
    """Return the flow without its journal lines of this event."""

    def shortened(*given: Any, **named: Any) -> Flow[Any]:  # noqa: ANN401 - as the flow
        steps = flow(*given, **named)
        step: Callable[[], Effect] = partial(next, steps)
        while True:
            try:
                effect = step()
            except StopIteration as end:
                return end.value
            if isinstance(effect, Record) and effect.event == event:
                step = partial(steps.send, None)
                continue
            try:
                got = yield effect
            except Exception as problem:  # noqa: BLE001 - news for the flow
                step = partial(steps.throw, problem)
            else:
                step = partial(steps.send, got)

    return shortened


def patient(flow: AnyFlow, **changes: Any) -> AnyFlow:  # noqa: ANN401 - as the flow
    """Return the flow with other arguments."""
    return lambda *given, **named: flow(*given, **{**named, **changes})


def tireless(effect: Call | Put, tries: Any, **named: Any) -> Flow[Reply]:  # noqa: ANN401 - as `persist`
    """Try a request until it is answered."""
    return persist(effect, evolve(tries, retry=_TIRELESS), **named)


def trusting(judge: Callable[[Outcome], Verdict]) -> Callable[[Outcome], Verdict]:
    """Return a judge that takes a server's error for a sign that nothing was done."""

    def judged(outcome: Outcome) -> Verdict:
        broken = isinstance(outcome, Reply) and outcome.status >= _SERVER_ERROR
        return Verdict.UNPROCESSED if broken else judge(outcome)

    return judged


def create_first(part: Any, tries: Any, deadline: float, *_: Any) -> Flow[Any]:  # noqa: ANN401 - as `run._create`
    """Create an import, and record that afterwards."""
    made = yield from create(part.store_id, part.filename, part.body.size, part.mappings, tries, deadline=deadline)
    yield Record("creating", {"part": part.index})
    yield Record("created", {"part": part.index, "import_id": made.import_id})
    return made


def whitewashed(*given: Any, **named: Any) -> Flow[Any]:  # noqa: ANN401 - as `run._follow`
    """Count no errors in an import that failed."""
    result = yield from _follow(*given, **named)
    return evolve(result, errors=0) if result.state == "FAILED" else result


def fetch_unnamed(*given: Any, **named: Any) -> Flow[Any]:  # noqa: ANN401 - as `fetch_reply`
    """Ask for a status, and do not say of which import it was when there was none."""
    try:
        return (yield from fetch_reply(*given, **named))
    except Exception as problem:
        problem.import_id = None  # type: ignore[attr-defined] # all of ours have one
        raise


def resume_anew(part: Any, known: Any, *given: Any, **named: Any) -> Flow[Any]:  # noqa: ANN401 - as `resume`
    """Send again what was sent."""
    return resume(part, None if known is not None and known.stage == "uploaded" else known, *given, **named)


def write_if_possible(journal: Journal, key: str, line: Record) -> None:
    """Write a line, or do not."""
    try:
        _WRITE(journal, key, line)
    except JobConflict:
        return


def write_at_the_end(journal: Journal, key: str, line: Record) -> None:
    """Keep the lines in memory until an import has ended."""
    lines: list[Record] = vars(journal).setdefault("late", [])
    lines.append(line)
    if line.event == "ended":
        for each in lines:
            _WRITE(journal, key, each)
        lines.clear()


class Crowd(_Parts):
    """All at once."""

    def ready(self) -> Any:  # noqa: ANN401 - as there
        """Begin whatever may begin."""
        self.limit = len(self.parts)
        return super().ready()


class Silent(_Parts):
    """Nothing is ever wrong."""

    def ended(self, number: int, outcome: Any) -> None:  # noqa: ANN401 - as there
        """Forget a problem."""
        super().ended(number, outcome)
        self.problem = None


class Redirected(Loop):
    """A driver that goes where it is sent."""

    def _give(self, task: Any, outcome: Any) -> None:  # noqa: ANN401 - as there
        if isinstance(outcome, Reply) and outcome.status == 307 and task.number is not None:  # noqa: PLR2004 - a redirect
            host = outcome.headers["location"].split("/")[2]
            there = messages.Request("GET", "/", "", (("host", host), ("authorization", "Basic")))
            self._world.machine.witness.arrives(there, self.time.now)  # type: ignore[attr-defined] # a process
        super()._give(task, outcome)


def request_with_credentials(effect: Call | Put, body: bytes) -> messages.Request:
    """Return the request with the API's credentials, whoever it is for."""
    request = service.request_of(effect, body)
    known = request.header("authorization") is not None
    return request if known else evolve(request, headers=(*request.headers, ("authorization", "Basic")))

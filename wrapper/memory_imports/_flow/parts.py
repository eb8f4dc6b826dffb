"""Parts side by side: which may begin, and what became of each. Rows of one person never race each other."""

from collections.abc import Callable, Mapping, Sequence
from itertools import islice
from typing import Any

from attrs import define, evolve, field

from memory_imports._effects import Flow, Offload, Sleep, Together
from memory_imports._flow.part import TIMEOUT, Manner, Part
from memory_imports._flow.resume import Known
from memory_imports._flow.retry import Tries
from memory_imports._flow.run import run
from memory_imports.errors import MemoryImportsError, WaitTimeout, advised
from memory_imports.models import PartResult

_WENT_IN = "COMPLETED"


def run_parts(
    parts: Sequence[Part],
    tries: Tries,
    manner: Manner,
    *,
    known: Mapping[int, Known] | None = None,
    earlier: Mapping[int, PartResult] | None = None,
    start: float | None = None,
) -> Flow[tuple[PartResult, ...]]:
    """Import all parts, and return what became of each; one that waits for a part that failed is not sent.

    Args:
        parts: The parts, each numbered by its place.
        tries: How requests are tried again.
        manner: Until when, how many at once, who is told.
        known: How far an earlier run came with a part.
        earlier: What became of parts that an earlier run has brought to their end.
        start: From when a timeout counts, in the driver's time; by default from now.

    Raises:
        MemoryImportsError: As `run`, from the first part that ended so; those under way have come to their ends, too,
            and what became of all is in its ``parts``.
    """
    now: float = yield Sleep(0)
    start = now if start is None else start
    deadline = now + TIMEOUT * len(parts) if manner.timeout is None else start + manner.timeout
    line = _Line(start, deadline, tries, manner, known or {})
    crew = _Parts(parts, line.run, limit=manner.concurrency, results=dict(earlier or {}))
    yield Together(crew)
    results = tuple(crew.results.get(part.index) or part.result(*crew.at_stake(part.index)) for part in parts)
    if crew.problem is not None:
        if isinstance(crew.problem, MemoryImportsError):
            crew.problem.parts = results
        raise crew.problem
    return results


@define
class _Line:
    """What every part of a run is told."""

    start: float
    deadline: float
    tries: Tries
    manner: Manner
    known: Mapping[int, Known]

    def run(self, part: Part, *, awaited: bool) -> Flow[PartResult]:
        """Import one part; followed to its end where others wait for it, whatever the manner."""
        known = self.known.get(part.index)
        now = yield Sleep(0)
        left = self.deadline - now
        if left <= 0:
            late = WaitTimeout(
                f"There was no time left for rows {part.first_row} to {part.last_row} of {part.file}.",
                import_id=known.import_id if known else None,
                state=None,
                waited=now - self.start,
            )
            raise advised(late, "run it again to go on")
        manner = evolve(self.manner, timeout=left, follow=self.manner.follow or awaited)
        try:
            result = yield from run(part, self.tries, manner, known)
        except WaitTimeout as late:
            # The part was given what was left; its caller, who gave time for all of them, has waited since the start.
            late.waited = (yield Sleep(0)) - self.start
            raise
        yield Offload(part.discard)
        return result


@define(eq=False)
class _Parts:
    """The crew of a run: a part begins when those before it have gone in and there is room."""

    parts: Sequence[Part]
    begin: Callable[..., Flow[PartResult]]
    limit: int = field(kw_only=True)
    results: dict[int, PartResult] = field(kw_only=True)
    problem: Exception | None = None
    _problems: dict[int, Exception] = field(init=False, factory=dict[int, Exception])
    _waiting: dict[int, Part] = field(init=False)
    _awaited: frozenset[int] = field(init=False)
    _running: int = 0

    def __attrs_post_init__(self) -> None:
        self._waiting = {part.index: part for part in self.parts if part.index not in self.results}
        self._awaited = frozenset(index for part in self.parts for index in part.after)

    def ready(self) -> list[tuple[int, Flow[PartResult]]]:
        """Return the parts that begin now; none any more once one has met a problem."""
        room = 0 if self.problem is not None else self.limit - self._running
        fit = (index for index, part in self._waiting.items() if all(map(self._is_in, part.after)))
        chosen = [self._waiting.pop(index) for index in list(islice(fit, room))]
        self._running += len(chosen)
        return [(part.index, self.begin(part, awaited=part.index in self._awaited)) for part in chosen]

    def ended(self, number: int, outcome: Any) -> None:  # noqa: ANN401 - of the protocol
        """Take what became of a part; an interruption is none of its matters, and goes on."""
        self._running -= 1
        if isinstance(outcome, PartResult):
            self.results[number] = outcome
        elif isinstance(outcome, Exception):
            self._problems[number] = outcome
            self.problem = self.problem or outcome
        else:
            raise outcome

    def at_stake(self, index: int) -> tuple[str | None, tuple[str, ...]]:
        """Return which import a part met a problem with, and which were made for it and got no file."""
        problem = self._problems.get(index)
        return (problem.import_id, tuple(problem.abandoned)) if isinstance(problem, MemoryImportsError) else (None, ())

    def _is_in(self, index: int) -> bool:
        return index in self.results and self.results[index].state == _WENT_IN

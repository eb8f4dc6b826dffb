"""One loop for everything that is tried more than once: requests that may be repeated, and those that may not."""

import math
from collections.abc import Callable, Generator
from typing import Any

from attrs import evolve, field, frozen

from memory_imports._effects import Call, Flow, Lost, Outcome, Put, Reply, Sleep
from memory_imports._policy import Polling, Retry, Verdict, judge_call, judge_put, patient
from memory_imports.errors import ConnectionLost

# Seconds: a request that is sent at all is given this long.
_LEAST = 1.0
_ADVICE = "Check the network and the base URL, then try again."

BeforeRepeat = Callable[[bool, float], Flow[None]]


@frozen(kw_only=True)
class Tries:
    """How a flow tries again; ``watch`` is for a wait. ``random`` gives numbers in [0, 1)."""

    random: Callable[[], float]
    retry: Retry = field(factory=Retry)
    watch: Retry = field(factory=patient)
    polling: Polling = field(factory=Polling)


def harmless(_uncertain: bool, _now: float) -> Flow[None]:  # noqa: FBT001 - the shape of every such hook
    """Let a request be repeated that does no harm when it is processed twice."""
    yield from ()


def persist(
    effect: Call | Put,
    tries: Tries,
    *,
    import_id: str | None = None,
    deadline: float | None = None,
    before_repeat: BeforeRepeat = harmless,
) -> Flow[Reply]:
    """Send a request until it is answered for good, within the bounds on attempts and on time.

    Args:
        effect: The request.
        tries: The bounds.
        import_id: What to name in an error.
        deadline: When the caller wants an end, in the driver's time.
        before_repeat: Runs before the request is sent again or given up, with whether it may have been processed
            and the time. It may raise, and so end the matter.

    Raises:
        ConnectionLost: No answer came within the bounds.
    """
    judge = judge_put if isinstance(effect, Put) else judge_call
    now = yield Sleep(0)
    # An upload may take its time: what ends it is the caller's deadline, its URL's, or the number of attempts.
    total = math.inf if isinstance(effect, Put) else tries.retry.total
    end = now + total if deadline is None else min(deadline, now + total)
    attempt = 0
    while True:
        attempt += 1
        outcome = yield from _once(_nth(effect, attempt, end - now))
        verdict = judge(outcome)
        if verdict is Verdict.FINAL:
            return _answer(outcome, attempt, import_id)
        pause = tries.retry.pause(attempt, outcome, tries.random())
        spent = attempt >= tries.retry.attempts or outcome.at + pause >= end
        now = outcome.at if spent else (yield Sleep(pause, "retry"))
        yield from before_repeat(verdict is Verdict.UNCERTAIN, now)
        if spent:
            return _answer(outcome, attempt, import_id)
        now = yield Sleep(0)


def _once(effect: Call | Put) -> Generator[Any, Any, Outcome]:
    try:
        reply: Reply = yield effect
    except Lost as lost:
        return lost.with_traceback(None)
    return reply


def _nth(effect: Call | Put, attempt: int, seconds: float) -> Call | Put:
    if isinstance(effect, Put):
        return evolve(effect, attempt=attempt)
    return evolve(effect, attempt=attempt, timeout=max(seconds, _LEAST))


def _answer(outcome: Outcome, attempt: int, import_id: str | None) -> Reply:
    if isinstance(outcome, Reply):
        return outcome
    times = "once" if attempt == 1 else f"{attempt} times"
    message = f"No answer after trying {times}: {outcome.reason}. {_ADVICE}"
    lost = ConnectionLost(message, reason=outcome.reason, import_id=import_id)
    lost.advice = _ADVICE
    raise lost

"""What a flow does as lines of the log ``memory_imports``, with the facts as attributes of each record.

Every retry is said, with what it is for. No line holds a cell value, a credential or a signed URL.
"""

import logging
from collections.abc import Mapping
from typing import Any, Self

from memory_imports._effects import RESULT, Call, Effect, Lost, Put, Record, Reply, Sleep
from memory_imports._policy import is_success

log = logging.getLogger("memory_imports")

# The attributes that a record may have, in the order in which they are written.
FIELDS = (
    "event",
    "part",
    "operation",
    "attempt",
    "status",
    "reason",
    "seconds",
    "bytes",
    "rows",
    "errors",
    "warnings",
    "state",
    "outcome",
    "import_id",
    "request_id",
)


class Log:
    """Writes what becomes of one flow; ``part`` is its number if it runs beside others."""

    def __init__(self, name: str, part: int | None = None) -> None:
        self._name, self._part = name, part
        self._label = name if part is None else f"{name} {part}"
        # How loud to say that a request is sent again, what is known of it and of its answer, and that in words.
        self._last: tuple[int, Mapping[str, Any], str] = (logging.INFO, {}, "")

    def part(self, number: int) -> Self:
        """Return the same for one part."""
        return type(self)("part", number)

    def before(self, effect: Effect) -> None:
        """Say what cannot be told from the outcome."""
        match effect:
            case Sleep(seconds, "retry"):
                self._pause(seconds)
            case Sleep(seconds, "poll") if seconds:
                self._say(logging.DEBUG, "poll", {"seconds": seconds}, "asking again in %.1f seconds", seconds)
            case Sleep(_, "arrival"):
                words = "%s: looking whether the file of an interrupted upload arrived"
                self._say(logging.INFO, "arrival", {}, words, self._label)
            case Record(event, fields):
                facts = {name: fact for name, fact in fields.items() if name in FIELDS and name != "part"}
                name = facts.get("import_id") or "an import"
                self._say(logging.INFO, event, facts, "%s: %s %s", self._label, event, name)
            case _:
                pass

    def after(self, effect: Effect, outcome: Any, seconds: float) -> None:  # noqa: ANN401 - each effect has its own
        """Say how a request was answered."""
        if not isinstance(effect, Call | Put):
            return
        name = self._named(effect)
        asked = {"operation": effect.operation, "attempt": effect.attempt, "import_id": effect.import_id}
        took = {"seconds": round(seconds, 3)}
        match outcome:
            case Reply():
                told = asked | {"status": outcome.status, "request_id": outcome.request_id}
                how = f"{outcome.status}{', which cannot be read' if is_success(outcome.status) else ''}"
                self._last = (logging.WARNING, told, f"{name} was answered {how}")
                words = "%s was answered %s, request id %s"
                self._say(logging.DEBUG, "answer", told | took, words, name, outcome.status, outcome.request_id)
            case Lost():
                told = asked | {"reason": outcome.reason}
                # That is a warning by itself.
                self._last = (logging.INFO, told, name)
                words = "%s had no answer at try %d: %s"
                self._say(logging.WARNING, "no_answer", told | took, words, name, effect.attempt, outcome.reason)
            case _:
                told = asked | {"reason": type(outcome).__name__}
                self._say(logging.DEBUG, "given_up", told | took, "%s was given up: %s", name, told["reason"])

    def over(self, outcome: Any, seconds: float) -> None:  # noqa: ANN401 - each flow has its own
        """Say how it ended."""
        facts = {name: getattr(outcome, name, None) for name in RESULT} | {"seconds": round(seconds, 3)}
        if isinstance(outcome, BaseException):
            facts["reason"] = type(outcome).__name__
            words = "%s ended after %.1f seconds: %s"
            self._say(logging.INFO, "ended", facts, words, self._label, seconds, facts["reason"])
        else:
            self._say(logging.INFO, "ended", facts, "%s ended after %.1f seconds", self._label, seconds)

    def _pause(self, seconds: float) -> None:
        level, facts, words = self._last
        facts = {**facts, "seconds": round(seconds, 3)}
        self._say(level, "retry", facts, "%s; trying again in %.1f seconds", words, seconds)

    def _named(self, effect: Call | Put) -> str:
        """Return which request it is: of many parts under way at once, a bare operation could be anybody's."""
        part = "" if self._part is None else f"{self._label}: "
        return f"{part}{effect.operation}{f' for {effect.import_id}' if effect.import_id else ''}"

    def _say(self, level: int, event: str, facts: Mapping[str, Any], words: str, *given: object) -> None:
        if not log.isEnabledFor(level):
            return
        file, line, function, _ = log.findCaller()
        record = log.makeRecord(log.name, level, file, line, words, given, None, function)
        # Not as ``extra``: that raises where the record factory of an application has set one of the names itself.
        for name, fact in {"event": event, "part": self._part, **facts}.items():
            if fact is not None:
                vars(record).setdefault(name, fact)
        log.handle(record)

"""What the world between a process and the service does to it: by the schedule, one thing after the other."""

import json
from collections import Counter
from collections.abc import Callable
from random import Random
from typing import NamedTuple

from attrs import define, field

from memory_imports._effects import Call, Put
from memory_imports_sandbox import messages
from tests.simulation.driver import Course, Time
from tests.simulation.faults import ON, REQUESTS
from tests.simulation.faults.kind import UPLOAD, Trip
from tests.simulation.faults.local import FILE, spoiled
from tests.simulation.schedule import Schedule
from tests.support.simulated import Crash

# Seconds that the real drivers wait for an answer of the API, and of the object store.
_API, _STORE = 30.0, 120.0
_LEAST = 1.0
_MOST = 10_000


class Occasion(NamedTuple):
    """Something that could be struck, and before which moment it came."""

    operation: str
    moment: int


class Endless(BaseException):
    """A schedule that does not come to an end."""


@define
class Weather:
    """Strikes what the schedule says, and counts it.

    ``occasions`` are what it could strike; they and ``moments`` are of all processes.
    """

    schedule: Schedule
    random: Random
    time: Time
    handle: Callable[[messages.Request, float], messages.Reply]
    moments: int = 0
    occasions: list[Occasion] = field(factory=list)
    crashes: int = 0
    struck: Counter[str] = field(factory=Counter)
    over: bool = False

    def moment(self) -> None:
        """End the process here, if it is to be."""
        moment, self.moments = self.moments, self.moments + 1
        if moment > _MOST:
            raise Endless
        if self.over:
            return
        schedule = self.schedule
        wanted = schedule.crashes and self.crashes < schedule.most_crashes
        if moment in schedule.ends or (wanted and self.random.random() < schedule.crashes):
            self.crashes += 1
            raise Crash

    def course(self, effect: Call | Put) -> Course:
        """Say how a request fares. Raises what reading the file ends with."""
        name = self.strikes(UPLOAD if isinstance(effect, Put) else effect.operation)
        if name in FILE:
            raise spoiled(name)
        trip = Trip(
            effect=effect,
            body=_body(effect),
            handle=self.handle,
            time=self.time,
            random=self.random,
            limit=_limit(effect, self.time()),
        )
        return REQUESTS[name].fare(trip) if name else trip.fair()

    def strikes(self, operation: str) -> str:
        """Say what kind of fault a request, or a journal line, meets; empty for none."""
        if self.over:
            return ""
        self.occasions.append(Occasion(operation, self.moments))
        told = self.schedule.struck.get(len(self.occasions) - 1, "")
        name = told or self._drawn(operation)
        if name and operation not in ON[name]:
            name = ""  # a rule is broken, and other requests are sent than were when this was told
        if name:
            self.struck[name] += 1
        return name

    def _drawn(self, operation: str) -> str:
        schedule = self.schedule
        if not schedule.rate or self.struck.total() >= schedule.most_faults:
            return ""
        if self.random.random() >= schedule.rate:
            return ""
        names = [name for name in schedule.kinds if operation in ON[name]]
        return self.random.choice(names) if names else ""


def _body(effect: Call | Put) -> bytes:
    if isinstance(effect, Put):
        effect.on_sent(0)
        body = b"".join(effect.body.chunks())
        effect.on_sent(len(body))
        return body
    return b"" if effect.json is None else json.dumps(effect.json, ensure_ascii=False).encode()


def _limit(effect: Call | Put, now: float) -> float:
    if isinstance(effect, Call):
        return min(_API, effect.timeout or _API)
    return _STORE if effect.deadline is None else min(_STORE, max(_LEAST, effect.deadline - now))

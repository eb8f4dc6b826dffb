"""The words of the table: a kind of fault, and the trip of one request that it strikes."""

from collections.abc import Callable
from random import Random
from typing import Any

from attrs import evolve, field, frozen

from memory_imports._effects import Call, Lost, Outcome, Put, Reply
from memory_imports._endpoints import CREATE, FETCH, LIST
from memory_imports_sandbox import messages
from tests.simulation.driver import Course, Time
from tests.simulation.service import request_of

UPLOAD = "upload"
API = frozenset({CREATE, LIST, FETCH})
ALL = API | {UPLOAD}
WITH_A_BODY = frozenset({CREATE, UPLOAD})

Handle = Callable[[messages.Request, float], messages.Reply]
Judge = Callable[[Any, float], Outcome]


@frozen(kw_only=True)
class Trip:
    """One request that is about to be sent. ``handle`` is the service, ``limit`` how long the client waits at most."""

    effect: Call | Put
    body: bytes = field(repr=False)
    handle: Handle
    time: Time
    random: Random
    limit: float

    @property
    def operation(self) -> str:
        """Return what is asked for."""
        return UPLOAD if isinstance(self.effect, Put) else self.effect.operation

    def arrive(self, now: float) -> messages.Reply:
        """Let the service do it."""
        return self.handle(request_of(self.effect, self.body), now)

    def arrive_torn(self, now: float) -> messages.Reply:
        """Let half of the body arrive."""
        return self.handle(request_of(self.effect, self.body[: len(self.body) // 2]), now)

    def fair(self) -> Course:
        """Return how it fares in good weather."""
        out, back = (0.001 + 0.2 * self.random.random() for _ in range(2))
        return Course(out=out, back=back, arrive=self.arrive, judge=answered, limit=self.limit)


@frozen(kw_only=True)
class Kind:
    """A way for a request to go wrong; with an ``ambiguous`` one nobody can tell whether it was processed."""

    name: str
    on: frozenset[str]
    fare: Callable[[Trip], Course]
    ambiguous: bool = False


def answered(reply: messages.Reply, at: float) -> Reply:
    """Give the client the answer as it is."""
    return Reply(status=reply.status, headers=dict(reply.headers), body=reply.body, at=at)


def lost(*, sent: bool) -> Judge:
    """Give the client no answer."""
    return lambda _, at: Lost("simulated", sent=sent, at=at)


def instead(make: Callable[[Trip], messages.Reply], *, processed: bool = False) -> Callable[[Trip], Course]:
    """Give the client this answer, whether or not the service has done what was asked."""

    def fare(trip: Trip) -> Course:
        made = make(trip)
        arrive = trip.arrive if processed else None
        return evolve(trip.fair(), arrive=arrive, judge=lambda _, at: answered(made, at))

    return fare


def changed(change: Callable[[Trip, messages.Reply], messages.Reply]) -> Callable[[Trip], Course]:
    """Give the client the answer of the service, changed on the way."""

    def fare(trip: Trip) -> Course:
        return evolve(trip.fair(), judge=lambda reply, at: answered(change(trip, reply), at))

    return fare

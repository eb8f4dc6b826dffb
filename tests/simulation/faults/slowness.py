"""Requests that take their time, and are answered in the end."""

from attrs import evolve

from tests.simulation.driver import Course
from tests.simulation.faults.kind import ALL, WITH_A_BODY, Kind, Trip

# Seconds: some answers come too late even so, because the caller's time is up.
_SLOW = 25.0


def _slow_answer(trip: Trip) -> Course:
    return evolve(trip.fair(), back=_SLOW * trip.random.random())


def _slow_sending(trip: Trip) -> Course:
    out = _SLOW * trip.random.random()
    # Who gives up while it sends leaves a torn body.
    return evolve(trip.fair(), out=out, arrive=trip.arrive if out < trip.limit else trip.arrive_torn)


KINDS = (
    Kind(name="slow-answer", on=ALL, fare=_slow_answer),
    Kind(name="slow-sending", on=WITH_A_BODY, fare=_slow_sending),
)

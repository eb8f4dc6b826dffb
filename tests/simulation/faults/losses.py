"""No answer: refused, reset before, while or after the request was processed, timeouts of each kind."""

from collections.abc import Callable

from attrs import evolve

from tests.simulation.driver import LATE, Course
from tests.simulation.faults.kind import ALL, WITH_A_BODY, Kind, Trip, lost

# Seconds that the real drivers give each phase.
_CONNECT, _POOL = 10.0, 10.0
_EVER = 1e6


def _refused(trip: Trip) -> Course:
    return evolve(trip.fair(), arrive=None, judge=lost(sent=False))


def _without_a_connection(seconds: float) -> Callable[[Trip], Course]:
    def fare(trip: Trip) -> Course:
        out = min(seconds, trip.limit) - 0.001
        return Course(out=out, back=0.001, arrive=None, judge=lost(sent=False), limit=trip.limit)

    return fare


def _reset_before(trip: Trip) -> Course:
    return evolve(trip.fair(), arrive=None, judge=lost(sent=True))


def _reset_during(trip: Trip) -> Course:
    return evolve(trip.fair(), arrive=trip.arrive_torn, judge=lost(sent=True))


def _reset_after(trip: Trip) -> Course:
    return evolve(trip.fair(), judge=lost(sent=True))


def _stuck_sending(trip: Trip) -> Course:
    return evolve(trip.fair(), arrive=None, back=_EVER)


def _silent(trip: Trip) -> Course:
    return evolve(trip.fair(), back=_EVER)


def _late(trip: Trip) -> Course:
    # The connection is gone, and a machine on the way still hands the request on.
    gone = 0.05
    return evolve(trip.fair(), out=gone + LATE * trip.random.random(), limit=gone)


KINDS = (
    Kind(name="refused", on=ALL, fare=_refused),
    Kind(name="connect-timeout", on=ALL, fare=_without_a_connection(_CONNECT)),
    Kind(name="pool-timeout", on=ALL, fare=_without_a_connection(_POOL)),
    Kind(name="reset-before", on=ALL, fare=_reset_before, ambiguous=True),
    Kind(name="reset-during", on=WITH_A_BODY, fare=_reset_during, ambiguous=True),
    Kind(name="reset-after", on=ALL, fare=_reset_after, ambiguous=True),
    Kind(name="write-timeout", on=WITH_A_BODY, fare=_stuck_sending, ambiguous=True),
    Kind(name="read-timeout", on=ALL, fare=_silent, ambiguous=True),
    Kind(name="processed-late", on=ALL, fare=_late, ambiguous=True),
)

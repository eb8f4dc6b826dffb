"""Amounts that a caller gives: what is no amount is refused before anything is done with it. Pure."""

import math

from memory_imports.errors import InvalidRequest


def seconds(given: object, name: str) -> float:
    """Return how long something may take; an argument of this ``name`` says so.

    Raises:
        InvalidRequest: It is no finite number, or below 0.
    """
    # What is no number at all, NaN included, compares as nothing: a run with it would never be out of time.
    if isinstance(given, bool) or not isinstance(given, int | float) or not 0 <= given < math.inf:
        raise InvalidRequest(f"{name} is {given!r}; give seconds, a number from 0 on.", field=name)
    return given


def count(given: object, name: str) -> int:
    """Return how many there may be; an argument of this ``name`` says so.

    Raises:
        InvalidRequest: It is no whole number, or below 1.
    """
    if isinstance(given, bool) or not isinstance(given, int) or given < 1:
        raise InvalidRequest(f"{name} is {given!r}; give a whole number from 1 on.", field=name)
    return given

"""Amounts and callbacks that a caller gives: what is none is refused before anything is done with it. Pure."""

import math
from collections.abc import Callable
from inspect import iscoroutinefunction
from typing import TypeVar

from memory_imports.errors import InvalidRequest

News = TypeVar("News")


def callback(given: Callable[[News], None], name: str) -> Callable[[News], None]:
    """Return what is to be told the news; an argument of this ``name`` says so.

    Raises:
        InvalidRequest: It would have to be awaited, which nobody does: it would never run.
    """
    if iscoroutinefunction(given) or iscoroutinefunction(getattr(given, "__call__", None)):  # noqa: B004 - its kind
        raise InvalidRequest(f"{name} is never awaited; give a plain function, not one of async def.", field=name)
    return given


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

"""Reading ahead: the same chunks, the same faults, and nothing left behind."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from memory_imports.tables.ahead import ahead

if TYPE_CHECKING:
    from collections.abc import Iterator


def faulty() -> Iterator[bytes]:
    """One chunk, an empty one, and a fault."""
    yield b"a"
    yield b""
    raise ValueError("damaged")


def test_gives_every_chunk_and_then_the_fault() -> None:
    """Where it would have come without."""
    reading = ahead(faulty())
    assert [b"a", b""] == [next(reading), next(reading)]
    with pytest.raises(ValueError, match="damaged"):
        next(reading)
    assert [] == list(ahead([]))


def test_the_next_chunk_is_fetched_before_it_is_asked_for() -> None:
    """One, and no more."""
    fetched = [threading.Event() for _ in range(3)]

    def chunks() -> Iterator[bytes]:
        for each in fetched:
            each.set()
            yield b"a"

    reading = ahead(chunks())
    next(reading)
    assert fetched[1].wait(5)
    assert not fetched[2].is_set()
    reading.close()


def test_who_stops_early_leaves_no_thread_behind() -> None:
    """It ends with what asked for it."""
    before = threading.active_count()
    reading = ahead([b"a", b"b"])
    next(reading)
    reading.close()
    assert before == threading.active_count()

"""Waiting, counted instead of waited for."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest
from tests.sandbox.faults.weather import DATA, Sky, sky

from memory_imports_sandbox.faults import AREAS, CATALOGUE
from memory_imports_sandbox.faults.kind import CREATE, LIST
from memory_imports_sandbox.objects import UPLOAD

if TYPE_CHECKING:
    from collections.abc import Iterator

STALL = 40.0


@pytest.fixture
def above(monkeypatch: pytest.MonkeyPatch) -> Iterator[Sky]:
    """A sandbox that would stall for long."""
    with sky(monkeypatch, fault_stall=STALL) as found:
        yield found


@pytest.mark.parametrize("name", [kind.name for kind in AREAS["stalls"]])
def test_a_stall_lasts_no_longer_than_it_may(above: Sky, name: str) -> None:
    """Nor does it last no time at all."""
    for operation in (CREATE, UPLOAD):
        import_id, target = above.created()
        above.pauses.clear()
        above.strike(name)
        above.asked(operation, import_id, target)
        assert STALL / 5 <= sum(above.pauses) <= STALL


def test_an_answer_drips(above: Sky) -> None:
    """In eight pieces, each after the same time; then the connection ends, as it said."""
    above.strike("dripping-answer")
    above.patient = True
    seen = above.asked(LIST, "", "")
    assert ([STALL / 8] * 8, 200, "close", "closed") == (
        above.pauses,
        seen.status,
        seen.headers["connection"],
        seen.ending,
    )


def test_a_body_is_left_in_the_middle_once(above: Sky) -> None:
    """And taken to its end afterwards."""
    import_id, target = above.created()
    above.strike("slow-reading")
    assert 200 == above.asked(UPLOAD, import_id, target).status
    assert 1 == len(above.pauses)


def test_a_client_that_leaves_is_no_fault_of_the_sandbox(above: Sky, caplog: pytest.LogCaptureFixture) -> None:
    """The next one is served, and nobody has anything to complain of."""
    with caplog.at_level(logging.WARNING):
        for kind in CATALOGUE.values():
            if UPLOAD in kind.operations:
                _, target = above.created()
                above.strike(kind.name)
                above.abandon("PUT", target, DATA)
                assert 200 == above.asked(LIST, "", "").status
    assert "" == caplog.text

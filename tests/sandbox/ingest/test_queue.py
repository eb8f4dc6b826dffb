"""When an import moves on, and what happens to those that cannot."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from memory_imports_sandbox.ingest.run import Run

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest
    from tests.sandbox.conftest import Home

DATA = b"email,phone,first\na@x.y,,Ada\n"


def uploaded(home: Home) -> str:
    """The id of an import whose file is there."""
    import_id, url = home.create(len(DATA))
    assert 200 == home.put(url, DATA).status
    return import_id


def test_a_person_can_see_every_state(make_home: Callable[..., Home]) -> None:
    """With delays, PENDING and PROCESSING last; the worker says when it wants to be called again."""
    home = make_home(pending_seconds=2, processing_seconds=3)
    start = home.now
    import_id = uploaded(home)
    states = []
    again: float | None = start
    while again is not None:
        home.now = max(home.now, again)
        again = home.world.work(home.now)
        states.append((home.now - start, home.status(import_id)["status"]))
    moments: dict[str, float] = {}
    for moment, state in states:
        moments.setdefault(state, moment)
    assert {"PENDING": 0, "PROCESSING": 2, "COMPLETED": 5} == moments


def test_time_may_begin_at_zero(home: Home) -> None:
    """A simulated clock starts where it likes."""
    home.now = 0.0
    import_id = uploaded(home)
    home.finish()
    assert "COMPLETED" == home.status(import_id)["status"]


def test_an_import_without_a_file_stays_pending(home: Home) -> None:
    """By default for ever."""
    import_id, _ = home.create(10)
    home.finish()
    home.now += 10_000_000
    home.finish()
    assert "PENDING" == home.status(import_id)["status"]


def test_an_import_without_a_file_can_be_given_up(make_home: Callable[..., Home]) -> None:
    """Behind a switch, at its time, whether or not others are waiting."""
    home = make_home(never_uploaded_seconds=60, pending_seconds=100)
    forgotten, _ = home.create(10)
    other = uploaded(home)
    start = home.now
    assert start + 60 == home.world.work(home.now)
    home.now += 60
    home.finish()
    assert ("FAILED", "COMPLETED") == (home.status(forgotten)["status"], home.status(other)["status"])
    assert "never_uploaded" == home.seen(forgotten)["reason"]
    assert {"errors": 0, "warnings": 0} == home.status(forgotten)["summary"]
    assert start + 100 == home.now


def test_imports_are_worked_on_one_by_one_in_the_order_of_their_files(home: Home) -> None:
    """Not in that of their creation."""
    first, first_url = home.create(len(DATA))
    second = uploaded(home)
    home.now += 1
    home.put(first_url, DATA.replace(b"Ada", b"Eve"))
    home.finish()
    assert home.status(second)["updatedAt"] <= home.status(first)["updatedAt"]
    assert ["Eve"] == [profile["firstName"] for profile in home.profiles()]
    assert (1, 1) == (home.seen(second)["created"], home.seen(first)["updated"])


def test_a_second_upload_keeps_the_place_in_the_queue(make_home: Callable[..., Home]) -> None:
    """It replaces the file, not the moment at which the import began to wait."""
    home = make_home(pending_seconds=10)
    import_id, url = home.create(len(DATA))
    home.put(url, DATA)
    home.now += 1
    uploaded(home)
    home.now += 1
    home.put(url, DATA.replace(b"Ada", b"Eve"))
    home.finish()
    assert 1 == home.seen(import_id)["created"]
    assert ["Ada"] == [profile["firstName"] for profile in home.profiles()]


def test_the_sandbox_outlives_its_own_faults(
    home: Home, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """An import on which it breaks is FAILED, the next one goes on, and the log names no cell."""

    def broken(*_: object) -> None:
        raise RuntimeError("Ada is in here")

    with monkeypatch.context() as patched, caplog.at_level(logging.DEBUG):
        patched.setattr(Run, "_judge", broken)
        import_id = uploaded(home)
        home.finish()
    assert ("FAILED", "internal_error") == (home.seen(import_id)["status"], home.seen(import_id)["reason"])
    assert "RuntimeError" in caplog.text
    assert "Ada" not in caplog.text
    assert "COMPLETED" == home.take_in(DATA)["status"]
    assert [] == home.blobs.names()

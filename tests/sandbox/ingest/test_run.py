"""From file to outcome: when an import is COMPLETED, when FAILED, and what each switch changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve

from memory_imports_sandbox.ingest import run

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sandbox.conftest import Home

HEADER = "email,phone,first\n"


def people(count: int, bad: int = 0) -> str:
    """A file of good rows, and of bad ones at its end."""
    return HEADER + "".join(f"p{n}@x.y,,P{n}\n" for n in range(count)) + ",,nobody\n" * bad


def test_a_clean_file_is_completed(home: Home) -> None:
    """With a summary of nothing wrong."""
    seen = home.take_in(people(5))
    assert ("COMPLETED", 5, 5, 0) == (seen["status"], seen["rows"], seen["created"], seen["errors"])
    assert {"errors": 0, "warnings": 0} == home.status(seen["importId"])["summary"]
    assert {"email": "p0@x.y", "phone": "", "firstName": "P0"} == home.profiles()[0]


def test_completed_does_not_mean_that_every_row_went_in(home: Home) -> None:
    """A hundred bad rows are tolerated; where they are, only the sandbox tells."""
    seen = home.take_in(people(2, bad=100))
    assert ("COMPLETED", 100, 2) == (seen["status"], seen["errors"], seen["created"])
    assert {"row": 3, "code": "no_identifier"} == seen["rowErrors"][0]
    assert 100 == home.status(seen["importId"])["summary"]["errors"]


@pytest.mark.parametrize(("switch", "created"), [("discard", 0), ("keep", 2)])
def test_one_bad_row_more_fails_the_import(make_home: Callable[..., Home], switch: str, created: int) -> None:
    """Whether the good rows stay is a switch."""
    home = make_home(failed_rows=switch)
    seen = home.take_in(people(2, bad=101))
    assert ("FAILED", 101, "too_many_row_errors") == (seen["status"], seen["errors"], seen["reason"])
    assert created == seen["created"] == len(home.profiles())


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\n", "no_header"),
        (b"email,phone\na@x.y,1\n", "missing_column"),
        (HEADER.encode() + b"a@x.y,,Ada\n\xff@x.y,,Eve\n", "encoding"),
    ],
)
def test_a_broken_file_fails_as_a_whole(home: Home, data: bytes, reason: str) -> None:
    """None of its rows goes in, wherever the file is broken."""
    seen = home.take_in(data)
    assert ("FAILED", reason) == (seen["status"], seen["reason"])
    assert [] == home.profiles()


def test_a_file_of_another_size_fails(home: Home) -> None:
    """Whoever announced 10 bytes and sends 30 made a mistake somewhere."""
    import_id, url = home.create(10)
    assert 200 == home.put(url, people(1).encode()).status
    home.finish()
    assert ("FAILED", "size_differs") == (home.seen(import_id)["status"], home.seen(import_id)["reason"])


def test_a_file_without_rows_is_completed(home: Home) -> None:
    """Nothing was asked, nothing was done."""
    assert ("COMPLETED", 0) == (home.take_in(HEADER)["status"], len(home.profiles()))


def test_too_many_rows_fail_the_import(home: Home) -> None:
    """By the number in the contract; here a smaller one."""
    queue = home.world._queue  # noqa: SLF001 - a million rows would take too long
    queue.rules = evolve(queue.rules, max_rows=3)
    assert "COMPLETED" == home.take_in(people(3))["status"]
    assert "too_many_rows" == home.take_in(people(4))["reason"]


def test_only_the_first_thousand_bad_rows_are_remembered(make_home: Callable[..., Home]) -> None:
    """All of them are counted."""
    seen = make_home(failed_rows="keep").take_in(people(0, bad=1001))
    assert (1001, 1000) == (seen["errors"], len(seen["rowErrors"]))


@pytest.mark.parametrize(
    ("switches", "status", "warnings", "errors"),
    [
        ({}, "COMPLETED", 0, 0),
        ({"characters": "warn"}, "COMPLETED", 1, 0),
        ({"characters": "refuse"}, "COMPLETED", 0, 1),
    ],
)
def test_letters_that_are_not_latin_count_as_the_switch_says(
    make_home: Callable[..., Home], switches: dict[str, Any], status: str, warnings: int, errors: int
) -> None:
    """Accepted, warned of, or refused."""
    seen = make_home(**switches).take_in(HEADER + "a@x.y,,Юлия\nb@x.y,,Zoë\n")
    assert (status, warnings, errors) == (seen["status"], seen["warnings"], seen["errors"])


@pytest.mark.parametrize(
    ("switches", "names", "skipped"),
    [
        ({}, ["Third"], 0),
        ({"row_order": "backwards"}, ["First"], 0),
        ({"duplicate_rows": "skip"}, ["First"], 2),
        ({"duplicate_rows": "skip", "row_order": "backwards"}, ["Third"], 2),
    ],
)
def test_who_relies_on_the_order_of_rows_can_find_out(
    make_home: Callable[..., Home], switches: dict[str, Any], names: list[str], skipped: int
) -> None:
    """By default the last row for a person wins."""
    home = make_home(**switches)
    seen = home.take_in(HEADER + "a@x.y,,First\na@x.y,,Second\nA@X.Y,,Third\n")
    assert names == [profile["firstName"] for profile in home.profiles()]
    assert skipped == seen["skipped"]


def test_a_profile_of_an_earlier_import_is_no_duplicate(make_home: Callable[..., Home]) -> None:
    """Skipping is about rows of one file."""
    home = make_home(duplicate_rows="skip")
    home.take_in(people(1))
    seen = home.take_in(people(1))
    assert (1, 0) == (seen["updated"], seen["skipped"])


def test_arrays_become_lists_where_asked(make_home: Callable[..., Home]) -> None:
    """Whatever characters are in them."""
    home = make_home(arrays="json", characters="warn")
    home.take_in(HEADER + 'a@x.y,,"[""x"", ""\\ud800""]"\n')
    assert ["x", "\ud800"] == home.profiles()[0]["firstName"]


def test_slices_are_short_in_bytes_too(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Long cells make short slices, so that memory stays bounded."""
    monkeypatch.setattr(run, "_SLICE_BYTES", 1000)
    data = (HEADER + "".join(f"p{n}@x.y,,{'x' * 1000}\n" for n in range(120))).encode()
    import_id, url = home.create(len(data))
    home.put(url, data)
    created = []
    while home.world.work(home.now) is not None:
        created.append(home.seen(import_id)["created"])
    assert [0, 50, 100, 120] == sorted(set(created))

"""The synchronous driver and its client: what is closed, when, and what is left out."""

import gc
import threading
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import polars as pl
import pytest
from attrs import evolve

from memory_imports import MemoryImports, Retry, _flow, errors
from memory_imports._body import body_of
from memory_imports._drive_sync import Driver
from memory_imports._effects import Call, Flow, Lost, Record
from memory_imports._flow import Manner, Upload
from memory_imports.client import as_mappings
from memory_imports.models import ColumnMapping, CreatedImport
from memory_imports.tables import Sources
from tests.flows.scenarios.scenario import COLUMNS, CONTENT, MAPPINGS, TRIES, part
from tests.support.drivers import settings_of
from tests.support.replies import (
    LOST,
    SECRET,
    STORE,
    STORED,
    USER,
    created,
    error,
    import_id,
    page,
    status,
    upload_url,
)
from tests.support.server import Server
from tests.support.wire import Answer, Request, Script

TABLE = pl.DataFrame({"n": ["Ann"], "e": ["ann@example.com"]})


def client_of(server: Server) -> MemoryImports:
    """Return a client for a server."""
    return MemoryImports(STORE, credentials=(USER, SECRET), base_url=server.base)


def raising(kind: type[BaseException]) -> Callable[..., NoReturn]:
    """Return a function that raises, whatever it is given."""

    def work(*_: object) -> NoReturn:
        raise kind

    return work


def one(call: Call) -> Flow[Lost]:
    """Make one call and return how it was lost."""
    try:
        yield call
    except Lost as lost:
        return lost
    raise AssertionError("It was answered.")


def test_a_server_that_says_nothing_is_given_up_within_the_timeout() -> None:
    """It may have seen the request."""
    release = threading.Event()

    def silent(_: Request) -> Answer:
        release.wait(10)
        return status()

    with Server(silent) as server, Driver(settings_of(server.base)) as driver:
        lost = driver.run(one(Call(operation="x", method="GET", path="/", timeout=0.05)))
        release.set()
    assert (True, "ReadTimeout: timed out") == (lost.sent, lost.reason)


def test_a_call_without_a_time_of_its_own_is_made_all_the_same() -> None:
    """The library's own limits hold then."""
    with Server(Script([])) as server:
        server.stop()
        with Driver(settings_of(server.base)) as driver:
            lost = driver.run(one(Call(operation="x", method="GET", path="/")))
    assert not lost.sent


@pytest.mark.parametrize("kind", [KeyboardInterrupt, StopIteration, ZeroDivisionError])
def test_whatever_ends_a_flow_closes_it(kind: type[BaseException]) -> None:
    """Ctrl-C in a pause, or a journal that cannot be written: the flow's own cleaning up is done."""
    closed = []

    def flow() -> Flow[str]:
        try:
            yield Record("here", {})
        finally:
            closed.append(True)
        return "the end"

    held = flow()
    with Driver(settings_of("http://127.0.0.1:1")) as driver, pytest.raises(kind):
        driver.run(held, raising(kind))
    assert [True] == closed


def test_an_interrupted_pause_ends_a_wait() -> None:
    """And the connection is closed with the driver: no warning of a socket left open."""
    with (
        Server(Script([status("PENDING")])) as server,
        Driver(settings_of(server.base), sleep=raising(KeyboardInterrupt)) as driver,
        pytest.raises(KeyboardInterrupt),
    ):
        driver.run(_flow.wait(STORE, import_id(), TRIES, timeout=60))
    gc.collect()


def test_an_upload_that_is_given_up_closes_its_file(tmp_path: Path) -> None:
    """At once, not when memory is next tidied."""
    path = tmp_path / "people.csv"
    path.write_bytes(bytes(3_000_000))
    opened: list[Path] = []
    body = body_of(path)

    def interrupted(sent: int) -> None:
        if sent:
            opened.extend(link for link in Path("/proc/self/fd").iterdir() if _points_to(link, path))
            raise KeyboardInterrupt

    with Server(Script([STORED])) as server, Driver(settings_of(server.base)) as driver:
        made = CreatedImport(import_id=import_id(), url=upload_url(host=server.base), file_size=body.size)
        with pytest.raises(KeyboardInterrupt):
            driver.run(_flow.upload(Upload(store_id=STORE, created=made, body=body, on_sent=interrupted), TRIES))
        assert [] == [link for link in Path("/proc/self/fd").iterdir() if _points_to(link, path)]
    assert opened


def _points_to(link: Path, path: Path) -> bool:
    try:
        return link.readlink() == path
    except OSError:
        return False


def test_credentials_on_their_way_to_the_store_are_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    """Should the library ever add them, nothing is sent."""
    script = Script([STORED])
    with Server(script) as server, Driver(settings_of(server.base)) as driver:
        monkeypatch.setattr(driver, "_storage", driver._api)  # noqa: SLF001 - the fault to be caught
        monkeypatch.setitem(driver._api.headers, "authorization", "Basic x")  # noqa: SLF001 - see above
        made = CreatedImport(import_id=import_id(), url=upload_url(host=server.base), file_size=len(CONTENT))
        with pytest.raises(RuntimeError, match="credentials"):
            driver.run(_flow.upload(Upload(store_id=STORE, created=made, body=body_of(CONTENT)), TRIES))
    assert [] == script.requests


def test_a_client_does_what_its_names_say(tmp_path: Path) -> None:
    """Every operation, with the real clock."""
    path = tmp_path / "people.csv"
    path.write_bytes(CONTENT)
    script = Script([created(), STORED, status(), status(), page(2, 1), created(3), STORED, status()])
    with Server(script) as server, client_of(server) as imports:
        # The URL that the script signs is good for the script's day only, which is not today.
        made = imports.create("people.csv", size=len(CONTENT), mappings=COLUMNS)
        fresh = CreatedImport(import_id=made.import_id, url=made.url, file_size=made.file_size)
        imports.upload(fresh, path)
        assert "COMPLETED" == imports.fetch(made.import_id).state
        assert imports.wait(made.import_id).ended
        assert [import_id(2), import_id(1)] == list(imports.list())
        assert "completed" == imports.run(path, COLUMNS).outcome
    assert ["POST", "PUT", "GET", "GET", "GET", "POST", "PUT", "GET"] == [request.method for request in script.requests]


@pytest.mark.parametrize("given", [[TABLE], TABLE])
def test_a_table_in_memory_is_run_like_a_file(given: Sources) -> None:
    """One, or several; its rows are sent as a file of CSV, with the columns in their own order."""
    script = Script([created(), STORED, status()])
    with Server(script) as server, client_of(server) as imports:
        assert "completed" == imports.run(given, {"e": "Contact.email", "n": "Contact.firstName"}).outcome
        assert b"n,e\nAnn,ann@example.com\n" == script.requests[1].body


def test_a_listing_may_be_left_in_the_middle() -> None:
    """Only the pages that were needed are asked for, and nothing stays open."""
    script = Script([page(3, 2, following="a"), page(1)])
    with Server(script) as server, client_of(server) as imports:
        assert import_id(3) == next(iter(imports.list(page_size=2)))
    gc.collect()
    assert 1 == len(script.requests)


def test_a_client_may_be_closed_unused_and_twice() -> None:
    """Without a connection, without the library even."""
    imports = MemoryImports(STORE, credentials=(USER, SECRET))
    imports.close()
    imports.close()


@pytest.mark.parametrize("used", [True, False])
def test_a_closed_client_says_so(used: bool) -> None:  # noqa: FBT001 - a parameter of a test
    """Whether or not it had been used."""
    with Server(Script([status()])) as server:
        with client_of(server) as imports:
            if used:
                imports.fetch(import_id())
        with pytest.raises(errors.CallerError, match="closed"):
            imports.fetch(import_id())


def test_mappings_may_be_given_short_or_as_they_are() -> None:
    """Both forms come to the same."""
    assert MAPPINGS == tuple(as_mappings(COLUMNS))
    assert [ColumnMapping("a", "b", "c")] == as_mappings([ColumnMapping("a", "b", "c")])


@pytest.mark.parametrize(
    ("answers", "lines"),
    [
        ([error(20404, 404)], ["creating", "refused"]),
        ([LOST, page(9), status("PENDING"), error(20404, 404)], ["creating"]),
    ],
)
def test_a_refused_create_is_taken_back_unless_it_left_something(answers: list[Answer], lines: list[str]) -> None:
    """An import that a lost answer made is looked for by the next run."""
    told: list[str] = []
    with Server(Script(answers)) as server, client_of(server) as imports:
        tries = evolve(imports.tries, retry=Retry(base=0.0))
        with pytest.raises(errors.NotFound):
            imports.perform(_flow.run(part(), tries, Manner()), lambda line: told.append(line.event))
    assert lines == told


def test_a_create_that_reached_nobody_is_taken_back() -> None:
    """There is nothing that the next run could look for."""
    told: list[str] = []
    with Server(Script([])) as server, client_of(server) as imports:
        server.stop()
        tries = evolve(imports.tries, retry=Retry(base=0.0))
        with pytest.raises(errors.ConnectionLost):
            imports.perform(_flow.run(part(), tries, Manner()), lambda line: told.append(line.event))
    assert ["creating", "refused"] == told

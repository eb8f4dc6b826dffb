"""The asynchronous driver and its client: cancellation, flows side by side, a loop that never waits for a disk."""

import asyncio
import gc
import threading
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from memory_imports import AsyncMemoryImports, _flow, errors
from memory_imports._body import Body, body_of
from memory_imports._drive_async import AsyncDriver
from memory_imports._effects import Flow, Offload, Record
from memory_imports._flow import Upload
from memory_imports.models import CreatedImport
from tests.flows.scenarios.scenario import COLUMNS, CONTENT, TRIES
from tests.support.drivers import settings_of
from tests.support.replies import SECRET, STORE, STORED, USER, created, import_id, page, status, upload_url
from tests.support.server import Server
from tests.support.wire import Answer, Request, Script


def ran(work: Callable[[], Awaitable[object]]) -> None:
    """Run a coroutine in a loop of its own that tells of slow callbacks and forgotten tasks; leave nothing behind."""

    async def watched() -> None:
        before = asyncio.all_tasks()
        await work()
        assert before == asyncio.all_tasks()

    asyncio.run(watched(), debug=True)
    gc.collect()


def upload_to(base: str, body: Body, told: Callable[[int], None] = lambda _: None, number: int = 1) -> Flow[None]:
    """Return an upload."""
    made = CreatedImport(import_id=import_id(number), url=upload_url(number, host=base), file_size=body.size)
    return _flow.upload(Upload(store_id=STORE, created=made, body=body, on_sent=told), TRIES)


def test_cancelled_in_the_middle_of_an_upload_nothing_stays_open(tmp_path: Path) -> None:
    """The flow is closed, its task is gone, and so are socket and file."""
    path = tmp_path / "people.csv"
    path.write_bytes(bytes(3_000_000))
    closed: list[bool] = []

    async def work() -> None:
        loop, started = asyncio.get_running_loop(), asyncio.Event()

        def told(sent: int) -> None:
            if sent:
                loop.call_soon_threadsafe(started.set)

        def flow() -> Flow[None]:
            try:
                yield from upload_to(server.base, body_of(path), told)
            finally:
                closed.append(True)

        async with AsyncDriver(settings_of(server.base)) as driver:
            held = flow()
            task = asyncio.create_task(driver.run(held))
            await started.wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

    release = threading.Event()

    def slow(_: Request) -> Answer:
        release.wait(10)
        return STORED

    with Server(slow) as server:
        ran(work)
        release.set()
    assert [True] == closed


def test_cancelled_in_a_pause_nothing_stays_open() -> None:
    """A wait for an import ends with the task that waits."""

    async def work() -> None:
        pausing = asyncio.Event()

        async def pause(seconds: float) -> None:
            if seconds:
                pausing.set()
            await asyncio.sleep(seconds)

        async with AsyncDriver(settings_of(server.base), sleep=pause) as driver:
            task = asyncio.create_task(driver.run(_flow.wait(STORE, import_id(), TRIES, timeout=60)))
            await pausing.wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

    with Server(Script([status("PENDING")])) as server:
        ran(work)


def test_two_flows_at_once_on_one_driver_both_end(tmp_path: Path) -> None:
    """Each gets its own answers: they meet at a barrier in the server, so neither waits for the other's end."""
    path = tmp_path / "people.csv"
    path.write_bytes(CONTENT)
    both = threading.Barrier(2)
    stored: dict[str, bytes] = {}

    def store(request: Request) -> Answer:
        both.wait(10)
        stored[request.target.partition("?")[0]] = request.body
        return STORED

    async def work() -> None:
        async with AsyncDriver(settings_of(server.base)) as driver:
            flows = (upload_to(server.base, body_of(path), number=number) for number in (1, 2))
            await asyncio.gather(*map(driver.run, flows))

    with Server(store) as server:
        ran(work)
    assert {f"/bucket/{import_id(number)}": CONTENT for number in (1, 2)} == stored


def test_files_are_read_in_other_threads() -> None:
    """Neither an upload's body nor the work of a check holds up the loop."""
    threads: dict[str, threading.Thread] = {}

    def told(_: int) -> None:
        threads["body"] = threading.current_thread()

    def checked() -> None:
        threads["check"] = threading.current_thread()

    def flow(base: str) -> Flow[None]:
        yield Offload(checked)
        yield from upload_to(base, body_of(CONTENT), told)

    async def work() -> None:
        threads["loop"] = threading.current_thread()
        async with AsyncDriver(settings_of(server.base)) as driver:
            await driver.run(flow(server.base))

    with Server(Script([STORED])) as server:
        ran(work)
    assert threads["loop"] not in {threads["body"], threads["check"]}


def test_a_journal_that_raises_ends_the_flow_with_its_exception() -> None:
    """Whatever it is."""

    def broken(_: Record) -> None:
        raise StopIteration

    def flow() -> Flow[None]:
        yield Record("here", {})

    async def work() -> None:
        async with AsyncDriver(settings_of("http://127.0.0.1:1")) as driver:
            with pytest.raises(RuntimeError) as raised:
                await driver.run(flow(), broken)
        assert isinstance(raised.value.__cause__, StopIteration)

    ran(work)


def test_a_client_does_what_its_names_say(tmp_path: Path) -> None:
    """Every operation, with the real clock."""
    path = tmp_path / "people.csv"
    path.write_bytes(CONTENT)
    script = Script([created(), STORED, status(), status(), page(2, 1), created(3), STORED, status()])

    async def work() -> None:
        async with AsyncMemoryImports(STORE, credentials=(USER, SECRET), base_url=server.base) as imports:
            made = await imports.create("people.csv", size=len(CONTENT), mappings=COLUMNS)
            fresh = CreatedImport(import_id=made.import_id, url=made.url, file_size=made.file_size)
            await imports.upload(fresh, path)
            assert "COMPLETED" == (await imports.fetch(made.import_id)).state
            assert (await imports.wait(made.import_id)).ended
            assert [import_id(2), import_id(1)] == [each async for each in imports.list()]
            assert "completed" == (await imports.run(path, COLUMNS)).outcome

    with Server(script) as server:
        ran(work)
    assert ["POST", "PUT", "GET", "GET", "GET", "POST", "PUT", "GET"] == [request.method for request in script.requests]


def test_a_listing_may_be_left_in_the_middle() -> None:
    """Only the pages that were needed are asked for."""
    script = Script([page(3, 2, following="a"), page(1)])

    async def work() -> None:
        async with AsyncMemoryImports(STORE, credentials=(USER, SECRET), base_url=server.base) as imports:
            async for found in imports.list():
                assert import_id(3) == found
                break

    with Server(script) as server:
        ran(work)
    assert 1 == len(script.requests)


def test_a_closed_client_says_so() -> None:
    """Whether or not it had been used; and closing it unused, or twice, is nothing special."""

    async def work() -> None:
        imports = AsyncMemoryImports(STORE, credentials=(USER, SECRET), base_url=server.base)
        await imports.fetch(import_id())
        unused = AsyncMemoryImports(STORE, credentials=(USER, SECRET))
        for each in (imports, imports, unused):
            await each.close()
            with pytest.raises(errors.CallerError, match="closed"):
                await each.fetch(import_id())

    with Server(Script([status()])) as server:
        ran(work)

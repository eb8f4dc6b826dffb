"""Death at any moment: whatever was begun ends right after the next start, and no row is applied twice."""

from __future__ import annotations

import signal
import time
from typing import TYPE_CHECKING, Any, Literal

import pytest
import requests
from tests.sandbox.conftest import PEOPLE, Home

from memory_imports_sandbox import Announcement, Settings
from memory_imports_sandbox.blobs import FolderBlobs, MemoryBlobs
from memory_imports_sandbox.database import connect
from memory_imports_sandbox.ingest import run

if TYPE_CHECKING:
    import sqlite3
    import subprocess
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    Serve = Callable[..., tuple[subprocess.Popen[str], Announcement]]

# A person twice, two who turn out to be one, and some bad rows: what is applied twice would show in the counts.
ROWS = [
    "a@x.y,,Ada",
    "b@x.y,+4930000001,Bo",
    ",,nobody",
    "a@x.y,+4930000001,Ada",
    "a@x.y,\\N,Eve",
    "c@x.y,+4930000001,Cy",
    ",,nobody",
    "d@x.y,,Di",
    "d@x.y,,Di",
]
FILE = ("email,phone,first\n" + "\n".join(ROWS) + "\n").encode()
COUNTS = ("status", "rows", "created", "updated", "merged", "skipped", "errors", "rowErrors")


class Killed(BaseException):
    """Stands for a process that ends in the middle of a statement."""


class Fragile:
    """A connection that dies at the n-th statement, as a process would: what is open is rolled back."""

    def __init__(self, connection: sqlite3.Connection, statements: int) -> None:
        self.connection = connection
        self.left = statements

    def _count(self) -> None:
        if self.left == 0:
            if self.connection.in_transaction:
                self.connection.rollback()
            raise Killed
        self.left -= 1

    def execute(self, statement: str, values: Sequence[Any] = ()) -> sqlite3.Cursor | None:
        """Counts and passes on, unless the process is over."""
        if statement == "ROLLBACK" and self.left == 0:
            return None  # the dead roll nothing back; the database did
        self._count()
        return self.connection.execute(statement, values)

    def executemany(self, statement: str, values: Iterable[Any]) -> sqlite3.Cursor:
        """Counts and passes on, unless the process is over."""
        self._count()
        return self.connection.executemany(statement, values)


@pytest.mark.parametrize("order", ["file", "backwards"])
def test_a_world_that_dies_at_any_statement_ends_right(
    monkeypatch: pytest.MonkeyPatch, order: Literal["file", "backwards"]
) -> None:
    """Every statement of the whole ingestion is a moment of death once; the end is always the same."""
    monkeypatch.setattr(run, "SLICE", 2)
    settings = Settings(pending_seconds=0, processing_seconds=0, row_order=order)
    endings = []
    for moment in range(10_000):
        connection, blobs = connect(), MemoryBlobs()
        home = Home(settings, connection, blobs)
        import_id, url = home.create(len(FILE))
        assert 200 == home.put(url, FILE).status
        fragile = Fragile(connection, moment)
        home.world._queue.connection = fragile  # type: ignore[assignment]  # noqa: SLF001 - the moment of death
        survived = True
        try:
            home.finish()
        except Killed:
            survived = False
        after = Home(settings, connection, blobs, seed=1)
        after.finish()
        seen = after.seen(import_id)
        endings.append(([seen[name] for name in COUNTS], after.profiles(), blobs.names()))
        connection.close()
        if survived:
            break
    assert len(endings) > 50, "too few moments to mean anything"
    assert [endings[-1]] * len(endings) == endings
    assert "COMPLETED" == endings[-1][0][0]


def test_a_file_that_arrived_unnoticed_is_taken_up(tmp_path: Path) -> None:
    """The process died between putting the object in place and noting it."""
    settings = Settings(pending_seconds=0, processing_seconds=0)
    connection = connect()
    home = Home(settings, connection, FolderBlobs(tmp_path))
    import_id, _ = home.create(len(FILE))
    sink = home.blobs.begin(import_id)
    sink.write(FILE)
    sink.keep()
    home.finish()
    assert "PENDING" == home.status(import_id)["status"]
    after = Home(settings, connection, FolderBlobs(tmp_path))
    after.finish()
    assert "COMPLETED" == after.status(import_id)["status"]
    connection.close()


def test_objects_that_nobody_needs_are_removed(tmp_path: Path) -> None:
    """The process died between ending an import and removing its object; or there never was such an import."""
    connection = connect()
    home = Home(Settings(pending_seconds=0, processing_seconds=0), connection, FolderBlobs(tmp_path))
    ended = home.take_in(FILE)["importId"]
    for name in (ended, "mem_import_00000000000000000000000000"):
        home.blobs.begin(name).keep()
    Home(Settings(), connection, home.blobs)
    assert [] == home.blobs.names()
    connection.close()


def test_urls_and_tokens_of_an_earlier_life_still_work(tmp_path: Path) -> None:
    """The keys are kept with the data."""
    connection = connect()
    home = Home(Settings(), connection, FolderBlobs(tmp_path))
    home.create(10)
    _, url = home.create(len(FILE))
    token = home.get(home.base, "pageSize=1")["meta"]["nextToken"]
    after = Home(Settings(), connection, FolderBlobs(tmp_path), seed=1)
    assert 200 == after.put(url, FILE).status
    assert 1 == len(after.get(after.base, f"pageToken={token}")["imports"])
    connection.close()


@pytest.mark.parametrize("moment", ["in the upload", "after the upload", "while judging", "while applying"])
def test_a_killed_process_ends_what_it_began_after_its_next_start(serve: Serve, tmp_path: Path, moment: str) -> None:
    """A kill -9 on a real process with a real folder; every row went in exactly once."""
    rows = 20_000
    data = b"email,phone,first\n" + b"".join(b"p%d@x.y,,P\np%d@x.y,,Q\n" % (n, n) for n in range(rows // 2))
    switches: dict[str, Any] = {"data": str(tmp_path)}
    slow = {"upload_rate": 20_000, "upload_idle": 60} if moment == "in the upload" else {}
    late = {"pending_seconds": 60} if moment == "after the upload" else {"pending_seconds": 0}
    process, at = serve(**switches, **slow, **late, processing_seconds=60)  # so that it is never too late to kill it
    session = requests.Session()
    session.auth = (at.username, at.password)
    path = f"/v1/Stores/{at.store_id}/Profiles/Imports"
    body = {"filename": "people.csv", "fileSize": len(data), "columnMappings": PEOPLE}
    created = session.post(at.base_url + path, json=body, timeout=10).json()
    if moment == "in the upload":
        with pytest.raises(requests.ReadTimeout):
            requests.put(created["url"], data=data, timeout=(5, 0.3))
    else:
        assert 200 == requests.put(created["url"], data=data, timeout=10).status_code
    deadline = time.monotonic() + 60
    while moment.startswith("while") and time.monotonic() < deadline:
        seen = session.get(at.base_url + "/_sandbox/imports", timeout=10).json()["imports"][0]
        if seen["status"] == "PROCESSING" and (moment == "while judging" or seen["created"]):
            break
    process.send_signal(signal.SIGKILL)
    process.wait(timeout=10)
    assert -signal.SIGKILL == process.returncode

    _, again = serve(**switches, pending_seconds=0, processing_seconds=0, port=int(at.base_url.rpartition(":")[2]))
    if moment == "in the upload":
        assert "PENDING" == session.get(again.base_url + f"{path}/{created['importId']}", timeout=10).json()["status"]
        assert 200 == requests.put(created["url"], data=data, timeout=10).status_code
    while time.monotonic() < deadline:
        seen = session.get(again.base_url + "/_sandbox/imports", timeout=10).json()["imports"][0]
        if seen["status"] in {"COMPLETED", "FAILED"}:
            break
    assert ("COMPLETED", rows, rows // 2, rows // 2) == (seen["status"], seen["rows"], seen["created"], seen["updated"])
    assert rows // 2 == session.get(again.base_url + "/_sandbox/profiles?limit=1", timeout=10).json()["total"]
    session.close()

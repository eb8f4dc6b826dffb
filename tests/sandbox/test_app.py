"""The sandbox over a real socket: streaming, slow and broken uploads, and nothing secret in the logs."""

from __future__ import annotations

import logging
import socket
import time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
import requests
from tests.sandbox.conftest import PEOPLE

from memory_imports_sandbox import Announcement, Settings, running
from memory_imports_sandbox.blobs import FolderBlobs
from memory_imports_sandbox.world import World

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DATA = b"email,phone,first\na@x.y,,Ada\n"


class Client:
    """A session with the credentials of a running sandbox."""

    def __init__(self, announcement: Announcement) -> None:
        self.at = announcement
        self.session = requests.Session()
        self.session.auth = (announcement.username, announcement.password)
        self.base = f"{announcement.base_url}/v1/Stores/{announcement.store_id}/Profiles/Imports"

    def create(self, size: int) -> tuple[str, str]:
        """A new import: its id and its URL."""
        body = {"filename": "people.csv", "fileSize": size, "columnMappings": PEOPLE}
        answer = self.session.post(self.base, json=body, timeout=10).json()
        return answer["importId"], answer["url"]

    def wait(self, import_id: str) -> str:
        """The final state of the import."""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            state: str = self.session.get(f"{self.base}/{import_id}", timeout=10).json()["status"]
            if state in {"COMPLETED", "FAILED"}:
                return state
        raise AssertionError("The import does not end.")


def raw(url: str, head: str, body: bytes, *, half: bool = False) -> bytes:
    """What the server says to these bytes, however wrong they are."""
    parts = urlsplit(url)
    with socket.create_connection((parts.hostname, parts.port or 80), timeout=10) as wire:
        start = f"PUT {parts.path}?{parts.query} HTTP/1.1\r\nHost: {parts.netloc}\r\nConnection: close\r\n"
        wire.sendall(f"{start}{head}\r\n".encode() + body)
        return b"" if half else b"".join(iter(lambda: wire.recv(65536), b""))


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    """One sandbox for the tests that do not need their own."""
    with running(Settings(pending_seconds=0, processing_seconds=0)) as announcement:
        client = Client(announcement)
        with client.session:
            yield client


def test_an_import_goes_through(client: Client) -> None:
    """Create, PUT, poll, look at the profile."""
    import_id, url = client.create(len(DATA))
    put = requests.put(url, data=DATA, timeout=10)
    assert (200, b"") == (put.status_code, put.content)
    assert "COMPLETED" == client.wait(import_id)
    found = client.session.get(f"{client.at.base_url}/_sandbox/profiles", timeout=10).json()
    assert "Ada" in [profile["traits"]["Contact"]["firstName"] for profile in found["profiles"]]


def test_every_answer_has_a_date_a_length_and_one_of_each(client: Client) -> None:
    """Uvicorn adds none of its own."""
    answer = client.session.get(client.base, timeout=10)
    assert ["content-type", "twilio-request-id", "date", "content-length"] == [name.lower() for name in answer.headers]


def test_a_chunked_upload_is_not_implemented(client: Client) -> None:
    """What a generator as a body makes of a request."""
    _, url = client.create(len(DATA))
    answer = requests.put(url, data=iter([DATA]), timeout=10)
    assert 501 == answer.status_code
    assert "<Code>NotImplemented</Code>" in answer.text


def test_a_refused_upload_is_answered_however_long_it_is(client: Client) -> None:
    """The body is let through to nowhere, so that the client reads the answer and not a broken pipe."""
    _, url = client.create(len(DATA))
    answer = requests.put(url, data=b"x" * (8 << 20), headers={"x-amz-acl": "private"}, timeout=10)
    assert 403 == answer.status_code
    assert "<Code>AccessDenied</Code>" in answer.text


def test_a_put_without_a_length_needs_one(client: Client) -> None:
    """Neither length nor chunks."""
    _, url = client.create(len(DATA))
    answer = raw(url, "", b"")
    assert answer.startswith(b"HTTP/1.1 411 ")
    assert b"MissingContentLength" in answer


def test_a_body_that_stops_is_a_timeout() -> None:
    """As S3 says when bytes stop coming; the object is not there."""
    with running(Settings(pending_seconds=0, upload_idle=0.2)) as announcement:
        client = Client(announcement)
        with client.session:
            import_id, url = client.create(len(DATA))
            answer = raw(url, f"Content-Length: {len(DATA)}\r\n", DATA[:5])
            assert answer.startswith(b"HTTP/1.1 400 ")
            assert b"RequestTimeout" in answer
            assert "PENDING" == client.session.get(f"{client.base}/{import_id}", timeout=10).json()["status"]


def test_a_body_of_an_api_request_that_stops_is_an_error(client: Client) -> None:
    """It is not waited for without an end, and the answer is the error object."""
    with running(Settings(upload_idle=0.2)) as announcement:
        head = "Authorization: Basic x\r\nContent-Length: 100\r\n"
        answer = raw(f"{announcement.base_url}{client.base.removeprefix(client.at.base_url)}?", head, b"{")
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert b'"message": "The body did not arrive in time."' in answer


def test_an_upload_that_is_cut_off_can_be_sent_again(client: Client) -> None:
    """A lost connection leaves nothing behind."""
    import_id, url = client.create(len(DATA))
    raw(url, f"Content-Length: {len(DATA)}\r\n", DATA[:5], half=True)
    assert 200 == requests.put(url, data=DATA, timeout=10).status_code
    assert "COMPLETED" == client.wait(import_id)


def test_a_long_body_of_an_api_request_is_not_kept(client: Client) -> None:
    """Two megabytes are read, not remembered, and refused."""
    body = b'{"filename": "' + b"x" * (2 << 20) + b'"}'
    answer = client.session.post(client.base, data=body, headers={"content-type": "application/json"}, timeout=10)
    assert (400, 520046) == (answer.status_code, answer.json()["code"])


def test_a_fault_of_the_sandbox_is_still_an_error_object(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """On the API in JSON, on the object store in XML; the log says what, never with which values."""
    _, url = client.create(len(DATA))

    def broken(*_: object) -> None:
        raise OSError("Ada is in here")

    with caplog.at_level(logging.DEBUG), monkeypatch.context() as patched:
        patched.setattr("memory_imports_sandbox.imports.page", broken)
        answer = client.session.get(client.base, timeout=10)
        patched.setattr(World, "handle", broken)
        shell = client.session.get(client.base, timeout=10)
        patched.setattr(FolderBlobs, "begin", broken)
        put = requests.put(url, data=DATA, timeout=10)
        patched.undo()
        patched.setattr("memory_imports_sandbox.blobs._FileSink.write", broken)
        second = requests.put(url, data=DATA, timeout=10)
        patched.undo()
        patched.setattr("memory_imports_sandbox.blobs._FileSink.keep", broken)
        third = requests.put(url, data=DATA, timeout=10)
    assert (500, 20500) == (answer.status_code, answer.json()["code"])
    assert (500, 20500) == (shell.status_code, shell.json()["code"])
    for refused in (put, second, third):
        assert 500 == refused.status_code
        assert "<Code>InternalError</Code>" in refused.text
    assert "OSError" in caplog.text
    assert "Ada" not in caplog.text


def test_logs_hold_neither_secrets_nor_people(caplog: pytest.LogCaptureFixture) -> None:
    """Everything that anybody logs in this process, at the lowest level, while a file goes through."""
    with caplog.at_level(logging.DEBUG), running(Settings(pending_seconds=0, processing_seconds=0)) as announcement:
        client = Client(announcement)
        with client.session:
            import_id, url = client.create(len(DATA))
            caplog.clear()
            raw(url, f"Content-Length: {len(DATA)}\r\n", DATA)
            assert "COMPLETED" == client.wait(import_id)
    for secret in ("Signature", announcement.password, "Ada", "a@x.y"):
        assert secret not in caplog.text
    assert announcement.password not in repr(announcement)


def test_a_slow_upload_takes_its_time() -> None:
    """Half a megabyte at two megabytes a second."""
    with running(Settings(upload_rate=2 << 20)) as announcement:
        client = Client(announcement)
        with client.session:
            data = b"x" * (1 << 19)
            _, url = client.create(len(data))
            begun = time.monotonic()
            assert 200 == requests.put(url, data=data, timeout=10).status_code
            assert 0.2 < time.monotonic() - begun


def test_requests_are_answered_while_a_file_is_read() -> None:
    """The worker lets them in between two slices, and they see the import in PROCESSING."""
    data = b"email,phone,first\n" + b"".join(b"p%d@x.y,,P\n" % number for number in range(30_000))
    with running(Settings(pending_seconds=0, processing_seconds=0)) as announcement:
        client = Client(announcement)
        with client.session:
            import_id, url = client.create(len(data))
            requests.put(url, data=data, timeout=10)
            states = []
            while "COMPLETED" not in states:
                states.append(client.session.get(f"{client.base}/{import_id}", timeout=60).json()["status"])
            assert states.count("PROCESSING") >= 3


def test_an_upload_streams_through_bounded_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No piece that is written is longer than a piece, however long the file."""
    pieces: list[int] = []
    original = FolderBlobs.begin

    def begin(self: FolderBlobs, name: str) -> object:
        sink = original(self, name)
        write = sink.write

        class Counting:
            keep, drop = staticmethod(sink.keep), staticmethod(sink.drop)

            @staticmethod
            def write(data: bytes) -> None:
                pieces.append(len(data))
                write(data)

        return Counting

    monkeypatch.setattr(FolderBlobs, "begin", begin)
    data = b"x" * (20 << 20)
    with running(Settings(data=tmp_path, processing_seconds=0, pending_seconds=60)) as announcement:
        client = Client(announcement)
        with client.session:
            import_id, url = client.create(len(data))
            assert 200 == requests.put(url, data=data, timeout=20).status_code
            assert data == (tmp_path / "objects" / import_id).read_bytes()
    assert len(data) == sum(pieces)
    assert max(pieces) < 2 << 20


def test_the_world_is_asked_for_nothing_it_has_not(monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker with nothing to do sleeps until it is woken."""
    calls: list[float] = []
    original = World.work

    def work(self: World, now: float) -> float | None:
        calls.append(now)
        return original(self, now)

    monkeypatch.setattr(World, "work", work)
    with running(Settings()) as announcement:
        client = Client(announcement)
        with client.session:
            client.session.get(client.base, timeout=10)
    assert len(calls) <= 3

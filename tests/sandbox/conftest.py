"""A sandbox without a socket for the tests: time stands still until a test moves it, ids come from a seed.

Every answer that `Home` gets is held against the contract, so a test need not repeat that.
"""

from __future__ import annotations

import base64
import json
import os
import random
import subprocess
import sys
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from memory_imports_sandbox import Announcement, Settings
from memory_imports_sandbox.blobs import Blobs, MemoryBlobs
from memory_imports_sandbox.contract import load
from memory_imports_sandbox.database import connect
from memory_imports_sandbox.messages import Reply, Request
from memory_imports_sandbox.world import World

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator, Mapping, Sequence

SERVE = """
import json, sys, attrs
from memory_imports_sandbox import Settings, serve
serve(Settings(**json.loads(sys.argv[1])), lambda it: print(json.dumps(attrs.asdict(it)), flush=True))
"""

NOON = 1_790_000_000.0
HOST = "127.0.0.1:4010"
CONTRACT = load()


def mappings(**targets: str) -> list[dict[str, str]]:
    """`email="Contact.email"` and so on, as the API wants it."""
    parted = {column: target.rpartition(".") for column, target in targets.items()}
    return [
        {"columnName": column, "traitGroup": group, "traitName": name} for column, (group, _, name) in parted.items()
    ]


PEOPLE = mappings(email="Contact.email", phone="Contact.phone", first="Contact.firstName")


class Home:
    """One world, its clock, and the hands to use it with."""

    def __init__(self, settings: Settings, connection: sqlite3.Connection, blobs: Blobs, seed: int = 0) -> None:
        self.now = NOON
        self.settings = settings
        self.connection = connection
        self.blobs = blobs
        self.world = World(settings, connection, blobs, random.Random(seed).randbytes, NOON)  # noqa: S311 - the same ids every time
        account = self.world.account
        self.base = f"/v1/Stores/{account.store_id}/Profiles/Imports"
        self.credentials = base64.b64encode(f"{account.username}:{account.password}".encode()).decode()

    def send(self, method: str, path: str, query: str = "", body: bytes = b"", **headers: str) -> Reply:
        """A request with exactly these headers, `content_type` being Content-Type, besides the host."""
        named = {"host": HOST} | {name.replace("_", "-"): value for name, value in headers.items()}
        return self.world.handle(Request(method, path, query, tuple(named.items()), body), self.now)

    def call(self, method: str, path: str, query: str = "", document: object = None, **headers: str) -> Reply:
        """An API request with good credentials, whose answer must be as the contract says."""
        named = {"authorization": f"Basic {self.credentials}"} | headers
        body = b""
        if document is not None:
            body = document if isinstance(document, bytes) else json.dumps(document).encode()
            named.setdefault("content_type", "application/json")
        reply = self.send(method, path, query, body, **named)
        self.conforms(method, path, reply)
        return reply

    def conforms(self, method: str, path: str, reply: Reply) -> None:
        """Fails where the contract does not allow the answer."""
        assert dict(reply.headers)["twilio-request-id"].startswith("RQ")
        schema: dict[str, str] = {"$ref": "#/components/schemas/Error"}
        operations = [operation for operation, _ in CONTRACT.at(path) if operation.method == method]
        if reply.status < HTTPStatus.BAD_REQUEST:
            if not operations:
                return
            schema = operations[0].replies[str(reply.status)]["content"]["application/json"]["schema"]
        else:
            assert reply.status == json.loads(reply.body)["status"]
        assert CONTRACT.problem(schema, json.loads(reply.body), "answer") is None

    def get(self, path: str, query: str = "") -> Any:  # noqa: ANN401 - it is JSON
        """The document at the path."""
        reply = self.call("GET", path, query)
        assert reply.status == HTTPStatus.OK, reply.body
        return json.loads(reply.body)

    def create(self, size: int, columns: Sequence[Mapping[str, str]] = PEOPLE) -> tuple[str, str]:
        """A new import: its id and its URL."""
        document = {"filename": "people.csv", "fileSize": size, "columnMappings": columns}
        reply = self.call("POST", self.base, document=document)
        assert reply.status == HTTPStatus.CREATED, reply.body
        answer = json.loads(reply.body)
        return answer["importId"], answer["url"]

    def put(self, url: str, data: bytes, **headers: str) -> Reply:
        """A PUT to the URL, as a plain client sends it."""
        parts = urlsplit(url)
        named = {"host": parts.netloc, "content_length": str(len(data))} | headers
        return self.send("PUT", parts.path, parts.query, data, **named)

    def finish(self) -> None:
        """Lets the background worker work until it has nothing more to do."""
        for _ in range(10_000):
            again = self.world.work(self.now)
            if again is None:
                return
            self.now = max(self.now, again)
        raise AssertionError("The work has no end.")

    def take_in(self, csv: str | bytes, columns: Sequence[Mapping[str, str]] = PEOPLE) -> dict[str, Any]:
        """Imports the file and gives what `/_sandbox/` says of the import."""
        data = csv if isinstance(csv, bytes) else csv.encode()
        import_id, url = self.create(len(data), columns)
        assert self.put(url, data).status == HTTPStatus.OK
        self.finish()
        return self.seen(import_id)

    def seen(self, import_id: str) -> dict[str, Any]:
        """What `/_sandbox/` says of the import."""
        found: list[dict[str, Any]] = self.get("/_sandbox/imports", "limit=1000")["imports"]
        return next(item for item in found if item["importId"] == import_id)

    def status(self, import_id: str) -> Any:  # noqa: ANN401 - it is JSON
        """What the API says of the import."""
        return self.get(f"{self.base}/{import_id}")

    def profiles(self) -> list[dict[str, Any]]:
        """The traits of each profile, oldest first, those of the group Contact by their bare name."""
        found = self.get("/_sandbox/profiles", "limit=1000")["profiles"]
        return [profile["traits"].get("Contact", {}) for profile in found]


@pytest.fixture
def make_home() -> Iterator[Callable[..., Home]]:
    """Makes a Home by switches of Settings; without delays unless a test sets them."""
    opened: list[sqlite3.Connection] = []

    def make(**switches: Any) -> Home:  # noqa: ANN401 - any switch of Settings
        opened.append(connect())
        plain: dict[str, Any] = {"pending_seconds": 0, "processing_seconds": 0}
        return Home(Settings(**(plain | switches)), opened[-1], MemoryBlobs())

    yield make
    for connection in opened:
        connection.close()


@pytest.fixture
def home(make_home: Callable[..., Home]) -> Home:
    """A Home with the defaults and no delays."""
    return make_home()


@pytest.fixture
def serve() -> Iterator[Callable[..., tuple[subprocess.Popen[str], Announcement]]]:
    """Starts a sandbox as a process of its own."""
    started: list[subprocess.Popen[str]] = []

    def start(**switches: Any) -> tuple[subprocess.Popen[str], Announcement]:  # noqa: ANN401 - any switch of Settings
        process = subprocess.Popen(  # noqa: S603 - our own interpreter
            [sys.executable, "-c", SERVE, json.dumps(switches)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        )
        started.append(process)
        assert process.stdout is not None
        return process, Announcement(**json.loads(process.stdout.readline()))

    yield start
    for process in started:
        process.kill()
        process.communicate()

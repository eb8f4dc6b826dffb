"""A scripted session: the same requests at the same moments, whatever is answered.

No step learns anything from an answer: ids are those that the database has, URLs are signed by the true bucket, and
each step draws its random numbers anew. So an answer that differs, differs by itself and not for an earlier one.
"""

from __future__ import annotations

import base64
import json
import random
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

from attrs import frozen

from memory_imports_sandbox import Settings, ids, imports, tokens
from memory_imports_sandbox.blobs import MemoryBlobs
from memory_imports_sandbox.contract import load
from memory_imports_sandbox.drifts.drift import CREATE, FETCH, LIST
from memory_imports_sandbox.messages import Reply, Request
from memory_imports_sandbox.objects import UPLOAD, Bucket
from memory_imports_sandbox.tokens import Place
from memory_imports_sandbox.world import World

if TYPE_CHECKING:
    import sqlite3

NOON = 1_790_000_000.0
HOST = "127.0.0.1:4010"
STORE = "mem_store_01234567890123456789012345"
STRANGER = "mem_store_76543210987654321098765432"
NAME, PASSWORD = "SKscripted", "of the script"
MAPPED = [
    {"columnName": column, "traitGroup": "Contact", "traitName": trait}
    for column, trait in (("email", "email"), ("name", "firstName"))
]
BODY: dict[str, Any] = {"filename": "people é.txt", "fileSize": 30, "columnMappings": MAPPED}
_CONTRACT = load()


@frozen
class Step:
    """One request and its answer, the operations that may be behind a difference, and what is tried."""

    operation: str
    what: str
    request: Request
    reply: Reply

    @property
    def document(self) -> Any:  # noqa: ANN401 - it is JSON
        """The body, if it is JSON."""
        try:
            return json.loads(self.reply.body)
        except ValueError:
            return None


class Session:
    """One world, its clock, and what was said so far."""

    def __init__(self, connection: sqlite3.Connection, drift: str | None, rate: float | None = None) -> None:
        settings = Settings(
            store_id=STORE,
            username=NAME,
            password=PASSWORD,
            pending_seconds=0,
            processing_seconds=1,
            drift=drift,
            rate=rate,
            url_lifetime=1799,  # chosen, so that no drift chooses
        )
        self.now = NOON
        self.steps: list[Step] = []
        self._random = random.Random(0)  # noqa: S311 - the same numbers every time
        self.connection, self.blobs = connection, MemoryBlobs()
        self.world = World(settings, connection, self.blobs, self._random.randbytes, NOON)
        self.account = self.world.account
        self.bucket = Bucket(settings, self.account.keys, _CONTRACT.largest_file)
        self.base = f"/v1/Stores/{STORE}/Profiles/Imports"
        self.right = basic(NAME, PASSWORD)

    def step(self, operation: str, what: str, request: Request) -> None:
        """Sends a request and keeps what came of it."""
        self.now += 1
        self._random.seed(len(self.steps))
        reply = self.world.handle(request, self.now)
        self.steps.append(Step(operation, what, request, reply))

    def ask(self, operation: str, what: str, path: str | None = None, **more: Any) -> None:  # noqa: ANN401 - below
        """Sends an API request: `method`, `query`, `document`, `body`, `auth` (None: none) and `kind` may be given."""
        body = more.get("body", b"")
        method = more.get("method", "POST" if operation == CREATE else "GET")
        headers = [("host", HOST)]
        if (auth := more.get("auth", self.right)) is not None:
            headers.append(("authorization", auth))
        if "document" in more:
            body = json.dumps(more["document"]).encode()
        if body:
            headers.append(("content-type", more.get("kind", "application/json")))
        query = urlencode(more.get("query", {}))
        self.step(operation, what, Request(method, path or self.base, query, tuple(headers), body))

    def create(self, what: str, **changes: Any) -> None:  # noqa: ANN401 - any value of the body
        """Asks for an import; a change to None takes the property away."""
        document = {name: value for name, value in {**BODY, **changes}.items() if value is not None}
        self.ask(CREATE, what, document=document)

    def add(self, filename: str, size: int) -> str:
        """An import that is there without having been asked for."""
        self.now += 1
        self._random.seed(filename)
        import_id = ids.new("mem_import_", self.now, self._random.randbytes)
        body = {"filename": filename, "fileSize": size, "columnMappings": MAPPED}
        imports.add(self.connection, import_id, body, self.now)
        return import_id

    def fetch(self, what: str, import_id: str) -> None:
        """Fetches an import."""
        self.ask(FETCH, what, f"{self.base}/{import_id}")

    def page(self, order: str, behind: int, size: int) -> None:
        """Asks for the page behind a position, with a token of our own making."""
        place = Place("ASC" if order == "ASC" else "DESC", back=False, position=behind)
        token = tokens.give(self.account.token_secret, place)
        self.ask(LIST, f"page behind {behind} {order}", query={"orderBy": order, "pageSize": size, "pageToken": token})

    def put(self, what: str, import_id: str, data: bytes, **more: Any) -> None:  # noqa: ANN401 - below
        """Sends a file: `method`, `signed` (another id, or None), `at`, `edit` and `headers` may be given."""
        url = self.bucket.url(more.get("signed") or import_id, HOST, self.now + more.get("at", 1))
        query = more.get("edit", str)(urlsplit(url).query) if more.get("signed", import_id) else ""
        headers = {"host": HOST, "content-length": str(len(data)), **more.get("headers", {})}
        path = f"/memory-imports-sandbox/{import_id}.csv"
        kept = tuple((name, value) for name, value in headers.items() if value is not None)
        self.step(UPLOAD, what, Request(more.get("method", "PUT"), path, query, kept, data))

    def place(self, import_id: str, data: bytes) -> None:
        """A file that is there without having been sent."""
        sink = self.blobs.begin(import_id)
        sink.write(data)
        sink.keep()
        imports.uploaded(self.connection, import_id, self.now)

    def work(self) -> None:
        """Lets the background worker finish; takes the same time whatever there is to do."""
        now = self.now
        while (again := self.world.work(now)) is not None:
            now = max(now, again)
        self.now += 3600


def basic(name: str, password: str) -> str:
    """The value of the header for basic auth."""
    return f"Basic {base64.b64encode(f'{name}:{password}'.encode()).decode()}"

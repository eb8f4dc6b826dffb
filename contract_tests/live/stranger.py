# ruff: noqa: PLR2004 - an independent server has to know the numbers by itself
"""Another clean server, as unlike the sandbox as the contract allows: nothing here is drift.

Plain `http.server`, HTTP/1.0 or 1.1, times in whole seconds, tokens that are offsets, states that move when they are
asked for, errors with as little in them as the contract wants. Shares no code with the sandbox.
"""

import base64
import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from attrs import define, field, frozen

Json = Any  # a JSON value can be anything
STORE, USER, PASSWORD = "mem_store_01k0000000000000000000aaaa", "SKdrift", "secret"
_MAPPING = {"columnName", "traitGroup", "traitName"}


@frozen
class Manner:
    """How the server uses its freedom."""

    protocol: str = "HTTP/1.0"
    bare_errors: bool = False
    malformed: int = 400
    other_methods: int = 405
    polls: bool = True
    counts: bool = True
    error: str | None = "<Error><Code>{}</Code><Message>No.</Message></Error>"
    """What an error of the object store looks like; None for plain text."""
    echoes_size: bool = True
    previous: bool = False
    charset: str = "; charset=utf-8"
    lag: float = 0
    """After how many seconds a new import is in the list."""
    zone: str = "+00:00"
    cursor: str = "at:{}"
    hangs_up: Callable[[str], bool] = lambda _: False
    """On which requests, by method and path, it closes the connection instead of answering."""


MANNERS = {
    "old and plain": Manner(),
    "little said": Manner(bare_errors=True, malformed=404, other_methods=404, error=None, counts=False),
    "new and quick": Manner(protocol="HTTP/1.1", polls=False, echoes_size=False, previous=True, charset=""),
    "late and odd": Manner(
        previous=True,
        lag=1,
        zone="z",
        cursor="at & + = % é {}",
        error='<?xml version="1.0"?>\n<e:Error xmlns:e="urn:s3"><e:Code>{}</e:Code><e:Message/></e:Error>',
    ),
}


@define
class State:
    """What the server knows."""

    manner: Manner
    imports: dict[str, dict[str, Json]] = field(factory=dict)
    lock: threading.Lock = field(factory=threading.Lock)


class Handler(BaseHTTPRequestHandler):
    """One request; a class of its own for each server holds its state."""

    state: State

    def log_message(self, *_: object) -> None:
        """Says nothing."""

    def do_GET(self) -> None:
        """Answers whatever comes."""
        self._answer()

    do_POST = do_PUT = do_DELETE = do_PATCH = do_GET  # noqa: N815 - http.server's names

    def _answer(self) -> None:
        if self.state.manner.hangs_up(f"{self.command} {self.path}"):
            self.close_connection = True
            return
        path, query = urlsplit(self.path).path, urlsplit(self.path).query
        with self.state.lock:
            if path.startswith("/files/"):
                status, kind, content, more = self._file(path, query)
            else:
                body = self.rfile.read(int(self.headers.get("content-length") or 0))
                status, document, more = self._api(path, query, body)
                kind, content = "application/json" + self.state.manner.charset, json.dumps(document).encode()
        self.send_response_only(status)
        if self.state.manner.protocol == "HTTP/1.1":
            self.send_header("Date", formatdate(usegmt=True))
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Connection", "close")
        for name, value in more.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)
        self.close_connection = True

    def _error(self, status: int, code: int, **headers: str) -> tuple[int, Json, dict[str, str]]:
        document = {} if self.state.manner.bare_errors else {"code": code, "message": "No.", "status": status}
        return status, document, headers

    def _api(self, path: str, query: str, body: bytes) -> tuple[int, Json, dict[str, str]]:
        given = self.headers.get("authorization", "")
        if given != "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode():
            return self._error(401, 20003, **{"WWW-Authenticate": "Basic"})
        match = re.fullmatch(r"/v1/Stores/([^/]+)/Profiles/Imports(?:/([^/]+))?", path)
        if match is None:
            return self._error(404, 20404)
        store, import_id = unquote(match[1]), unquote(match[2]) if match[2] else None
        allowed = "GET" if import_id else "GET, POST"
        if self.command not in allowed.split(", "):
            return self._error(self.state.manner.other_methods, 20404, Allow=allowed)
        if not re.fullmatch("mem_(store|service)_[0-7][0-9a-z]{25}", store):
            return self._error(self.state.manner.malformed, 520049 if self.state.manner.malformed == 400 else 20404)
        if store != STORE:
            return self._error(404, 520041)
        if import_id is not None:
            return self._fetch(import_id)
        return self._create(body) if self.command == "POST" else self._list(parse_qs(query))

    def _create(self, body: bytes) -> tuple[int, Json, dict[str, str]]:
        try:
            document = json.loads(body)
            good = is_good(document)
        except (ValueError, KeyError, TypeError, AttributeError):
            good = False
        if not good:
            return self._error(400, 400)
        number = len(self.state.imports)
        import_id = f"mem_import_0{number:025d}"
        self.state.imports[import_id] = {"body": document, "at": int(time.time()), "state": "PENDING"}
        port = self.headers["host"].rpartition(":")[2]
        url = f"http://localhost:{port}/files/{import_id}?AWSAccessKeyId=me&Signature=abc{number}&Expires=9999999999"
        return 201, {"url": url, "importId": import_id}, {}

    def _fetch(self, import_id: str) -> tuple[int, Json, dict[str, str]]:
        if not re.fullmatch("mem_import_[0-7][0-9a-z]{25}", import_id):
            return self._error(self.state.manner.malformed, 400 if self.state.manner.malformed == 400 else 20404)
        found = self.state.imports.get(import_id)
        if found is None:
            return self._error(404, 20404)
        shown = {
            "createdAt": self._moment(found["at"]),
            "filename": found["body"]["filename"],
            "status": found["state"],
        }
        if found["state"] != "PENDING":
            shown |= found["body"] | {"updatedAt": self._moment(found.get("touched") or found["at"])}
        if found["state"] in ("COMPLETED", "FAILED"):
            shown["summary"] = {"errors": found["errors"] if self.state.manner.counts else 0, "warnings": 0}
        elif "end" in found:
            found["state"] = found["end"] if found["state"] == "PROCESSING" else "PROCESSING"
            found["touched"] = int(time.time())
        return 200, shown, {}

    def _list(self, query: dict[str, list[str]]) -> tuple[int, Json, dict[str, str]]:
        size, order = query.get("pageSize", ["50"])[0], query.get("orderBy", ["DESC"])[0]
        token = query.get("pageToken", [""])[0]
        try:
            start = int(token.removeprefix(self.state.manner.cursor.format(""))) if token else 0
            if not 1 <= int(size) <= 1000 or order not in ("ASC", "DESC"):
                return self._error(400, 520046)
        except ValueError:
            return self._error(400, 520046)
        shown = time.time() - self.state.manner.lag
        ids = [one for one, found in self.state.imports.items() if found["at"] <= shown]
        ids = ids[:: -1 if order == "DESC" else 1]
        most = min(int(size), 100)
        meta: dict[str, Json] = {"pageSize": int(size) if self.state.manner.echoes_size else most, "key": "imports"}
        if start + most < len(ids):
            meta["nextToken"] = self.state.manner.cursor.format(start + most)
        if start and self.state.manner.previous:
            meta["previousToken"] = self.state.manner.cursor.format(max(0, start - most))
        return 200, {"meta": meta, "imports": ids[start : start + most]}, {}

    def _moment(self, seconds: int) -> str:
        return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds)) + self.state.manner.zone

    def _file(self, path: str, query: str) -> tuple[int, str, bytes, dict[str, str]]:
        number = int(path[-25:]) if path[-25:].isdecimal() else -1
        found = self.state.imports.get(path.removeprefix("/files/"))
        refusal = self._refusal(query, number, found)
        if refusal or found is None:
            status, code = refusal or (404, "NoSuchKey")
            text = (self.state.manner.error or "No.").format(code)
            kind = "application/xml" if self.state.manner.error else "text/plain"
            return status, kind, text.encode(), {}
        content = self.rfile.read(int(self.headers.get("content-length") or 0)).decode()
        lines = content.splitlines() or [""]
        found["errors"] = sum(line.startswith(",") for line in lines[1:])
        good = "email_address" in lines[0] and (found["errors"] <= 100 or not self.state.manner.counts)
        found["end"] = "COMPLETED" if good else "FAILED"
        if not self.state.manner.polls:
            found["state"], found["touched"] = found["end"], int(time.time())
        return 200, "text/plain", b"", {}

    def _refusal(self, query: str, number: int, found: Json) -> tuple[int, str] | None:
        if "chunked" in self.headers.get("transfer-encoding", ""):
            return 501, "NotImplemented"
        if found is None:
            return 404, "NoSuchKey"
        if self.command != "PUT":
            return 403, "SignatureDoesNotMatch"
        if parse_qs(query).get("Signature") != [f"abc{number}"]:
            return 403, "AccessDenied"
        return (400, "InvalidArgument") if self.headers.get("authorization") else None


def is_good(document: Json) -> bool:
    """Whether the contract allows the create request, written out by hand."""
    names, size, mappings = document["filename"], document["fileSize"], document["columnMappings"]
    return (
        set(document) == {"filename", "fileSize", "columnMappings"}
        and isinstance(names, str)
        and len(names) <= 255
        and type(size) is int
        and 1 <= size <= 104857600
        and isinstance(mappings, list)
        and 2 <= len(mappings) <= 100
        and all(set(one) == _MAPPING for one in mappings)
        and all(isinstance(value, str) and len(value) <= 64 for one in mappings for value in one.values())
    )


@contextmanager
def stranger(manner: Manner) -> Iterator[str]:
    """Runs the server, and gives its URL."""
    handler = type("Handler", (Handler,), {"state": State(manner), "protocol_version": manner.protocol})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()

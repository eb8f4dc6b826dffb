"""Servers that say anything: an answer that the contract knows, or the right error, and nothing secret in either."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memory_imports import _flow
from memory_imports._body import body_of
from memory_imports._effects import Flow
from memory_imports._flow import Page, Upload
from memory_imports.errors import MemoryImportsError
from memory_imports.models import CreatedImport
from tests.flows.scenarios.scenario import MAPPINGS, TRIES
from tests.fuzz.oracle import CELL, SECRET, SIGNATURE, bounded, examples
from tests.support.drivers import Told, asynchronous, simulated, synchronous
from tests.support.replies import STORE, import_id, upload_url
from tests.support.server import Server
from tests.support.wire import Answer

CONTENT = f"email,name\n{CELL}@x.example,Ann\n".encode()
URL = f"https://s3.example/b?X-Amz-Signature={SIGNATURE}&X-Amz-Credential={SECRET}"
scalars: st.SearchStrategy[Any] = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9) | st.sampled_from([URL, "COMPLETED"])
)
documents = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
FIELDS = {
    "status": st.sampled_from(["PENDING", "COMPLETED", "FAILED", "DONE"]),
    "importId": st.just(import_id()),
    "url": st.just(URL),
    "imports": st.lists(st.just(import_id()) | scalars, max_size=3),
    "meta": st.fixed_dictionaries({}, optional={"nextToken": scalars, "key": scalars}),
    **dict.fromkeys(("filename", "createdAt", "updatedAt", "fileSize", "columnMappings", "summary"), scalars),
    **dict.fromkeys(("code", "message", "more_info"), documents),
}
likely = st.fixed_dictionaries({}, optional={name: value | scalars for name, value in FIELDS.items()})
bodies = (
    (documents | likely).map(lambda document: json.dumps(document).encode())
    | st.binary(max_size=60)
    | st.builds(lambda depth, mark: mark * depth, st.integers(0, 20_000), st.sampled_from([b"[", b'{"a":', b"<Code>"]))
    | st.just(f"<Error><Code>x</Code><Message>{URL}\x1b[2J\n::error::</Message></Error>".encode())
)
values = st.text(st.characters(min_codepoint=32, max_codepoint=255, exclude_characters="\x7f"), max_size=20)
headers = st.dictionaries(
    st.sampled_from(
        ["retry-after", "date", "location", "twilio-request-id", "content-type", "content-encoding", "x-amz-request-id"]
    ),
    values | st.sampled_from(["9" * 400, "-1", "1e9", "Fri, 31 Dec 9999 23:59:59 GMT", "gzip", URL, "//x", "http://["]),
)
answers = st.builds(
    lambda status, headers, body: Answer(status=status, headers=headers, body=body),
    st.sampled_from([200, 201, 202, 204, 302, 307, 400, 401, 403, 404, 418, 429, 500, 503, 599])
    | st.integers(200, 999),
    headers,
    bodies,
)


def sending(_: str) -> Flow[None]:
    """Upload a file."""
    created = CreatedImport(import_id=import_id(), url=upload_url(), file_size=len(CONTENT))
    return _flow.upload(Upload(store_id=STORE, created=created, body=body_of(CONTENT)), TRIES)


FLOWS: dict[str, Callable[[str], Flow[Any]]] = {
    "create": lambda _: _flow.create(STORE, "people.csv", 10, MAPPINGS, TRIES),
    "fetch": lambda _: _flow.fetch(STORE, import_id(), TRIES),
    "list": lambda _: _flow.next_page(Page(store_id=STORE, order="desc", page_size=None), TRIES),
    "upload": sending,
    "wait": lambda _: _flow.wait(STORE, import_id(), TRIES, timeout=60),
}


def judge(told: Told) -> None:
    """An error is one of ours, in one line; nothing shows what nobody may see."""
    said = repr(told.outcome) + str(told.outcome)
    assert not isinstance(told.outcome, BaseException) or isinstance(told.outcome, MemoryImportsError), said
    assert [] == [canary for canary in (SIGNATURE, SECRET, CELL) if canary in said], said
    if isinstance(told.outcome, MemoryImportsError):
        assert told.outcome.message.isprintable(), said


@pytest.mark.parametrize("flow", FLOWS)
@given(script=st.lists(answers, min_size=1, max_size=4))
@examples(60)
def test_any_answer_is_understood_or_refused(flow: str, script: list[Answer]) -> None:
    """Of any status, with any headers, in any shape of JSON or none."""
    with bounded():
        judge(simulated(FLOWS[flow], script))


class _Raw(Server):
    """Says these bytes, whatever it is asked."""

    spoken = b""

    def _serve(self, connection: Any) -> None:  # noqa: ANN401 - a socket
        with connection:
            try:
                connection.recv(65536)
                connection.sendall(self.spoken)
            except OSError:
                return


heads = st.sampled_from(
    [b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/9.9 -1\r\n", b"\x16\x03\x01", b""]
)
lines = st.sampled_from(
    [
        *(b"content-length: 5\r\n", b"content-length: 99999999999\r\n", b"transfer-encoding: chunked\r\n"),
        *(
            b"content-encoding: gzip\r\n",
            b"content-type: application/json; charset=zz\r\n",
            b": x\r\n",
            b"a b: \x00\r\n",
        ),
        *(
            b"location: http://[\r\n",
            b"x: " + b"y" * 70_000 + b"\r\n",
            b"set-cookie: a\r\n" * 99,
            b"ffffffff\r\n",
            b"\r\n",
        ),
    ]
)
raws = st.builds(
    lambda head, some, tail: head + b"".join(some) + tail, heads, st.lists(lines, max_size=6), st.binary(max_size=40)
)


@pytest.mark.parametrize("driver", [synchronous, asynchronous])
@given(spoken=raws)
@examples(15)
def test_any_bytes_on_the_wire_are_an_answer_or_none(
    driver: Callable[..., Told], monkeypatch: pytest.MonkeyPatch, spoken: bytes
) -> None:
    """Floods of headers, lengths that lie, encodings that are none."""
    monkeypatch.setattr("tests.support.drivers.Server", _Raw)
    monkeypatch.setattr(_Raw, "spoken", spoken)
    with bounded():
        judge(driver(FLOWS["fetch"], []))

"""Answers that come packed although nobody asked for it: they are not unpacked, and are no answers."""

import gzip
from collections.abc import Callable, Sequence

import pytest

from memory_imports import _flow, errors
from memory_imports._body import body_of
from memory_imports._effects import Flow
from memory_imports._flow import Upload
from memory_imports.models import CreatedImport
from tests.flows.scenarios.scenario import CONTENT, TRIES
from tests.support.drivers import MakeFlow, Told, asynchronous, synchronous
from tests.support.replies import STORE, import_id, status, upload_url
from tests.support.wire import Answer

Drive = Callable[[MakeFlow, Sequence[Answer]], Told]
drivers = pytest.mark.parametrize("driver", [synchronous, asynchronous])
BOMB = gzip.compress(gzip.compress(bytes(64 << 20)))


@pytest.fixture(autouse=True)
def no_decoder(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is unpacked is too much: of a bomb, the first piece fills the memory."""
    for name in ("GZipDecoder", "DeflateDecoder"):
        monkeypatch.setattr(f"httpx._decoders.{name}.decode", lambda *_: pytest.fail("it is unpacked"))


def packed(answer: Answer, how: str, body: bytes) -> Answer:
    """Return the same answer, with another body that is said to be packed in some way."""
    return Answer(status=answer.status, headers={**answer.headers, "content-encoding": how}, body=body)


@drivers
@pytest.mark.parametrize(("how", "body"), [("gzip, gzip", BOMB), ("deflate", BOMB), ("gzip", status().body)])
def test_a_packed_answer_of_the_api_cannot_be_read(driver: Drive, how: str, body: bytes) -> None:
    """It is asked for again, as what is cut short is; also one that only says that it is packed."""
    told = driver(lambda _: _flow.fetch(STORE, import_id(), TRIES), [packed(status(), how, body), status()])
    assert 2 == len(told.script.requests)
    assert "COMPLETED" == told.outcome.state


@drivers
def test_what_always_comes_packed_breaks_the_contract(driver: Drive) -> None:
    """That is said in the end."""
    told = driver(lambda _: _flow.fetch(STORE, import_id(), TRIES), [packed(status(), "gzip", BOMB)] * 9)
    assert isinstance(told.outcome, errors.ContractBroken)


@drivers
def test_a_packed_answer_of_the_object_store_is_a_refusal_without_words(driver: Drive) -> None:
    """Its status can be read all the same."""

    def upload(base: str) -> Flow[None]:
        created = CreatedImport(import_id=import_id(), url=upload_url(host=base), file_size=len(CONTENT))
        return _flow.upload(Upload(store_id=STORE, created=created, body=body_of(CONTENT)), TRIES)

    told = driver(upload, [packed(Answer(status=403), "gzip, gzip", BOMB)])
    assert isinstance(told.outcome, errors.UploadRefused)
    assert "403 without a code" in str(told.outcome)


@drivers
@pytest.mark.parametrize("how", ["identity", "Identity", ""])
def test_what_is_said_to_be_as_it_is_can_be_read(driver: Drive, how: str) -> None:
    """A word for nothing changes nothing."""
    told = driver(lambda _: _flow.fetch(STORE, import_id(), TRIES), [packed(status(), how, status().body)])
    assert "COMPLETED" == told.outcome.state

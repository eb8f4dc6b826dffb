"""Over TLS, for real: whose certificate is good is asked before a word is said, by both drivers and the detector."""

import ssl
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from inspect import unwrap
from pathlib import Path

import httpx
import pytest

from memory_imports import MemoryImports, _flow, errors
from memory_imports._body import body_of
from memory_imports._effects import Flow
from memory_imports._flow import Upload
from memory_imports.models import CreatedImport, ImportStatus
from memory_imports_contract import DriftUnavailable
from memory_imports_contract.spec import source
from tests.flows.scenarios.scenario import CONTENT, TRIES
from tests.support.authority import DAY, Authority
from tests.support.drivers import Told, asynchronous, synchronous
from tests.support.replies import STORE, STORED, import_id, status, upload_url
from tests.support.server import Server
from tests.support.wire import Answer, Script

Drive = Callable[..., Told]
drivers = pytest.mark.parametrize("driver", [synchronous, asynchronous])


@pytest.fixture(autouse=True)
def read_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Other tests read the authorities once for all of them; here the environment changes."""
    monkeypatch.setattr(httpx, "create_ssl_context", unwrap(httpx.create_ssl_context))


@pytest.fixture
def ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Authority:
    """An authority that the environment names."""
    authority = Authority(tmp_path, "ours")
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    return authority


def journey(base: str) -> Flow[ImportStatus]:
    """Upload a file, then ask what became of it: a word to the object store and one to the API."""
    created = CreatedImport(import_id=import_id(), url=upload_url(host=base), file_size=len(CONTENT))
    yield from _flow.upload(Upload(store_id=STORE, created=created, body=body_of(CONTENT)), TRIES)
    return (yield from _flow.fetch(STORE, import_id(), TRIES))


@drivers
def test_an_authority_that_the_environment_names_is_trusted(driver: Drive, ours: Authority) -> None:
    """By the client of the API and by that of the object store."""
    told = driver(journey, [STORED, status()], tls=ours.server())
    assert isinstance(told.outcome, ImportStatus), told.outcome
    assert ["PUT", "GET"] == [request.method for request in told.script.requests]


@drivers
@pytest.mark.parametrize(
    ("host", "lasts", "reason"),
    [
        ("127.0.0.1", DAY, "certificate"),
        ("127.0.0.2", DAY, "127.0.0.1"),
        ("127.0.0.1", timedelta(days=-1), "expired"),
    ],
    ids=["of somebody else", "for another host", "of yesterday"],
)
def test_a_certificate_that_is_not_good_is_refused_before_a_word_is_said(  # noqa: PLR0917 - pytest passes them by name
    driver: Drive, ours: Authority, tmp_path: Path, host: str, lasts: timedelta, reason: str
) -> None:
    """In one sentence, with the way out; no request, no credential and no file has left."""
    authority = ours if reason != "certificate" else Authority(tmp_path, "theirs")
    told = driver(journey, [STORED, status()], tls=authority.server(host=host, lasts=lasts))
    assert isinstance(told.outcome, errors.ConnectionLost)
    assert [] == told.script.requests
    assert "the server's certificate is not trusted" in told.outcome.message
    assert reason in told.outcome.message
    assert "SSL_CERT_FILE" in told.outcome.message
    assert "\n" not in told.outcome.message


def test_authorities_that_cannot_be_read_are_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is trusted instead."""
    (tmp_path / "broken.pem").write_text("-----BEGIN CERTIFICATE-----\nnot one\n-----END CERTIFICATE-----\n")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "broken.pem"))
    with MemoryImports(STORE, credentials=("SK", "secret")) as client, pytest.raises(errors.CallerError) as caught:
        client.fetch(import_id())
    assert "SSL_CERT_FILE" in caught.value.message


def test_a_published_specification_comes_from_whom_the_environment_trusts(ours: Authority, tmp_path: Path) -> None:
    """And from nobody else."""
    spec = Answer(status=200, body=source.packaged().read_bytes())
    served = partial(Server, Script([spec]))
    with served(tls=ours.server()) as server:
        assert source.load(f"{server.base}/spec.yaml").raw["paths"]
    with served(tls=Authority(tmp_path, "theirs").server()) as server, pytest.raises(DriftUnavailable) as caught:
        source.load(f"{server.base}/spec.yaml")
    assert "cannot be fetched (ConnectError)" in str(caught.value)


def test_no_client_is_told_to_look_away() -> None:
    """The one place where certificates are read says that they are required, for the name of the host."""
    with MemoryImports(STORE, credentials=("SK", "secret")) as client:
        driver = client._driver  # noqa: SLF001 - nothing public shows it
        contexts = {
            each._transport._pool._ssl_context  # type: ignore[attr-defined] # noqa: SLF001 - as above
            for each in (driver._api, driver._storage)  # noqa: SLF001 - as above
        }
    assert [(ssl.CERT_REQUIRED, True)] == [(context.verify_mode, context.check_hostname) for context in contexts]

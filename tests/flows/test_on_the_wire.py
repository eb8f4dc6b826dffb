"""What really leaves the machine: headers, hosts and lengths, as a server sees them."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from memory_imports import _flow, errors
from memory_imports._body import body_of
from memory_imports._effects import Flow
from memory_imports._flow import Upload
from memory_imports.models import CreatedImport
from tests.flows.scenarios.scenario import CONTENT, MAPPINGS, TRIES
from tests.support.drivers import MakeFlow, Told, asynchronous, synchronous
from tests.support.replies import STORE, STORED, answer, created, import_id, moved, old_upload_url, status, upload_url
from tests.support.wire import HERE, Answer, Request

pytestmark = pytest.mark.parametrize("driver", [synchronous, asynchronous])


class Driver:
    """The type of a driver, for annotations."""

    def __call__(self, make: MakeFlow, answers: Sequence[Answer]) -> Told:
        """Run a flow."""
        raise NotImplementedError


def to(url: str, content: bytes = CONTENT) -> Flow[None]:
    """Return an upload to a URL."""
    created = CreatedImport(import_id=import_id(), url=url, file_size=len(content))
    return _flow.upload(Upload(store_id=STORE, created=created, body=body_of(content)), TRIES)


def sent(driver: Driver, url: str, answers: Sequence[Answer] = (STORED,), content: bytes = CONTENT) -> list[Request]:
    """Upload to a URL and return what the server saw."""
    told = driver(lambda base: to(url.replace(HERE, base), content), answers)
    assert told.outcome is None, told.outcome
    return told.script.requests


@pytest.mark.parametrize("url", [upload_url(), old_upload_url(), f"{HERE}/plain"])
def test_an_upload_names_its_length_and_signs_in_by_its_url_alone(driver: Driver, url: str) -> None:
    """No credentials, no chunks, no header that the store would take for its own; a type only where signed for."""
    (request,) = sent(driver, url)
    assert str(len(CONTENT)) == request.headers["content-length"]
    assert CONTENT == request.body
    assert not {"authorization", "transfer-encoding", "cookie"} & set(request.headers)
    assert [] == [name for name in request.headers if name.startswith("x-amz-")]
    assert ("text/csv" if "X-Amz-Signature" in url else None) == request.headers.get("content-type")


def test_a_redirected_upload_carries_no_credentials_either(driver: Driver) -> None:
    """Nor does it carry what the first target wanted remembered."""
    first = Answer(status=307, headers={"location": old_upload_url(), "set-cookie": "a=b"})
    _, request = sent(driver, upload_url(), [first, STORED])
    assert not {"authorization", "content-type", "transfer-encoding"} & set(request.headers)


def test_a_signed_url_arrives_as_it_was_given(driver: Driver) -> None:
    """A query that is written anew no longer matches its signature."""
    url = f"{HERE}/a%20b/c+d/%C3%BC?X-Amz-Signature=a%2Fb%3D~%27()*!&X-Amz-SignedHeaders=host%3Bx&x=y;z&empty="
    (request,) = sent(driver, url)
    assert url.removeprefix(HERE) == request.target


def test_a_file_of_many_chunks_arrives_whole(driver: Driver) -> None:
    """Two mebibytes and one byte are three chunks."""
    content = bytes(range(256)) * 8192 + b"\n"
    (request,) = sent(driver, upload_url(), content=content)
    assert content == request.body


def test_the_api_gets_the_credentials_and_the_name(driver: Driver) -> None:
    """Basic authentication, JSON, and who is asking."""
    told = driver(lambda _: _flow.create(STORE, "people.csv", 5, MAPPINGS, TRIES), [created()])
    (request,) = told.script.requests
    assert "Basic U0swMTIzNDU2Nzg5OnMzY3JldC1vZi10aGUtYXBp" == request.headers["authorization"]
    assert "application/json" == request.headers["content-type"]
    assert "memory-imports/0" == request.headers["user-agent"]


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_the_api_client_follows_no_redirect(driver: Driver, code: int) -> None:
    """Credentials would go along: an answer that the contract does not know ends the matter."""
    told = driver(
        lambda _: _flow.fetch(STORE, import_id(), TRIES), [answer(code, {}, location=f"{HERE}/elsewhere"), status()]
    )
    assert 1 == len(told.script.requests)
    assert code == told.outcome.status


@pytest.mark.parametrize("target", ["http://[", "http://a b/", "http://host:port/", "http://127.0.0.1:99999/", "\x7f"])
def test_a_redirect_to_nonsense_is_not_followed(driver: Driver, target: str) -> None:
    """The error is one of ours: a refusal, or no answer where the library could not even read it."""
    answers = [moved(target), status("PENDING")] * 6
    told = driver(lambda base: to(upload_url(host=base)), answers)
    assert isinstance(told.outcome, errors.UploadRefused | errors.ConnectionLost), told.outcome


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:99999/x", "http://127.0.0.1:port/x", f"http://{'a' * 70}.test/x", "http://a\x00b/x", ""]
)
def test_an_upload_url_that_cannot_be_one_is_not_tried(driver: Driver, url: str) -> None:
    """What the HTTP library and the sockets make of it does not come out as it is."""
    told = driver(lambda _: to(url), [])
    assert errors.InvalidRequest is type(told.outcome), told.outcome
    assert "url" == told.outcome.field


def test_what_the_machine_remembers_of_passwords_is_not_sent(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Other tools sign in by a file in the home folder; the object store would refuse it, and must not see it."""
    netrc = tmp_path / ".netrc"
    netrc.write_text("machine 127.0.0.1 login user password s3cret\ndefault login user password s3cret\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("HOME", str(tmp_path))
    (request,) = sent(driver, upload_url())
    assert "authorization" not in request.headers

"""The vendor's own Python SDK against the sandbox: it knows nothing of us, and it must not notice."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest
import requests
from tests.sandbox.conftest import PEOPLE
from twilio.base.exceptions import TwilioRestException  # type: ignore[import-untyped]  # has no types
from twilio.http.http_client import TwilioHttpClient  # type: ignore[import-untyped]  # has no types
from twilio.rest import Client  # type: ignore[import-untyped]  # has no types
from twilio.rest.memory.v1.import_ import ImportList  # type: ignore[import-untyped]  # has no types

from memory_imports_sandbox import Announcement, Settings, running

if TYPE_CHECKING:
    from collections.abc import Iterator

    from twilio.http.response import Response  # type: ignore[import-untyped]  # has no types

DATA = b"email,phone,first\na@x.y,415 555 0100,Ada\n"


class Redirected(TwilioHttpClient):  # type: ignore[misc]  # its base has no types
    """Sends what is meant for the vendor's server to the sandbox."""

    def __init__(self, base_url: str) -> None:
        super().__init__(pool_connections=False)
        self.base_url = base_url

    def request(self, method: str, url: str, *arguments: Any, **named: Any) -> Response:  # noqa: ANN401 - the SDK's own
        """The same request to another server."""
        assert url.startswith("https://memory.twilio.com/v1/")
        return super().request(method, url.replace("https://memory.twilio.com", self.base_url), *arguments, **named)


def sdk(at: Announcement, password: str | None = None) -> Client:
    """The SDK, signed in to the sandbox."""
    return Client(at.username, password or at.password, http_client=Redirected(at.base_url))


@pytest.fixture(scope="module")
def at() -> Iterator[Announcement]:
    """One sandbox for the module."""
    with running(Settings(pending_seconds=0, processing_seconds=0)) as announcement:
        yield announcement


def request(size: int) -> ImportList.CreateProfilesImportV2Request:
    """What the SDK calls a create request."""
    return ImportList.CreateProfilesImportV2Request(
        {"filename": "people.csv", "fileSize": size, "columnMappings": PEOPLE}
    )


def test_create_put_fetch_and_list(at: Announcement) -> None:
    """The whole way, with `requests` for the part that the SDK leaves out."""
    client = sdk(at)
    created = client.memory.v1.imports(at.store_id).create(request(len(DATA)))
    assert 200 == requests.put(created.url, data=DATA, timeout=10).status_code
    fetched = client.memory.v1.imports(at.store_id, created.import_id).fetch()
    while fetched.status not in {"COMPLETED", "FAILED"}:
        fetched = client.memory.v1.imports(at.store_id, created.import_id).fetch()
    assert ("COMPLETED", "people.csv", len(DATA)) == (fetched.status, fetched.filename, fetched.file_size)
    assert isinstance(fetched.created_at, datetime)
    assert created.import_id in client.memory.v1.imports(at.store_id).list()


def test_the_sdk_walks_through_the_pages(at: Announcement) -> None:
    """In both orders, two at a time, each import once."""
    imports = sdk(at).memory.v1.imports(at.store_id)
    for _ in range(5):
        imports.create(request(10))
    newest = imports.list(page_size=2)
    assert len(newest) == len(set(newest)) >= 5
    assert newest[::-1] == imports.list(page_size=2, order_by="ASC")
    assert newest[:3] == imports.list(limit=3)


def test_the_sdk_understands_the_errors(at: Announcement) -> None:
    """Status and code arrive in its exception."""
    nobody = "mem_import_00000000000000000000000000"
    elsewhere = "mem_store_7zzzzzzzzzzzzzzzzzzzzzzzzz"
    for call, expected in (
        (lambda: sdk(at, "wrong").memory.v1.imports(at.store_id, nobody).fetch(), (401, 20003)),
        (lambda: sdk(at).memory.v1.imports(at.store_id, nobody).fetch(), (404, 20404)),
        (lambda: sdk(at).memory.v1.imports(elsewhere, nobody).fetch(), (404, 520041)),
        (lambda: sdk(at).memory.v1.imports("store").create(request(10)), (400, 520049)),
        (lambda: sdk(at).memory.v1.imports(at.store_id).create(request(0)), (400, 520046)),
    ):
        with pytest.raises(TwilioRestException) as caught:
            call()  # type: ignore[no-untyped-call]  # a lambda over what has no types
        assert expected == (caught.value.status, caught.value.code)

"""Answers of the service and of the object store, as scripts name them, with the secrets that tests look for."""

import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any
from urllib.parse import urlencode

from tests.support.simulated import EPOCH
from tests.support.wire import HERE, Answer, Fault

STORE = "mem_store_00000000000000000000000000"
USER, SECRET = "SK0123456789", "s3cret-of-the-api"
SIGNATURE = "51674e5f51674e5f51674e5f"
REQUEST_ID = "RQ1"
START = datetime.fromtimestamp(EPOCH, UTC)
LOST, REFUSED, CLOSED, UNREAD = (
    Answer(fault=fault) for fault in (Fault.RESET, Fault.REFUSED, Fault.CLOSED, Fault.UNREAD)
)
STORED = Answer(status=200)


def import_id(number: int = 1) -> str:
    """Return an import id."""
    return f"mem_import_{number:026d}"


def upload_url(number: int = 1, *, ends: int = 1800, host: str = HERE) -> str:
    """Return a URL of the newer signature, signed at the start and good for so many seconds."""
    query = {
        "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
        "X-Amz-Credential": f"AKIA{SIGNATURE}/20270115/us-east-1/s3/aws4_request",
        "X-Amz-Date": f"{START:%Y%m%dT%H%M%SZ}",
        "X-Amz-Expires": str(ends),
        "X-Amz-SignedHeaders": "host",
        "X-Amz-Signature": SIGNATURE,
    }
    return f"{host}/bucket/{import_id(number)}?{urlencode(query)}"


def old_upload_url(*, ends: int = 1800) -> str:
    """Return a URL of the older signature."""
    query = {"AWSAccessKeyId": f"AKIA{SIGNATURE}", "Signature": SIGNATURE, "Expires": str(int(EPOCH) + ends)}
    return f"{HERE}/bucket/{import_id()}?{urlencode(query)}"


def at(seconds: float) -> str:
    """Return an HTTP date, so many seconds after the start."""
    return format_datetime(START + timedelta(seconds=seconds), usegmt=True)


def answer(status: int, body: object, **headers: str) -> Answer:
    """Return an answer in JSON; header names are written with underscores."""
    given = {"content-type": "application/json", "twilio-request-id": REQUEST_ID, **_named(headers)}
    return Answer(status=status, headers=given, body=json.dumps(body).encode())


def created(number: int = 1, *, url: str | None = None, **headers: str) -> Answer:
    """Return the answer to a create."""
    return answer(201, {"importId": import_id(number), "url": url or upload_url(number)}, **headers)


def status(word: str = "COMPLETED", *, since: float = 0, **fields: Any) -> Answer:  # noqa: ANN401 - any JSON
    """Return the status of an import that was created so many seconds after the start."""
    body = {
        "status": word,
        "filename": "people.csv",
        "createdAt": f"{START + timedelta(seconds=since):%Y-%m-%dT%H:%M:%SZ}",
        **fields,
    }
    return answer(200, body)


def page(*numbers: int, following: str | None = None) -> Answer:
    """Return one page of import ids."""
    meta: dict[str, object] = {"key": "imports", "pageSize": 50}
    if following is not None:
        meta["nextToken"] = following
    return answer(200, {"imports": [import_id(number) for number in numbers], "meta": meta})


def error(code: int, status: int, **headers: str) -> Answer:
    """Return a documented refusal."""
    return answer(status, {"code": code, "message": "Something about it.", "status": status}, **headers)


def html(status: int) -> Answer:
    """Return a proxy's page."""
    return Answer(status=status, headers={"content-type": "text/html"}, body=b"<html>Bad gateway</html>")


def xml(status: int, code: str, words: str = "Why.", more: str = "", **headers: str) -> Answer:
    """Return an error of the object store; ``more`` is what else it says."""
    body = f"<Error><Code>{code}</Code><Message>{words}</Message><RequestId>S3RQ</RequestId>{more}</Error>"
    return Answer(status=status, headers={"content-type": "application/xml", **_named(headers)}, body=body.encode())


def moved(target: str) -> Answer:
    """Return a redirect."""
    return Answer(status=307, headers={"location": target})


def _named(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}

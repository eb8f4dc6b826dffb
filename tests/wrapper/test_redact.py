"""Nothing that the HTTP library logs shows a signed URL."""

import logging
import re
import traceback
from collections.abc import Generator
from pathlib import Path
from typing import Any

import httpcore
import httpx
import pytest

from memory_imports import _redact
from memory_imports._redact import forget_locals, silence_signatures

URL = "https://bucket.example/a?X-Amz-Date=20261001T120000Z&X-Amz-Signature=s3cret"


@pytest.mark.parametrize("name", _redact._LOGGERS)  # noqa: SLF001 - each of them
def test_a_record_with_a_signed_url_is_scrubbed(name: str, caplog: pytest.LogCaptureFixture) -> None:
    """In its text and in its arguments, which a handler may read too."""
    silence_signatures()
    with caplog.at_level(logging.DEBUG, logger=name):
        logging.getLogger(name).debug('PUT %s "%s"', URL, "200 OK")
        logging.getLogger(name).debug("headers=%r", [(b"Location", URL.encode())])
    assert 2 == len(caplog.records)
    assert "s3cret" not in f"{caplog.text}{[record.__dict__ for record in caplog.records]}"
    assert "bucket.example/a" in caplog.text


def test_other_records_pass_untouched(caplog: pytest.LogCaptureFixture) -> None:
    """Their arguments included: someone may count by them."""
    silence_signatures()
    with caplog.at_level(logging.DEBUG, logger="httpx"):
        logging.getLogger("httpx").debug("status %d", 200)
    assert [("status %d", (200,))] == [(record.msg, record.args) for record in caplog.records]


def test_is_installed_once_however_often_it_is_asked_for() -> None:
    """A client made a thousand times costs no thousand filters."""
    for _ in range(3):
        silence_signatures()
    assert 1 == sum(isinstance(each, _redact._Scrub) for each in logging.getLogger("httpx").filters)  # noqa: SLF001


def test_knows_every_logger_of_the_http_library() -> None:
    """A filter holds for its own logger alone, so a new one there has to be named here."""
    found: set[str] = set()
    read = 0
    for package in (httpx, httpcore):
        for file in Path(str(package.__file__)).parent.rglob("*.py"):
            found |= set(re.findall(r"getLogger\(\s*[\"']([\w.]+)", file.read_text()))
            read += 1
    assert read > 30
    assert found == set(_redact._LOGGERS)  # noqa: SLF001 - what is compared


FAIL = """
def fail(password, chained):
    try:
        int(password)
    except ValueError as problem:
        if chained:
            raise ValueError("cause") from problem
        raise ValueError("context")
"""


@pytest.mark.parametrize("module", ["memory_imports._flow", "httpx._client"])
@pytest.mark.parametrize("chained", [True, False])
def test_our_frames_hold_no_local_and_still_their_place(module: str, *, chained: bool) -> None:
    """What collects crashes reads the locals of every frame, those of the errors before included."""
    namespace: dict[str, Any] = {"__name__": module}
    exec(FAIL, namespace)  # noqa: S102 - a module of any name
    with pytest.raises(ValueError, match=r"cause|context") as caught:
        namespace["fail"]("s3cret", chained)
    forget_locals(caught.value)
    before = caught.value.__context__
    assert before is not None
    for problem in (caught.value, before):
        frames = list(traceback.walk_tb(problem.__traceback__))
        assert "fail" == frames[-1][0].f_code.co_name
        assert {} == frames[-1][0].f_locals
    forget_locals(None)


def test_the_frames_of_others_stay_as_they_are() -> None:
    """A caller that handles an error of its own while it calls us goes on with its locals and its generators."""

    def generate() -> Generator[str]:
        try:
            yield "first"
        except KeyError:
            yield "second"

    generator = generate()
    next(generator)
    try:
        generator.throw(KeyError())
        raise LookupError  # noqa: TRY301 - what the caller handles
    except LookupError as mine:
        forget_locals(mine)
        assert ["generator", "mine"] == sorted(set(locals()) & {"generator", "mine"})
    assert [] == list(generator)


def test_no_query_of_the_http_library_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    """A URL may be signed under names that nobody has told us of."""
    silence_signatures()
    with caplog.at_level(logging.INFO):
        logging.getLogger("httpx").info("HTTP Request: %s %s", "PUT", "https://store.example/up?token=TOPSECRET&sig=x")
    assert "HTTP Request: PUT https://store.example/up?***" in caplog.text
    assert "TOPSECRET" not in caplog.text

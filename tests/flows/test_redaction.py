"""What is secret stays out of logs, reprs and tracebacks, local variables included, whatever happens."""

import base64
import logging
import traceback
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from attrs import evolve

from memory_imports import AsyncMemoryImports, Credentials, MemoryImports, errors
from memory_imports._body import body_of
from memory_imports._effects import Flow
from memory_imports._flow import Upload, upload, wait
from memory_imports.models import CreatedImport
from tests.flows.scenarios.scenario import CELL, CONTENT, TRIES, Place, Scenario
from tests.flows.test_scenarios import SCENARIOS
from tests.support.drivers import MakeFlow, Told, asynchronous, settings_of, synchronous
from tests.support.replies import SECRET, SIGNATURE, STORE, STORED, USER, answer, import_id, status, upload_url, xml
from tests.support.wire import Answer

Drive = Callable[[MakeFlow, Sequence[Answer]], Told]
SECRETS = (SECRET, base64.b64encode(f"{USER}:{SECRET}".encode()).decode(), SIGNATURE, CELL, "bob.the.secret")


class Kept(logging.Handler):
    """Keeps every record, as text and as what it was made of."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a record."""
        self.lines.append(f"{record.name}: {self.format(record)} {record.__dict__}")


@pytest.fixture
def log() -> Iterator[Kept]:
    """Everything that is logged, by us and by the HTTP library, at DEBUG."""
    kept = Kept()
    loggers = [logging.getLogger(name) for name in ("memory_imports", "httpx", "httpcore")]
    for logger in loggers:
        logger.addHandler(kept)
        logger.setLevel(logging.DEBUG)
    yield kept
    for logger in loggers:
        logger.removeHandler(kept)
        logger.setLevel(logging.NOTSET)


def leaks(text: str) -> list[str]:
    """Return the secrets that are in a text."""
    return [secret for secret in SECRETS if secret in text]


def shown(problem: BaseException) -> str:
    """Return a traceback as the tools that show most show it."""
    return "".join(traceback.TracebackException.from_exception(problem, capture_locals=True).format())


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
@pytest.mark.parametrize("driver", [synchronous, asynchronous])
def test_nothing_secret_shows(driver: Drive, scenario: Scenario, tmp_path: Path, log: Kept) -> None:
    """Logs at DEBUG, reprs of everything on the way, and tracebacks with their local variables."""
    told = driver(lambda base: scenario.start(Place(folder=tmp_path, base=base)), scenario.meets)
    assert [] == [line for line in log.lines if leaks(line)]
    assert [] == [line for line in (*told.reprs, repr(told.outcome), str(told.outcome)) if leaks(line)]
    if isinstance(told.outcome, Exception):
        assert [] == leaks(text := shown(told.outcome)), text
        assert "in run" in text


def test_the_log_is_there_to_be_searched(log: Kept) -> None:
    """All three loggers speak in a run that uploads, and a signed URL is in it, scrubbed."""
    scenario = next(each for each in SCENARIOS if each.name == "upload, redirected within the provider")
    synchronous(lambda base: scenario.start(Place(folder=Path(), base=base)), scenario.meets)
    assert {"memory_imports", "httpx", "httpcore"} == {line.partition(":")[0].partition(".")[0] for line in log.lines}
    assert any("?***" in line and "HTTP Request: PUT" in line for line in log.lines)
    assert any("?***" in line and "Location" in line.title() for line in log.lines)


def test_reprs_of_what_people_hold_show_no_secret() -> None:
    """Clients, settings, credentials and a created import can be printed."""
    created = CreatedImport(import_id=import_id(), url=upload_url(), file_size=1)
    held = [
        MemoryImports(STORE, credentials=(USER, SECRET)),
        AsyncMemoryImports(STORE, credentials=(USER, SECRET)),
        settings_of("http://127.0.0.1:1"),
        Credentials(USER, SECRET),
        created,
    ]
    for each in held:
        assert [] == leaks(repr(each) + str(each))
    assert STORE in repr(held[0])


@pytest.mark.parametrize("client", [MemoryImports, AsyncMemoryImports])
def test_a_client_that_cannot_be_made_shows_no_secret_of_the_environment(
    client: type[MemoryImports], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The traceback of a wrong base URL holds neither the environment nor what was found in it."""
    monkeypatch.setenv("TWILIO_API_KEY", USER)
    monkeypatch.setenv("TWILIO_API_SECRET", SECRET)
    with pytest.raises(errors.InvalidRequest) as raised:
        client(STORE, base_url="http://elsewhere.test")
    assert [] == leaks(shown(raised.value))


@pytest.mark.parametrize("driver", [synchronous, asynchronous])
@pytest.mark.parametrize("kind", [KeyboardInterrupt, ZeroDivisionError])
def test_an_exception_of_the_caller_shows_no_secret(driver: Drive, kind: type[BaseException]) -> None:
    """Raised by a progress callback, it comes through the HTTP library, whose frames hold the URL and the file."""

    def told(sent: int) -> None:
        if sent:
            raise kind

    def flow(base: str) -> Flow[None]:
        created = CreatedImport(import_id=import_id(), url=upload_url(host=base), file_size=len(CONTENT))
        return upload(Upload(store_id=STORE, created=created, body=body_of(CONTENT), on_sent=told), TRIES)

    try:
        problem = driver(flow, [STORED]).outcome
    except KeyboardInterrupt as interrupt:
        problem = interrupt
    assert kind is type(problem)
    assert [] == leaks(text := shown(problem)), text
    assert "httpcore" in text


@pytest.mark.parametrize("driver", [synchronous, asynchronous])
def test_an_answer_that_cannot_be_read_shows_no_signature(driver: Drive, log: Kept) -> None:
    """The library quotes the line that it could not read, a redirect's target included."""

    def flow(base: str) -> Flow[None]:
        created = CreatedImport(import_id=import_id(), url=upload_url(host=base), file_size=len(CONTENT))
        return upload(Upload(store_id=STORE, created=created, body=body_of(CONTENT)), TRIES)

    unreadable = Answer(status=307, headers={"location ": upload_url()})
    told = driver(flow, [unreadable, *[status("PENDING")] * 3] * 6)
    assert isinstance(told.outcome, errors.ConnectionLost)
    assert "X-Amz-Signature=***" in told.outcome.reason
    assert [] == [line for line in (*log.lines, str(told.outcome)) if leaks(line)]


BASIC = base64.b64encode(f"{USER}:{SECRET}".encode()).decode()
ROW = CONTENT.decode().splitlines()[1]
ECHOES: dict[str, Sequence[Answer]] = {
    "credentials in words": [
        answer(400, {"code": 20001, "message": f"bad header Authorization: Basic {BASIC}, secret {SECRET}"})
    ],
    "credentials for a request id": [answer(400, {"code": 20001}, twilio_request_id=f"Basic {BASIC}")],
    "a secret that looks like a request id": [answer(400, {"code": 20001}, twilio_request_id=SECRET)],
    "credentials for a state": [status("PENDING"), status(f"Basic {BASIC}")],
    "credentials for a field": [answer(400, {"code": 20001, f"new {SECRET}": 1})],
    "credentials in a header that cannot be read": [Answer(status=200, headers={f"{BASIC} ": "x"})] * 6,
    "a signature in words of the API": [answer(400, {"code": 20001, "message": f"what is {SIGNATURE}?"})],
}
STORE_ECHOES: dict[str, Answer] = {
    "a row": xml(400, "BadRow", f"row {ROW} of {upload_url()}"),
    "a row for a code": xml(400, ROW.split(",", maxsplit=1)[0]),
    "a row beside its code": xml(400, "BadRow", more=f"<Row>{ROW}</Row>"),
    "a signature": xml(403, "SignatureDoesNotMatch", f"X-Amz-Signature: {SIGNATURE}, {SIGNATURE} and AKIA{SIGNATURE}"),
    "a signature for a code": xml(403, f"A{SIGNATURE}"),
    "a row for a request id": evolve(STORED, status=403, headers={"x-amz-request-id": ROW}),
    "a signature for a request id": evolve(STORED, status=403, headers={"x-amz-request-id": SIGNATURE}),
}


@pytest.mark.parametrize("driver", [synchronous, asynchronous])
@pytest.mark.parametrize("echo", ECHOES)
def test_what_the_api_repeats_is_not_told(driver: Drive, echo: str, log: Kept) -> None:
    """In none of its words: not in an error and its attributes, and not in a log."""
    CreatedImport(import_id=import_id(), url=upload_url(), file_size=1)
    told = driver(lambda _: wait(STORE, import_id(), TRIES, timeout=60), ECHOES[echo])
    assert isinstance(told.outcome, errors.MemoryImportsError)
    assert [] == [line for line in (*log.lines, str(told.outcome), repr(vars(told.outcome))) if leaks(line)]


@pytest.mark.parametrize("driver", [synchronous, asynchronous])
@pytest.mark.parametrize("echo", STORE_ECHOES)
def test_what_the_object_store_repeats_is_not_told(driver: Drive, echo: str, log: Kept) -> None:
    """Of its error nothing but a code and an id, where these look like one."""

    def flow(base: str) -> Flow[None]:
        created = CreatedImport(import_id=import_id(), url=upload_url(host=base), file_size=len(CONTENT))
        return upload(Upload(store_id=STORE, created=created, body=body_of(CONTENT)), TRIES)

    told = driver(flow, [STORE_ECHOES[echo]])
    assert isinstance(told.outcome, errors.UploadRefused)
    # The HTTP library's own lines tell headers, in which a row is not known again.
    lines = [line for line in log.lines if line.startswith("memory_imports") or ROW not in line]
    assert [] == [line for line in (*lines, str(told.outcome), repr(vars(told.outcome))) if leaks(line)]
    assert told.outcome.code in {None, "BadRow", "SignatureDoesNotMatch"}

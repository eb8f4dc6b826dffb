"""Progress: absolute figures, right across retries; and a callback that raises ends everything."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import pytest

from memory_imports import _flow, errors
from memory_imports._body import CHUNK, body_of
from memory_imports._effects import Flow
from memory_imports._flow import Upload
from memory_imports.models import CreatedImport, Progress
from tests.flows.scenarios import scenario
from tests.flows.scenarios.scenario import CONTENT, TRIES, Place
from tests.support.drivers import DRIVERS, MakeFlow, Told
from tests.support.replies import LOST, REQUEST_ID, STORE, STORED, created, import_id, status, upload_url, xml
from tests.support.wire import Answer

Drive = Callable[[MakeFlow, Sequence[Answer]], Told]
BIG = bytes(2 * CHUNK + 1)
HEADER = CONTENT.index(b"\n") + 1

pytestmark = pytest.mark.parametrize("driver", DRIVERS.values(), ids=DRIVERS)


def to(base: str, told: Callable[[int], None]) -> Flow[None]:
    """Upload two chunks and one byte."""
    made = CreatedImport(import_id=import_id(), url=upload_url(host=base), file_size=len(BIG))
    return _flow.upload(Upload(store_id=STORE, created=made, body=body_of(BIG), on_sent=told), TRIES)


def test_figures_rise_to_the_total_and_a_retry_starts_again(driver: Drive) -> None:
    """One attempt after the other, each from 0 to the end."""
    told: list[int] = []
    driver(lambda base: to(base, told.append), [xml(503, "SlowDown"), STORED])
    attempt = [0, CHUNK, 2 * CHUNK, 2 * CHUNK + 1]
    assert attempt + attempt == told


def test_figures_end_at_the_total_although_the_answer_was_lost(driver: Drive) -> None:
    """The file is there: so the last figure says so."""
    told: list[int] = []
    driver(lambda base: to(base, told.append), [LOST, status("PROCESSING")])
    assert len(BIG) == told[-1]


def test_a_run_tells_its_phases(driver: Drive, tmp_path: Path) -> None:
    """Checking, creating, uploading, processing: always with the total, and the import once it is known."""
    told: list[Progress] = []
    driver(
        lambda base: scenario.run_file(tell=told.append)(Place(folder=tmp_path, base=base)),
        [created(), STORED, status("PENDING"), status("COMPLETED")],
    )
    size, rows, name = len(CONTENT), CONTENT.count(b"\n") - 1, import_id()
    of_part = partial(Progress, part=0, bytes_total=size, rows=rows)
    assert [
        *(Progress(phase="checking", bytes_sent=read, bytes_total=size) for read in (0, HEADER, size) * 2),
        of_part(phase="creating"),
        *(of_part(phase="uploading", bytes_sent=sent, import_id=name, request_id=REQUEST_ID) for sent in (0, size)),
        *(
            of_part(phase="processing", bytes_sent=size, import_id=name, state=state, request_id=REQUEST_ID)
            for state in ("PENDING", "COMPLETED")
        ),
    ] == told


@pytest.mark.parametrize("kind", [ZeroDivisionError, StopIteration, errors.CallerError])
@pytest.mark.parametrize("phase", ["checking", "creating", "uploading", "processing"])
def test_a_callback_that_raises_ends_the_run_with_its_exception(
    driver: Drive, phase: str, kind: type[Exception], tmp_path: Path
) -> None:
    """In every phase; a generator makes a RuntimeError of StopIteration, by Python's rule."""

    def tell(progress: Progress) -> None:
        if progress.phase == phase:
            raise kind("stop")

    told = driver(
        lambda base: scenario.run_file(tell=tell)(Place(folder=tmp_path, base=base)),
        [created(), STORED, status("COMPLETED")],
    )
    assert isinstance(told.outcome, (kind, RuntimeError) if kind is StopIteration else kind), told.outcome
    methods = [request.method for request in told.script.requests]
    assert {"checking": [], "creating": [], "uploading": ["POST"], "processing": ["POST", "PUT", "GET"]}[
        phase
    ] == methods

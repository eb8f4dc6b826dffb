"""An error names the last request that anybody can ask the vendor about."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from memory_imports import _flow, errors
from tests.flows.scenarios.scenario import CONTENT, MAPPINGS, TRIES
from tests.support.drivers import simulated
from tests.support.replies import LOST, REQUEST_ID, STORE, error, import_id, status
from tests.support.wire import Answer

Start = Callable[[], Any]


def waiting() -> Any:  # noqa: ANN401 - a flow
    """Wait for ten seconds."""
    return _flow.wait(STORE, import_id(), TRIES, timeout=10)


def creating() -> Any:  # noqa: ANN401 - a flow
    """Create an import."""
    return _flow.create(STORE, "people.csv", len(CONTENT), MAPPINGS, TRIES)


@pytest.mark.parametrize(
    ("start", "answers", "kind"),
    [
        (waiting, [status("PENDING")] * 20, errors.WaitTimeout),
        (waiting, [error(20500, 500)] * 60, errors.WaitTimeout),
        (creating, [LOST, *[error(20500, 500)] * 60], errors.ConnectionLost),
    ],
)
def test_an_error_of_this_side_names_the_last_request(
    start: Start, answers: Sequence[Answer], kind: type[Exception]
) -> None:
    """The service answered, although not what was wanted."""
    told = simulated(lambda _: start(), answers)
    assert isinstance(told.outcome, kind), told.outcome
    assert isinstance(told.outcome, errors.MemoryImportsError)
    assert REQUEST_ID == told.outcome.request_id

"""Waiting for an import: polling, unknown words, time that runs out."""

from memory_imports import errors
from memory_imports.models import ImportStatus
from tests.flows.scenarios.scenario import Scenario, wait, wait_twice
from tests.support.replies import LOST, STORE, answer, error, import_id, status

SCENARIOS = [
    Scenario(
        name="wait",
        start=wait(),
        meets=[status("PENDING"), status("PROCESSING"), status("COMPLETED", summary={"errors": 2})],
        sent="GET GET GET",
        ends=ImportStatus,
        facts={"state": "COMPLETED", "errors": 2, "warnings": 0},
        slept=[1.0, 1.0],
    ),
    Scenario(name="wait, already over", start=wait(timeout=0), meets=[status("FAILED")], sent="GET", ends=ImportStatus),
    Scenario(
        name="wait, an old import is asked about less often",
        start=wait(timeout=10_000),
        meets=[status("PROCESSING", since=-1000), status("PROCESSING", since=-9000), status(since=-1000)],
        sent="GET GET GET",
        ends=ImportStatus,
        slept=[200.0, 600.0],
    ),
    Scenario(
        name="wait, back and forth",
        start=wait(),
        meets=[status(word) for word in ("PROCESSING", "PENDING", "PROCESSING", "COMPLETED")],
        sent="GET GET GET GET",
        ends=ImportStatus,
        facts={"state": "COMPLETED"},
    ),
    Scenario(
        name="wait, out of time",
        start=wait(timeout=2.5),
        meets=[status("PENDING"), status("PROCESSING"), status("PROCESSING"), status("PROCESSING")],
        sent="GET GET GET GET",
        ends=errors.WaitTimeout,
        facts={"import_id": import_id(), "state": "PROCESSING", "waited": 2.5},
        words=("PROCESSING", "same id"),
        slept=[1.0, 1.0, 0.5],
    ),
    Scenario(
        name="wait, out of time and gone on",
        start=wait_twice(timeout=1),
        meets=[status("PENDING"), status("PENDING"), status("PROCESSING"), status("COMPLETED")],
        sent="GET GET GET GET",
        ends=ImportStatus,
    ),
    Scenario(
        name="wait, a word nobody knows until the deadline",
        start=wait(timeout=2),
        meets=[status("DREAMING")] * 3,
        sent="GET GET GET",
        ends=errors.UnknownState,
        facts={"word": "DREAMING", "import_id": import_id(), "state": "DREAMING", "request_id": "RQ1"},
        slept=[1.0, 1.0],
    ),
    Scenario(
        name="wait, a word nobody knows and then the end",
        start=wait(),
        meets=[status("PENDING"), status("DREAMING"), status("COMPLETED")],
        sent="GET GET GET",
        ends=ImportStatus,
    ),
    Scenario(
        name="wait, lost for good",
        start=wait(),
        meets=[status("PROCESSING"), *[LOST] * 6],
        sent=" ".join(["GET"] * 7),
        ends=errors.ConnectionLost,
        facts={"import_id": import_id(), "state": "PROCESSING"},
    ),
    Scenario(
        name="wait, refused after a word nobody knows",
        start=wait(),
        meets=[status("DREAMING"), error(20003, 401)],
        sent="GET GET",
        ends=errors.CredentialsRefused,
        facts={"state": "DREAMING"},
    ),
    Scenario(
        name="wait, refused at once",
        start=wait(),
        meets=[error(20404, 404)],
        sent="GET",
        ends=errors.NotFound,
        facts={"state": None, "import_id": import_id()},
    ),
    Scenario(
        name="wait, a retry that would pass the deadline is not made",
        start=wait(timeout=5),
        meets=[error(20429, 429, retry_after="6")],
        sent="GET",
        ends=errors.RateLimited,
        facts={"retry_after": 6.0},
        slept=[],
    ),
    Scenario(
        name="wait, an answer that is no JSON",
        start=wait(),
        meets=[answer(200, STORE)],
        sent="GET",
        ends=errors.ContractBroken,
        facts={"import_id": import_id()},
    ),
]

"""Creating an import: refusals, retries, and answers that were lost."""

from memory_imports import errors
from memory_imports.models import CreatedImport
from tests.flows.scenarios.scenario import CONTENT, Scenario, create
from tests.support import replies
from tests.support.replies import CLOSED, LOST, REFUSED, UNREAD, created, html, import_id, page, status
from tests.support.simulated import EPOCH

_MINE = {"fileSize": len(CONTENT)}
_LISTED = (page(7), status("PENDING", **_MINE))

SCENARIOS = [
    Scenario(
        name="create",
        start=create(),
        meets=[created()],
        sent="POST",
        ends=CreatedImport,
        facts={"import_id": import_id(), "file_size": len(CONTENT), "abandoned": (), "request_id": "RQ1"},
        slept=[],
    ),
    Scenario(
        name="create, connection refused to the end",
        start=create(),
        meets=[REFUSED] * 6,
        sent="",
        ends=errors.ConnectionLost,
        facts={"sent": False, "import_id": None},
    ),
    Scenario(
        name="create, connection refused to the end after an answer that was lost",
        start=create(),
        meets=[LOST, page(), *[REFUSED] * 5],
        sent="POST GET",
        ends=errors.ConnectionLost,
        facts={"sent": True, "import_id": None},
    ),
    Scenario(
        name="create, connection refused then success",
        start=create(),
        meets=[REFUSED, created()],
        sent="POST",
        ends=CreatedImport,
        facts={"abandoned": ()},
        slept=[0.25],
    ),
    *(
        Scenario(
            name=f"create, {how} and an orphan left behind",
            start=create(),
            meets=[lost, *_LISTED, created(8)],
            sent="POST GET GET POST",
            ends=CreatedImport,
            facts={"import_id": import_id(8), "abandoned": (import_id(7),)},
        )
        for how, lost in {
            "reset": LOST,
            "reset early": UNREAD,
            "closed": CLOSED,
            "502": html(502),
            "a page": html(200),
        }.items()
    ),
    Scenario(
        name="create, answer lost and nothing left behind",
        start=create(),
        meets=[LOST, page(), created()],
        sent="POST GET POST",
        ends=CreatedImport,
        facts={"abandoned": ()},
    ),
    *(
        Scenario(
            name=f"create, answer lost and an import that is not ours: {why}",
            start=create(),
            meets=[LOST, page(7), seen, created()],
            sent="POST GET GET POST",
            ends=CreatedImport,
            facts={"abandoned": ()},
        )
        for why, seen in {
            "other name": status("PENDING", filename="other.csv"),
            "other size": status("PENDING", fileSize=1),
            "under way": status("PROCESSING"),
            "too old": status("PENDING", since=-60),
            "other mappings": status(
                "PENDING",
                columnMappings=[{"columnName": c, "traitGroup": "G", "traitName": c} for c in ("a", "b")],
            ),
            "a word nobody knows": status("DREAMING"),
            "gone": replies.error(20404, 404),
        }.items()
    ),
    Scenario(
        name="create, answer lost and older imports not asked about",
        start=create(),
        meets=[LOST, page(7, 6, 5), status("PENDING"), status("PENDING", since=-60), created(8)],
        sent="POST GET GET GET POST",
        ends=CreatedImport,
        facts={"abandoned": (import_id(7),)},
    ),
    Scenario(
        name="create, answer lost and the listing too",
        start=create(),
        meets=[LOST, *[LOST] * 6],
        sent="POST" + " GET" * 6,
        ends=errors.ConnectionLost,
        facts={"import_id": None},
        words=("whether it made an import", "Nothing was uploaded"),
    ),
    Scenario(
        name="create, every answer lost, orphans named",
        start=create(),
        meets=[*[LOST, page()] * 5, LOST, *_LISTED],
        sent="POST GET " * 5 + "POST GET GET",
        ends=errors.ConnectionLost,
        facts={"import_id": import_id(7)},
        words=("6 times",),
    ),
    Scenario(
        name="create, every answer a 500, orphans named",
        start=create(),
        meets=[*[replies.error(20500, 500), page()] * 5, replies.error(20500, 500), *_LISTED],
        sent="POST GET " * 5 + "POST GET GET",
        ends=errors.ServiceUnavailable,
        facts={"import_id": import_id(7), "status": 500},
    ),
    Scenario(
        name="create, a deadline binds the look for orphans too",
        start=create(deadline=EPOCH + 3),
        meets=[LOST, page(7), *[replies.error(20503, 503)] * 4],
        sent="POST GET GET GET GET GET",
        ends=errors.ConnectionLost,
        facts={"import_id": None, "reason": "status 503"},
        slept=[0.25, 0.25, 0.5, 1.0],
    ),
    Scenario(
        name="create, a URL that nothing can be sent to",
        start=create(),
        meets=[LOST, page(7), status("PENDING"), created(url="/relative")],
        sent="POST GET GET POST",
        ends=errors.ContractBroken,
        facts={"import_id": import_id(), "abandoned": (import_id(7), import_id())},
    ),
    Scenario(
        name="create, clock of the service an hour ahead",
        start=create(),
        meets=[created(date=replies.at(3600))],
        sent="POST",
        ends=CreatedImport,
        facts={"expires_at": replies.START.fromtimestamp(EPOCH - 1800, replies.START.tzinfo)},
    ),
]

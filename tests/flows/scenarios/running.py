"""Running a file or a part: from nothing, and from wherever an earlier run was interrupted."""

from memory_imports import errors
from memory_imports.models import PartResult, RunResult
from tests.flows.scenarios.scenario import CONTENT, Scenario, run, run_file
from tests.support.replies import LOST, STORED, created, error, import_id, page, status, upload_url, xml

_THROUGH = (created(), STORED, status("COMPLETED"))
_EXPIRED = xml(403, "AccessDenied", "Request has expired")
_NEW = {"import_id": import_id(), "state": "COMPLETED"}
_OLD = {"import_id": import_id(9), "state": "COMPLETED"}

SCENARIOS = [
    Scenario(
        name="run",
        start=run_file(),
        meets=[created(), STORED, status("PENDING"), status("COMPLETED", summary={"errors": 0})],
        sent="POST PUT GET GET",
        ends=RunResult,
        facts={"outcome": "completed", "rows": 2, "bytes": len(CONTENT), "problems": ()},
    ),
    Scenario(
        name="run, with row errors",
        start=run_file(),
        meets=[created(), STORED, status("COMPLETED", summary={"errors": 1, "warnings": 3})],
        sent="POST PUT GET",
        ends=RunResult,
        facts={"outcome": "completed_with_errors"},
    ),
    Scenario(
        name="run, failed",
        start=run_file(),
        meets=[created(), STORED, status("FAILED")],
        sent="POST PUT GET",
        ends=RunResult,
        facts={"outcome": "failed"},
    ),
    Scenario(
        name="run, a file not followed",
        start=run_file(follow=False),
        meets=[created(), STORED],
        sent="POST PUT",
        ends=RunResult,
        facts={"outcome": "uploaded"},
    ),
    Scenario(
        name="run, an orphan left behind is a note",
        start=run_file(),
        meets=[LOST, page(7), status("PENDING", fileSize=len(CONTENT)), *_THROUGH],
        sent="POST GET GET POST PUT GET",
        ends=RunResult,
        facts={"outcome": "completed"},
    ),
    Scenario(
        name="run, URL ended once",
        start=run(),
        meets=[created(url=upload_url(ends=-1)), created(2), STORED, status("COMPLETED")],
        sent="POST POST PUT GET",
        ends=PartResult,
        facts={"import_id": import_id(2), "abandoned": (import_id(),)},
    ),
    Scenario(
        name="run, URL ended twice",
        start=run(),
        meets=[created(), _EXPIRED, created(2), _EXPIRED],
        sent="POST PUT POST PUT",
        ends=errors.UploadExpired,
        facts={"import_id": import_id(2)},
    ),
    Scenario(
        name="run, upload refused",
        start=run(),
        meets=[created(), xml(403, "AccessDenied")],
        sent="POST PUT",
        ends=errors.UploadRefused,
        facts={"import_id": import_id()},
    ),
    Scenario(
        name="run, out of time",
        start=run(timeout=2),
        meets=[created(), STORED, *[status("PENDING")] * 3],
        sent="POST PUT GET GET GET",
        ends=errors.WaitTimeout,
        facts={"import_id": import_id(), "state": "PENDING"},
    ),
    Scenario(
        name="run, not followed",
        start=run(follow=False),
        meets=[created(), STORED],
        sent="POST PUT",
        ends=PartResult,
        facts={"import_id": import_id(), "state": None, "request_ids": ("RQ1",)},
    ),
    Scenario(
        name="run, gone on from creating, nothing made",
        start=run("creating", known=None),
        meets=[page(), *_THROUGH],
        sent="GET POST PUT GET",
        ends=PartResult,
        facts={**_NEW, "abandoned": ()},
    ),
    Scenario(
        name="run, gone on from creating, an orphan made",
        start=run("creating", known=None),
        meets=[page(9), status("PENDING", since=-10), *_THROUGH],
        sent="GET GET POST PUT GET",
        ends=PartResult,
        facts={**_NEW, "abandoned": (import_id(9),)},
    ),
    Scenario(
        name="run, refused",
        start=run(),
        meets=[error(20404, 404)],
        sent="POST",
        ends=errors.NotFound,
        facts={"import_id": None},
    ),
    Scenario(
        name="run, refused after an answer that was lost",
        start=run(),
        meets=[LOST, page(9), status("PENDING"), error(20404, 404)],
        sent="POST GET GET POST",
        ends=errors.NotFound,
        facts={"import_id": import_id(9)},
    ),
    Scenario(
        name="run, gone on from created",
        start=run("created"),
        meets=_THROUGH,
        sent="POST PUT GET",
        ends=PartResult,
        facts={**_NEW, "abandoned": (import_id(9),)},
    ),
    *(
        Scenario(
            name=f"run, gone on from uploading, it had arrived: {word}",
            start=run("uploading"),
            meets=[status(word), status("COMPLETED")],
            sent="GET GET",
            ends=PartResult,
            facts={**_OLD, "abandoned": ()},
        )
        for word in ("PROCESSING", "COMPLETED", "DREAMING")
    ),
    Scenario(
        name="run, gone on from uploading, noticed late",
        start=run("uploading"),
        meets=[status("PENDING"), status("PROCESSING"), status("COMPLETED")],
        sent="GET GET GET",
        ends=PartResult,
        facts=_OLD,
    ),
    Scenario(
        name="run, gone on from uploading, it had not arrived",
        start=run("uploading"),
        meets=[*[status("PENDING")] * 5, *_THROUGH],
        sent="GET GET GET GET GET POST PUT GET",
        ends=PartResult,
        facts={**_NEW, "abandoned": (import_id(9),)},
        slept=[2.0, 5.0, 10.0, 18.0],
    ),
    Scenario(
        name="run, gone on from uploading, noticed half a minute late",
        start=run("uploading"),
        meets=[*[status("PENDING")] * 4, status("PROCESSING"), status("COMPLETED")],
        sent="GET GET GET GET GET GET",
        ends=PartResult,
        facts=_OLD,
    ),
    Scenario(
        name="run, gone on from uploading, too little time to know",
        start=run("uploading", timeout=5),
        meets=[status("PENDING")] * 2,
        sent="GET GET",
        ends=errors.WaitTimeout,
        facts={"import_id": import_id(9), "state": "PENDING"},
        slept=[2.0],
    ),
    Scenario(
        name="run, gone on from uploaded",
        start=run("uploaded"),
        meets=[status("COMPLETED")],
        sent="GET",
        ends=PartResult,
        facts=_OLD,
    ),
    Scenario(
        name="run, gone on from uploaded, not followed",
        start=run("uploaded", follow=False),
        meets=[],
        sent="",
        ends=PartResult,
        facts={"import_id": import_id(9), "state": None},
    ),
    Scenario(
        name="run, a deadline binds the question whether the file arrived",
        start=run(timeout=3),
        meets=[created(), LOST, *[error(20503, 503)] * 4],
        sent="POST PUT GET GET GET GET",
        ends=errors.ServiceUnavailable,
        facts={"import_id": import_id()},
    ),
]

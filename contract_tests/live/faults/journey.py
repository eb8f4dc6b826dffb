"""Faults of an import on its way to its end."""

from live.changes import counting_late, drop, put, put_away, status_machine, wandering, wavering
from live.faulty import Fault, body
from memory_imports_sandbox import Settings

_BUSY = Settings(pending_seconds=0.05, processing_seconds=0.5)
FAULTS = (
    Fault(
        "updatedAt before createdAt",
        "updated-at",
        on_reply=body(put("2025-01-01T00:00:00Z", "updatedAt"), "fetch"),
        level="create",
    ),
    Fault("updatedAt never moves", "updated-at", on_reply=body(lambda d: {**d, "updatedAt": d["createdAt"]}, "fetch")),
    Fault("updatedAt vanished", "field-vanished", on_reply=body(drop("updatedAt"), "fetch")),
    Fault("what has ended is put away", "import-not-fetched", on_reply=put_away(after=2)),
    Fault("fileSize vanished", "field-vanished", on_reply=body(drop("fileSize"), "fetch")),
    Fault("mappings vanished", "field-vanished", on_reply=body(drop("columnMappings"), "fetch")),
    Fault("summary vanished", "field-vanished", on_reply=body(drop("summary"), "fetch")),
    Fault(
        "summary null while pending",
        "answer-null",
        on_reply=body(lambda d: {**d, "summary": d.get("summary")}, "fetch"),
        level="create",
    ),
    Fault(
        "created as PROCESSING",
        "not-pending",
        on_reply=body(put(lambda s: "PROCESSING" if s == "PENDING" else s, "status"), "fetch"),
        level="create",
    ),
    Fault("never ends", "import-never-ends", settings=Settings(pending_seconds=9999)),
    Fault(
        "good file fails",
        "good-file-failed",
        on_reply=body(put(lambda s: "FAILED" if s == "COMPLETED" else s, "status"), "fetch"),
    ),
    Fault(
        "broken file completes",
        "broken-file-completed",
        on_reply=body(
            lambda d: {**d, "status": "COMPLETED"} if "broken" in d["filename"] and d["status"] == "FAILED" else d,
            "fetch",
        ),
    ),
    Fault(
        "many bad rows complete",
        "row-errors-tolerance",
        on_reply=body(
            lambda d: {**d, "status": "COMPLETED"} if "many" in d["filename"] and d["status"] == "FAILED" else d,
            "fetch",
        ),
    ),
    Fault("createdAt moves", "created-at-changes", on_reply=wandering("drift.csv"), level="create"),
    Fault("createdAt moves on the way", "created-at-changes", on_reply=wandering("Drift ")),
    Fault("bad rows are counted late", "summary-counts", on_reply=counting_late("errors")),
    Fault("goes back to the queue", "status-goes-back", on_reply=wavering(), settings=_BUSY),
    Fault("goes back", "status-goes-back", on_reply=status_machine()),
)

"""Faults of statuses and of the error object."""

from live.changes import ALL, drop, put, rename
from live.faulty import Fault, body, code, head

FAULTS = (
    Fault("create answers 200", "success-status", on_reply=code(201, 200, "create"), level="create"),
    Fault("create answers 202", "success-status", on_reply=code(201, 202, "create"), level="create"),
    Fault("list answers 206", "success-status", on_reply=code(200, 206, "list"), level="read"),
    Fault("400 is 422", "refusal-status", on_reply=code(400, 422, *ALL), level="read"),
    Fault("400 is 422 on create", "refusal-status", on_reply=code(400, 422, "create"), level="read"),
    Fault("status only outside", "error-status", on_reply=body(put(400, "status"), *ALL, status=404), level="read"),
    Fault(
        "error code of another error", "error-code", on_reply=body(put(20404, "code"), *ALL, status=401), level="read"
    ),
    Fault("error code unknown", "error-code", on_reply=body(put(20004, "code"), *ALL, status=401), level="read"),
    Fault("error code too large", "answer-range", on_reply=body(put(1000000, "code"), *ALL, status=404), level="read"),
    Fault("error code as text", "answer-type", on_reply=body(put(str, "code"), *ALL, status=400), level="read"),
    Fault(
        "error with one more field",
        "answer-field-unknown",
        on_reply=body(lambda d: {**d, "details": {}}, *ALL, status=400),
        level="read",
    ),
    Fault(
        "error more_info renamed",
        "answer-field-renamed",
        on_reply=body(rename("more_info", "moreInfo"), *ALL, status=401),
        level="read",
    ),
    Fault(
        "error more_info is no URL",
        "answer-format",
        on_reply=body(put("see the docs", "more_info"), *ALL, status=404),
        level="read",
    ),
    Fault(
        "error message too long",
        "answer-length",
        on_reply=body(put("x" * 1025, "message"), *ALL, status=400),
        level="read",
    ),
    Fault("error message null", "answer-null", on_reply=body(put(None, "message"), *ALL, status=401), level="read"),
    Fault(
        "errors are HTML", "content-type", on_reply=head("content-type", "text/html", *ALL, status=404), level="read"
    ),
    Fault("errors vanished", "field-vanished", on_reply=body(drop("summary", "errors"), "fetch")),
    Fault(
        "errors renamed",
        "answer-field-renamed",
        on_reply=body(lambda d: rename("errors", "failed")(d.get("summary", {})), "fetch"),
    ),
    Fault("errors wrong", "summary-counts", on_reply=body(put(0, "summary", "errors"), "fetch")),
    Fault("errors as text", "answer-type", on_reply=body(put(str, "summary", "errors"), "fetch")),
)

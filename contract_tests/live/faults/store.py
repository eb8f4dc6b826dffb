# ruff: noqa: PLR2004 - a fault is made of the very numbers that it gets wrong
"""Faults of the object store."""

from attrs import evolve

from live.changes import moving_on, put, undated
from live.faulty import QUICK, Fault, body, code, head, operation
from memory_imports_sandbox.messages import Reply

FAULTS = (
    Fault("upload answers 204", "upload-status", on_reply=code(200, 204, "upload")),
    Fault("upload without ETag", "upload-etag", on_reply=head("etag", None, "upload", status=200)),
    Fault(
        "upload refused",
        "upload-refused",
        on_reply=lambda q, r: evolve(r, status=403) if operation(q) == "upload" and r.status == 200 else r,
    ),
    Fault(
        "store errors are JSON",
        "object-error-form",
        on_reply=lambda q, r: (
            evolve(r, body=b'{"code": 403}', headers=(("content-type", "application/json"),))
            if operation(q) == "upload" and r.status >= 400
            else r
        ),
    ),
    Fault("store status 400 for a signature", "object-error-status", on_reply=code(403, 400, "upload")),
    Fault(
        "store has a code of its own",
        "object-error-status",
        on_reply=lambda q, r: (
            evolve(r, body=r.body.replace(b"SignatureDoesNotMatch", b"Forbidden")) if operation(q) == "upload" else r
        ),
    ),
    Fault("the date is not signed", "upload-unfit-accepted", on_reply=undated()),
    Fault(
        "store breaks on a signature",
        "upload-unfit-status",
        on_reply=lambda q, r: Reply(500) if operation(q) == "upload" and r.status == 403 else r,
    ),
    Fault(
        "chunked accepted",
        "upload-unfit-accepted",
        on_reply=lambda q, r: Reply(200) if operation(q) == "upload" and r.status == 501 else r,
    ),
    Fault(
        "two mechanisms accepted",
        "upload-unfit-accepted",
        on_upload=lambda q: evolve(q, headers=tuple(h for h in q.headers if h[0] != "authorization")),
    ),
    Fault(
        "signature ignored",
        "upload-unfit-accepted",
        on_reply=lambda q, r: (
            Reply(200) if operation(q) == "upload" and b"SignatureDoesNotMatch" in r.body and q.method == "PUT" else r
        ),
    ),
    Fault("moves on without a file", "refused-upload-counts", on_reply=moving_on("Drift probe")),
    Fault("url expires at once", "upload-url-expired", settings=evolve(QUICK, url_lifetime=2)),
    Fault(
        "one url for all",
        "upload-url-repeated",
        on_reply=body(put("http://127.0.0.1:1/x?Signature=1&Expires=9999999999&AWSAccessKeyId=2", "url"), "create"),
        level="create",
    ),
)

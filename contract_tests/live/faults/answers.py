"""Faults of what create and fetch answer."""

import re

from attrs import evolve

from live.changes import drop, earlier, put, rename, repeating
from live.faulty import Fault, body, head

FAULTS = (
    Fault(
        "answer is text",
        "content-type",
        on_reply=head("content-type", "text/plain", "fetch", status=200),
        level="create",
    ),
    Fault(
        "answer is packed",
        "content-encoding",
        on_reply=lambda _, r: evolve(r, headers=(*r.headers, ("content-encoding", "zstd"))),
        level="create",
    ),
    Fault(
        "importId renamed", "answer-field-renamed", on_reply=body(rename("importId", "id"), "create"), level="create"
    ),
    Fault("url renamed", "answer-field-renamed", on_reply=body(rename("url", "uploadUrl"), "create"), level="create"),
    Fault(
        "create answers one more field",
        "answer-field-unknown",
        on_reply=body(lambda d: {**d, "status": "PENDING"}, "create"),
        level="create",
    ),
    Fault(
        "importId too long",
        "answer-length",
        on_reply=body(put(lambda i: i + "000", "importId"), "create"),
        level="create",
    ),
    Fault(
        "importId of another shape",
        "created-id-shape",
        on_reply=body(put(lambda i: i.upper(), "importId"), "create"),
        level="create",
    ),
    Fault(
        "ids of another shape everywhere",
        "created-id-shape",
        on_request=lambda q: evolve(q, path=q.path.replace("/mem_load_", "/mem_import_")),
        on_reply=lambda _, r: evolve(r, body=r.body.replace(b'"mem_import_', b'"mem_load_')),
        level="create",
    ),
    Fault(
        "ids too long everywhere",
        "answer-length",
        on_request=lambda q: evolve(q, path=q.path.replace("/mem_import_xxx", "/mem_import_")),
        on_reply=lambda _, r: evolve(r, body=r.body.replace(b'"mem_import_', b'"mem_import_xxx')),
        level="create",
    ),
    Fault("importId empty", "created-id-shape", on_reply=body(put("", "importId"), "create"), level="create"),
    Fault("every fifth importId is an old one", "created-id-repeated", on_reply=repeating(5), level="create"),
    Fault(
        "the signature has no date",
        "upload-url-unsigned",
        on_reply=body(put(lambda u: re.sub("X-Amz-Date=[^&]*&", "", u), "url"), "create"),
    ),
    Fault("url with a line break", "upload-url-scheme", on_reply=body(put(lambda u: u + "\n", "url"), "create")),
    Fault("filename trimmed", "echo-differs", on_reply=body(put(str.strip, "filename"), "fetch"), level="create"),
    Fault("importId as number", "answer-type", on_reply=body(put(7, "importId"), "create"), level="create"),
    Fault(
        "url too long",
        "answer-length",
        on_reply=body(put(lambda u: u + "&x=" + "y" * 2048, "url"), "create"),
        level="create",
    ),
    Fault(
        "createdAt without zone",
        "answer-format",
        on_reply=body(put(lambda t: t.rstrip("Z"), "createdAt"), "fetch"),
        level="create",
    ),
    Fault("createdAt as number", "answer-type", on_reply=body(put(1764000000, "createdAt"), "fetch"), level="create"),
    Fault(
        "createdAt is an hour off",
        "created-at",
        on_reply=body(put("2025-01-01T00:00:00Z", "createdAt"), "fetch"),
        level="create",
    ),
    Fault(
        "createdAt by a local clock", "created-at", on_reply=body(put(earlier, "createdAt"), "fetch"), level="create"
    ),
    Fault("fileSize renamed", "answer-field-renamed", on_reply=body(rename("fileSize", "file_size"), "fetch")),
    Fault("fileSize as text", "answer-type", on_reply=body(put(str, "fileSize"), "fetch"), level="create"),
    Fault("filename vanished", "answer-field-missing", on_reply=body(drop("filename"), "fetch"), level="create"),
    Fault("filename in capitals", "echo-differs", on_reply=body(put(str.upper, "filename"), "fetch"), level="create"),
    Fault("filename cut", "echo-differs", on_reply=body(put(lambda t: t[:100], "filename"), "fetch"), level="create"),
    Fault(
        "fileSize in KiB",
        "echo-differs",
        on_reply=body(put(lambda n: n // 1024 + 1, "fileSize"), "fetch"),
        level="create",
    ),
    Fault(
        "mappings turned around",
        "echo-differs",
        on_reply=body(put(lambda m: m[::-1], "columnMappings"), "fetch"),
        level="create",
    ),
    Fault("status in lower case", "answer-enum", on_reply=body(put(str.lower, "status"), "fetch"), level="create"),
    Fault(
        "status DONE",
        "answer-enum",
        on_reply=body(put(lambda s: "DONE" if s == "COMPLETED" else s, "status"), "fetch"),
    ),
)

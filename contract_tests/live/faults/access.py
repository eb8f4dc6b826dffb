# ruff: noqa: PLR2004 - a fault is made of the very numbers that it gets wrong
"""Faults of who may do what, and of 429."""

import re

from attrs import evolve

from live.changes import ALL, GOOD, OTHER_STORE, STORE, method, rate_limited
from live.faulty import Fault, code, operation
from memory_imports_sandbox.messages import Reply, problem

_OTHER_STORE = f"/(?!{STORE})mem_store_[0-7][0-9a-z]{{25}}/"
FAULTS = (
    Fault("401 is 403", "unauthorized-status", on_reply=code(401, 403, *ALL), level="read"),
    Fault("401 is 404 on fetch", "unauthorized-status", on_reply=code(401, 404, "fetch"), level="read"),
    Fault("404 is 400 on fetch", "unknown-import-status", on_reply=code(404, 410, "fetch"), level="read"),
    Fault(
        "a strange store is forbidden",
        "unknown-store-status",
        on_request=lambda q: problem(403, "no") if re.search(OTHER_STORE, q.path) else q,
        level="read",
    ),
    Fault(
        "a space after an id is overlooked",
        "malformed-id-accepted",
        on_request=lambda q: evolve(q, path=q.path.removesuffix("%20")),
        level="create",
    ),
    Fault("429 without Retry-After", "retry-after-missing", on_request=rate_limited(), level="read"),
    Fault(
        "429 with a date",
        "retry-after-form",
        on_request=rate_limited(("retry-after", "Wed, 21 Oct 2026 07:28:00 GMT")),
        level="read",
    ),
    Fault(
        "auth ignored on list",
        "credentials-ignored",
        on_request=lambda q: (
            evolve(q, headers=(*(h for h in q.headers if h[0] != "authorization"), ("authorization", GOOD)))
            if operation(q) == "list"
            else q
        ),
        level="read",
    ),
    Fault("delete works", "undocumented-method-accepted", on_request=method("DELETE", 204), level="read"),
    Fault(
        "405 is 409",
        "undocumented-method-status",
        on_reply=lambda q, r: problem(409, "no", code=409) if r.status == 405 else r,  # noqa: ARG005 - whoever asks
        level="read",
    ),
    Fault(
        "Allow names another method",
        "method-allow",
        on_reply=lambda _, r: evolve(
            r, headers=tuple((n, f"{v}, PUT") if n == "allow" else (n, v) for n, v in r.headers)
        ),
        level="read",
    ),
    Fault(
        "path in the singular",
        "undocumented-path",
        on_request=lambda q: evolve(q, path=q.path + "s") if q.path.endswith("/Import") else q,
        level="read",
    ),
    Fault(
        "ids cut to their length",
        "malformed-id-accepted",
        on_request=lambda q: evolve(q, path=re.sub("(mem_import_[0-7][0-9a-z]{25})[0-9a-z]+$", r"\1", q.path)),
        level="create",
    ),
    Fault(
        "one digit too many is looked for",
        "malformed-id-accepted",
        on_request=lambda q: (
            problem(404, "no")
            if re.search("mem_import_[0-9a-z]{27}$", q.path) and q.header("authorization") == GOOD
            else q
        ),
        level="read",
    ),
    Fault("patch breaks", "server-error", on_request=method("PATCH", 500), level="read"),
    Fault(
        "405 without Allow",
        "method-allow",
        on_reply=lambda _, r: evolve(r, headers=tuple(h for h in r.headers if h[0] != "allow")),
        level="read",
    ),
    Fault(
        "any store",
        "unknown-store-accepted",
        on_request=lambda q: evolve(q, path=re.sub("mem_(store|service)_[0-7][0-9a-z]{25}(?=/)", STORE, q.path)),
        level="read",
    ),
    Fault(
        "unknown store is an empty one",
        "unknown-store-accepted",
        on_reply=lambda q, r: (
            Reply(200, (("content-type", "application/json"),), b'{"imports": []}')
            if operation(q) == "list" and r.status == 404
            else r
        ),
        level="read",
    ),
    Fault(
        "other mem_store malformed",
        "unknown-store-status",
        on_request=lambda q: problem(400, "no", code=520049) if re.search(_OTHER_STORE, q.path) else q,
        level="read",
    ),
    Fault(
        "mem_service unheard of",
        "unknown-store-status",
        on_request=lambda q: problem(400, "no", code=520049) if "mem_service_" in q.path else q,
        level="read",
    ),
    Fault(
        "unknown import is PENDING",
        "unknown-import-accepted",
        on_reply=lambda q, r: (
            Reply(
                200,
                (("content-type", "application/json"),),
                b'{"status": "PENDING", "filename": "x", "createdAt": "2026-01-01T00:00:00Z"}',
            )
            if operation(q) == "fetch" and r.status == 404
            else r
        ),
        level="read",
    ),
)

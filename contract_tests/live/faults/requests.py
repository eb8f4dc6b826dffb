# ruff: noqa: PLR2004 - a fault is made of the very numbers that it gets wrong
"""Faults of what is accepted and what is refused."""

import json

from attrs import evolve

from live.changes import refuse_if
from live.faulty import Fault, operation, sent
from live.pages import query
from live.stranger import is_good
from memory_imports_contract.live.samples import good_body
from memory_imports_sandbox.messages import Reply, problem

_GOOD = json.dumps(good_body()).encode()
FAULTS = (
    Fault(
        "filename limit 200",
        "limit-tightened",
        on_request=refuse_if(lambda d: len(d["filename"]) > 200),
        level="create",
    ),
    Fault("filename not empty", "limit-tightened", on_request=refuse_if(lambda d: d["filename"] == ""), level="create"),
    Fault(
        "filename in bytes",
        "limit-tightened",
        on_request=refuse_if(lambda d: len(d["filename"].encode()) > 255 >= len(d["filename"])),
        level="create",
    ),
    Fault(
        "filename in units of UTF-16",
        "limit-tightened",
        on_request=refuse_if(lambda d: len(d["filename"].encode("utf-16-le")) > 510 >= 2 * len(d["filename"])),
        level="create",
    ),
    Fault(
        "filename limit 300",
        "limit-loosened",
        on_request=sent(lambda d: {**d, "filename": d["filename"][:255]} if len(d["filename"]) < 300 else d),
        level="create",
    ),
    Fault(
        "fileSize limit 10 MB",
        "limit-tightened",
        on_request=refuse_if(lambda d: d["fileSize"] > 10**7),
        level="create",
    ),
    Fault(
        "fileSize zero",
        "limit-loosened",
        on_request=sent(
            lambda d: {**d, "fileSize": d["fileSize"] or 1} if d["fileSize"] == 0 and d["fileSize"] is not False else d
        ),
        level="create",
    ),
    Fault(
        "fileSize as text accepted",
        "type-unchecked",
        on_request=sent(lambda d: {**d, "fileSize": int(d["fileSize"])} if d["fileSize"] == "7" else d),
        level="create",
    ),
    Fault(
        "fileSize true accepted",
        "type-unchecked",
        on_request=sent(lambda d: {**d, "fileSize": 1} if d["fileSize"] is True else d),
        level="create",
    ),
    Fault(
        "fifty mappings",
        "limit-tightened",
        on_request=refuse_if(lambda d: 50 < len(d["columnMappings"]) <= 100),
        level="create",
    ),
    Fault(
        "one mapping",
        "limit-loosened",
        on_request=sent(
            lambda d: {**d, "columnMappings": d["columnMappings"] * 2} if len(d["columnMappings"]) == 1 else d
        ),
        level="create",
    ),
    Fault(
        "filename optional",
        "required-unchecked",
        on_request=sent(lambda d: {"filename": "x", **d} if len(d) == 2 else d),
        level="create",
    ),
    Fault(
        "fourth field",
        "extra-field-accepted",
        on_request=sent(lambda d: {k: v for k, v in d.items() if k in ("filename", "fileSize", "columnMappings")}),
        level="create",
    ),
    Fault(
        "mapping with more",
        "extra-field-accepted",
        on_request=sent(
            lambda d: {**d, "columnMappings": [{k: m[k] for k in m if k != "unheardOf"} for m in d["columnMappings"]]}
        ),
        level="create",
    ),
    Fault(
        "no validation",
        "validation-missing",
        on_request=sent(
            lambda d: (
                d
                if is_good(d)
                else {
                    "filename": "x",
                    "fileSize": 7,
                    "columnMappings": [{"columnName": "e", "traitGroup": "C", "traitName": "email"}] * 2,
                }
            )
        ),
        level="create",
    ),
    Fault(
        "broken JSON is mended",
        "body-unchecked",
        on_request=lambda q: (
            evolve(q, body=_GOOD) if operation(q) == "create" and q.body.startswith(b"{") and b"}" not in q.body else q
        ),
        level="read",
    ),
    Fault(
        "names outside the first plane refused",
        "limit-tightened",
        on_request=refuse_if(lambda d: max(map(ord, json.dumps(d, ensure_ascii=False))) > 0xFFFF),
        level="create",
    ),
    Fault(
        "quotation marks refused",
        "generated-request-refused",
        on_request=refuse_if(lambda d: '"' in d["filename"]),
        level="create",
    ),
    Fault(
        "an order in foreign letters is overlooked",
        "generated-request-accepted",
        on_request=query("orderBy=[^&]*%[^&]*", ""),
        level="read",
    ),
    Fault("negative page sizes accepted", "limit-loosened", on_request=query("pageSize=-", "pageSize="), level="read"),
    Fault(
        "crash on umlauts",
        "server-error",
        on_request=lambda q: Reply(500, (("content-type", "application/json"),), b"{}") if b"\\u00e9" in q.body else q,
        level="create",
    ),
    Fault(
        "pageSize 1000 refused",
        "limit-tightened",
        on_request=lambda q: (
            problem(400, "no")
            if "pageSize=1000" in q.query and "pageSize=10001" not in q.query and q.header("authorization")
            else q
        ),
        level="read",
    ),
    Fault("pageSize 1001 accepted", "limit-loosened", on_request=query("pageSize=1001", "pageSize=1000"), level="read"),
    Fault("pageSize 0 accepted", "limit-loosened", on_request=query("pageSize=0", "pageSize=1"), level="read"),
    Fault("pageSize text accepted", "type-unchecked", on_request=query("pageSize=[a-z]+", "pageSize=1"), level="read"),
    Fault(
        "orderBy any word",
        "limit-loosened",
        on_request=query("orderBy=(?!ASC(?:&|$)|DESC(?:&|$))[^&]*", ""),
        level="read",
    ),
    Fault("orderBy in any case", "limit-loosened", on_request=query("orderBy=asc", "orderBy=ASC"), level="read"),
    Fault(
        "unknown tokens are not found",
        "refusal-status",
        on_request=lambda q: problem(404, "no") if "pageToken=made" in q.query and q.header("authorization") else q,
        level="read",
    ),
    Fault("any token accepted", "page-token-unchecked", on_request=query("pageToken=made[^&]*", ""), level="read"),
)

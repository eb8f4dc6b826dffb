"""Planted faults, each with the rule that has to name it. Faults only: no assertion, no server."""

import json
import re
from typing import Any

from attrs import evolve
from memory_imports_sandbox import Settings
from memory_imports_sandbox.messages import Reply, Request, problem

from live.stranger import _is_good
from live.faulty import QUICK, Fault, body, code, head, operation, sent

Json = Any  # a JSON value can be anything
ALL = ("create", "list", "fetch")
_seen: dict[str, int] = {}


def _refuse_if(condition: Any) -> Any:
    def on_request(request: Request) -> Request | Reply:
        if operation(request) == "create" and request.header("authorization"):
            try:
                document = json.loads(request.body)
                if condition(document):
                    return problem(400, "no", code=520046)
            except (ValueError, KeyError, TypeError, AttributeError):
                pass
        return request

    return on_request


def _rename(old: str, new: str) -> Any:
    def change(document: Json) -> None:
        if old in document:
            document[new] = document.pop(old)

    return change


def _drop(*path: str) -> Any:
    def change(document: Json) -> None:
        for step in path[:-1]:
            document = document.get(step, {})
        document.pop(path[-1], None)

    return change


def _put(value: Json, *path: str) -> Any:
    def change(document: Json) -> None:
        for step in path[:-1]:
            document = document.get(step, {})
        if path[-1] in document:
            document[path[-1]] = value(document[path[-1]]) if callable(value) else value

    return change


def _query(pattern: str, replacement: str) -> Any:
    def on_request(request: Request) -> Request:
        if operation(request) == "list":
            return evolve(request, query=re.sub(pattern, replacement, request.query).strip("&"))
        return request

    return on_request


def _in_list(change: Any) -> Any:
    return body(lambda document: {**document, "imports": change(document["imports"])}, "list")


def _no_auth(request: Request) -> Request:
    return request


def _rate_limited(header: Any) -> Any:
    def on_request(request: Request) -> Request | Reply:
        _seen["n"] = _seen.get("n", 0) + 1
        if operation(request) == "list" and _seen["n"] % 9 == 0:
            return problem(429, "slow down", *header)
        return request

    return on_request


def _status_machine(request: Request, reply: Reply) -> Reply:
    if operation(request) == "fetch" and reply.status == 200:
        document = json.loads(reply.body)
        key = request.path + document["status"]
        _seen[key] = _seen.get(key, 0) + 1
        if document["status"] == "COMPLETED" and _seen[key] > 1:
            return evolve(reply, body=reply.body.replace(b"COMPLETED", b"PROCESSING"))
    return reply


def _first_token(request: Request) -> Request:
    return evolve(request, query=re.sub(r"&?pageToken=[^&]*", "", request.query)) if operation(request) == "list" else request


def _skip_first(ids: list[str]) -> list[str]:
    return ids[1:] if len(ids) == 2 else ids


def _accept_bad_signature(request: Request) -> Request | Reply:
    return Reply(200, (("etag", '"0"'),)) if request.method == "PUT" else request


def _method(name: str, status: int) -> Any:
    def on_request(request: Request) -> Request | Reply:
        return Reply(status) if request.method == name and "/Imports" in request.path else request

    return on_request


_FETCHED = "fetch"
FAULTS = (
    Fault("create answers 200", "success-status", on_reply=code(201, 200, "create")),
    Fault("create answers 202", "success-status", on_reply=code(201, 202, "create")),
    Fault("list answers 206", "success-status", on_reply=code(200, 206, "list"), level="read"),
    Fault("400 is 422", "refusal-status", on_reply=code(400, 422, *ALL)),
    Fault("400 is 422 on create", "refusal-status", on_reply=code(400, 422, "create"), level="read"),
    Fault("401 is 403", "unauthorized-status", on_reply=code(401, 403, *ALL), level="read"),
    Fault("401 is 404 on fetch", "unauthorized-status", on_reply=code(401, 404, "fetch"), level="read"),
    Fault("404 is 400 on fetch", "unknown-import-status", on_reply=code(404, 410, "fetch"), level="read"),
    Fault("status only outside", "error-status", on_reply=body(_put(400, "status"), *ALL, status=404), level="read"),
    Fault("error code of another error", "error-code", on_reply=body(_put(20404, "code"), *ALL, status=401), level="read"),
    Fault("error code unknown", "error-code", on_reply=body(_put(20004, "code"), *ALL, status=401), level="read"),
    Fault("error code too large", "answer-range", on_reply=body(_put(1000000, "code"), *ALL, status=404), level="read"),
    Fault("error code as text", "answer-type", on_reply=body(_put(str, "code"), *ALL, status=400), level="read"),
    Fault("error with one more field", "answer-field-unknown", on_reply=body(lambda d: {**d, "details": {}}, *ALL, status=400)),
    Fault("error more_info renamed", "answer-field-unknown", on_reply=body(_rename("more_info", "moreInfo"), *ALL, status=401)),
    Fault("error more_info is no URL", "answer-format", on_reply=body(_put("see the docs", "more_info"), *ALL, status=404)),
    Fault("error message too long", "answer-length", on_reply=body(_put("x" * 1025, "message"), *ALL, status=400)),
    Fault("error message null", "answer-null", on_reply=body(_put(None, "message"), *ALL, status=401), level="read"),
    Fault("errors are HTML", "content-type", on_reply=head("content-type", "text/html", *ALL, status=404), level="read"),
    Fault("answer is text", "content-type", on_reply=head("content-type", "text/plain", "fetch", status=200)),
    Fault("list is not JSON", "not-json", on_reply=lambda q, r: evolve(r, body=r.body + b"]") if operation(q) == "list" and r.status == 200 else r, level="read"),
    Fault("importId renamed", "answer-field-renamed", on_reply=body(_rename("importId", "id"), "create")),
    Fault("url renamed", "answer-field-renamed", on_reply=body(_rename("url", "uploadUrl"), "create")),
    Fault("create answers one more field", "answer-field-unknown", on_reply=body(lambda d: {**d, "status": "PENDING"}, "create")),
    Fault("importId too long", "answer-length", on_reply=body(_put(lambda i: i + "000", "importId"), "create")),
    Fault("importId of another shape", "created-id-shape", on_reply=body(_put(lambda i: i.upper(), "importId"), "create")),
    Fault("importId as number", "answer-type", on_reply=body(_put(7, "importId"), "create")),
    Fault("url too long", "answer-length", on_reply=body(_put(lambda u: u + "&x=" + "y" * 2048, "url"), "create")),
    Fault("createdAt without zone", "answer-format", on_reply=body(_put(lambda t: t.rstrip("Z"), "createdAt"), "fetch")),
    Fault("createdAt as number", "answer-type", on_reply=body(_put(1764000000, "createdAt"), "fetch")),
    Fault("createdAt is an hour off", "created-at", on_reply=body(_put("2025-01-01T00:00:00Z", "createdAt"), "fetch"), level="create"),
    Fault("updatedAt before createdAt", "updated-at", on_reply=body(_put("2025-01-01T00:00:00Z", "updatedAt"), "fetch")),
    Fault("updatedAt never moves", "updated-at", on_reply=body(lambda d: {**d, "updatedAt": d["createdAt"]}, "fetch")),
    Fault("updatedAt vanished", "field-vanished", on_reply=body(_drop("updatedAt"), "fetch")),
    Fault("fileSize vanished", "field-vanished", on_reply=body(_drop("fileSize"), "fetch")),
    Fault("fileSize renamed", "answer-field-renamed", on_reply=body(_rename("fileSize", "file_size"), "fetch")),
    Fault("fileSize as text", "answer-type", on_reply=body(_put(str, "fileSize"), "fetch")),
    Fault("filename vanished", "answer-field-missing", on_reply=body(_drop("filename"), "fetch")),
    Fault("filename in capitals", "echo-differs", on_reply=body(_put(str.upper, "filename"), "fetch"), level="create"),
    Fault("filename cut", "echo-differs", on_reply=body(_put(lambda t: t[:100], "filename"), "fetch"), level="create"),
    Fault("fileSize in KiB", "echo-differs", on_reply=body(_put(lambda n: n // 1024 + 1, "fileSize"), "fetch")),
    Fault("mappings turned around", "echo-differs", on_reply=body(_put(lambda m: m[::-1], "columnMappings"), "fetch")),
    Fault("mappings vanished", "field-vanished", on_reply=body(_drop("columnMappings"), "fetch")),
    Fault("status in lower case", "answer-enum", on_reply=body(_put(str.lower, "status"), "fetch")),
    Fault("status DONE", "answer-enum", on_reply=body(_put(lambda s: "DONE" if s == "COMPLETED" else s, "status"), "fetch")),
    Fault("summary vanished", "field-vanished", on_reply=body(_drop("summary"), "fetch")),
    Fault("errors vanished", "field-vanished", on_reply=body(_drop("summary", "errors"), "fetch")),
    Fault("errors renamed", "answer-field-renamed", on_reply=body(lambda d: _rename("errors", "failed")(d.get("summary", {})), "fetch")),
    Fault("errors wrong", "summary-counts", on_reply=body(_put(0, "summary", "errors"), "fetch")),
    Fault("errors as text", "answer-type", on_reply=body(_put(str, "summary", "errors"), "fetch")),
    Fault("summary null while pending", "answer-null", on_reply=body(lambda d: {**d, "summary": d.get("summary")}, "fetch")),
    Fault("created as PROCESSING", "not-pending", on_reply=body(_put(lambda s: "PROCESSING" if s == "PENDING" else s, "status"), "fetch"), level="create"),
    Fault("never ends", "import-never-ends", settings=Settings(pending_seconds=9999)),
    Fault("good file fails", "good-file-failed", on_reply=body(_put(lambda s: "FAILED" if s == "COMPLETED" else s, "status"), "fetch")),
    Fault("broken file completes", "broken-file-completed", on_reply=body(lambda d: {**d, "status": "COMPLETED"} if "broken" in d["filename"] and d["status"] == "FAILED" else d, "fetch")),
    Fault("many bad rows complete", "row-errors-tolerance", on_reply=body(lambda d: {**d, "status": "COMPLETED"} if "many" in d["filename"] and d["status"] == "FAILED" else d, "fetch")),
    Fault("goes back", "status-goes-back", on_reply=_status_machine),
    Fault("filename limit 200", "limit-tightened", on_request=_refuse_if(lambda d: len(d["filename"]) > 200), level="create"),
    Fault("filename not empty", "limit-tightened", on_request=_refuse_if(lambda d: d["filename"] == ""), level="create"),
    Fault("filename in bytes", "limit-tightened", on_request=_refuse_if(lambda d: len(d["filename"].encode()) > 255 >= len(d["filename"])), level="create"),
    Fault("filename limit 300", "limit-loosened", on_request=sent(lambda d: {**d, "filename": d["filename"][:255]} if len(d["filename"]) < 300 else d), level="create"),
    Fault("fileSize limit 10 MB", "limit-tightened", on_request=_refuse_if(lambda d: d["fileSize"] > 10**7), level="create"),
    Fault("fileSize zero", "limit-loosened", on_request=sent(lambda d: {**d, "fileSize": d["fileSize"] or 1} if d["fileSize"] == 0 and d["fileSize"] is not False else d), level="create"),
    Fault("fileSize as text accepted", "type-unchecked", on_request=sent(lambda d: {**d, "fileSize": int(d["fileSize"])} if d["fileSize"] == "7" else d), level="create"),
    Fault("fifty mappings", "limit-tightened", on_request=_refuse_if(lambda d: 50 < len(d["columnMappings"]) <= 100), level="create"),
    Fault("one mapping", "limit-loosened", on_request=sent(lambda d: {**d, "columnMappings": d["columnMappings"] * 2} if len(d["columnMappings"]) == 1 else d), level="create"),
    Fault("filename optional", "required-unchecked", on_request=sent(lambda d: {"filename": "x", **d} if len(d) == 2 else d), level="create"),
    Fault("fourth field", "extra-field-accepted", on_request=sent(lambda d: {k: v for k, v in d.items() if k in ("filename", "fileSize", "columnMappings")}), level="create"),
    Fault("mapping with more", "extra-field-accepted", on_request=sent(lambda d: {**d, "columnMappings": [{k: m[k] for k in m if k != "unheardOf"} for m in d["columnMappings"]]}), level="create"),
    Fault("no validation", "validation-missing", on_request=sent(lambda d: d if _is_good(d) else {"filename": "x", "fileSize": 7, "columnMappings": [{"columnName": "e", "traitGroup": "C", "traitName": "email"}] * 2}), level="create"),
    Fault("crash on umlauts", "server-error", on_request=lambda q: Reply(500, (("content-type", "application/json"),), b"{}") if b"\\u00e9" in q.body else q, level="create"),
    Fault("pageSize 1000 refused", "limit-tightened", on_request=lambda q: problem(400, "no") if "pageSize=1000" in q.query and "pageSize=10001" not in q.query and q.header("authorization") else q, level="read"),
    Fault("pageSize 1001 accepted", "limit-loosened", on_request=_query("pageSize=1001", "pageSize=1000"), level="read"),
    Fault("pageSize 0 accepted", "limit-loosened", on_request=_query("pageSize=0", "pageSize=1"), level="read"),
    Fault("pageSize text accepted", "type-unchecked", on_request=_query("pageSize=[a-z]+", "pageSize=1"), level="read"),
    Fault("orderBy any word", "limit-loosened", on_request=_query("orderBy=(?!ASC(?:&|$)|DESC(?:&|$))[^&]*", ""), level="read"),
    Fault("orderBy in any case", "limit-loosened", on_request=_query("orderBy=asc", "orderBy=ASC"), level="read"),
    Fault("orderBy ignored", "list-order", on_request=_query("orderBy=ASC", "orderBy=DESC"), level="create"),
    Fault("orderBy swapped", "list-order", on_request=lambda q: evolve(q, query=q.query.replace("ASC", "x").replace("DESC", "ASC").replace("orderBy=x", "orderBy=DESC")) if operation(q) == "list" else q, level="create"),
    Fault("oldest first by default", "default-order", on_request=lambda q: evolve(q, query="orderBy=ASC") if operation(q) == "list" and not q.query else q, level="create"),
    Fault("pageSize ignored", "page-size-ignored", on_request=_query("pageSize=[1-9][0-9]?(?=&|$)", "pageSize=50"), level="create"),
    Fault("page one larger", "page-size-ignored", on_request=_query("pageSize=2(?=&|$)", "pageSize=3"), level="create"),
    Fault("page one smaller", "page-size-short", on_request=_query("pageSize=2(?=&|$)", "pageSize=1"), on_reply=body(lambda d: d["meta"].update(pageSize=2) if d["meta"]["pageSize"] == 1 else None, "list"), level="create"),
    Fault("default page 20", "default-page-size", on_request=lambda q: evolve(q, query="pageSize=20") if operation(q) == "list" and not q.query else q, level="create"),
    Fault("token ignored", "page-repeats", on_request=_first_token, level="create"),
    Fault("any token accepted", "page-token-unchecked", on_request=_query("pageToken=made[^&]*", ""), level="read"),
    Fault("page loses one", "page-loses", on_reply=_in_list(_skip_first), level="create"),
    Fault("new imports hidden", "created-not-listed", on_reply=_in_list(lambda ids: ids[3:] if len(ids) == 100 else ids), level="create"),
    Fault("next token vanished", "next-token-missing", on_reply=body(_drop("meta", "nextToken"), "list"), level="create"),
    Fault("next token renamed", "answer-field-unknown", on_reply=body(lambda d: _rename("nextToken", "next")(d["meta"]), "list"), level="create"),
    Fault("next token null on last page", "answer-null", on_reply=body(lambda d: {**d, "meta": {"nextToken": None, **d["meta"]}}, "list"), level="read"),
    Fault("previous token leads nowhere", "previous-token-wrong", on_reply=body(lambda d: d["meta"].update(previousToken=d["meta"]["nextToken"]) if "previousToken" in d["meta"] and "nextToken" in d["meta"] else None, "list"), level="create"),
    Fault("meta renamed", "answer-field-unknown", on_reply=body(_rename("meta", "paging"), "list"), level="create"),
    Fault("meta key wrong", "meta-key", on_reply=body(_put("items", "meta", "key"), "list"), level="read"),
    Fault("meta key null", "answer-null", on_reply=body(_put(None, "meta", "key"), "list"), level="read"),
    Fault("meta key vanished", "field-vanished", on_reply=body(_drop("meta", "key"), "list"), level="read"),
    Fault("meta pageSize wrong", "meta-page-size", on_reply=body(_put(lambda n: n + 1, "meta", "pageSize"), "list"), level="create"),
    Fault("meta with a total", "answer-field-unknown", on_reply=body(lambda d: d["meta"].update(total=3), "list"), level="read"),
    Fault("imports are objects", "answer-type", on_reply=_in_list(lambda ids: [{"importId": i} for i in ids]), level="create"),
    Fault("imports in capitals", "answer-pattern", on_reply=_in_list(lambda ids: [i.upper() for i in ids]), level="create"),
    Fault("429 without Retry-After", "retry-after-missing", on_request=_rate_limited(()), level="read"),
    Fault("429 with a date", "retry-after-form", on_request=_rate_limited((("retry-after", "Wed, 21 Oct 2026 07:28:00 GMT"),)), level="read"),
    Fault("auth ignored on list", "credentials-ignored", on_request=lambda q: evolve(q, headers=(*(h for h in q.headers if h[0] != "authorization"), ("authorization", _GOOD))) if operation(q) == "list" else q, level="read"),
    Fault("delete works", "undocumented-method-accepted", on_request=_method("DELETE", 204), level="read"),
    Fault("patch breaks", "server-error", on_request=_method("PATCH", 500), level="read"),
    Fault("405 without Allow", "method-allow", on_reply=lambda q, r: evolve(r, headers=tuple(h for h in r.headers if h[0] != "allow")), level="read"),
    Fault("any store", "unknown-store-accepted", on_request=lambda q: evolve(q, path=re.sub("mem_(store|service)_[0-7][0-9a-z]{25}(?=/)", _STORE, q.path)), level="read"),
    Fault("unknown store is an empty one", "unknown-store-accepted", on_reply=lambda q, r: Reply(200, (("content-type", "application/json"),), b'{"imports": []}') if operation(q) == "list" and r.status == 404 else r, level="read"),
    Fault("mem_service unheard of", "unknown-store-status", on_request=lambda q: problem(400, "no", code=520049) if "mem_service_" in q.path else q, level="read"),
    Fault("unknown import is PENDING", "unknown-import-accepted", on_reply=lambda q, r: Reply(200, (("content-type", "application/json"),), b'{"status": "PENDING", "filename": "x", "createdAt": "2026-01-01T00:00:00Z"}') if operation(q) == "fetch" and r.status == 404 else r, level="read"),
    Fault("upload answers 204", "upload-status", on_reply=code(200, 204, "upload")),
    Fault("upload without ETag", "upload-etag", on_reply=head("etag", None, "upload", status=200)),
    Fault("upload refused", "upload-refused", on_reply=lambda q, r: evolve(r, status=403) if operation(q) == "upload" and r.status == 200 else r),
    Fault("store errors are JSON", "object-error-form", on_reply=lambda q, r: evolve(r, body=b'{"code": 403}', headers=(("content-type", "application/json"),)) if operation(q) == "upload" and r.status >= 400 else r),
    Fault("store status 400 for a signature", "object-error-status", on_reply=code(403, 400, "upload")),
    Fault("chunked accepted", "upload-unfit-accepted", on_reply=lambda q, r: Reply(200) if operation(q) == "upload" and r.status == 501 else r),
    Fault("two mechanisms accepted", "upload-unfit-accepted", on_upload=lambda q: evolve(q, headers=tuple(h for h in q.headers if h[0] != "authorization"))),
    Fault("signature ignored", "upload-unfit-accepted", on_reply=lambda q, r: Reply(200) if operation(q) == "upload" and b"SignatureDoesNotMatch" in r.body and q.method == "PUT" else r),
    Fault("url expires at once", "upload-url-expired", settings=evolve(QUICK, url_lifetime=2)),
    Fault("one url for all", "upload-url-repeated", on_reply=body(_put("http://127.0.0.1:1/x?Signature=1&Expires=9999999999&AWSAccessKeyId=2", "url"), "create"), level="create"),
)
_GOOD = ""
_STORE = ""

# ruff: noqa: PLR2004 - a fault is made of the very numbers that it gets wrong
"""Faults of the list and its pages."""

from attrs import evolve

from live.changes import drop, put, rename
from live.faulty import Fault, body, operation
from live.pages import count_ids, crowded, empty_token, first_token, in_list, one_token_more, query, skip_first

_END = one_token_more()
FAULTS = (
    Fault(
        "list begins with a mark of its bytes' order",
        "not-json",
        on_reply=lambda q, r: evolve(r, body=b"\xef\xbb\xbf" + r.body) if operation(q) == "list" else r,
        level="read",
    ),
    Fault(
        "list is not JSON",
        "not-json",
        on_reply=lambda q, r: evolve(r, body=r.body + b"]") if operation(q) == "list" and r.status == 200 else r,
        level="read",
    ),
    Fault("orderBy ignored", "list-order", on_request=query("orderBy=ASC", "orderBy=DESC"), level="create"),
    Fault(
        "orderBy swapped",
        "list-order",
        on_request=lambda q: (
            evolve(q, query=q.query.replace("ASC", "x").replace("DESC", "ASC").replace("orderBy=x", "orderBy=DESC"))
            if operation(q) == "list"
            else q
        ),
        level="create",
    ),
    Fault(
        "oldest first by default",
        "default-order",
        on_request=lambda q: evolve(q, query="orderBy=ASC") if operation(q) == "list" and not q.query else q,
        level="create",
    ),
    Fault(
        "pageSize ignored",
        "page-size-ignored",
        on_request=query("pageSize=[1-9][0-9]?(?=&|$)", "pageSize=50"),
        level="create",
    ),
    Fault("page one larger", "page-size-ignored", on_request=query("pageSize=2(?=&|$)", "pageSize=3"), level="create"),
    Fault(
        "page one smaller",
        "page-size-short",
        on_request=query("pageSize=2(?=&|$)", "pageSize=1"),
        on_reply=body(lambda d: d["meta"].update(pageSize=2) if d["meta"]["pageSize"] == 1 else None, "list"),
        level="create",
    ),
    Fault(
        "default page 20",
        "default-page-size",
        on_request=lambda q: evolve(q, query="pageSize=20") if operation(q) == "list" and not q.query else q,
        level="create",
    ),
    Fault("token ignored", "page-repeats", on_request=first_token, level="create"),
    Fault("page loses one", "page-loses", on_reply=in_list(skip_first), level="create"),
    Fault(
        "new imports hidden",
        "created-not-listed",
        on_reply=in_list(lambda ids: ids[3:] if len(ids) == 100 else ids),
        level="create",
    ),
    Fault(
        "oldest first hides one",
        "orders-differ",
        on_reply=lambda q, r: (
            in_list(lambda ids: ids[:60] + ids[61:] if len(ids) == 100 else ids)(q, r) if "ASC" in q.query else r
        ),
        level="create",
    ),
    Fault(
        "next token vanished", "next-token-missing", on_reply=body(drop("meta", "nextToken"), "list"), level="create"
    ),
    Fault(
        "next token renamed",
        "answer-field-unknown",
        on_reply=body(lambda d: rename("nextToken", "next")(d["meta"]), "list"),
        level="create",
    ),
    Fault(
        "next token null on last page",
        "answer-null",
        on_reply=body(lambda d: {**d, "meta": {"nextToken": None, **d["meta"]}}, "list"),
        level="read",
    ),
    Fault(
        "previous token leads nowhere",
        "previous-token-wrong",
        on_reply=body(
            lambda d: (
                d["meta"].update(previousToken=d["meta"]["nextToken"])
                if "previousToken" in d["meta"] and "nextToken" in d["meta"]
                else None
            ),
            "list",
        ),
        level="create",
    ),
    Fault("a page of 101", "answer-length", on_reply=crowded, level="create"),
    Fault("meta counts the page", "meta-page-size", on_reply=body(count_ids, "list"), level="create"),
    Fault("the last nextToken is empty", "next-token-on-last-page", on_reply=body(empty_token, "list"), level="create"),
    Fault(
        "a full last page leads on",
        "next-token-on-last-page",
        on_request=_END[0],
        on_reply=_END[1],
        level="create",
    ),
    Fault(
        "ids end with a line break",
        "answer-pattern",
        on_reply=in_list(lambda ids: [f"{i}\n" for i in ids]),
        level="create",
    ),
    Fault("meta renamed", "answer-field-unknown", on_reply=body(rename("meta", "paging"), "list"), level="create"),
    Fault("meta key wrong", "meta-key", on_reply=body(put("items", "meta", "key"), "list"), level="read"),
    Fault("meta key null", "answer-null", on_reply=body(put(None, "meta", "key"), "list"), level="read"),
    Fault("meta key vanished", "field-vanished", on_reply=body(drop("meta", "key"), "list"), level="read"),
    Fault(
        "meta pageSize wrong",
        "meta-page-size",
        on_reply=body(put(lambda n: n + 1, "meta", "pageSize"), "list"),
        level="create",
    ),
    Fault(
        "meta with a total",
        "answer-field-unknown",
        on_reply=body(lambda d: d["meta"].update(total=3), "list"),
        level="read",
    ),
    Fault(
        "imports are objects",
        "answer-type",
        on_reply=in_list(lambda ids: [{"importId": i} for i in ids]),
        level="create",
    ),
    Fault(
        "imports in capitals", "answer-pattern", on_reply=in_list(lambda ids: [i.upper() for i in ids]), level="create"
    ),
)

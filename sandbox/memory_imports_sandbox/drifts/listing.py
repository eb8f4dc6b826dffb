"""Drifts in the fields of the list."""

from memory_imports_sandbox.drifts.drift import LIST, Drift, ReplyRule
from memory_imports_sandbox.drifts.edits import Edit, add, change, drop, put, rename
from memory_imports_sandbox.drifts.rules import answers, body, constantly, status

_listed = answers(LIST, "read", 200)
_filled = answers(LIST, "create", 200)


def _whole(name: str, where: str, says: str, rule: ReplyRule) -> Drift:
    return Drift(name=name, operations=(LIST,), where=f"answer:{where}", says=says, level="read", reply=rule)


def _if_filled(edit: Edit) -> Edit:
    """Leaves an empty page alone: nothing of it is promised."""
    return lambda found: edit(found) if found["imports"] else found


FIELDS: tuple[Drift, ...] = (
    _whole("list-answers-206", "status", "A page is 206.", status(206, 200)),
    _whole(
        "list-answers-octets",
        "header/content-type",
        "The JSON of a page is called octets.",
        body(None, "application/octet-stream", 200),
    ),
    _filled("list-answer-empty", "", "A page with ids is an empty object.", _if_filled(constantly({}))),
    _listed("list-answer-array", "", "A page is a bare array.", lambda found: found["imports"]),
    _listed("list-extra-field", "", "A page tells the total, too.", add("/total", 0)),
    _filled("list-imports-missing", "/imports", "The ids are missing.", _if_filled(drop("/imports"))),
    _listed("list-imports-renamed", "/imports", "The ids are called items.", rename("/imports", "items")),
    _listed(
        "list-imports-null-when-empty",
        "/imports",
        "An empty page has null for its ids.",
        change("/imports", lambda ids: ids or None),
    ),
    _filled(
        "list-imports-objects",
        "/imports",
        "Each id is in an object.",
        change("/imports", lambda ids: [{"importId": one} for one in ids]),
    ),
    _filled(
        "list-imports-upper-case",
        "/imports",
        "Ids are in capitals.",
        change("/imports", lambda ids: list(map(str.upper, ids))),
    ),
    _filled("list-meta-missing", "/meta", "A page with ids has no meta.", _if_filled(drop("/meta"))),
    _listed("list-meta-renamed", "/meta", "meta is called paging.", rename("/meta", "paging")),
    _listed("list-meta-null", "/meta", "meta is null.", put("/meta", None)),
    _listed("meta-key-missing", "/meta/key", "key is missing.", drop("/meta/key")),
    _listed("meta-key-wrong", "/meta/key", "key names a property that is not there.", put("/meta/key", "items")),
    _listed("meta-key-null", "/meta/key", "key is null.", put("/meta/key", None)),
    _listed("meta-key-too-long", "/meta/key", "key has 65 characters.", put("/meta/key", "imports".ljust(65))),
    _listed("meta-page-size-missing", "/meta/pageSize", "pageSize is missing.", drop("/meta/pageSize")),
    _listed("meta-page-size-null", "/meta/pageSize", "pageSize is null.", put("/meta/pageSize", None)),
    _listed("meta-page-size-string", "/meta/pageSize", "pageSize is a string.", change("/meta/pageSize", str)),
    _listed(
        "meta-page-size-renamed",
        "/meta/pageSize",
        "pageSize is called page_size.",
        rename("/meta/pageSize", "page_size"),
    ),
    _listed("meta-page-size-negative", "/meta/pageSize", "pageSize is -1.", put("/meta/pageSize", -1)),
    _listed("meta-extra-field", "/meta", "meta tells the total, too.", add("/meta/total", 0)),
    _listed(
        "next-token-null-at-the-end",
        "/meta/nextToken",
        "The last page has null for its next token.",
        lambda found: {**found, "meta": {"nextToken": None, **found["meta"]}},
    ),
    _filled(
        "next-token-renamed",
        "/meta/nextToken",
        "nextToken is called nextPageToken.",
        rename("/meta/nextToken", "nextPageToken"),
    ),
    _filled("next-token-number", "/meta/nextToken", "The next token is a number.", put("/meta/nextToken", 2)),
    _filled("next-token-missing", "/meta/nextToken", "No page has a next token.", drop("/meta/nextToken")),
    _filled(
        "next-token-too-long",
        "/meta/nextToken",
        "The next token has more than 4096 characters.",
        change("/meta/nextToken", lambda token: token.ljust(4097, "=")),
    ),
    _filled(
        "next-token-dead",
        "/meta/nextToken",
        "The next token is refused.",
        change("/meta/nextToken", lambda it: it[::-1]),
    ),
)

"""Drifts in the pages of the list: their order, their size, their tokens, and what is on them."""

from typing import Any

from memory_imports_sandbox import imports, tokens
from memory_imports_sandbox.drifts.drift import LIST, Drift, Json, Level, ReplyRule, Scene
from memory_imports_sandbox.drifts.edits import add, change
from memory_imports_sandbox.drifts.rules import answers, asking, document, parameters
from memory_imports_sandbox.messages import Reply, Request
from memory_imports_sandbox.tokens import Place

_STRANGER = "mem_import_7zzzzzzzzzzzzzzzzzzzzzzzzz"
_LARGEST = 100
_EVERY = 10


def _drift(name: str, where: str, says: str, level: Level, **rules: Any) -> Drift:  # noqa: ANN401 - fields of Drift
    return Drift(name=name, operations=(LIST,), where=where, says=says, level=level, **rules)


def _shifted(scene: Scene, token: str, by: int) -> str:
    """The token of a page that begins so many imports later, or earlier."""
    place = tokens.take(scene.account.token_secret, token)
    if place is None:
        return token
    step = by if place.order == "ASC" else -by
    return tokens.give(scene.account.token_secret, Place(place.order, place.back, place.position + step))


def _moved(scene: Scene, token: str, by: int) -> str:
    """The same, unless the page were empty then: that would be another drift."""
    moved = _shifted(scene, token, by)
    place = tokens.take(scene.account.token_secret, moved)
    return moved if place and imports.page(scene.connection, place, place.order, 1) else token


def _second_page(by: int) -> ReplyRule:
    """Moves the beginning of the second page."""

    def rule(scene: Scene, request: Request, reply: Reply) -> Reply:
        if "pageToken" in parameters(request):
            return reply
        move = change("/meta/nextToken", lambda token: _moved(scene, token, by))
        return document(move)(scene, request, reply)

    return rule


def _one_more_token(scene: Scene, request: Request, reply: Reply) -> Reply:
    """Gives the last page a token, too: that of the empty page behind it."""

    def edit(found: Json) -> Json:
        if found["imports"] and "nextToken" not in found["meta"]:
            rising = parameters(request).get("orderBy") == "ASC"
            behind = Place("ASC", back=False, position=2**62) if rising else Place("DESC", back=False, position=0)
            found["meta"]["nextToken"] = tokens.give(scene.account.token_secret, behind)
        return found

    return document(edit)(scene, request, reply)


def _back_from_the_first(scene: Scene, request: Request, reply: Reply) -> Reply:
    if "pageToken" in parameters(request):
        return reply
    return document(add("/meta/previousToken", "Zmlyc3Q"))(scene, request, reply)


def _any_token(scene: Scene, request: Request) -> Request:
    token = parameters(request).get("pageToken")
    known = token is None or tokens.take(scene.account.token_secret, token)
    return request if known else asking(request, pageToken=None)


def _no_size(_: Scene, request: Request) -> Request:
    size = parameters(request).get("pageSize", "")
    return asking(request, pageSize=None) if size.isdecimal() and 1 <= int(size) <= 1000 else request  # noqa: PLR2004 - as far as the contract goes


def _newest_last(_: Scene, request: Request) -> Request:
    return request if "orderBy" in parameters(request) else asking(request, orderBy="ASC")


def _always_newest_first(_: Scene, request: Request) -> Request:
    return asking(request, orderBy=None) if parameters(request).get("orderBy") == "ASC" else request


def _pages_of_twenty(_: Scene, request: Request) -> Request:
    return request if "pageSize" in parameters(request) else asking(request, pageSize="20")


def _without_some(scene: Scene, request: Request, reply: Reply) -> Reply:
    query = "SELECT id FROM imports WHERE position % ? = 3"
    hidden = {row["id"] for row in scene.connection.execute(query, (_EVERY,))}
    keep = change("/imports", lambda found: [one for one in found if one not in hidden])
    return document(keep)(scene, request, reply)


def _one_too_many(scene: Scene, request: Request, reply: Reply) -> Reply:
    """A page that is as long as a page can be gets the first id of the next."""

    def edit(found: Json) -> Json:
        token = found["meta"].get("nextToken")
        place = tokens.take(scene.account.token_secret, token) if token else None
        if place is None or len(found["imports"]) < _LARGEST:
            return found
        more = [one for _, one in imports.page(scene.connection, place, place.order, 1)]
        meta = {**found["meta"], "nextToken": _shifted(scene, token, 1)}
        return {"imports": found["imports"] + more, "meta": meta}

    return document(edit)(scene, request, reply)


def _one_stranger(found: Json) -> Json:
    """Where the page has room: a page that were too long would be another drift."""
    room = len(found["imports"]) < found["meta"]["pageSize"]
    return {**found, "imports": [*found["imports"], _STRANGER]} if room else found


_listed = answers(LIST, "read", 200)
_filled = answers(LIST, "create", 200)


PAGES: tuple[Drift, ...] = (
    _drift(
        "list-order-ignored",
        "request:query/orderBy",
        "The newest come first, whatever was asked for.",
        "create",
        request=_always_newest_first,
    ),
    _drift(
        "list-default-order",
        "request:query/orderBy",
        "By default, the oldest come first.",
        "create",
        request=_newest_last,
    ),
    _filled(
        "list-page-unsorted",
        "/imports",
        "The ids of a page are in no order of theirs.",
        change("/imports", lambda ids: ids[1::2] + ids[::2]),
    ),
    _filled(
        "list-page-repeats-within",
        "/imports",
        "The first id stands twice.",
        change("/imports", lambda ids: ids[:1] + ids),
    ),
    _filled(
        "list-page-one-short", "/imports", "The last id is left out.", change("/imports", lambda ids: ids[:-1] or ids)
    ),
    _drift(
        "list-second-page-repeats",
        "answer:/meta/nextToken",
        "The second page begins with the last id of the first.",
        "create",
        reply=_second_page(-1),
    ),
    _drift(
        "list-second-page-skips",
        "answer:/meta/nextToken",
        "An id between the first page and the second is lost.",
        "create",
        reply=_second_page(1),
    ),
    _drift(
        "list-last-page-has-next",
        "answer:/meta/nextToken",
        "The last page has a next token.",
        "create",
        reply=_one_more_token,
    ),
    _drift(
        "list-first-page-has-previous",
        "answer:/meta/previousToken",
        "The first page has a previous token.",
        "read",
        reply=_back_from_the_first,
    ),
    _drift(
        "page-size-ignored",
        "request:query/pageSize",
        "Every page holds 50 ids, whatever was asked for.",
        "read",
        request=_no_size,
    ),
    _drift(
        "page-size-default-20",
        "request:query/pageSize",
        "By default, a page holds 20 ids.",
        "read",
        request=_pages_of_twenty,
    ),
    _drift(
        "page-token-any-taken",
        "request:query/pageToken",
        "A token that is none is ignored.",
        "read",
        request=_any_token,
    ),
    _drift("list-over-100", "answer:", "A long page holds 101 ids.", "create", reply=_one_too_many),
    _drift("list-hides-some", "answer:/imports", "One import in ten is never listed.", "create", reply=_without_some),
    _listed(
        "list-shows-a-stranger",
        "/imports",
        "An import that cannot be fetched is listed.",
        _one_stranger,
    ),
)

"""Limits from both sides: just inside is accepted, just outside is 400. Every limit comes from the specification.

A body is accepted only at the level `create`; below it only such bodies are sent as nobody could make an import of.
"""

from memory_imports_contract.live import edges
from memory_imports_contract.live.bench import Bench
from memory_imports_contract.live.judge import refusal, success
from memory_imports_contract.live.samples import good_body

_HOPELESS = {
    "broken JSON": b'{"filename": "drift.csv", ',
    "no body": b"",
    "an empty object": b"{}",
    "a list": b"[]",
    "null": b"null",
}
_MADE_UP = "made-up-token-of-nobody"


def query(bench: Bench) -> None:
    """Every query parameter of the list, on both sides of its constraints."""
    listing = bench.contract.listing
    for parameter in listing.parameters:
        if parameter.place != "query":
            continue
        where = f"/request/query/{parameter.name}"
        for edge in edges.of_text(parameter.schema):
            opaque = "Token" in parameter.name
            if edge.value == "" or (opaque and edge.accepted is None):
                continue  # whether an empty parameter is one, and which tokens are good, only the server knows
            if edge.accepted is None:
                expected = success(listing, "limit-tightened", where, edge.what)
            else:
                accepted = "page-token-unchecked" if opaque else edge.accepted
                expected = refusal(400, "refusal-status", accepted, where, edge.what)
            answer = bench.check(listing, bench.ask(listing, query=[(parameter.name, edge.value)]), expected)
            page = answer.get("imports") or []
            if edge.accepted is None and edge.value.isdecimal() and len(page) > int(edge.value):
                message = f"Asked for {edge.value} ids, saw {len(page)} on a page."
                bench.book.note("page-size-ignored", listing.name, "/answer/body/imports", message, answer.exchange)


def page_token(bench: Bench) -> None:
    """A token that no page gave is refused."""
    listing = bench.contract.listing
    expected = refusal(
        400, "refusal-status", "page-token-unchecked", "/request/query/pageToken", "a token that no page gave"
    )
    bench.check(listing, bench.ask(listing, query=[("pageToken", _MADE_UP)]), expected)


def hopeless_bodies(bench: Bench) -> None:
    """What is not a request at all is refused."""
    create = bench.contract.create
    for what, body in _HOPELESS.items():
        expected = refusal(400, "refusal-status", "body-unchecked", "/request/body", what)
        bench.check(create, bench.ask(create, body=body), expected)


def bodies(bench: Bench) -> None:
    """Every property of the create request, on both sides of its constraints."""
    create = bench.contract.create
    for edge in edges.of_body(create.body or {}, good_body()):
        if edge.accepted is None:
            bench.create(edge.value, "limit-tightened", edge.where, edge.what)
        else:
            expected = refusal(400, "refusal-status", edge.accepted, "/request/body" + edge.where, edge.what)
            bench.check(create, bench.ask(create, body=edge.value), expected)

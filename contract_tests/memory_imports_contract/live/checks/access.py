"""Who may do what: credentials, stores and imports that do not exist, ids of the wrong shape."""

import re
from collections.abc import Iterator
from functools import cache
from http import HTTPStatus

import hypothesis.strategies as st

from memory_imports_contract.live.answers import Answer
from memory_imports_contract.live.bench import NOTHING, Bench
from memory_imports_contract.live.contract import Operation
from memory_imports_contract.live.drawn import drawn
from memory_imports_contract.live.edges import outside_pattern
from memory_imports_contract.live.exchange import AUTHS
from memory_imports_contract.live.judge import Expected, refusal
from memory_imports_contract.live.samples import good_body

_SHAPES = 3
_DRAWN = 12


def credentials(bench: Bench) -> None:
    """Every operation refuses missing and wrong credentials with 401."""
    for operation, import_id in _targets(bench):
        for auth in AUTHS:
            if auth != "good":
                what = "no credentials" if auth == "none" else f"credentials of the kind {auth!r}"
                expected = refusal(
                    401, "unauthorized-status", "credentials-ignored", "/request/headers/authorization", what
                )
                ask = bench.ask(operation, import_id=import_id, body=_body(bench, operation), auth=auth)
                bench.check(operation, ask, expected)


def unknown_store(bench: Bench) -> None:
    """A store that does not exist is 404 for every operation, and shows no import of another one."""
    pattern = bench.contract.listing.parameter("storeId").schema["pattern"]
    stores = [bench.unknown("storeId"), *_shapes(pattern, bench.seed)]
    for store in {shape.rpartition("_")[0]: shape for shape in stores}.values():
        for operation, import_id in _targets(bench):
            hopeless = operation.body is not None and not bench.may("create")
            expected = Expected(
                frozenset({404, 400} if hopeless else {404}),  # whoever looks at such a body first is right, too
                "unknown-store-status",
                "/request/path/storeId",
                "an unknown store",
                "unknown-store-accepted",
            )
            ask = bench.ask(operation, store=store, import_id=import_id, body=_body(bench, operation))
            bench.check(operation, ask, expected)


def unknown_import(bench: Bench) -> None:
    """An import that does not exist is 404, whatever letters its id has."""
    fetch = bench.contract.fetch
    pattern = fetch.parameter("importId").schema["pattern"]
    for import_id in [bench.unknown("importId"), *_shapes(pattern, bench.seed)][:_SHAPES]:
        expected = refusal(
            404, "unknown-import-status", "unknown-import-accepted", "/request/path/importId", "an unknown import"
        )
        bench.check(fetch, bench.ask(fetch, import_id=import_id), expected)


def malformed_ids(bench: Bench) -> None:
    """An id that breaks its pattern is refused; 404 is as good as 400, since nothing has that id either."""
    for operation, import_id in _targets(bench):
        for name, good in (("storeId", bench.store_id), ("importId", import_id)):
            if good is None:
                continue
            pattern = operation.parameter(name).schema["pattern"]
            expected = Expected(
                frozenset({400, 404}),
                "malformed-id-status",
                f"/request/path/{name}",
                f"a malformed {name}",
                "malformed-id-accepted",
            )
            answers = []
            for bad in list(outside_pattern(pattern, good))[: None if operation is bench.contract.fetch else 4]:
                store, fetched = (bad, import_id) if name == "storeId" else (None, bad)
                ask = bench.ask(operation, store=store, import_id=fetched, body=_body(bench, operation))
                answer = bench.check(operation, ask, expected)
                answers += [answer] if re.fullmatch(r"\w+", bad) else []
            _odd_one(bench, name, answers)


def _odd_one(bench: Bench, name: str, answers: list[Answer]) -> None:
    """A server that calls malformed ids malformed, but looks for one of them, takes that one for a good one."""
    looked_for = [answer for answer in answers if answer.exchange.status == HTTPStatus.NOT_FOUND]
    refused = [answer for answer in answers if answer.exchange.status == HTTPStatus.BAD_REQUEST]
    if len(looked_for) == 1 and len(refused) == len(answers) - 1:
        (odd,) = looked_for
        message = f"A malformed {name}: expected 400, as for others of its kind, saw 404."
        where = f"/request/path/{name}"
        bench.book.note("malformed-id-accepted", odd.operation.name, where, message, odd.exchange)


@cache
def _shapes(pattern: str, seed: int) -> tuple[str, ...]:
    """Ids of every shape that the pattern allows, made up at random, so that nothing has them."""
    shapes = drawn(st.from_regex(pattern, fullmatch=True).filter(Bench.is_made_up), _DRAWN, seed)
    return tuple(dict.fromkeys(shapes))


def _targets(bench: Bench) -> Iterator[tuple[Operation, str | None]]:
    """The operations; fetch with an import that is there, if one is known."""
    yield bench.contract.listing, None
    yield bench.contract.fetch, bench.some_import or bench.unknown("importId")
    yield bench.contract.create, None


def _body(bench: Bench, operation: Operation) -> object:
    """A body that creates something only at a level that allows it, should the server carry the request out."""
    if operation.body is None:
        return NOTHING
    return good_body() if bench.may("create") else {}

"""The list: both orders are orders, pages neither repeat nor lose, sizes are kept, tokens lead where they should.

Imports of the same moment may stand in any order, and other people may create imports meanwhile.
"""

import time

from memory_imports_contract.live.answers import Answer
from memory_imports_contract.live.bench import Bench
from memory_imports_contract.live.checks.meta import default_size, first_page, meta
from memory_imports_contract.live.checks.orders import Shown, orders
from memory_imports_contract.live.checks.walk import Walk, walk
from memory_imports_contract.live.samples import good_body

_SMALL = 2
_SMALL_PAGES = 6
_LARGE_PAGES = 8
_CATCHING_UP = (0.5, 1.5)


def lists(bench: Bench) -> None:
    """Walks the list in several ways, and compares."""
    if bench.book.has("page-size-ignored"):
        return
    largest = bench.contract.listing.answers[200]["properties"]["imports"]["maxItems"]
    _settle(bench)
    small = walk(bench, _SMALL, "DESC", _SMALL_PAGES)
    newest = walk(bench, largest, "DESC", _LARGE_PAGES)
    oldest = walk(bench, largest, "ASC", _LARGE_PAGES)
    default = bench.page()
    first_page(bench, default)
    meta(bench, default, default_size(bench), "default-page-size")
    if newest is None or oldest is None:
        return
    _holds_created(bench, newest, largest)
    shown = (
        Shown("DESC", newest.ids, newest.answers[0], "list-order"),
        Shown("ASC", oldest.ids, oldest.answers[0], "list-order", rising=True),
        Shown("no orderBy", default.get("imports") or [], default, "default-order"),
    )
    orders(bench, shown)
    missing = set(newest.ids) - set(oldest.ids)
    if newest.whole and oldest.whole and missing:
        message = f"{len(missing)} imports are in the list by DESC and not by ASC."
        _note(bench, "orders-differ", "/answer/body/imports", message, oldest.answers[-1])
    if small is not None:
        _small_pages(bench, small, newest)
    _full_pages(bench, newest, largest)
    _default_page(bench, default, newest)


def _settle(bench: Bench) -> None:
    """Asks for the largest page until it shows the newest import: one that comes later would shift the pages of a walk.

    It is also the page that shows whether a server gives more ids than an answer may hold.
    """
    largest = bench.contract.listing.parameter("pageSize").schema["maximum"]
    newest = bench.created[-1].import_id if bench.created else None
    for pause in (0.0, *_CATCHING_UP):
        time.sleep(pause)
        query = (("pageSize", str(largest)), ("orderBy", "DESC"))
        page = bench.page(*query, rule="limit-tightened", where="/request/query/pageSize").get("imports")
        if page is None or newest is None or newest in page:
            return


def _default_page(bench: Bench, default: Answer, newest: Walk) -> None:
    page, size = default.get("imports"), default_size(bench)
    if page is None:
        return
    if len(page) > size or (len(page) < size and len(newest.ids) > len(page) + _SMALL):
        message = f"Without pageSize expected {min(size, len(newest.ids))} ids on a page, saw {len(page)}."
        _note(bench, "default-page-size", "/answer/body/meta/pageSize", message, default)


def _small_pages(bench: Bench, small: Walk, newest: Walk) -> None:
    if not small.ids or small.ids[0] not in newest.ids:
        return
    start = newest.ids.index(small.ids[0])
    expected = newest.ids[start : start + len(small.ids)]
    if small.whole and len(newest.ids) - start > len(small.ids):
        message = f"The page of {len(small.pages[-1])} has no nextToken, and there are more imports."
        _note(bench, "next-token-missing", "/answer/body/meta/nextToken", message, small.answers[-1])
    elif lost := set(expected) - set(small.ids):
        message = f"Pages of {_SMALL} do not show {len(lost)} imports that a large page shows between them."
        _note(bench, "page-loses", "/answer/body/imports", message, small.answers[-1])
    short = [page for page in small.pages[:-1] if len(page) < _SMALL]
    if len(small.pages) > _SMALL and len(short) == len(small.pages) - 1:
        message = f"Asked for {_SMALL} ids, saw {len(short[0])} on each page but the last."
        _note(bench, "page-size-short", "/answer/body/imports", message, small.answers[0])
    if len(small.pages) > 1:
        _goes_back(bench, small)


def _full_pages(bench: Bench, newest: Walk, largest: int) -> None:
    """Walks the list by pages that it fills to the last id: where nothing is left, no token leads."""
    if not newest.whole or not newest.ids:
        return
    count = len(newest.ids)
    size = _filling(count, largest)
    if size is None and bench.may("create") and bench.create(good_body("one-more.csv")) is not None:
        count += 1  # a prime has no such size, the number after it has
        size = _filling(count, largest)
    if size is not None:
        walk(bench, size, "DESC", count // size + 1)


def _filling(count: int, largest: int) -> int | None:
    """The largest size of page of which some make up so many ids, if few will do."""
    return next((size for size in range(largest, 0, -1) if count % size == 0 and count <= size * _LARGE_PAGES), None)


def _goes_back(bench: Bench, small: Walk) -> None:
    token = small.answers[1].get("meta", "previousToken")
    if token is None:
        return
    where = "/request/query/pageToken"
    answer = bench.page(
        ("pageSize", str(_SMALL)), ("orderBy", "DESC"), ("pageToken", token), rule="previous-token-wrong", where=where
    )
    page = answer.get("imports")
    if page is not None and page != small.pages[0]:
        message = "previousToken of the second page does not lead to the first."
        _note(bench, "previous-token-wrong", "/answer/body/meta/previousToken", message, answer)


def _holds_created(bench: Bench, newest: Walk, largest: int) -> None:
    """The imports of this run are in the list, if need be after a moment."""
    sample = [*(bench.created[:8] if newest.whole else ()), *bench.created[-largest // 2 :]]
    made = {one.import_id for one in sample}
    missing = made - set(newest.ids)
    for pause in _CATCHING_UP:
        if not missing:
            return
        time.sleep(pause)
        again = walk(bench, largest, "DESC", _LARGE_PAGES)
        missing = made - set(again.ids if again is not None else made)
    if missing:
        message = f"{len(missing)} of {len(made)} new imports are not in the list."
        _note(bench, "created-not-listed", "/answer/body/imports", message, newest.answers[0])


def _note(bench: Bench, rule: str, where: str, message: str, answer: Answer) -> None:
    bench.book.note(rule, answer.operation.name, where, message, answer.exchange)

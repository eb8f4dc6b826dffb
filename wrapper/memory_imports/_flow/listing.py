"""The imports of a store, a page at a time."""

from attrs import evolve, field, frozen

from memory_imports import _answers, _endpoints
from memory_imports._effects import Flow
from memory_imports._flow.retry import Tries, persist
from memory_imports._schema import Violation
from memory_imports.models import Order


@frozen(kw_only=True)
class Page:
    """One page of import ids, and what leads on from it."""

    store_id: str
    order: Order
    page_size: int | None
    import_ids: tuple[str, ...] = ()
    next_token: str | None = None
    tokens: frozenset[str] = field(factory=frozenset[str], repr=False)


def next_page(page: Page, tries: Tries, *, deadline: float | None = None) -> Flow[Page | None]:
    """Return the page after this one (a fresh `Page` leads to the first), or None after the last.

    Raises:
        ContractBroken: A token leads back to where the listing has been.
    """
    if page.tokens and page.next_token is None:
        return None
    call = _endpoints.list_call(page.store_id, page.order, page.page_size, page.next_token)
    reply = yield from persist(call, tries, deadline=deadline)
    import_ids, token = _endpoints.read_page(call, reply)
    used = page.tokens | {page.next_token or ""}
    if token in used:
        broken = Violation("/meta/nextToken", "leads back to a page that was already read", "flow")
        _answers.drifted(call, reply, broken)
    return evolve(page, import_ids=import_ids, next_token=token, tokens=used)

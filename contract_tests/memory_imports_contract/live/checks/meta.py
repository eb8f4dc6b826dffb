"""What a page says of itself: the field of its ids, the size it was meant to have, and that it is the first."""

from memory_imports_contract.live.answers import Answer, Gap
from memory_imports_contract.live.bench import Bench

_WHERE = "/answer/body/meta/"


def default_size(bench: Bench) -> int:
    """How many ids a page is meant to hold if nobody says."""
    return int(bench.contract.listing.parameter("pageSize").schema["default"])


def first_page(bench: Bench, answer: Answer) -> None:
    """Nothing is before the first page."""
    if answer.get("meta", "previousToken") is not None:
        _note(bench, "previous-token-on-first-page", "previousToken", "The first page has a previousToken.", answer)


def meta(bench: Bench, answer: Answer, size: int, rule: str) -> None:
    """Each page, the last one too, says how many ids it was meant to hold; the rule is for one that says otherwise."""
    if not isinstance(answer.value("meta"), dict):
        return
    for name in ("key", "pageSize"):
        if answer.value("meta", name) is Gap.ABSENT:
            _note(bench, "field-vanished", name, f"meta holds no {name}.", answer)
    key, shown = answer.get("meta", "key"), answer.get("meta", "pageSize")
    if key is not None and key != "imports":
        _note(bench, "meta-key", "key", "meta.key is not the name of the field of ids.", answer)
    if shown is not None and shown != size:
        _note(bench, rule, "pageSize", f"Expected meta.pageSize to be {size}, saw {shown}.", answer)


def _note(bench: Bench, rule: str, name: str, message: str, answer: Answer) -> None:
    bench.book.note(rule, answer.operation.name, _WHERE + name, message, answer.exchange)

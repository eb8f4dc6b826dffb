"""In what order a list is: by the times that imports tell of themselves, and by when this run has made them.

Imports of the same moment may stand in any order, and a moment may be as long as a second.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from attrs import frozen

from memory_imports_contract.live.answers import Answer
from memory_imports_contract.live.bench import SECOND, Bench
from memory_imports_contract.live.conformance import moment


@frozen
class Shown:
    """A list as it was shown: by which order, the answer that began it, and the rule that it may break."""

    order: str
    ids: Sequence[str]
    answer: Answer
    rule: str
    rising: bool = False


def orders(bench: Bench, lists: Sequence[Shown]) -> None:
    """Judges lists of the same imports; others that fall begin with nothing older than the first list does."""
    told, made = _told(bench, lists), _made(bench)
    newest = _first(lists[0], told)
    for shown in lists:
        late = not shown.rising and any(one < other for one in _first(shown, told) for other in newest)
        if late or not _is_sorted(shown, told) or not _is_as_made(shown, made):
            end = "oldest" if shown.rising else "newest"
            message = f"With {shown.order} the imports are not by createdAt, {end} first."
            where = "/answer/body/imports"
            bench.book.note(shown.rule, shown.answer.operation.name, where, message, shown.answer.exchange)


def _told(bench: Bench, lists: Sequence[Shown]) -> dict[str, datetime]:
    """When some imports of each list, of both its ends and its middle, say that they were created."""
    wanted = [
        one for shown in lists for one in (*shown.ids[:2], *shown.ids[len(shown.ids) // 2 :][:1], *shown.ids[-2:])
    ]
    times = {one: moment(bench.fetch(one, "import-not-fetched").get("createdAt")) for one in dict.fromkeys(wanted)}
    return {one: time for one, time in times.items() if time is not None}


def _made(bench: Bench) -> dict[str, tuple[float, float]]:
    """Between which moments each import of this run was made: after the one before it, and before it was answered."""
    begun = [0.0, *(one.at for one in bench.created)]
    return {one.import_id: (before, one.at) for before, one in zip(begun, bench.created, strict=False)}


def _first(shown: Shown, times: Mapping[str, datetime]) -> list[datetime]:
    return [times[one] for one in shown.ids[:1] if one in times]


def _is_sorted(shown: Shown, times: Mapping[str, datetime]) -> bool:
    moments = [times[one] for one in shown.ids if one in times]
    return moments == sorted(moments, reverse=not shown.rising)


def _is_as_made(shown: Shown, made: Mapping[str, tuple[float, float]]) -> bool:
    """Whether none stands before one that was made a moment or more before it; asks for nothing, so it asks of all."""
    latest = 0.0
    for after, before in (made[one] for one in (shown.ids if shown.rising else reversed(shown.ids)) if one in made):
        if latest - before >= SECOND:
            return False
        latest = max(latest, after)
    return True

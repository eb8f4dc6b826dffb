"""What became of the files: the states go forward, good ones end COMPLETED, broken ones do not, the counts are right.

Whether a service counts rows at all shows by what it does with a file of too many bad ones; only then are counts
held against it.
"""

from collections.abc import Mapping, Sequence

from memory_imports_contract.live.answers import Answer, Gap
from memory_imports_contract.live.bench import SECOND, Bench
from memory_imports_contract.live.checks.way import FINAL, RANK, Way
from memory_imports_contract.live.conformance import moment
from memory_imports_contract.live.samples import FEW

_OPTIONAL = ("updatedAt", "fileSize", "columnMappings")


def outcome(bench: Bench, ways: Sequence[Way]) -> None:
    """Judges the ends of all files that were sent, and how each came there."""
    for way in ways:
        _history(bench, way)
        _not_negative(bench, way)
    _ends(bench, {way.mark: way for way in ways})


def note(bench: Bench, rule: str, where: str, message: str, answer: Answer) -> None:
    """Writes down what an answer about a file shows."""
    bench.book.note(rule, answer.operation.name, where, message, answer.exchange)


def _history(bench: Bench, way: Way) -> None:
    """The states go forward only, createdAt stays, updatedAt moves with the import."""
    for before, after in zip(way.states, way.states[1:], strict=False):
        if RANK[after] < RANK[before] or (RANK[before] == FINAL and after != before):
            note(
                bench, "status-goes-back", "/answer/body/status", f"{before} was followed by {after}.", way.answers[-1]
            )
            break
    begun = [when for answer in way.answers if (when := moment(answer.get("createdAt"))) is not None]
    touched = [when for answer in way.answers if (when := moment(answer.get("updatedAt"))) is not None]
    if len(set(begun)) > 1:
        message = "createdAt of one import is not the same each time."
        note(bench, "created-at-changes", "/answer/body/createdAt", message, way.answers[-1])
    if touched != sorted(touched):
        note(bench, "updated-at", "/answer/body/updatedAt", "updatedAt goes backwards.", way.answers[-1])
    _settled(bench, way)
    waited = (way.sent_at or way.made.at) - way.made.at
    has_moved = way.end is not None and way.states[0] != way.end
    last = moment(way.answers[-1].get("updatedAt"))  # one that is gone by then has vanished, which is said elsewhere
    if has_moved and begun and last is not None and last <= begun[0] and waited >= SECOND:
        message = f"The file came {waited:.1f} seconds after the creation, and updatedAt is still createdAt."
        note(bench, "updated-at", "/answer/body/updatedAt", message, way.answers[-1])


def _settled(bench: Bench, way: Way) -> None:
    """What is counted when an import has ended is counted for good: nobody asks a second time."""
    told = [answer.get("summary") for answer in way.answers if RANK.get(answer.get("status")) == FINAL]
    counts = [one for one in told if one is not None]
    if any(one != counts[0] for one in counts):
        message = "The summary of an import that has ended is not the same each time."
        note(bench, "summary-counts", "/answer/body/summary", message, way.answers[-1])


def _ends(bench: Bench, ways: Mapping[str, Way]) -> None:
    ends = {mark: way.end for mark, way in ways.items()}
    good, few, many = ways.get("good"), ways.get("few"), ways.get("many")
    if good is not None and good.end == "FAILED":
        note(bench, "good-file-failed", "/answer/body/status", "A good file ended FAILED.", good.answers[-1])
    if ends.get("broken") == "COMPLETED":
        message = "A file without a single mapped column ended COMPLETED."
        note(bench, "broken-file-completed", "/answer/body/status", message, ways["broken"].answers[-1])
    counts = ends.get("many") == "FAILED" or any(way.errors for way in ways.values())
    if good is not None and good.end == "COMPLETED":
        _vanished(bench, good, _OPTIONAL)
        if good.errors:
            note(bench, "summary-counts", "/answer/body/summary/errors", "A good file has errors.", good.answers[-1])
        if few is not None and few.end == "FAILED":
            message = f"A file with {FEW} bad rows ended FAILED."
            note(bench, "row-errors-tolerance", "/answer/body/status", message, few.answers[-1])
    if few is not None and few.end == "COMPLETED" and counts:
        _counted(bench, few)
    if many is not None and many.end == "COMPLETED" and counts:
        message = "A file with twice as many bad rows as are tolerated ended COMPLETED."
        note(bench, "row-errors-tolerance", "/answer/body/status", message, many.answers[-1])


def _not_negative(bench: Bench, way: Way) -> None:
    for name in ("errors", "warnings"):
        if (way.answers[-1].get("summary", name) or 0) < 0:
            message = f"The summary counts fewer than no {name}."
            note(bench, "summary-counts", f"/answer/body/summary/{name}", message, way.answers[-1])


def _counted(bench: Bench, few: Way) -> None:
    answer = few.answers[-1]
    if answer.value("summary") is Gap.ABSENT:
        _vanished(bench, few, ("summary",))
    elif answer.value("summary", "errors") is Gap.ABSENT:
        message = "The file has bad rows, and the summary says nothing of them."
        note(bench, "field-vanished", "/answer/body/summary/errors", message, answer)
    elif few.errors is not None and few.errors != FEW:
        message = f"Of the file's rows {FEW} have no identifier, the summary counts {few.errors} errors."
        note(bench, "summary-counts", "/answer/body/summary/errors", message, answer)


def _vanished(bench: Bench, way: Way, names: tuple[str, ...]) -> None:
    answer = way.answers[-1]
    for name in names:
        if answer.value(name) is Gap.ABSENT:
            message = f"The import has ended COMPLETED, and {name} is not shown."
            note(bench, "field-vanished", f"/answer/body/{name}", message, answer)

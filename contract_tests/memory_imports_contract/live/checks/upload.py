"""The whole way of a file: good ones end COMPLETED, broken ones do not, and the counts are those of the file.

Whether a service counts rows at all shows by what it does with a file of too many bad ones; only then are counts
held against it.
"""

import time
from http import HTTPStatus

from attrs import define, field

from memory_imports_contract.live.answers import Answer, Gap
from memory_imports_contract.live.bench import Bench, Created
from memory_imports_contract.live.book import UPLOAD
from memory_imports_contract.live.checks import store
from memory_imports_contract.live.checks.creation import compare, created, fetched
from memory_imports_contract.live.conformance import moment
from memory_imports_contract.live.exchange import Ask
from memory_imports_contract.live.samples import broken, good_body, rows
from memory_imports_contract.live.session import NoAnswerError

_RANK = {"PENDING": 0, "PROCESSING": 1, "COMPLETED": 2, "FAILED": 2}
_FINAL = 2
_FEW = 3
_SECOND = 1.1
"""Long enough for two moments to differ where times are shown in whole seconds."""
_OPTIONAL = ("updatedAt", "fileSize", "columnMappings")


@define
class Way:
    """One file on its way: what is known of it, and every answer about it."""

    mark: str
    content: bytes = field(repr=False)
    made: Created
    answers: list[Answer] = field(factory=list, repr=False)
    sent_at: float | None = None

    @property
    def states(self) -> list[str]:
        """Every state that was seen."""
        return [state for answer in self.answers if (state := answer.get("status")) is not None]

    @property
    def end(self) -> str | None:
        """COMPLETED or FAILED, once that is known."""
        return next((state for state in self.states if _RANK[state] == _FINAL), None)

    @property
    def errors(self) -> int | None:
        """The bad rows that the service has counted."""
        found = self.answers[-1].get("summary", "errors") if self.answers else None
        return found if isinstance(found, int) else None


def announce(bench: Bench) -> list[Way]:
    """Creates an import for each file, and one to try unfit uploads with; looks at all of them."""
    tolerated = int(bench.contract.document["x-csv-rules"]["toleratedRowErrors"])
    files = {
        "probe": rows(1, 0, "probe"),
        "good": rows(6, 0, "good"),
        "few": rows(6, _FEW, "few"),
        "many": rows(4, 2 * tolerated, "many"),
        "broken": broken(),
    }
    ways = []
    for mark, content in files.items():
        made = bench.create(good_body(f"Drift {mark}.csv", len(content)))
        if made is not None:
            created(bench, made)
            way = Way(mark, content, made)
            way.answers.append(fetched(bench, made))
            ways.append(way)
    return ways


def travel(bench: Bench, ways: list[Way]) -> None:
    """Uploads each file, and follows it to its end."""
    by_mark = {way.mark: way for way in ways if way.made.url is not None}
    faithful, taken = store.trials(bench, by_mark["probe"].made) if "probe" in by_mark else (False, True)
    time.sleep(max(0.0, min(_SECOND, _SECOND + max(way.made.at for way in ways) - time.time())) if ways else 0.0)
    for way in by_mark.values():
        if way.mark != "probe":
            _upload(bench, way, faithful=faithful)
    sent = [way for way in by_mark.values() if way.sent_at is not None]
    _follow(bench, sent)
    for way in sent:
        _history(bench, way)
        _not_negative(bench, way)
    _ends(bench, {way.mark: way for way in sent})
    if not taken and not bench.book.has("refused-upload-counts"):
        fetched(bench, by_mark["probe"].made)


def _upload(bench: Bench, way: Way, *, faithful: bool) -> None:
    bench.cases[UPLOAD] += 1
    url = way.made.url or ""
    # As the client sends it: the newer signature does not cover the type, the older one always does.
    typed = (("content-type", "text/csv"),) if "x-amz-signature=" in url.lower() else ()
    ask = Ask("PUT", url, "none", typed, way.content, is_signed=True)
    try:
        seen = bench.session.send(ask)
    except NoAnswerError:
        bench.survive()
        bench.book.note("upload-refused", UPLOAD, "/request", "The connection of an upload was lost each time.")
        return
    if not seen.is_good:
        message = f"A plain PUT of the whole file: expected 200, saw {seen.status}."
        bench.book.note("upload-refused", UPLOAD, "/answer/status", message, seen)
        return
    way.sent_at = seen.at
    if seen.status != HTTPStatus.OK:
        message = f"A plain PUT of the whole file: expected 200, saw {seen.status}."
        bench.book.note("upload-status", UPLOAD, "/answer/status", message, seen)
    elif faithful and not (seen.header("etag") or "").strip('"'):
        bench.book.note("upload-etag", UPLOAD, "/answer/headers/etag", "The answer to the PUT has no ETag.", seen)


def _follow(bench: Bench, ways: list[Way]) -> None:
    """Asks for every import until each has ended, then once more."""
    until, ended = time.monotonic() + bench.patience, 0
    pause = 0.2
    while (open_ways := [way for way in ways if way.end is None]) and time.monotonic() < until:
        for way in open_ways:
            answer = bench.fetch(way.made.import_id, "import-not-fetched")
            way.answers.append(answer)
            compare(bench, way.made, answer)
            if not answer.ok or answer.value("status") is Gap.FAULTY:
                return
        if (now := sum(way.end is not None for way in ways)) > ended:  # whoever gets on with it is given more time
            until, ended = time.monotonic() + bench.patience, now
        time.sleep(pause)
        pause = min(pause * 1.4, 2.0, bench.patience / 10)
    for way in ways:
        if way.end is None:
            answer = way.answers[-1]
            message = f"The file was uploaded {bench.patience:.0f} seconds ago, and the import is {way.states[-1:]}."
            _note(bench, "import-never-ends", "/answer/body/status", message, answer)
        else:
            way.answers.append(bench.fetch(way.made.import_id))


def _history(bench: Bench, way: Way) -> None:
    """The states go forward only, createdAt stays, updatedAt moves with the import."""
    for before, after in zip(way.states, way.states[1:], strict=False):
        if _RANK[after] < _RANK[before] or (_RANK[before] == _FINAL and after != before):
            _note(
                bench, "status-goes-back", "/answer/body/status", f"{before} was followed by {after}.", way.answers[-1]
            )
            break
    begun = [when for answer in way.answers if (when := moment(answer.get("createdAt"))) is not None]
    touched = [when for answer in way.answers if (when := moment(answer.get("updatedAt"))) is not None]
    if len(set(begun)) > 1:
        message = "createdAt of one import is not the same each time."
        _note(bench, "created-at-changes", "/answer/body/createdAt", message, way.answers[-1])
    if touched != sorted(touched):
        _note(bench, "updated-at", "/answer/body/updatedAt", "updatedAt goes backwards.", way.answers[-1])
    waited = (way.sent_at or way.made.at) - way.made.at
    if way.end and begun and touched and touched[-1] <= begun[0] and waited >= _SECOND:
        message = f"The file came {waited:.1f} seconds after the creation, and updatedAt is still createdAt."
        _note(bench, "updated-at", "/answer/body/updatedAt", message, way.answers[-1])


def _ends(bench: Bench, ways: dict[str, Way]) -> None:
    ends = {mark: way.end for mark, way in ways.items()}
    good, few, many = ways.get("good"), ways.get("few"), ways.get("many")
    if good is not None and good.end == "FAILED":
        _note(bench, "good-file-failed", "/answer/body/status", "A good file ended FAILED.", good.answers[-1])
    if ends.get("broken") == "COMPLETED":
        message = "A file without a single mapped column ended COMPLETED."
        _note(bench, "broken-file-completed", "/answer/body/status", message, ways["broken"].answers[-1])
    counts = ends.get("many") == "FAILED" or any(way.errors for way in ways.values())
    if good is not None and good.end == "COMPLETED":
        _vanished(bench, good, _OPTIONAL)
        if good.errors:
            _note(bench, "summary-counts", "/answer/body/summary/errors", "A good file has errors.", good.answers[-1])
        if few is not None and few.end == "FAILED":
            message = f"A file with {_FEW} bad rows ended FAILED."
            _note(bench, "row-errors-tolerance", "/answer/body/status", message, few.answers[-1])
    if few is not None and few.end == "COMPLETED" and counts:
        _counted(bench, few)
    if many is not None and many.end == "COMPLETED" and counts:
        message = "A file with twice as many bad rows as are tolerated ended COMPLETED."
        _note(bench, "row-errors-tolerance", "/answer/body/status", message, many.answers[-1])


def _not_negative(bench: Bench, way: Way) -> None:
    for name in ("errors", "warnings"):
        if (way.answers[-1].get("summary", name) or 0) < 0:
            message = f"The summary counts fewer than no {name}."
            _note(bench, "summary-counts", f"/answer/body/summary/{name}", message, way.answers[-1])


def _counted(bench: Bench, few: Way) -> None:
    answer = few.answers[-1]
    if answer.value("summary") is Gap.ABSENT:
        _vanished(bench, few, ("summary",))
    elif answer.value("summary", "errors") is Gap.ABSENT:
        message = "The file has bad rows, and the summary says nothing of them."
        _note(bench, "field-vanished", "/answer/body/summary/errors", message, answer)
    elif few.errors is not None and few.errors != _FEW:
        message = f"Of the file's rows {_FEW} have no identifier, the summary counts {few.errors} errors."
        _note(bench, "summary-counts", "/answer/body/summary/errors", message, answer)


def _vanished(bench: Bench, way: Way, names: tuple[str, ...]) -> None:
    answer = way.answers[-1]
    for name in names:
        if answer.value(name) is Gap.ABSENT:
            message = f"The import has ended COMPLETED, and {name} is not shown."
            _note(bench, "field-vanished", f"/answer/body/{name}", message, answer)


def _note(bench: Bench, rule: str, where: str, message: str, answer: Answer) -> None:
    bench.book.note(rule, answer.operation.name, where, message, answer.exchange)

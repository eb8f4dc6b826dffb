"""The whole way of a file: an import for each, the upload, and every state until all have ended."""

import time
from http import HTTPStatus
from urllib.parse import parse_qs

from memory_imports_contract.live.answers import Gap
from memory_imports_contract.live.bench import Bench, pass_second
from memory_imports_contract.live.book import UPLOAD
from memory_imports_contract.live.checks import store
from memory_imports_contract.live.checks.creation import compare, created, fetched
from memory_imports_contract.live.checks.outcome import note, outcome
from memory_imports_contract.live.checks.way import Way
from memory_imports_contract.live.exchange import Ask, unanswered
from memory_imports_contract.live.samples import FEW, broken, good_body, rows
from memory_imports_contract.live.session import NoAnswerError

_TYPED = frozenset({"good", "many"})


def announce(bench: Bench) -> list[Way]:
    """Creates an import for each file, and one to try unfit uploads with; looks at all of them."""
    tolerated = int(bench.contract.document["x-csv-rules"]["toleratedRowErrors"])
    files = {
        "probe": rows(1, 0, "probe"),
        "good": rows(6, 0, "good"),
        "few": rows(6, FEW, "few"),
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


def travel(bench: Bench, ways: list[Way]) -> list[Way]:
    """Uploads each file, and follows it to its end.

    Returns:
        The files that were sent.
    """
    by_mark = {way.mark: way for way in ways if way.made.url is not None}
    faithful, taken = store.trials(bench, by_mark["probe"].made) if "probe" in by_mark else (False, True)
    if ways:
        pass_second(max(way.made.at for way in ways))
    for way in by_mark.values():
        if way.mark != "probe":
            _upload(bench, way, faithful=faithful)
    sent = [way for way in by_mark.values() if way.sent_at is not None]
    _follow(bench, sent)
    if not taken and not bench.book.has("refused-upload-counts"):
        fetched(bench, by_mark["probe"].made)
    return sent


def arrived(bench: Bench, ways: list[Way], sent: list[Way]) -> None:
    """Looks once more, after a while, at what has ended, and at a URL that has; then judges how it all went."""
    for way in ways:
        if way.mark == "probe" and way.made.url is not None and not bench.book.has("upload-url-expired"):
            store.expired(bench, way.made)
    for way in sent:
        if way.end is not None:
            way.answers.append(bench.fetch(way.made.import_id, "import-not-fetched"))
    outcome(bench, sent)


def _upload(bench: Bench, way: Way, *, faithful: bool) -> None:
    bench.cases[UPLOAD] += 1
    url = way.made.url or ""
    typed = (("content-type", "text/csv"),) if _is_typed(way, url) else ()
    ask = Ask("PUT", url, "none", typed, way.content, is_signed=True)
    try:
        seen = bench.session.send(ask)
    except NoAnswerError:
        bench.survive()
        message = "The connection of an upload was lost each time."
        bench.book.note("upload-refused", UPLOAD, "/request", message, unanswered(ask))
        return
    if not seen.is_good:
        kind = "with" if typed else "without"
        message = f"A plain PUT of the whole file, {kind} a content type: expected 200, saw {seen.status}."
        bench.book.note("upload-refused", UPLOAD, "/answer/status", message, seen)
        return
    way.sent_at = seen.at
    if seen.status != HTTPStatus.OK:
        message = f"A plain PUT of the whole file: expected 200, saw {seen.status}."
        bench.book.note("upload-status", UPLOAD, "/answer/status", message, seen)
    elif faithful and not (seen.header("etag") or "").strip('"'):
        bench.book.note("upload-etag", UPLOAD, "/answer/headers/etag", "The answer to the PUT has no ETag.", seen)


def _is_typed(way: Way, url: str) -> bool:
    """Whether to say what kind of file it is: where the signature leaves that open, of every other file."""
    signed = parse_qs(url.partition("?")[2])
    if "X-Amz-Signature" not in signed:
        return False  # the older signature always covers the type
    return way.mark in _TYPED or "content-type" in signed.get("X-Amz-SignedHeaders", [""])[0]


def _follow(bench: Bench, ways: list[Way]) -> None:
    """Asks for every import until each has ended, then once more."""
    until, ended = time.monotonic() + bench.patience, 0
    pause = 0.05 if bench.near else 0.2
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
            note(bench, "import-never-ends", "/answer/body/status", message, answer)
        else:
            way.answers.append(bench.fetch(way.made.import_id))

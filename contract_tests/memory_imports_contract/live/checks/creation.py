"""A new import: its id, its URL, and that it shows what it was created with, PENDING until something is uploaded."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

from memory_imports_contract.live.answers import Answer, Gap
from memory_imports_contract.live.bench import Bench, Created
from memory_imports_contract.live.conformance import is_valid, moment

_SKEW = 60.0
_SKEW_WITHOUT_DATE = 86400.0
_SHORTEST_LIFE = 30.0
_COARSE = timedelta(seconds=1)  # one of two times may be shown in whole seconds
_NEWER = ("Algorithm", "Credential", "Date", "Expires", "SignedHeaders", "Signature")
_WHOLE = tuple(f"X-Amz-{part}" for part in _NEWER)
_STYLES = (
    ("X-Amz-Algorithm", _WHOLE),
    ("X-Amz-Credential", _WHOLE),
    *((part, ("X-Amz-Signature",)) for part in _WHOLE),
    ("AWSAccessKeyId", ("AWSAccessKeyId", "Expires", "Signature")),
)
"""What a URL has to have once it has a part of a style; one that only borrows the newer one's words is left alone."""


def created(bench: Bench, made: Created) -> None:
    """Judges the create answer."""
    name, exchange = bench.contract.create.name, made.answer.exchange
    if not is_valid(bench.contract.fetch.parameter("importId").schema, made.import_id):
        message = "The id of the new import does not match the pattern that fetching wants."
        bench.book.note("created-id-shape", name, "/answer/body/importId", message, exchange)
    others = [other for other in bench.created if other is not made]
    if any(other.import_id == made.import_id for other in others):
        bench.book.note("created-id-repeated", name, "/answer/body/importId", "The id is not new.", exchange)
    elif made.url and any(other.url == made.url for other in others):
        bench.book.note("upload-url-repeated", name, "/answer/body/url", "The URL is not new.", exchange)
    if made.url is not None:
        _url(bench, made, made.url)


def fetched(bench: Bench, made: Created) -> Answer:
    """Fetches an import that nothing was uploaded to, and compares."""
    answer = bench.fetch(made.import_id, "import-not-fetched")
    compare(bench, made, answer)
    state = answer.get("status")
    if state not in (None, "PENDING"):
        message = f"Nothing was uploaded: expected PENDING, saw {state}."
        bench.book.note("not-pending", answer.operation.name, "/answer/body/status", message, answer.exchange)
    return answer


def still(bench: Bench, made: Created, before: Answer) -> None:
    """Fetches it again at the end of the run: it is what it was."""
    answer = fetched(bench, made)
    begun, again = moment(before.get("createdAt")), moment(answer.get("createdAt"))
    if None not in (begun, again) and begun != again:
        message = "createdAt of one import is not the same each time."
        bench.book.note("created-at-changes", answer.operation.name, "/answer/body/createdAt", message, answer.exchange)


def compare(bench: Bench, made: Created, answer: Answer) -> None:
    """What fetching shows is what was created; optional fields are compared where they are shown."""
    for field, sent in made.body.items():
        shown = answer.value(field)
        if not isinstance(shown, Gap) and shown != sent:
            message = f"{field} is not what the import was created with{_how(sent, shown)}."
            bench.book.note("echo-differs", answer.operation.name, f"/answer/body/{field}", message, answer.exchange)
    _times(bench, made, answer)


def _how(sent: Any, shown: Any) -> str:  # noqa: ANN401 - JSON
    if isinstance(sent, list) and isinstance(shown, list):
        if len(sent) != len(shown):
            return f": {len(sent)} entries were sent, {len(shown)} are shown"
        return ": the same entries in another order" if all(one in shown for one in sent) else ""
    return f": {len(sent)} characters were sent, {len(shown)} are shown" if isinstance(sent, str) else ""


def _times(bench: Bench, made: Created, answer: Answer) -> None:
    name = answer.operation.name
    begun, touched = moment(answer.get("createdAt")), moment(answer.get("updatedAt"))
    if begun is not None:
        clock, skew = _clock(bench, made.answer)
        apart = begun.timestamp() - clock
        if abs(apart) > skew:
            message = f"createdAt is {apart:+.0f} seconds from the moment of creation by the server's own clock."
            bench.book.note("created-at", name, "/answer/body/createdAt", message, answer.exchange)
    clock, skew = _clock(bench, answer)
    if touched is not None and touched.timestamp() > clock + skew:
        bench.book.note("updated-at", name, "/answer/body/updatedAt", "updatedAt is in the future.", answer.exchange)
    if begun is not None and touched is not None and touched <= begun - _COARSE and not bench.book.has("created-at"):
        message = "updatedAt is before createdAt."
        bench.book.note("updated-at", name, "/answer/body/updatedAt", message, answer.exchange)


def _clock(bench: Bench, answer: Answer) -> tuple[float, float]:
    """When the answer was given by the server's own clock, if it says so, and how far that may be wrong."""
    try:
        date = parsedate_to_datetime(answer.exchange.header("date") or "")
    except ValueError:  # a server on this machine has this machine's clock
        return answer.exchange.at, _SKEW if bench.near else _SKEW_WITHOUT_DATE
    return date.timestamp(), _SKEW


def _url(bench: Bench, made: Created, url: str) -> None:
    name, where, exchange = bench.contract.create.name, "/answer/body/url", made.answer.exchange
    try:
        parts = urlsplit(url)
        scheme, host = parts.scheme.lower(), parts.hostname
    except ValueError:
        scheme, host, parts = "", None, urlsplit("")
    if not url.isascii() or re.search(r"[\0-\x20\x7f]", url):
        message = "The URL holds a space, or a character that no URL can hold."
        bench.book.note("upload-url-scheme", name, where, message, exchange)
        return
    if not host or not (scheme == "https" or (scheme == "http" and bench.session.base_url.startswith("http:"))):
        bench.book.note("upload-url-scheme", name, where, f"Expected a URL of HTTPS, saw {scheme or 'none'}.", exchange)
        return
    query = parse_qs(parts.query, keep_blank_values=True)
    if not query:
        bench.book.note("upload-url-unsigned", name, where, "The URL has no query, so no signature.", exchange)
        return
    wanted = next((parts for mark, parts in _STYLES if mark in query), ())
    lacking = [part for part in wanted if not query.get(part, [""])[0]]
    if lacking:
        bench.book.note("upload-url-unsigned", name, where, f"The URL lacks {', '.join(lacking)}.", exchange)
        return
    left = seconds_left(bench, query, made)
    if left is not None and left < _SHORTEST_LIFE:
        message = f"The URL lives {left:.0f} seconds."
        bench.book.note("upload-url-expired", name, where, message, exchange)


def seconds_left(bench: Bench, query: dict[str, list[str]], made: Created) -> float | None:
    """How long the URL lived when it was given, if it is of a style that says so."""
    now, _ = _clock(bench, made.answer)
    try:
        if "Expires" in query:
            return int(query["Expires"][0]) - now
        begins = datetime.strptime(query["X-Amz-Date"][0], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        return begins.timestamp() + int(query["X-Amz-Expires"][0]) - now
    except (ValueError, KeyError):
        return None

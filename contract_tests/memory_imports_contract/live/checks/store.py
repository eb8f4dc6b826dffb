"""The object store does with an unfit upload what S3 does: it refuses, in XML, and the import does not move.

The trials go to an import that is never uploaded to. Credentials sent here are made up: the real ones are the API's.
"""

import re
import time
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs
from xml.etree import ElementTree as ET

from attrs import frozen

from memory_imports_contract.live.bench import Bench, Created
from memory_imports_contract.live.book import UPLOAD
from memory_imports_contract.live.checks.creation import seconds_left
from memory_imports_contract.live.exchange import Ask, Exchange
from memory_imports_contract.live.samples import good_body, rows
from memory_imports_contract.live.session import NoAnswerError

_NO_LENGTH, _CHUNKED, _TWICE = "no length", "chunked", "credentials in a header, too"
_ALIKE = {_NO_LENGTH: 411, _CHUNKED: 501, _TWICE: 400}
_REFUSED_BY_5XX = (HTTPStatus.NOT_IMPLEMENTED, HTTPStatus.SERVICE_UNAVAILABLE)
_LATE, _WORTH_WAITING = 2.0, 45.0
_MADE_UP = (("authorization", "Basic ZHJpZnQ6ZHJpZnQ="),)
_STATUSES: Mapping[str, int] = {
    **dict.fromkeys(("AccessDenied", "AllAccessDisabled", "InvalidAccessKeyId", "InvalidSecurity"), 403),
    **dict.fromkeys(("RequestTimeTooSkewed", "SignatureDoesNotMatch"), 403),
    **dict.fromkeys(("AuthorizationHeaderMalformed", "AuthorizationQueryParametersError"), 400),
    **dict.fromkeys(("BadDigest", "EntityTooLarge", "EntityTooSmall", "ExpiredToken", "IncompleteBody"), 400),
    **dict.fromkeys(("InvalidArgument", "InvalidDigest", "InvalidRequest", "InvalidToken", "InvalidURI"), 400),
    **dict.fromkeys(("MalformedPOSTRequest", "MissingSecurityHeader", "RequestTimeout"), 400),
    **dict.fromkeys(("NoSuchBucket", "NoSuchKey", "NoSuchUpload"), 404),
    **dict.fromkeys(("ServiceUnavailable", "SlowDown"), 503),
    "InternalError": 500,
    "MethodNotAllowed": 405,
    "MissingContentLength": 411,
    "NotImplemented": 501,
    "PreconditionFailed": 412,
}
_FAITHFUL = frozenset({"NotImplemented", "InvalidArgument", "MissingContentLength", "SignatureDoesNotMatch"})


@frozen
class _Trial:
    what: str
    ask: Ask
    sure: bool = True
    """Whether it is drift to take this: a store that is not S3 may do without a length."""
    near: bool = True
    """Whether the refusal is the store's own for certain, and not that of the server around it."""


def trials(bench: Bench, probe: Created) -> tuple[bool, bool]:
    """Sends what S3 would refuse.

    Returns:
        Whether the store takes after S3 in the finer points, and whether it took any of the uploads.
    """
    url = probe.url or ""
    content = rows(1, 0, "probe")
    others = [made.url for made in bench.created if made.url and made.body == good_body()]
    trials = [*_trials(url, content), *_finer_trials(url, others, content)]
    answers = {trial.what: (trial, _sent(bench, trial)) for trial in trials}
    codes = {_code(seen) for _, seen in answers.values() if seen is not None}
    faithful = codes >= _FAITHFUL
    statuses = {what: seen.status for what, (_, seen) in answers.items() if seen is not None}
    alike = statuses.items() >= _ALIKE.items()
    for trial, seen in answers.values():
        if seen is not None:
            _judge(bench, trial, seen, faithful=faithful, alike=alike)
            if trial.near and seen.body and _is_misnamed(seen, alike=alike):
                message = f"The error that answers {trial.what} is not XML with Code and Message."
                bench.book.note("object-error-form", UPLOAD, "/answer/body", message, seen)
    answer = bench.fetch(probe.import_id)
    state = answer.get("status")
    taken = any(seen is not None and seen.is_good for _, seen in answers.values())
    if state not in (None, "PENDING") and not taken:
        message = f"Every upload was refused, and the import is {state}."
        bench.book.note("refused-upload-counts", UPLOAD, "/answer/body/status", message, answer.exchange)
    return faithful, taken


def expired(bench: Bench, probe: Created) -> None:
    """Tries the URL once more when it has expired, if that is soon."""
    url = probe.url or ""
    left = seconds_left(bench, parse_qs(url.partition("?")[2]), probe)
    wait = probe.at + left + _LATE - time.time() if left is not None else _WORTH_WAITING
    if wait < _WORTH_WAITING:
        time.sleep(max(0.0, wait))
        ask = Ask("PUT", url, "none", (), rows(1, 0, "probe"), is_signed=True)
        trial = _Trial("a URL that has expired", ask)
        seen = _sent(bench, trial)
        if seen is not None:
            _judge(bench, trial, seen, faithful=False, alike=False)


def _trials(url: str, content: bytes) -> list[_Trial]:
    path, mark, query = url.partition("?")
    forged = re.sub(r"(?<=ignature=)[^&]+", lambda match: match[0][::-1].swapcase(), query)
    if forged == query:
        forged = query[:-1] + ("0" if query[-1:] != "0" else "1")
    folder, slash, name = path.rpartition("/")
    other = folder + slash + "x" + name
    return [
        _Trial("a forged signature", Ask("PUT", path + mark + forged, "none", (), content, is_signed=True)),
        _Trial("no signature", Ask("PUT", path, "none", (), content, is_signed=True), near=False),
        _Trial(
            "the URL of one object for another",
            Ask("PUT", other + mark + query, "none", (), content, is_signed=True),
            near=False,
        ),
        _Trial(_CHUNKED, Ask("PUT", url, "none", (), content, "chunked", is_signed=True)),
        _Trial(_TWICE, Ask("PUT", url, "none", _MADE_UP, content, is_signed=True)),
        _Trial("GET", Ask("GET", url, "none", is_signed=True), near=False),
        _Trial("DELETE", Ask("DELETE", url, "none", is_signed=True), near=False),
        _Trial("POST", Ask("POST", url, "none", (), content, is_signed=True), near=False),
        _Trial(_NO_LENGTH, Ask("PUT", url, "none", (), None, "bare", is_signed=True), sure=False),
    ]


def _finer_trials(url: str, others: list[str], content: bytes) -> list[_Trial]:
    """What only a store that computes signatures refuses; the other import is one that stays without a file."""
    longer = re.sub(r"(?<=X-Amz-Expires=)\d+", lambda match: str(int(match[0]) + 1), url)
    longer = re.sub(r"(?<=&Expires=)\d+", lambda match: str(int(match[0]) + 1), longer)
    found = [] if longer == url else [Ask("PUT", longer, "none", (), content, is_signed=True)]
    trials = [_Trial("a lifetime that was changed", ask, sure=False) for ask in found]
    later = re.sub(r"(?<=X-Amz-Date=)(\d{8}T\d{5})(\d)", lambda match: f"{match[1]}{9 - int(match[2])}", url)
    if later != url:
        ask = Ask("PUT", later, "none", (), content, is_signed=True)
        trials.append(_Trial("a date that was changed", ask, sure=False))
    for other in others[:1]:
        ask = Ask("PUT", other.partition("?")[0] + "?" + url.partition("?")[2], "none", (), content, is_signed=True)
        trials.append(_Trial("the signature of another import", ask, sure=False))
    return trials


def _sent(bench: Bench, trial: _Trial) -> Exchange | None:
    bench.cases[UPLOAD] += 1
    try:
        return bench.session.send(trial.ask)
    except NoAnswerError:  # to hang up on an unfit upload is to refuse it
        bench.survive()
        return None


def _judge(bench: Bench, trial: _Trial, seen: Exchange, *, faithful: bool, alike: bool) -> None:
    status, where = seen.status, "/request"
    if status < HTTPStatus.BAD_REQUEST:
        if trial.sure or (faithful and trial.what != _NO_LENGTH):
            message = f"S3 refuses an upload with {trial.what}, saw {status}."
            bench.book.note("upload-unfit-accepted", UPLOAD, where, message, seen, cause=trial.what)
        return
    code = _code(seen)
    wanted = _STATUSES.get(code or "", 0 if code and alike else status)
    if (seen.is_broken and status not in _REFUSED_BY_5XX) or wanted != status:
        rule = "object-error-status" if code else "upload-unfit-status"
        message = f"An upload with {trial.what} is answered with {status}{f' and {code}' if code else ''}."
        bench.book.note(rule, UPLOAD, "/answer/status", message, seen, cause=str(status))


def _is_misnamed(seen: Exchange, *, alike: bool) -> bool:
    """JSON and HTML are never errors of a store; a store with the statuses of S3 has its XML, too."""
    kind = seen.header("content-type") or ""
    if alike and seen.status >= HTTPStatus.BAD_REQUEST:
        return _code(seen) is None or "xml" not in kind
    return _code(seen) is None and ("json" in kind or seen.body.lstrip().startswith((b"{", b"<")))


def _code(seen: Exchange) -> str | None:
    """Code of an error of S3, or None if it is none."""
    try:
        root: Any = ET.fromstring(seen.body)  # noqa: S314 - expat loads no external entities; a few hundred bytes
    except ET.ParseError:
        return None
    code, message = root.findtext("{*}Code"), root.findtext("{*}Message")  # some stores name S3's namespace
    return code if root.tag.rpartition("}")[2] == "Error" and code and message is not None else None

"""What may be tried again, after how long, and when to ask next."""

import math
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import format_datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from memory_imports._effects import Lost, Outcome, Reply
from memory_imports._policy import Polling, Retry, Verdict, http_date, judge_call, judge_put, retry_after

NOW = datetime(2026, 10, 1, 12, 0, 0, tzinfo=UTC).timestamp()
SLOW_DOWN = b"<?xml version='1.0'?><Error><Code>SlowDown</Code></Error>"
TIMED_OUT = b"<?xml version='1.0'?><Error><Code>RequestTimeout</Code></Error>"
TOO_LARGE = b"<?xml version='1.0'?><Error><Code>EntityTooLarge</Code></Error>"


def reply(status: int, body: bytes = b"", **headers: str) -> Reply:
    """An answer of these; underscores in header names stand for hyphens."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply(status=status, headers=named, body=body, at=NOW)


def lost(*, sent: bool) -> Lost:
    """No answer."""
    return Lost("ReadTimeout", sent=sent, at=NOW)


def date(seconds: float) -> str:
    """An HTTP date so many seconds from now."""
    return format_datetime(datetime.fromtimestamp(NOW + seconds, UTC), usegmt=True)


FINAL = (200, 201, 204, 301, 302, 304, 307, 308, 400, 401, 403, 404, 405, 408, 409, 410, 411, 412, 413, 415, 422, 451)
BROKEN = (500, 501, 502, 504, 505, 507, 511, 520, 599, 600, 999)
STORE_TROUBLE = {500, 502, 504}

CALLS: list[tuple[Outcome, Verdict]] = [
    *((reply(status, b"{}"), Verdict.FINAL) for status in FINAL),
    *((reply(status), Verdict.FINAL) for status in FINAL if status >= 300),
    *((reply(200, body), Verdict.UNCERTAIN) for body in (b"", b"{", b"<html>", b"[" * 100_000, b"\xff")),
    *((reply(status), Verdict.UNCERTAIN) for status in (*BROKEN, 503)),
    (reply(429), Verdict.UNPROCESSED),
    (reply(400, TIMED_OUT), Verdict.FINAL),
    (lost(sent=True), Verdict.UNCERTAIN),
    (lost(sent=False), Verdict.UNPROCESSED),
]
PUTS: list[tuple[Outcome, Verdict]] = [
    *((reply(status), Verdict.FINAL) for status in (*FINAL, 429, *set(BROKEN) - STORE_TROUBLE)),
    *((reply(status), Verdict.UNCERTAIN) for status in sorted(STORE_TROUBLE)),
    (reply(503, SLOW_DOWN), Verdict.UNPROCESSED),
    (reply(400, TIMED_OUT), Verdict.UNPROCESSED),
    (reply(400, TOO_LARGE), Verdict.FINAL),
    (reply(403, TIMED_OUT), Verdict.FINAL),
    (lost(sent=True), Verdict.UNCERTAIN),
    (lost(sent=False), Verdict.UNPROCESSED),
]


def label(value: object) -> str | None:
    """A name for a case."""
    match value:
        case Reply():
            return f"{value.status}{'+xml' if value.body else ''}"
        case Lost():
            return f"lost-{'sent' if value.sent else 'unsent'}"
    return None


@pytest.mark.parametrize(("outcome", "expected"), CALLS, ids=label)
def test_judges_a_call(outcome: Outcome, expected: Verdict) -> None:
    """429 was never processed, a 5xx or a lost answer may have been; all else is an answer."""
    assert expected is judge_call(outcome)


@pytest.mark.parametrize(("outcome", "expected"), PUTS, ids=label)
def test_judges_an_upload(outcome: Outcome, expected: Verdict) -> None:
    """The object store names what may be tried again: 500, 502, 503, 504 and a RequestTimeout."""
    assert expected is judge_put(outcome)


RETRY_AFTER: dict[str, tuple[Mapping[str, str], float | None]] = {
    "none": ({}, None),
    "digits": ({"retry-after": "7"}, 7.0),
    "zero": ({"retry-after": "0"}, 0.0),
    "digits with blanks around them": ({"retry-after": " 7\t"}, 7.0),
    "more seconds than a float holds": ({"retry-after": "9" * 400}, math.inf),
    "negative": ({"retry-after": "-7"}, None),
    "signed": ({"retry-after": "+7"}, None),
    "a fraction": ({"retry-after": "7.5"}, None),
    "an exponent": ({"retry-after": "1e3"}, None),
    "not ASCII": ({"retry-after": "\u0667"}, None),
    "a superscript": ({"retry-after": "\u00b2"}, None),
    "twice": ({"retry-after": "7, 7"}, None),
    "empty": ({"retry-after": ""}, None),
    "garbage": ({"retry-after": "soon"}, None),
    "a date, no clock beside it": ({"retry-after": date(30)}, 30.0),
    "a date, a clock beside it": ({"retry-after": date(30), "date": date(20)}, 10.0),
    "a date, garbage beside it": ({"retry-after": date(30), "date": "today"}, 30.0),
    "a date in the past": ({"retry-after": date(-30)}, 0.0),
    "a date without a zone": ({"retry-after": date(30).replace("GMT", "-0000")}, 30.0),
    "a date that is none": ({"retry-after": "Thu, 31 Feb 2026 12:00:00 GMT"}, None),
    "a date beyond time": ({"retry-after": "Thu, 01 Oct 99999 12:00:00 GMT"}, None),
}


@pytest.mark.parametrize("case", RETRY_AFTER)
def test_reads_retry_after(case: str) -> None:
    """Digits or a date, the date by the server's own clock where it shows one; anything else asks for nothing."""
    headers, expected = RETRY_AFTER[case]
    assert expected == retry_after(headers, NOW)


@given(st.text(), st.text())
def test_no_header_breaks_the_reader(text: str, beside: str) -> None:
    """Whatever a proxy writes there, the answer is a number or none."""
    asked = retry_after({"retry-after": text, "date": beside}, NOW)
    assert asked is None or asked >= 0


@given(
    st.from_regex(
        r"[A-Za-z]{3}, [0-9]{1,3} [A-Za-z]{3} [0-9]{1,6} [0-9:]{1,9} ([+-][0-9]{1,6}|[A-Z]{1,4})", fullmatch=True
    )
)
def test_nothing_like_a_date_breaks_the_reader(text: str) -> None:
    """Dates of other centuries and zones of other planets included."""
    moment = http_date(text)
    assert moment is None or math.isfinite(moment)


@settings(deadline=None)
@given(
    attempt=st.integers(1, 10_000),
    random=st.floats(0, 1, exclude_max=True),
    asked=st.none() | st.integers(0, 10**6),
    base=st.floats(0, 100),
    cap=st.floats(0, 1000),
)
def test_a_pause_is_what_was_asked_for_and_at_most_the_cap_more(
    attempt: int, random: float, asked: int | None, base: float, cap: float
) -> None:
    """Never sooner than the service asked, never later than that and the cap, however many attempts there were."""
    outcome = reply(429) if asked is None else reply(429, retry_after=str(asked))
    pause = Retry(base=base, cap=cap).pause(attempt, outcome, random)
    assert (asked or 0) <= pause <= (asked or 0) + cap


@pytest.mark.parametrize("asked", ["31536001", "99999999", "1" + 300 * "0", "9" * 400, "Fri, 31 Dec 9999 23:59:59 GMT"])
def test_no_pause_is_longer_than_a_year_and_its_jitter(asked: str) -> None:
    """Whatever is asked for: there are numbers at which a clock gives up."""
    outcome = Reply(status=503, headers={"retry-after": asked}, body=b"", at=0.0)
    assert 31_536_000.0 <= Retry().pause(1, outcome, 0.5) <= 31_536_020.0


def test_pauses_grow_twofold_up_to_the_cap() -> None:
    """The bound of the jitter doubles with each attempt; its share is the random number."""
    retry = Retry(base=0.5, cap=20.0)
    outcome = lost(sent=True)
    assert [0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 20.0] == [retry.pause(attempt, outcome, 1.0) for attempt in range(1, 8)]
    assert [0.0, 2.0] == [retry.pause(4, outcome, random) for random in (0.0, 0.5)]


@given(st.floats(-1e9, 1e12), st.floats(-1e9, 1e12))
def test_polling_slows_down_with_age_within_its_bounds(age: float, other: float) -> None:
    """Never sooner than at first, never later than the cap, never faster for an older import."""
    polling = Polling()
    younger, older = sorted((age, other))
    assert polling.first <= polling.pause(younger) <= polling.pause(older) <= polling.cap


def test_polling_is_a_share_of_the_age() -> None:
    """Known of an import's end is then at most that share too late."""
    polling = Polling(first=1.0, share=0.2, cap=600.0)
    assert [1.0, 1.0, 2.0, 20.0, 600.0] == [polling.pause(age) for age in (0, 5, 10, 100, 10_000)]

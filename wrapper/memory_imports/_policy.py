"""May this be tried again, and when; when to ask next. Pure: a table, two limits and some arithmetic."""

import json
from collections.abc import Mapping
from datetime import UTC
from enum import Enum
from http import HTTPStatus

from attrs import frozen

from memory_imports._effects import Lost, Outcome, Reply

# Seconds, a year. What a server asks for may be any number, and no clock can sleep for three hundred of them.
LONGEST = 31_536_000.0


class Verdict(Enum):
    """What an outcome says about the request that led to it."""

    FINAL = "an answer to act on"
    UNPROCESSED = "it was not processed, so trying again is safe"
    UNCERTAIN = "it may or may not have been processed"


@frozen(kw_only=True)
class Retry:
    """How often and for how long one request is tried. Seconds; the bounds hold together."""

    attempts: int = 6
    total: float = 120.0
    base: float = 0.5
    cap: float = 20.0

    def pause(self, attempt: int, outcome: Outcome, random: float) -> float:
        """Return how long to wait after the given attempt (from 1): full jitter, on top of what was asked for."""
        # Doubled so often, any base is past any cap, and a float is not yet at its end.
        doublings = min(attempt - 1, 64)
        jitter = random * min(self.cap, self.base * 2.0**doublings)
        asked = retry_after(outcome.headers, outcome.at) if isinstance(outcome, Reply) else None
        return jitter + min(asked or 0.0, LONGEST)


def patient() -> Retry:
    """Return how a status is asked for again: a short outage must not end a long wait."""
    return Retry(attempts=40, total=30.0, cap=3.0)


@frozen(kw_only=True)
class Polling:
    """When to ask for a status again: soon at first, then in proportion to the import's age. Seconds.

    As measured: an hour takes forty requests, and the end is noticed a tenth of the import's length later, on average.
    """

    first: float = 1.7
    share: float = 0.196
    cap: float = 600.0

    def pause(self, age: float) -> float:
        """Return how long to wait before asking again about an import of this age."""
        return min(self.cap, max(self.first, age * self.share))


def judge_call(outcome: Outcome) -> Verdict:
    """Judge the outcome of an API request. 429 is the account's own limit: never processed.

    A success that cannot be read is an answer cut short, or a page of something in between: no answer at all.
    """
    if isinstance(outcome, Lost):
        return Verdict.UNCERTAIN if outcome.sent else Verdict.UNPROCESSED
    if outcome.status == HTTPStatus.TOO_MANY_REQUESTS:
        return Verdict.UNPROCESSED
    garbled = is_success(outcome.status) and not _is_json(outcome.body)
    return Verdict.UNCERTAIN if garbled or is_server_error(outcome.status) else Verdict.FINAL


def _is_json(body: bytes) -> bool:
    try:
        json.loads(body)
    except (ValueError, RecursionError):
        return False
    return True


_STORE_TROUBLE = {HTTPStatus.INTERNAL_SERVER_ERROR, HTTPStatus.BAD_GATEWAY, HTTPStatus.GATEWAY_TIMEOUT}


def judge_put(outcome: Outcome) -> Verdict:
    """Judge the outcome of an upload by the object store's list of what may be tried again."""
    if isinstance(outcome, Lost):
        return Verdict.UNCERTAIN if outcome.sent else Verdict.UNPROCESSED
    slow_down = outcome.status == HTTPStatus.SERVICE_UNAVAILABLE
    if slow_down or (outcome.status == HTTPStatus.BAD_REQUEST and b"<Code>RequestTimeout<" in outcome.body):
        return Verdict.UNPROCESSED
    return Verdict.UNCERTAIN if outcome.status in _STORE_TROUBLE else Verdict.FINAL


def is_success(status: int) -> bool:
    """Say whether a status is of the 2xx family, documented or not."""
    return HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES


def is_server_error(status: int) -> bool:
    """Say whether a status is of the 5xx family, documented or not; what is no status counts as such (RFC 9110)."""
    return status >= HTTPStatus.INTERNAL_SERVER_ERROR


def retry_after(headers: Mapping[str, str], now: float) -> float | None:
    """Return the seconds that Retry-After asks for: digits or a date; None for anything else."""
    text = headers.get("retry-after", "").strip()
    if text.isascii() and text.isdigit():
        return float(text)
    moment = http_date(text)
    if moment is None:
        return None
    return max(0.0, moment - (http_date(headers.get("date", "")) or now))


def http_date(text: str) -> float | None:
    """Return an HTTP date in seconds since the epoch; None if it is none."""
    from email.utils import parsedate_to_datetime  # noqa: PLC0415 - it brings sockets with it, for a rare header

    try:
        moment = parsedate_to_datetime(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return None

"""How requests are sent: paced, counted, again where that is only fair, and by which credentials."""

from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest

from live.at_once import HERE, Clock, answering
from memory_imports_contract import DriftUnavailable
from memory_imports_contract.live.exchange import AUTHS, Ask
from memory_imports_contract.live.session import BudgetSpentError, NoAnswerError, Session

ASK = Ask("GET", f"{HERE}/x")
LOST = httpx.ConnectError("Lost.")
Answer = int | tuple[int, dict[str, str]] | httpx.TransportError


@contextmanager
def session(
    *answers: Answer, budget: int = 100, pace: float = 0.0
) -> Iterator[tuple[Session, list[httpx.Request], list[float]]]:
    """A session whose requests get these answers, then 200; what came, and how long after the first request."""
    came: list[httpx.Request] = []
    times: list[float] = []
    clock = Clock(1000.0)
    left = list(answers)

    def answer(request: httpx.Request) -> httpx.Response:
        request.read()
        came.append(request)
        times.append(round(clock.now - 1000.0, 1))
        given = left.pop(0) if left else 200
        if isinstance(given, httpx.TransportError):
            raise given
        status, headers = given if isinstance(given, tuple) else (given, {})
        return httpx.Response(status, headers=[(name.encode(), value.encode()) for name, value in headers.items()])

    with answering(clock, answer), Session(HERE, ("SKuser", "secret"), budget, pace) as sending:
        yield sending, came, times


def statuses(sending: Session, ask: Ask = ASK) -> list[int]:
    """Of every answer to one request, the last one last."""
    seen = sending.send(ask)
    return [*(one.status for one in seen.earlier), seen.status]


@pytest.mark.parametrize(
    ("chunk", "seconds", "tries"), [(b"[" * (1 << 20), 0.0, 3), (b"[", 50.0, 1)], ids=["large", "slow"]
)
def test_an_answer_without_an_end_is_none(chunk: bytes, seconds: float, tries: int) -> None:
    """Whoever is held against the contract may be hostile: neither the memory nor the night is theirs."""
    clock = Clock(1000.0)
    sent: list[int] = []

    def endless() -> Iterator[bytes]:
        while len(sent) < 1000:
            sent.append(len(chunk))
            clock.now += seconds
            yield chunk

    def answer(_: httpx.Request) -> httpx.Response:
        return httpx.Response(200, content=endless())

    with answering(clock, answer), Session(HERE, ("SKuser", "secret"), 100, 0.0) as sending:
        with pytest.raises(NoAnswerError) as caught:
            sending.send(ASK)
        assert (tries, tries == 1) == (sending.requests, caught.value.slow)
    assert len(sent) < 100


def test_a_server_that_keeps_everybody_waiting_ends_the_run() -> None:
    """Each of its answers might take the longest time that one may take."""
    with session(*[httpx.ReadTimeout("Slow.")] * 30) as (sending, came, _):
        for _ in range(3):
            with pytest.raises(NoAnswerError):
                sending.send(ASK)
        with pytest.raises(DriftUnavailable, match="kept 10 requests waiting in vain"):
            sending.send(ASK)
    assert 10 == len(came)


def test_what_comes_packed_is_asked_for_as_it_is_and_not_unpacked() -> None:
    """A few bytes may stand for gigabytes; the header stays, and tells why there is no body."""
    seen = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request.headers.get_list("accept-encoding"))
        return httpx.Response(200, headers={"content-encoding": "gzip"}, stream=httpx.ByteStream(b"no gzip at all"))

    with answering(Clock(1000.0), answer), Session(HERE, ("SKuser", "secret"), 100, 0.0) as sending:
        got = sending.send(ASK)
    assert [["identity"]] == seen
    assert (b"", "gzip") == (got.body, got.header("content-encoding"))


def test_requests_are_paced() -> None:
    """Each as long after the one before it as was asked for, the first at once."""
    with session(pace=0.5) as (sending, _, times):
        for _ in range(3):
            sending.send(ASK)
    assert [0.0, 0.5, 1.0] == times


def test_a_budget_counts_every_request_and_is_kept() -> None:
    """Those that were sent again, too."""
    with session(503, budget=3) as (sending, came, _):
        assert (3, 0) == (sending.left, sending.requests)
        sending.send(ASK)
        assert (1, 2) == (sending.left, sending.requests)
        sending.send(ASK)
        with pytest.raises(BudgetSpentError):
            sending.send(ASK)
    assert 3 == len(came)


@pytest.mark.parametrize(
    ("answers", "expected", "times"),
    [
        ([503, 500], [503, 500, 200], [0.0, 0.1, 0.6]),
        ([500, 500, 500], [500, 500, 500], [0.0, 0.1, 0.6]),
        ([501], [501], [0.0]),
        ([404], [404], [0.0]),
        ([(302, {"location": f"{HERE}/y"})], [302], [0.0]),
        ([429, 429, 429], [429, 429, 429, 200], [0.0, 0.5, 1.5, 3.5]),
        ([(429, {"retry-after": "7"})], [429, 200], [0.0, 7.0]),
        ([(429, {"retry-after": "30"})], [429, 200], [0.0, 30.0]),
        ([(429, {"retry-after": "soon"})], [429, 200], [0.0, 0.5]),
        ([(429, {"retry-after": "\u0667"})], [429, 200], [0.0, 0.5]),
        ([(429, {"retry-after": "0"})] * 7, [429] * 7, [0.0] * 7),
        ([LOST, LOST], [200], [0.0, 0.1, 0.6]),
        ([LOST, 503], [503, 200], [0.0, 0.1, 0.2]),
    ],
)
def test_what_goes_away_is_asked_again(answers: list[Answer], expected: list[int], times: list[float]) -> None:
    """Patiently and not for ever; what does not go away is handed on with what came before it."""
    with session(*answers) as (sending, _, sent):
        assert expected == statuses(sending)
    assert times == sent


def test_a_connection_that_is_always_lost_is_no_answer() -> None:
    """Three tries; the error says what was asked and nothing of the URL."""
    with (
        session(LOST, LOST, LOST) as (sending, came, _),
        pytest.raises(NoAnswerError, match=r"^GET: no answer$") as caught,
    ):
        sending.send(ASK)
    assert (3, ASK) == (len(came), caught.value.ask)


def test_once_is_once() -> None:
    """Whatever comes of it."""
    with session(LOST, 503) as (sending, came, _):
        assert None is sending.once(ASK)
        seen = sending.once(ASK)
    assert (503, 2) == (seen and seen.status, len(came))


def test_a_server_that_wants_more_rest_than_is_reasonable_ends_the_run() -> None:
    """With how long that would be."""
    with (
        session((429, {"retry-after": "31"})) as (sending, _, _),
        pytest.raises(DriftUnavailable, match="for 31 seconds"),
    ):
        sending.send(ASK)


def test_each_kind_of_credentials_is_what_it_is_called() -> None:
    """Wrong ones differ from the good ones in one half, and hold nothing that could be right."""
    given = {}
    with session() as (sending, came, _):
        for auth in AUTHS:
            sending.send(Ask("GET", ASK.url, auth, (("accept", "a"),)))
            given[auth] = came[-1].headers.get("authorization")
            assert ("memory-imports-drift", "a") == (came[-1].headers["user-agent"], came[-1].headers["accept"])
    basic = {name: httpx.BasicAuth(*pair)._auth_header for name, pair in PAIRS.items()}  # noqa: SLF001 - nothing else makes one
    assert {**basic, "none": None, "bearer": "Bearer secret"} == given


PAIRS = {
    "good": ("SKuser", "secret"),
    "wrong password": ("SKuser", "wrongterces"),
    "wrong user": ("wrongresuKS", "secret"),
}


@pytest.mark.parametrize(
    ("framing", "expected"), [("length", ("3", None)), ("chunked", (None, "chunked")), ("bare", (None, None))]
)
def test_a_body_is_framed_as_asked(framing: str, expected: tuple[str | None, str | None]) -> None:
    """With its length, in chunks, or with neither."""
    content = None if framing == "bare" else b"abc"
    with session() as (sending, came, _):
        sending.send(Ask("PUT", ASK.url, content=content, framing=framing))
    headers = came[0].headers
    assert expected == (headers.get("content-length"), headers.get("transfer-encoding"))
    assert (content or b"") == came[0].content


def test_an_exchange_has_the_names_of_its_headers_in_lower_case() -> None:
    """And the moment of the answer."""
    with session((200, {"ETag": "x"})) as (sending, _, _):
        seen = sending.send(ASK)
    assert ("x", None, 1000.0) == (seen.header("etag"), seen.header("date"), round(seen.at))

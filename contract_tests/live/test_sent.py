"""What is sent about imports of this run: each as often as it is worth, and to the object store without secrets."""

from datetime import UTC, datetime

import httpx
import pytest

from live.at_once import HERE
from live.test_requests import CONTRACT, ERROR, IMPORT, JSON, rules, sent
from memory_imports_contract.live.answers import Answer
from memory_imports_contract.live.bench import Bench, Created
from memory_imports_contract.live.checks.listing import lists
from memory_imports_contract.live.checks.store import trials
from memory_imports_contract.live.checks.upload import arrived
from memory_imports_contract.live.checks.way import Way
from memory_imports_contract.live.exchange import Ask, Exchange, unanswered
from memory_imports_contract.live.samples import good_body
from memory_imports_contract.live.session import Session

NOW = datetime.now(UTC)
SIGNED = f"?X-Amz-Date={NOW:%Y%m%dT%H%M%SZ}&X-Amz-Expires=9&X-Amz-Signature=abc"


def made(import_id: str = IMPORT, url: str | None = None) -> Created:
    """An import of this run."""
    answer = Answer(CONTRACT.create, unanswered(Ask("POST", HERE)), ok=True)
    return Created(good_body(), answer, import_id, url, NOW.timestamp())


def test_an_import_that_is_lost_has_a_rule() -> None:
    """Whoever fetches it."""
    came, bench = sent(lambda bench: bench.fetch(IMPORT), "read")
    assert (1, ["import-not-fetched"]) == (len(came), rules(bench))


@pytest.mark.parametrize(("newest", "times"), [(IMPORT, 1), (IMPORT[:-1] + "b", 3)])
def test_the_largest_page_is_asked_for_until_it_shows_the_newest_import(newest: str, times: int) -> None:
    """Once where it does, and not for ever where it does not."""

    def check(bench: Bench) -> None:
        bench.created.append(made(newest))
        lists(bench)

    page = {"imports": [IMPORT], "meta": {"key": "imports", "pageSize": 50}}
    came, _ = sent(check, "read", lambda: httpx.Response(200, headers=JSON, json=page))
    assert times == len([one for one in came if "pageSize=1000" in str(one.url)])


@pytest.mark.parametrize(("known", "times"), [(False, 1), (True, 0)])
def test_a_url_is_tried_when_it_has_ended_unless_it_ended_too_soon(
    known: bool,  # noqa: FBT001 - pytest names it
    times: int,
) -> None:
    """One that was found wanting is not waited for."""

    def check(bench: Bench) -> None:
        way = Way("probe", b"", made(url=f"{HERE}/o{SIGNED}"))
        if known:
            bench.book.note("upload-url-expired", way.made.answer.operation.name, "/answer/body/url", "Soon.")
        arrived(bench, [way], [])

    came, _ = sent(check, "upload", lambda: httpx.Response(403))
    assert times == len(came)


def test_nothing_goes_to_the_object_store_but_what_the_url_allows(monkeypatch: pytest.MonkeyPatch) -> None:
    """No credentials of ours; and no query of a signed URL is shown, whichever of the trials is taken."""
    asks: list[Ask] = []
    send = Session.send

    def recorded(session: Session, ask: Ask) -> Exchange:
        asks.append(ask)
        return send(session, ask)

    def check(bench: Bench) -> None:
        bench.created.append(made(url=f"{HERE}/other{SIGNED}"))
        trials(bench, made(url=f"{HERE}/o{SIGNED}"))

    monkeypatch.setattr(Session, "send", recorded)
    sent(check, "upload", lambda: httpx.Response(404, headers=JSON, json=ERROR))
    assert 13 == len(asks)
    assert {("none", True)} == {(one.auth, one.is_signed) for one in asks[:-1]}
    assert ("GET", "good") == (asks[-1].method, asks[-1].auth)

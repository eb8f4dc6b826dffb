"""One run against one server: the order of the checks, what each level may do, and when nothing was proved."""

import time
from collections.abc import Callable, Mapping
from http import HTTPStatus
from pathlib import Path

from memory_imports_contract.errors import DriftUnavailable
from memory_imports_contract.findings import LiveReport
from memory_imports_contract.live import contract as specification
from memory_imports_contract.live.bench import LEVELS, Bench, pass_second
from memory_imports_contract.live.checks import access, burst, generated, limits, listing, methods, upload
from memory_imports_contract.live.checks.creation import created, fetched, still
from memory_imports_contract.live.judge import Judge
from memory_imports_contract.live.samples import ODD, good_body
from memory_imports_contract.live.session import BudgetSpentError, NoAnswerError, Session
from memory_imports_contract.wire import is_near

_CASES = 16
_RESERVE = {"read": 90, "create": 170, "upload": 260}
_CROWD = 101
_REFUSED = (401, 403)

_READING: tuple[Callable[[Bench], None], ...] = (
    limits.query,
    limits.page_token,
    limits.hopeless_bodies,
    access.credentials,
    access.unknown_store,
    access.unknown_import,
    access.malformed_ids,
    methods.methods,
    methods.older_path,
)


def drift_live(
    base_url: str,
    store_id: str,
    credentials: tuple[str, str],
    *,
    level: str = "read",
    budget: int = 600,
    seed: int = 0,
    pace: float | None = None,
    patience: float | None = None,
    spec: Path | None = None,
) -> LiveReport:
    """Holds a running server against the contract.

    Args:
        base_url: Where the server is.
        store_id: A store that is there.
        credentials: User name and password that may use it.
        level: `read` creates nothing, `create` makes imports and uploads nothing, `upload` does the whole flow.
        budget: How many requests may be sent.
        seed: The same seed makes the same requests.
        pace: Seconds between two requests; None for none on this machine, a tenth elsewhere.
        patience: Seconds to wait for an uploaded file to be imported; None for 30 on this machine, 900 elsewhere.
        spec: The contract; None for the packaged one.

    Returns:
        What was found, with how many cases each operation had.

    Raises:
        DriftUnavailable: Nothing was proved: no server, refused credentials, an unknown store, a spent budget.
    """
    if level not in LEVELS:
        raise DriftUnavailable(f"The level is one of {', '.join(LEVELS)}, not {level!r}.")
    near = is_near(base_url)
    begun = time.monotonic()
    contract = specification.read(spec)
    pace = pace if pace is not None else 0.0 if near else 0.1
    patience = patience if patience is not None else 30.0 if near else 900.0
    with Session(base_url, credentials, budget, pace) as session:
        bench = Bench(contract, session, store_id, level, seed, patience)
        try:
            _run(bench)
        except BudgetSpentError as error:
            raise DriftUnavailable(f"A budget of {budget} requests is too small for the level {level!r}.") from error
        _proved(bench)
        cases: Mapping[str, int] = dict(sorted(bench.cases.items()))
        return LiveReport(
            bench.book.findings(session.held.without), cases, session.requests, round(time.monotonic() - begun, 3)
        )


def _run(bench: Bench) -> None:
    _admitted(bench)
    untouched = []
    ways = upload.announce(bench) if bench.may("upload") else []
    if bench.may("create"):
        for _ in range(2):  # the same request twice makes two imports
            made = bench.create(good_body())
            if made is not None:
                created(bench, made)
                untouched.append((made, fetched(bench, made)))
        made = bench.create(good_body(ODD), "generated-request-refused", "/filename", "a filename of odd signs")
        if made is not None:
            fetched(bench, made)
    for check in _READING:
        check(bench)
    if bench.may("create"):
        first = len(bench.created)
        limits.bodies(bench)
        for made in bench.created[first:]:
            created(bench, made)
            fetched(bench, made)
    spare = (bench.session.left - _RESERVE[bench.level]) // 6
    generated.generated(bench, max(1, min(_CASES, spare)))
    sent = upload.travel(bench, ways)
    if bench.may("create") and bench.near:
        _crowd(bench)
    listing.lists(bench)
    for made, before in untouched:
        still(bench, made, before)
    upload.arrived(bench, ways, sent)
    burst.burst(bench)
    bench.errors.judge(bench.book)


def _admitted(bench: Bench) -> None:
    """Sees that there is a server, and that it knows credentials and store."""
    contract, session = bench.contract, bench.session
    try:
        listed = session.send(bench.ask(contract.listing))
        fetched_none = session.send(bench.ask(contract.fetch, import_id=bench.unknown("importId")))
        created_none = session.send(bench.ask(contract.create, body={}))
    except NoAnswerError as error:
        who = "The server answers too slowly" if error.slow else "There is no server"
        raise DriftUnavailable(f"{who} at {bench.session.base_url}.") from error
    statuses = (listed.status, fetched_none.status, created_none.status)
    if all(status in _REFUSED for status in statuses):
        raise DriftUnavailable(f"The server refuses the credentials (status {statuses[0]}).")
    if all(status == HTTPStatus.NOT_FOUND for status in statuses):
        raise DriftUnavailable(f"The server does not know the store {bench.store_id}.")
    if all(seen.is_broken for seen in (listed, fetched_none, created_none)):
        raise DriftUnavailable(f"The server is down (status {statuses[0]}).")
    if listed.status == contract.listing.success:
        bench.listed = list(Judge(bench.book, bench.errors).conformance(contract.listing, listed).get("imports") or ())


def _crowd(bench: Bench) -> None:
    """On this machine: so many imports that the list needs several of its largest pages, the last later than the first.

    A server that answers at once would else make them all in one moment, and have no order to show.
    """
    missing = min(_CROWD - len(bench.created), bench.session.left - 60)
    if bench.created and not bench.book.has("good-request-refused"):
        pass_second(bench.created[0].at)
        for number in range(max(0, missing)):
            if bench.create(good_body(f"crowd-{number}.csv")) is None:
                return


def _proved(bench: Bench) -> None:
    """Raises unless every operation had a case."""
    idle = [one.name for one in bench.contract.operations if not bench.cases[one.name]]
    if idle:
        raise DriftUnavailable(f"No case was tried for {', '.join(idle)}.")

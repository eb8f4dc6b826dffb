"""What a call costs beyond the request itself: `fetch` beside bare httpx, against the same server."""

from collections.abc import Iterator

import httpx

import memory_imports_sandbox as sandbox
from memory_imports import MemoryImports
from suite.figures import ROUNDS, Row, in_turn, timed
from suite.people import COLUMNS

CALLS = 200


def rows(*, full: bool) -> Iterator[Row]:
    """Yield one row."""
    del full
    with sandbox.running(sandbox.Settings()) as service:
        signed_in = (service.username, service.password)
        with (
            MemoryImports(service.store_id, credentials=signed_in, base_url=service.base_url) as ours,
            httpx.Client(base_url=service.base_url, auth=signed_in) as bare,
        ):
            import_id = ours.create("people.csv", size=9, mappings=COLUMNS).import_id
            path = f"/v1/Stores/{service.store_id}/Profiles/Imports/{import_id}"

            def fetch() -> None:
                for _ in range(CALLS):
                    ours.fetch(import_id)

            def get() -> None:
                for _ in range(CALLS):
                    bare.get(path).raise_for_status()

            taken = in_turn(ROUNDS, ours=lambda: timed(fetch), theirs=lambda: timed(get))
    each = {name: [1000 * seconds / CALLS for seconds in figures] for name, figures in taken.items()}
    more = [ours - theirs for ours, theirs in zip(each["ours"], each["theirs"], strict=True)]
    yield Row(what="a fetch", unit="ms", ours=each["ours"], peers={"httpx.get": each["theirs"]})
    yield Row(what="of it ours", unit="ms", ours=more, goal="under 1 ms")

"""Many requests at once, to see how the server says that they are too many, if it does."""

from concurrent.futures import ThreadPoolExecutor

from memory_imports_contract.live.bench import Bench
from memory_imports_contract.live.judge import Judge

_AT_ONCE = 16
_REQUESTS = 32
_BUSY = 429


def burst(bench: Bench) -> None:
    """429, should it come, is the contract's 429; that none comes is no fault."""
    listing = bench.contract.listing
    ask = bench.ask(listing)
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        seen = list(pool.map(lambda _: bench.session.once(ask), range(min(_REQUESTS, bench.session.left))))
    for exchange in seen:
        if exchange is not None and exchange.status in (listing.success, _BUSY):
            bench.cases[listing.name] += 1
            Judge(bench.book, bench.errors).conformance(listing, exchange)

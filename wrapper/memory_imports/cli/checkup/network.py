"""The way to the service: whether anybody answers, how it is encrypted, what time it is there."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from memory_imports.cli.checkup.finding import Finding

if TYPE_CHECKING:
    from memory_imports._probe import Peer

_DAY = 24 * 3600.0
# A certificate that ends sooner will be missed by somebody.
_SOON = 14 * _DAY
# Seconds. Beyond the first, times in the log and at the service do not fit together; the second is half of the life of
# an upload URL, and as much as an object store grants a signature.
_UNTIDY, _HARMFUL = 60.0, 900.0


def reached(address: str) -> "tuple[Peer | None, Finding]":
    """Return who answers, None if nobody does, and how they are spoken to."""
    from memory_imports._probe import probe  # noqa: PLC0415 - the HTTP library
    from memory_imports.errors import CallerError, ConnectionLost  # noqa: PLC0415 - with it

    try:
        peer = probe(address)
    except CallerError as problem:
        return None, Finding("connection", "problem", problem.message, "correct the environment", problem)
    except ConnectionLost as problem:
        return None, Finding("connection", "problem", problem.message, _advice(problem.reason), problem)
    if peer.tls is None:
        return peer, Finding("connection", "ok", "plain text, which does not leave this machine")
    ends = f"{datetime.fromtimestamp(peer.expires or 0, UTC):%Y-%m-%d}"
    words = f"{peer.tls}, certificate by {peer.issuer}, good until {ends}"
    if (peer.expires or 0) - time.time() < _SOON:
        advice = f"tell whoever runs {urlsplit(address).hostname}: without another nothing works after that"
        return peer, Finding("connection", "warning", words, advice)
    return peer, Finding("connection", "ok", words)


def clock(peer: "Peer") -> Iterator[Finding]:
    """Say how this machine's clock differs from the service's."""
    if peer.ahead is None:
        yield Finding("clock", "warning", "the service does not say what time it is", "compare the clock yourself")
        return
    off = max(0.0, abs(peer.ahead) - peer.margin)
    if off < 1:
        yield Finding("clock", "ok", "as the service's")
        return
    words = f"{off:,.0f} seconds {'behind' if peer.ahead > 0 else 'ahead of'} the service's"
    advice = "set the clock by NTP: signatures and the journal are judged by the time"
    if off < _UNTIDY:
        yield Finding("clock", "ok", words)
    else:
        yield Finding("clock", "warning" if off < _HARMFUL else "problem", words, advice)


def _advice(reason: str) -> str:
    if "not trusted" in reason:
        return "a network that looks into TLS has an authority of its own, too: ask whoever runs it"
    if "[SSL" in reason:
        return "the port may speak another protocol; check the base URL"
    return "check the network, the proxy variables and the base URL"

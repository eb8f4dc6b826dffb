"""What to paste into a support ticket: versions, place and ids. No credential, no path of a file, no cell value."""

import platform
import ssl
from collections.abc import Sequence
from importlib import metadata
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from memory_imports._version import __version__
from memory_imports.cli.checkup.finding import Finding

if TYPE_CHECKING:
    from memory_imports._probe import Peer

_LIBRARIES = ("httpx", "httpcore", "h11", "attrs")


def ticket(
    findings: Sequence[Finding],
    peer: "Peer | None",
    request_ids: Sequence[str],
    address: str | None,
    store_id: str | None,
) -> dict[str, Any]:
    """Return the facts, by name."""
    return {
        "memory_imports": __version__,
        "python": platform.python_version(),
        "platform": platform.platform(),
        "openssl": ssl.OPENSSL_VERSION,
        **{name: _version(name) for name in _LIBRARIES},
        "host": address and urlsplit(address).hostname,
        "store_id": store_id,
        "tls": peer and peer.tls,
        "clock_seconds_behind": None if peer is None or peer.ahead is None else round(peer.ahead, 1),
        "request_ids": list(request_ids),
        "errors": [_error(finding.cause) for finding in findings if finding.cause is not None],
        "checks": {finding.check: finding.verdict for finding in findings},
    }


def lines(facts: dict[str, Any]) -> list[str]:
    """Return them as lines to copy."""
    return ["", "For a support ticket:", *(f"  {name}: {_shown(fact)}" for name, fact in facts.items())]


def _shown(fact: Any) -> str:  # noqa: ANN401 - of many types
    if isinstance(fact, dict):
        return ", ".join(f"{name} {value}" for name, value in cast("dict[str, object]", fact).items())
    if isinstance(fact, list):
        return ", ".join(map(str, cast("list[object]", fact))) or "none"
    return "unknown" if fact is None else str(fact)


def _error(problem: Exception) -> str:
    facts = [type(problem).__name__]
    facts += [f"{name} {getattr(problem, name)}" for name in ("status", "code") if getattr(problem, name, None)]
    return " ".join(facts)


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None

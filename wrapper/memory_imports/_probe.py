"""One request without credentials, to see who answers at the service's address: for a check-up of the way there."""

import ssl
import time
from typing import Any
from urllib.parse import urlsplit

import httpx
from attrs import frozen

from memory_imports import _http
from memory_imports._deadline import bind
from memory_imports._policy import http_date
from memory_imports._settings import user_agent_of
from memory_imports._url import is_loopback
from memory_imports.errors import ConnectionLost

# Seconds: whoever asks waits at a terminal.
_LIMIT = 10.0


@frozen(kw_only=True)
class Peer:
    """Who answered, and how far its clock is ahead of this one, give or take ``margin``; None where it told no time.

    ``tls`` is the version, None where nothing is encrypted; ``expires`` is in seconds since the epoch.
    """

    ahead: float | None
    margin: float
    tls: str | None
    issuer: str | None
    expires: float | None


def probe(base_url: str) -> Peer:
    """Ask for nothing at the service's address, by the same way as a client.

    Raises:
        CallerError: The proxy or certificate settings of the environment cannot be used.
        ConnectionLost: No answer; the reason is in the HTTP library's words.
    """
    address = urlsplit(base_url)
    host = str(address.hostname)
    local = is_loopback(host)
    with _http.set_up(local=local):
        client = httpx.Client(
            headers={**_http.HEADERS, "user-agent": user_agent_of()},
            verify=httpx.create_ssl_context(),
            trust_env=not local,
            timeout=_LIMIT,
        )
    with client:
        began, watch = time.time(), time.monotonic()
        # Whoever says a little now and then has not answered either.
        extensions = {"trace": bind(watch + _LIMIT, time.monotonic)}
        try:
            with client.stream("HEAD", base_url, extensions=extensions) as response:
                return _peer(response, began, time.monotonic() - watch)
        except httpx.RequestError as problem:
            reason = _http.lost(problem, began).reason
    port = "" if address.port is None else f", port {address.port}"
    raise ConnectionLost(f"No answer from {host}{port}: {reason}.", reason=reason)


def _peer(response: httpx.Response, began: float, took: float) -> Peer:
    told = http_date(response.headers.get("date", ""))
    # It was told while the answer was on its way, in whole seconds.
    ahead = None if told is None else told + 0.5 - (began + took / 2)
    secured = response.extensions["network_stream"].get_extra_info("ssl_object")
    certificate: dict[str, Any] = secured.getpeercert() if secured else {}
    return Peer(
        ahead=ahead,
        margin=0.5 + took / 2,
        tls=secured.version() if secured else None,
        issuer=_issuer(certificate) if secured else None,
        expires=ssl.cert_time_to_seconds(certificate["notAfter"]) if secured else None,
    )


def _issuer(certificate: dict[str, Any]) -> str:
    facts = {name: value for part in certificate["issuer"] for name, value in part}
    return str(facts.get("organizationName", facts.get("commonName", "somebody without a name")))

"""What the environment and the words of the command say: by name, never by value."""

import os
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from memory_imports.cli.checkup.finding import Finding

if TYPE_CHECKING:
    from memory_imports._settings import Settings

_PAIRS = (("TWILIO_API_KEY", "TWILIO_API_SECRET"), ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN"))
_OURS = (*_PAIRS[0], *_PAIRS[1], "TWILIO_MEMORY_STORE_ID", "TWILIO_MEMORY_BASE_URL")
_PROXIES = ("ALL_PROXY", "HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY")
# In the order in which the HTTP library asks for them.
_CERTIFICATES = ("SSL_CERT_FILE", "SSL_CERT_DIR")


def environment() -> Iterator[Finding]:
    """Say which variables are set, and where a pair of them is half."""
    there = [name for name in _OURS if os.environ.get(name)]
    words = f"set: {', '.join(there)}" if there else "none of ours is set"
    half = [pair for pair in _PAIRS if len({*pair} & {*there}) == 1]
    whole = [pair for pair in _PAIRS if {*pair} <= {*there}]
    if half:
        (missing,) = {*half[0]} - {*there}
        yield Finding("environment", "warning", words, f"set {missing}, too, or unset the other one")
    elif len(whole) > 1:
        yield Finding("environment", "ok", f"{words}; {' and '.join(whole[0])} are used")
    else:
        yield Finding("environment", "ok", words)


def settings_of(store: str | None, base_url: str | None) -> "tuple[Settings | None, Finding]":
    """Return what a client would be told, or None where it would refuse to be made, and why."""
    from memory_imports._settings import settings  # noqa: PLC0415 - most of what there is to import
    from memory_imports.errors import CallerError  # noqa: PLC0415 - with it

    try:
        told = settings(store, base_url=base_url)
    except CallerError as problem:
        return None, Finding("configuration", "problem", problem.message, "correct it and ask again", problem)
    return told, Finding("configuration", "ok", f"{told.store_id} at {told.base_url}")


def store_of(store: str | None) -> str | None:
    """Return which store was meant, whatever else is missing."""
    from memory_imports import _settings  # noqa: PLC0415 - most of what there is to import

    return _settings.store_of(store)


def address_of(base_url: str | None) -> str | None:
    """Return where the service is, whatever else is missing; None where nothing can be sent to."""
    from memory_imports._settings import base_url_of  # noqa: PLC0415 - most of what there is to import
    from memory_imports.errors import CallerError  # noqa: PLC0415 - with it

    try:
        return base_url_of(base_url)
    except CallerError:
        return None


def way(address: str) -> Iterator[Finding]:
    """Say which variables lead requests elsewhere, or vouch for others than the usual certificates."""
    proxies = [name for name in _PROXIES if os.environ.get(name) or os.environ.get(name.lower())]
    words = f"set: {', '.join(proxies)}; {_use(address)}" if proxies else "none is set"
    yield Finding("proxy", "ok", words)
    yield from _certificates([name for name in _CERTIFICATES if os.environ.get(name)])


def _use(address: str) -> str:
    """Say whether a proxy that is set leads to the service."""
    from urllib.request import getproxies, proxy_bypass  # noqa: PLC0415 - a tenth of a second

    from memory_imports._url import is_loopback  # noqa: PLC0415 - with the rest

    parts = urlsplit(address)
    host = str(parts.hostname)
    if is_loopback(host):
        return "not used for this machine's own service"
    used = {parts.scheme, "all"} & getproxies().keys() and not proxy_bypass(host)
    return f"requests to {host} go through it" if used else f"none of them counts for {address}"


def _certificates(given: Sequence[str]) -> Iterator[Finding]:
    """Say of which variable the certificates are: the HTTP library looks at the first that is set, and at no other."""
    for name in given[:1]:
        more = "".join(f"; {other} is not looked at beside it" for other in given[1:])
        if os.path.exists(os.environ[name]):  # noqa: PTH110 - a name from the environment
            yield Finding("certificates", "ok", f"those of {name} are trusted{more}")
        else:
            yield Finding(
                "certificates", "warning", f"{name} names what is not there{more}", f"correct or unset {name}"
            )

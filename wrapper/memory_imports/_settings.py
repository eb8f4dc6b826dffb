"""What a client is told or finds in its environment: store, credentials, base URL, name. Knows nothing of HTTP."""

import os
import platform
from collections.abc import Mapping
from urllib.parse import urlsplit

from attrs import field, frozen

from memory_imports._endpoints import BASE_URL
from memory_imports._held import hold_credentials
from memory_imports._url import is_loopback, target
from memory_imports._version import __version__
from memory_imports.errors import CredentialsMissing, InvalidRequest


@frozen
class Credentials:
    """An API key's SID and secret, or an account's SID and auth token. The repr shows neither secret."""

    username: str
    password: str = field(repr=False)

    def __attrs_post_init__(self) -> None:
        hold_credentials(self.username, self.password)


@frozen(kw_only=True)
class Settings:
    """Where to go, as whom, and under which name."""

    store_id: str
    base_url: str
    credentials: Credentials
    user_agent: str

    @property
    def is_local(self) -> bool:
        """Whether the service is on this machine."""
        return is_loopback(str(urlsplit(self.base_url).hostname))


def settings(
    store_id: str | None = None,
    *,
    credentials: Credentials | tuple[str, str] | None = None,
    base_url: str | None = None,
    allow_http: bool = False,
    user_agent: str | None = None,
    environ: Mapping[str, str] = os.environ,
) -> Settings:
    """Fill what was not given from the environment.

    Raises:
        CredentialsMissing: Neither an API key nor an account's auth token is there.
        InvalidRequest: No store id, credentials that cannot be sent, or a base URL that they should not be sent to.
    """
    store = store_of(store_id, environ)
    if store is None:
        raise InvalidRequest("No store: give a store id or set TWILIO_MEMORY_STORE_ID.", field="store_id")
    if isinstance(credentials, tuple):
        credentials = Credentials(*credentials)
    return Settings(
        store_id=store,
        base_url=base_url_of(base_url, allow_http=allow_http, environ=environ),
        credentials=_sendable(credentials or _from(environ)),
        user_agent=user_agent_of(user_agent),
    )


def store_of(given: str | None, environ: Mapping[str, str] = os.environ) -> str | None:
    """Return the store that was given, else the environment's, None if there is none."""
    return given or environ.get("TWILIO_MEMORY_STORE_ID") or None


def _from(environ: Mapping[str, str]) -> Credentials:
    for name, secret in (
        ("TWILIO_API_KEY", "TWILIO_API_SECRET"),
        ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN"),
    ):
        if environ.get(name) and environ.get(secret):
            return Credentials(environ[name], environ[secret])
    raise CredentialsMissing(
        "No credentials: set TWILIO_API_KEY and TWILIO_API_SECRET, or TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN."
    )


def _sendable(credentials: Credentials) -> Credentials:
    username, password = credentials.username, credentials.password
    if not all(
        text and text.isascii() and text.isprintable() and text == text.strip() for text in (username, password)
    ):
        message = "The credentials must be printable ASCII without blanks around them; was a line break copied along?"
        raise InvalidRequest(message, field="credentials")
    if ":" in username:
        raise InvalidRequest("The SID must hold no colon: one parts it from the secret.", field="credentials")
    return credentials


def base_url_of(given: str | None, *, allow_http: bool = False, environ: Mapping[str, str] = os.environ) -> str:
    """Return where the service is, in the one spelling that there is for each place. Raises `InvalidRequest`."""
    base_url = given or environ.get("TWILIO_MEMORY_BASE_URL") or BASE_URL
    parts = target(base_url)
    if parts is None or parts.query or parts.fragment:
        raise InvalidRequest(
            "The base URL must look like https://host or https://host:port, without credentials or query.",
            field="base_url",
        )
    host = str(parts.hostname)
    if parts.scheme == "http" and not allow_http and not is_loopback(host):
        raise InvalidRequest(f"The base URL would send credentials to {host} in clear; use https.", field="base_url")
    default = {"http": 80, "https": 443}[parts.scheme]
    port = "" if parts.port in {None, default} else f":{parts.port}"
    name = f"[{host}]" if ":" in host else host
    # One spelling, so that the same service is the same to whoever compares.
    return f"{parts.scheme}://{name}{port}{parts.path.rstrip('/')}"


def user_agent_of(suffix: str | None = None) -> str:
    """Return the name to go by. Raises `InvalidRequest`."""
    if suffix is not None and not (suffix.isascii() and suffix.isprintable()):
        raise InvalidRequest("The user agent must be printable ASCII.", field="user_agent")
    name = f"memory-imports/{__version__} ({platform.system()} {platform.machine()}) Python/{platform.python_version()}"
    return f"{name} {suffix or ''}".strip()

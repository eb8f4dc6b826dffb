"""Who comes in: host names, basic auth, and how many requests a second.

Comparisons of secrets take the same time whatever was sent.
"""

import base64
import binascii
import hmac
import math
import re

from attrs import define

from memory_imports_sandbox.account import Account
from memory_imports_sandbox.loopback import is_loopback
from memory_imports_sandbox.messages import Reply, Request, problem
from memory_imports_sandbox.settings import Settings

# An address of IPv6 stands in brackets, lest its colons be taken for the port's.
_HOST = re.compile(r"(?:\[([0-9A-Fa-f:.]+)\]|([^\[\]:]+))(?::[0-9]+)?")


@define
class Gate:
    """Refuses requests before anyone looks at what they want."""

    settings: Settings
    account: Account
    _tokens: float = 1.0
    _filled_at: float = 0.0

    def refuses_host(self, request: Request) -> bool:
        """Whether the Host is one that a web page of another site would send (DNS rebinding)."""
        match = _HOST.fullmatch(request.header("host") or "")
        return not self.settings.allow_remote and not (match and is_loopback(match[1] or match[2]))

    def refuses_credentials(self, request: Request) -> Reply | None:
        """401 unless the request carries the account's user name and password."""
        scheme, _, encoded = (request.header("authorization") or "").partition(" ")
        try:
            given = base64.b64decode(encoded, validate=True) if scheme.lower() == "basic" else b""
        except (binascii.Error, ValueError):
            given = b""
        expected = f"{self.account.username}:{self.account.password}".encode()
        if hmac.compare_digest(given, expected):
            return None
        challenge = ("www-authenticate", 'Basic realm="memory imports sandbox"')
        return problem(401, "The credentials are missing or wrong.", challenge)

    def refuses_haste(self, now: float) -> Reply | None:
        """429 where the account has used up its rate; a second's worth may come at once."""
        rate = self.settings.rate
        if rate is None:
            return None
        most = max(1.0, rate)
        self._tokens = min(most, self._tokens + max(0.0, now - self._filled_at) * rate)
        self._filled_at = now
        if self._tokens >= 1:
            self._tokens -= 1
            return None
        wait = math.ceil((1 - self._tokens) / rate)
        return problem(429, "Too many requests.", ("retry-after", str(max(1, wait))))

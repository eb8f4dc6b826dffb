"""The service as a schedule meets it: a store that is empty at first, without a socket, in virtual time."""

import base64
import json
from typing import NamedTuple
from urllib.parse import quote, urlencode, urlsplit

from memory_imports._effects import Call, Put
from memory_imports_sandbox import messages
from tests.simulation.worlds import Pace, world
from tests.support.replies import SECRET, USER

BASE = "http://localhost"
# The file of an import that is not ours.
THEIRS = "somebody-elses.csv"
_BASIC = ("authorization", "Basic " + base64.b64encode(f"{USER}:{SECRET}".encode()).decode())
_JSON = ("content-type", "application/json")
_FIND = "SELECT id, state, filename, file_size, errors, warnings FROM imports"
# Seconds: by then everything has been worked off.
_FAR = 1e9


class Found(NamedTuple):
    """An import as the store has it."""

    id: str
    state: str
    filename: str
    file_size: int
    errors: int
    warnings: int

    @property
    def is_ours(self) -> bool:
        """Whether no fault has made it in somebody else's name."""
        return self.filename != THEIRS


class Service:
    """A store that is empty at first; close it, so that the next one is empty, too."""

    def __init__(self, pace: Pace, seed: int, now: float) -> None:
        kept = world(pace)
        kept.empty(seed)
        self.connection, self._world, self._worked = kept.connection, kept.world, now
        self._wanted: float | None = None

    def handle(self, request: messages.Request, now: float) -> messages.Reply:
        """Answer, and have done by then what the background worker does meanwhile."""
        self.work(now)
        reply = self._world.handle(request, now)
        if request.method == "PUT":
            self._wanted = now
        return reply

    def work(self, now: float) -> None:
        """Let the background worker catch up, each step at its time."""
        moment = self._worked
        while self._wanted is not None and self._wanted <= now:
            moment = max(moment, self._wanted)
            self._wanted = self._world.work(moment)
        self._worked = max(now, moment)

    def imports(self) -> list[Found]:
        """Return every import, oldest first."""
        return [Found(*row) for row in self.connection.execute(_FIND + " ORDER BY position")]

    def find(self, import_id: str) -> Found | None:
        """Return an import."""
        row = self.connection.execute(_FIND + " WHERE id = ?", (import_id,)).fetchone()
        return None if row is None else Found(*row)

    def names(self) -> dict[str, str]:
        """Return which name is in the store under which phone."""
        found: dict[str, str] = {}
        for row in self.connection.execute("SELECT document FROM profiles"):
            groups, links, _ = json.loads(row["document"])
            phones = [link.partition(":")[2] for link in links if link.startswith("phone:")]
            found |= dict.fromkeys(phones, groups["Contact"]["firstName"])
        return found

    def close(self) -> None:
        """Work off what is left: a world that is half through a file cannot be emptied."""
        self.work(self._worked + _FAR)


def request_of(effect: Call | Put, body: bytes) -> messages.Request:
    """Return the request that the real drivers would send."""
    if isinstance(effect, Put):
        parts = urlsplit(effect.url)
        headers = {"host": parts.netloc, **effect.headers, "content-length": str(effect.body.size)}
        return messages.Request("PUT", parts.path, parts.query, tuple(headers.items()), body)
    query = urlencode(effect.query, quote_via=quote)
    return messages.Request(effect.method, effect.path, query, (("host", "localhost"), _BASIC, _JSON), body)

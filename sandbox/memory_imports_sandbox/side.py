"""`/_sandbox/`: what the service knows but its API does not tell, as JSON, to look at and never to change.

Behind the same credentials as the API. Profiles are shown whole; requests without queries, bodies or header values.
"""

import json
import re
import sqlite3
from collections import deque
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from attrs import asdict, define, field

from memory_imports_sandbox import ids, imports
from memory_imports_sandbox.messages import Reply, Request, json_reply, problem

if TYPE_CHECKING:
    from memory_imports_sandbox.faults.ledger import Ledger

PREFIX = "/_sandbox/"
_PROFILE = "mem_profile_"
_LARGEST_PAGE = 1000
_REMEMBERED = 200


@define
class Side:
    """Answers below `/_sandbox/`, and remembers the last requests."""

    connection: sqlite3.Connection
    ledger: "Ledger | None" = None
    _requests: deque[dict[str, object]] = field(factory=lambda: deque(maxlen=_REMEMBERED), repr=False)

    def remember(self, request: Request, status: int, request_id: str, now: float) -> None:
        """Keeps what may be shown of a request."""
        seen = {
            "method": request.method,
            "path": request.path,
            "status": status,
            "requestId": request_id,
            "time": now,
            "headers": [name for name, _ in request.headers],
        }
        self._requests.append(seen)

    def answer(self, request: Request) -> Reply:
        """The view that the path names."""
        if request.method not in {"GET", "HEAD"}:
            return problem(405, "This side is for looking only.", ("allow", "GET, HEAD"))
        view = request.path.removeprefix(PREFIX)
        if view == "requests":
            return json_reply(200, {"requests": list(self._requests)})
        if view == "faults" and self.ledger is not None:
            return json_reply(200, self.ledger.shown())
        if view.startswith("profiles/"):
            return self._profile(view.removeprefix("profiles/"))
        if view not in {"profiles", "imports"}:
            return problem(404, "There is nothing at this path.")
        given = parse_qs(request.query)
        limit, offset = (_number(given, name, default) for name, default in (("limit", 50), ("offset", 0)))
        if limit is None or offset is None or limit > _LARGEST_PAGE:
            return problem(400, f"limit and offset are whole numbers, limit at most {_LARGEST_PAGE}.")
        return self._profiles(limit, offset) if view == "profiles" else self._imports(limit, offset)

    def _profiles(self, limit: int, offset: int) -> Reply:
        total = self.connection.execute("SELECT count(*) FROM profiles").fetchone()[0]
        rows = self.connection.execute("SELECT * FROM profiles ORDER BY number LIMIT ? OFFSET ?", (limit, offset))
        return json_reply(200, {"total": total, "profiles": [_shown(row) for row in rows]})

    def _profile(self, profile_id: str) -> Reply:
        number = ids.read(_PROFILE, profile_id)
        query = "SELECT * FROM profiles WHERE number = ?"
        row = None if number is None or number >= 1 << 63 else self.connection.execute(query, (number,)).fetchone()
        return problem(404, "There is no such profile.") if row is None else json_reply(200, _shown(row))

    def _imports(self, limit: int, offset: int) -> Reply:
        total, found = imports.everything(self.connection, limit, offset)
        shown = [{**_camel(asdict(item)), "uploads": imports.arrivals(self.connection, item.id)} for item in found]
        return json_reply(200, {"total": total, "imports": shown})


def _number(given: dict[str, list[str]], name: str, default: int) -> int | None:
    text = given.get(name, [str(default)])[-1]
    return int(text) if re.fullmatch("[0-9]{1,12}", text) else None


def _shown(row: sqlite3.Row) -> dict[str, object]:
    identifiers: dict[str, list[str]] = {}
    groups, links, import_id = json.loads(row["document"])
    for link in links:
        kind, _, value = link.partition(":")
        identifiers.setdefault(kind, []).append(value)
    return {
        "id": ids.spell(_PROFILE, row["number"]),
        "identifiers": identifiers,
        "traits": {group: traits for group, traits in groups.items() if traits},
        "lastImportId": import_id,
    }


def _camel(values: dict[str, Any]) -> dict[str, Any]:
    shown = {re.sub("_(.)", lambda match: match[1].upper(), name): value for name, value in values.items()}
    shown["importId"] = shown.pop("id")
    shown["status"] = shown.pop("state")
    shown["rowErrors"] = [{"row": row, "code": code} for row, code in shown["rowErrors"]]
    for inner in ("position", "applied"):
        del shown[inner]
    return shown

"""The imports of the store, as the database keeps them: create, look up, list, move on.

Callers open the transaction; nothing here decides when an import moves on.
"""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from attrs import frozen

from memory_imports_sandbox.tokens import Place

FINAL = ("COMPLETED", "FAILED")


@frozen
class Import:
    """One import with everything that is known of it; times are seconds since the epoch."""

    position: int
    id: str
    state: str
    filename: str
    file_size: int
    mappings: Sequence[Mapping[str, str]]
    created_at: float
    updated_at: float
    uploaded_at: float | None
    started_at: float | None
    applied: int
    rows: int
    created: int
    updated: int
    merged: int
    skipped: int
    errors: int
    warnings: int
    reason: str | None
    row_errors: Sequence[tuple[int, str]]


def _made(row: sqlite3.Row | None) -> Import | None:
    if row is None:
        return None
    values: dict[str, Any] = dict(row)  # the table has one type for each column
    values["mappings"] = json.loads(values["mappings"])
    values["row_errors"] = [tuple(item) for item in json.loads(values["row_errors"])]
    return Import(**values)


def add(connection: sqlite3.Connection, import_id: str, body: Mapping[str, Any], now: float) -> None:
    """Adds a PENDING import as the create request describes it."""
    connection.execute(
        "INSERT INTO imports (id, state, filename, file_size, mappings, created_at, updated_at)"
        " VALUES (?, 'PENDING', ?, ?, ?, ?, ?)",
        (import_id, body["filename"], body["fileSize"], json.dumps(body["columnMappings"]), now, now),
    )


def find(connection: sqlite3.Connection, import_id: str) -> Import | None:
    """The import of that id."""
    return _made(connection.execute("SELECT * FROM imports WHERE id = ?", (import_id,)).fetchone())


def page(connection: sqlite3.Connection, place: Place | None, order: str, size: int) -> list[tuple[int, str]]:
    """Up to so many (position, id), in the order, at the place; None is the first page."""
    back = place is not None and place.back
    rising = (order == "ASC") is not back
    start = place.position if place is not None else (0 if rising else 2**63 - 1)
    query = (
        "SELECT position, id FROM imports WHERE position > ? ORDER BY position LIMIT ?"
        if rising
        else "SELECT position, id FROM imports WHERE position < ? ORDER BY position DESC LIMIT ?"
    )
    found = [(row["position"], row["id"]) for row in connection.execute(query, (start, size))]
    return found[::-1] if back else found


def everything(connection: sqlite3.Connection, limit: int, offset: int) -> tuple[int, list[Import]]:
    """How many imports there are, and some of them, newest first."""
    total = connection.execute("SELECT count(*) FROM imports").fetchone()[0]
    rows = connection.execute("SELECT * FROM imports ORDER BY position DESC LIMIT ? OFFSET ?", (limit, offset))
    return total, [made for row in rows if (made := _made(row))]


def processing(connection: sqlite3.Connection) -> Import | None:
    """The import that has been begun and not ended."""
    return _made(connection.execute("SELECT * FROM imports WHERE state = 'PROCESSING' LIMIT 1").fetchone())


def waiting(connection: sqlite3.Connection) -> Import | None:
    """The PENDING import whose file has been there longest."""
    query = "SELECT * FROM imports WHERE state = 'PENDING' AND uploaded_at IS NOT NULL ORDER BY uploaded_at LIMIT 1"
    return _made(connection.execute(query).fetchone())


def forgotten(connection: sqlite3.Connection) -> Import | None:
    """The oldest PENDING import without a file."""
    query = "SELECT * FROM imports WHERE state = 'PENDING' AND uploaded_at IS NULL ORDER BY position LIMIT 1"
    return _made(connection.execute(query).fetchone())


def uploaded(connection: sqlite3.Connection, import_id: str, now: float) -> None:
    """Notes that the file of a PENDING import is there; a second upload keeps the place in the queue."""
    connection.execute(
        "UPDATE imports SET uploaded_at = coalesce(uploaded_at, ?) WHERE id = ? AND state = 'PENDING'",
        (now, import_id),
    )


def arrived(connection: sqlite3.Connection, import_id: str, now: float) -> None:
    """Notes that a whole file has come, wanted or not."""
    connection.execute("INSERT INTO arrivals (import_id, at) VALUES (?, ?)", (import_id, now))


def arrivals(connection: sqlite3.Connection, import_id: str) -> int:
    """How often a whole file has come for the import."""
    query = "SELECT count(*) FROM arrivals WHERE import_id = ?"
    number: int = connection.execute(query, (import_id,)).fetchone()[0]
    return number


def begin(connection: sqlite3.Connection, import_id: str, now: float) -> None:
    """PENDING becomes PROCESSING."""
    connection.execute(
        "UPDATE imports SET state = 'PROCESSING', started_at = ?, updated_at = ? WHERE id = ?", (now, now, import_id)
    )


def end(connection: sqlite3.Connection, import_id: str, reason: str | None, now: float) -> None:
    """The final state: FAILED for the reason, or COMPLETED without one."""
    connection.execute(
        "UPDATE imports SET state = ?, reason = ?, updated_at = ? WHERE id = ?",
        ("FAILED" if reason else "COMPLETED", reason, now, import_id),
    )

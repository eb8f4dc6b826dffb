"""The tables, and how to open them so that a process may die at any moment.

Every change happens inside `transaction`. Nothing here knows what the columns mean.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from memory_imports_sandbox.settings import SandboxError

_TABLES = """
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS imports (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL,
    filename TEXT NOT NULL,
    file_size INTEGER NOT NULL,
    mappings TEXT NOT NULL,
    created_at REAL NOT NULL,
    updated_at REAL NOT NULL,
    uploaded_at REAL,
    started_at REAL,
    applied INTEGER NOT NULL DEFAULT 0,
    rows INTEGER NOT NULL DEFAULT 0,
    created INTEGER NOT NULL DEFAULT 0,
    updated INTEGER NOT NULL DEFAULT 0,
    merged INTEGER NOT NULL DEFAULT 0,
    skipped INTEGER NOT NULL DEFAULT 0,
    errors INTEGER NOT NULL DEFAULT 0,
    warnings INTEGER NOT NULL DEFAULT 0,
    reason TEXT,
    row_errors TEXT NOT NULL DEFAULT '[]'
);
CREATE INDEX IF NOT EXISTS imports_by_state ON imports (state, uploaded_at);
CREATE TABLE IF NOT EXISTS arrivals (import_id TEXT NOT NULL, at REAL NOT NULL);
CREATE INDEX IF NOT EXISTS arrivals_by_import ON arrivals (import_id);
CREATE TABLE IF NOT EXISTS profiles (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    document TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS links (link TEXT PRIMARY KEY, profile INTEGER NOT NULL) WITHOUT ROWID;
"""


def connect(path: Path | None = None) -> sqlite3.Connection:
    """Opens the database of the path, or one in memory, for this process alone.

    Raises:
        SandboxError: Another process has the same database open, what is there cannot be written, or it is no database
            of a sandbox.
    """
    if path is not None:
        _make_private(path)
    connection = sqlite3.connect(
        ":memory:" if path is None else path, isolation_level=None, check_same_thread=False, timeout=0.2
    )
    connection.row_factory = sqlite3.Row
    try:
        # Two sandboxes on one folder would both run its imports.
        connection.execute("PRAGMA locking_mode=EXCLUSIVE")
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute("PRAGMA cache_size=-65536")
        connection.executescript("BEGIN IMMEDIATE;" + _TABLES + "COMMIT;")
    except sqlite3.DatabaseError as error:
        connection.close()
        raise refused(error, path) from error
    return connection


def refused(error: sqlite3.DatabaseError, path: Path | None) -> SandboxError:
    """What is to be said of a database that cannot be opened or read."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF  # without what SQLite adds to it
    if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return SandboxError(f"The database {path} is in use by another sandbox.")
    if code in {sqlite3.SQLITE_ERROR, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT}:
        return SandboxError(f"{path} is damaged, or no database of a sandbox; name another folder for the data.")
    return SandboxError(f"The database {path} cannot be written ({error}).")


def _make_private(path: Path) -> None:
    """The password and everybody's profiles are in it: what is beside it in the same folder may be for others."""
    try:
        handle = os.open(path, os.O_CREAT | os.O_RDWR | getattr(os, "O_NOFOLLOW", 0), 0o600)
        os.close(handle)
        path.chmod(0o600)
    except OSError as error:
        raise SandboxError(f"The database {path} cannot be written: {error.strerror}.") from error


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All of the changes in the block, or none of them."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")

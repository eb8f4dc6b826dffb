"""The journal: how far each job has come, durable before each step. Holds no cell value and no signed URL.

One SQLite file, readable by its owner alone. A job is what is sent, not what its file is called: the store, the
content and the mappings make its key.
"""

import os
import sqlite3
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from attrs import frozen
from filelock import FileLock, Timeout

from memory_imports._effects import Record
from memory_imports._flow import Part
from memory_imports.errors import JobConflict

_VERSION = 1
# Where the system can: a link in place of the journal may have been laid by somebody else.
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
_TABLE = """
CREATE TABLE IF NOT EXISTS jobs (
    key TEXT PRIMARY KEY,
    store_id TEXT NOT NULL,
    file TEXT NOT NULL,
    stage TEXT NOT NULL,
    import_id TEXT,
    state TEXT,
    errors INTEGER NOT NULL DEFAULT 0,
    warnings INTEGER NOT NULL DEFAULT 0,
    at REAL NOT NULL
) STRICT
"""


@frozen(kw_only=True)
class Entry:
    """How far one job came, and when (seconds since the epoch) it last said so; ``state`` is how it ended."""

    stage: str
    import_id: str | None
    state: str | None
    errors: int
    warnings: int
    at: float


def default_path(environ: Mapping[str, str] = os.environ) -> Path:
    """Return where the journal is kept unless told otherwise."""
    home = environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    return Path(home) / "memory-imports" / "journal.sqlite3"


class Journal:
    """An open journal; use it as a context manager.

    Raises:
        JobConflict: The file is no journal, or one that a newer version wrote.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        _make_private(path)
        try:
            self._connection = sqlite3.connect(path, isolation_level=None)
            self._prepare()
        except sqlite3.DatabaseError as problem:
            raise JobConflict(
                f"The journal {path} cannot be used ({problem}); move it away, or name another with --journal."
            ) from None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    @contextmanager
    def claim(self, key: str) -> Generator[None]:
        """Hold a job against every other process.

        Raises:
            JobConflict: Another process holds it.
        """
        lock = FileLock(self.path.with_name(f"{self.path.name}.{key[:16]}.lock"), timeout=0, mode=0o600)
        try:
            lock.acquire()
        except Timeout:
            raise JobConflict(
                "The same file is being imported into the same store by another run right now; wait for it to end."
            ) from None
        try:
            yield
        finally:
            lock.release()

    def find(self, key: str) -> Entry | None:
        """Return how far a job came; None if it was never begun."""
        query = "SELECT stage, import_id, state, errors, warnings, at FROM jobs WHERE key = ?"
        row = self._connection.execute(query, (key,)).fetchone()
        if row is None:
            return None
        stage, import_id, state, errors, warnings, at = row
        return Entry(stage=stage, import_id=import_id, state=state, errors=errors, warnings=warnings, at=at)

    def write(self, key: str, part: Part, line: Record) -> None:
        """Make a line durable: the job is now at this stage."""
        facts = {"import_id": None, "state": None, "errors": 0, "warnings": 0, **line.fields}
        self._connection.execute(
            "INSERT OR REPLACE INTO jobs (key, store_id, file, stage, import_id, state, errors, warnings, at)"
            " VALUES (:key, :store_id, :file, :stage, :import_id, :state, :errors, :warnings, :at)",
            {
                **facts,
                "key": key,
                "store_id": part.store_id,
                "file": part.file,
                "stage": line.event,
                "at": time.time(),
            },
        )

    def _prepare(self) -> None:
        version: int = self._connection.execute("PRAGMA user_version").fetchone()[0]
        if version > _VERSION:
            raise JobConflict(f"The journal {self.path} was written by a newer version; update memory-imports.")
        self._connection.execute("PRAGMA synchronous = FULL")
        self._connection.execute(_TABLE)
        self._connection.execute(f"PRAGMA user_version = {_VERSION}")


def _make_private(path: Path) -> None:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR | _NO_FOLLOW, 0o600))
    except OSError as problem:
        raise JobConflict(
            f"The journal {path} cannot be written ({problem.strerror}); name another place with --journal."
        ) from None

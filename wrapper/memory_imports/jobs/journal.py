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
# SQLite holds no larger number.
_MOST = 2**63 - 1
# Where the system can: a link in place of the journal may have been laid by somebody else.
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
_TABLE = """
CREATE TABLE jobs (
    key TEXT PRIMARY KEY,
    store_id TEXT NOT NULL,
    file TEXT NOT NULL,
    stage TEXT NOT NULL,
    import_id TEXT,
    state TEXT,
    errors INTEGER,
    warnings INTEGER,
    at REAL NOT NULL
)
"""


@frozen(kw_only=True)
class Entry:
    """How far one job came, and when (seconds since the epoch) it last said so; ``state`` is how it ended.

    ``errors`` and ``warnings`` are the service's counts of rows, None where it gave none.
    """

    stage: str
    import_id: str | None
    state: str | None
    errors: int | None
    warnings: int | None
    at: float


def default_path(environ: Mapping[str, str] = os.environ) -> Path:
    """Return where the journal is kept unless told otherwise.

    Raises:
        JobConflict: There is no home folder.
    """
    state = Path(environ.get("XDG_STATE_HOME", ""))
    # The specification of these folders says to take no notice of a relative one.
    if not state.is_absolute():
        state = _home(environ) / ".local" / "state"
    return state / "memory-imports" / "journal.sqlite3"


def _home(environ: Mapping[str, str]) -> Path:
    try:
        # An empty HOME would be taken for the root of the file system.
        home = Path.home() if environ.get("HOME", "set by the system") else Path()
    except RuntimeError:
        home = Path()
    if not home.is_absolute():
        raise JobConflict("There is no home folder to keep the journal in; name a place with --journal.")
    return home


class Journal:
    """An open journal; use it as a context manager.

    Raises:
        JobConflict: The file is no journal, or one that a newer version wrote.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        _make_private(path)
        with self._usable():
            self._connection = sqlite3.connect(path, isolation_level=None)
        try:
            with self._usable():
                self._prepare()
        except JobConflict:
            self._connection.close()
            raise

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
            JobConflict: Another process holds it, or nothing can be held here.
        """
        # Its file stays: not every filelock notices that the file it waits for has been removed, and then two hold it.
        lock = FileLock(self.path.with_name(f"{self.path.name}.{key[:16]}.lock"), timeout=0, mode=0o600)
        try:
            with self._usable():
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
        """Return how far a job came; None if it was never begun.

        Raises:
            JobConflict: The journal cannot be read.
        """
        query = "SELECT stage, import_id, state, errors, warnings, at FROM jobs WHERE key = ?"
        with self._usable():
            row = self._connection.execute(query, (key,)).fetchone()
        if row is None:
            return None
        stage, import_id, state, errors, warnings, at = row
        return Entry(stage=stage, import_id=import_id, state=state, errors=errors, warnings=warnings, at=at)

    def is_last(self, key: str, part: Part) -> bool:
        """Whether no other job has put a file into the store since this one last said how far it came.

        Raises:
            JobConflict: The journal cannot be read.
        """
        # A line that is replaced gets a new row: rows are in the order of writing, which no clock can turn back.
        query = (
            "SELECT 1 FROM jobs WHERE store_id = ? AND rowid > (SELECT rowid FROM jobs WHERE key = ?)"
            " AND (state = 'COMPLETED' OR stage = 'uploaded') LIMIT 1"
        )
        with self._usable():
            return self._connection.execute(query, (part.store_id, key)).fetchone() is None

    def write(self, key: str, part: Part, line: Record) -> None:
        """Make a line durable: the job is now at this stage.

        Raises:
            JobConflict: The journal cannot be written; names the line's import.
        """
        facts = dict.fromkeys(("import_id", "state", "errors", "warnings")) | dict(line.fields)
        with self._usable(facts["import_id"]):
            self._connection.execute(
                "INSERT OR REPLACE INTO jobs (key, store_id, file, stage, import_id, state, errors, warnings, at)"
                " VALUES (:key, :store_id, :file, :stage, :import_id, :state, :errors, :warnings, :at)",
                {
                    **facts,
                    **{name: _held(facts[name]) for name in ("errors", "warnings")},
                    "key": key,
                    "store_id": part.store_id,
                    # The name of a file may be bytes that are no text.
                    "file": part.file.encode(errors="backslashreplace").decode(),
                    "stage": line.event,
                    "at": time.time(),
                },
            )

    @contextmanager
    def _usable(self, import_id: str | None = None) -> Generator[None]:
        """Say in one sentence that the journal is at fault, and which import was at stake."""
        try:
            yield
        except Timeout:
            raise
        except (sqlite3.Error, OSError, NotImplementedError) as problem:
            at_stake = "" if import_id is None else f" while {import_id} was recorded"
            raise JobConflict(
                f"The journal {self.path} cannot be used{at_stake} ({problem}); "
                "move it away, or name another with --journal.",
                import_id=import_id,
            ) from None

    def _prepare(self) -> None:
        self._connection.execute("PRAGMA synchronous = FULL")
        if self._version() == _VERSION:
            return
        # All or nothing, and one process at a time: a journal that is half made would be taken for somebody else's.
        self._connection.execute("BEGIN IMMEDIATE")
        version = self._version()
        if version > _VERSION:
            raise JobConflict(f"The journal {self.path} was written by a newer version; update memory-imports.")
        if version < _VERSION:
            if self._connection.execute("SELECT 1 FROM sqlite_master").fetchone() is not None:
                raise JobConflict(f"{self.path} is a database of something else; name another place with --journal.")
            self._connection.execute(_TABLE)
            self._connection.execute(f"PRAGMA user_version = {_VERSION}")
        self._connection.execute("COMMIT")

    def _version(self) -> int:
        version: int = self._connection.execute("PRAGMA user_version").fetchone()[0]
        return version


def _held(count: int | None) -> int | None:
    return None if count is None else min(count, _MOST)


def _make_private(path: Path) -> None:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR | _NO_FOLLOW, 0o600))
    except OSError as problem:
        raise JobConflict(
            f"The journal {path} cannot be written ({problem.strerror}); name another place with --journal."
        ) from None

"""The journal: how far each job has come, durable before each step. Holds no cell value and no signed URL.

One SQLite file, readable by its owner alone, and beside it an empty lock file for each job that it knows.
"""

import json
import sqlite3
import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import RLock
from types import TracebackType
from typing import Any, Self

from filelock import FileLock, Timeout

from memory_imports._effects import Record
from memory_imports.errors import JobConflict, advised
from memory_imports.jobs import statements
from memory_imports.jobs.conflicts import unwritten
from memory_imports.jobs.entries import Entry, Job, Standing
from memory_imports.jobs.places import make_private
from memory_imports.jobs.schema import prepare

# SQLite holds no larger number.
_MOST = 2**63 - 1
# Seconds: so long a finished job is remembered.
_REMEMBERED = 90 * 24 * 3600.0
# The last of them: what a journal says may be no text.
_UNUSABLE = (sqlite3.Error, OSError, NotImplementedError, UnicodeError)


class Journal:
    """An open journal; use it as a context manager. Its parts may be written from several threads.

    Raises:
        JobConflict: The file is no journal, or one that another version wrote.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._turn = RLock()
        make_private(path)
        with self._usable():
            self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        try:
            with self._usable():
                prepare(self._connection, path)
        except JobConflict:
            self._connection.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        # What an interrupted part is writing comes first: SQLite does not survive losing its connection meanwhile.
        with self._turn:
            self._connection.close()

    @contextmanager
    def claim(self, key: str, held: JobConflict | None = None) -> Generator[None]:
        """Hold a job against every other process; ``held`` is what to raise where one has it.

        Raises:
            JobConflict: Another process holds it, or nothing can be held here.
        """
        lock = self._lock(key)
        try:
            with self._usable():
                lock.acquire()
        except Timeout:
            raise held or JobConflict(
                "The same file is being imported into the same store by another run right now; wait for it to end."
            ) from None
        try:
            yield
        finally:
            lock.release()

    def begin(self, job: Job, digests: Sequence[str] = ()) -> None:
        """Take up a job that sends this, part by part, and tidy away what has long been finished.

        Raises:
            JobConflict: The journal cannot be used; so do all that follow.
        """
        now = time.time()
        facts = (job.key, job.store_id, json.dumps(job.files), job.parts, job.rows, job.bytes, now)
        with self._at_once():
            self._ask(statements.BEGIN, facts)
            for part, digest in enumerate(digests):
                self._ask(statements.BEGIN_PART, (job.key, part, digest))
        long_ago = now - _REMEMBERED
        for (key,) in self._ask(statements.FINISHED, (job.key, long_ago)):
            with suppress(JobConflict):  # somebody holds it, and has it still
                self.forget(key)
        self._ask(statements.TIDY, (long_ago,))

    def clear(self, key: str) -> None:
        """Forget what is known of a job that is claimed; what it sent stays sent, which others must know."""
        with self._at_once():
            for statement in statements.CLEAR:
                self._ask(statement, {"key": key})

    def forget(self, key: str) -> None:
        """Forget a job, and that it could be claimed.

        Raises:
            JobConflict: Another process holds it.
        """
        with self.claim(key):
            self.clear(key)
            Path(self._lock(key).lock_file).unlink(missing_ok=True)

    def entries(self, key: str) -> dict[int, Entry]:
        """Return how far the parts of a job have come; those that nothing is known of are missing."""
        found = self._ask(statements.ENTRIES, (key,))
        left: dict[int, tuple[str, ...]] = {}
        for part, import_id in self._ask(statements.ABANDONED, (key,)):
            left[part] = (*left.get(part, ()), import_id)
        with self._sound():
            return {
                part: Entry(stage, import_id, state, errors, warnings, at, left.get(part, ()))
                for part, stage, import_id, state, errors, warnings, at in found
            }

    def sent(self, job: Job, digest: str) -> tuple[str, float] | None:
        """Return as which import, and when, another job may have put the same into the store; None if none has."""
        found = self._ask(statements.SENT, {"store_id": job.store_id, "key": job.key, "digest": digest})
        return (found[0][0], found[0][1]) if found else None

    def standings(self) -> list[Standing]:
        """Return every job that the journal knows, in the order in which they were begun."""
        found = self._ask(statements.STANDINGS)
        with self._sound():
            return [
                Standing(job=_job(facts), began=began, at=at, done=done, failed=failed)
                for *facts, began, at, done, failed in found
            ]

    def imports(self) -> set[str]:
        """Return every import that some part of some job goes on with, or has ended with."""
        return {import_id for (import_id,) in self._ask(statements.IMPORTS)}

    def is_last(self, job: Job) -> bool:
        """Whether no other job may have put anything into the store since this one last said how far it came."""
        return not self._ask(statements.OVERTAKEN, {"store_id": job.store_id, "key": job.key})

    def write(self, key: str, line: Record) -> None:
        """Make a line durable: the part is now at this stage; one that was refused has none, for nothing was made.

        Raises:
            JobConflict: The journal cannot be written; names the line's import, and says what it may have.
        """
        if line.event == "refused":
            self._ask(statements.DROP, {"key": key, "part": line.fields["part"]})
            return
        facts = dict.fromkeys(("import_id", "state", "errors", "warnings")) | dict(line.fields)
        facts |= {name: _held(facts[name]) for name in ("errors", "warnings")}
        facts |= {"key": key, "stage": line.event, "at": time.time()}
        try:
            for import_id in line.fields.get("abandoned", ()):
                self._ask(statements.ABANDON, (key, line.fields["part"], import_id))
            self._ask(statements.WRITE, facts)
        except JobConflict as problem:
            raise unwritten(line, problem) from None

    @contextmanager
    def _at_once(self) -> Generator[None]:
        """Make what is written in the block durable together, or not at all."""
        with self._turn:
            try:
                self._ask("BEGIN IMMEDIATE")
                yield
                self._ask("COMMIT")
            except BaseException:
                with suppress(JobConflict):  # nothing was begun, or all of it is done
                    self._ask("ROLLBACK")
                raise

    def _ask(self, statement: str, given: Any = ()) -> list[Any]:  # noqa: ANN401 - as SQLite
        with self._turn:
            try:
                return self._connection.execute(statement, given).fetchall()
            except _UNUSABLE as problem:
                raise self._unusable(problem) from None

    @contextmanager
    def _usable(self) -> Generator[None]:
        """Say in one sentence that the journal is at fault."""
        try:
            yield
        except Timeout:
            raise
        except _UNUSABLE as problem:
            raise self._unusable(problem) from None

    def _unusable(self, problem: Exception) -> JobConflict:
        return advised(
            JobConflict(f"The journal {self.path} cannot be used ({problem})."),
            "free it and run the same command again. If it is lost, see with memory-imports list what has been "
            "imported already; only then move it away, or name another with --journal",
        )

    @contextmanager
    def _sound(self) -> Generator[None]:
        """Say in one sentence that what the journal holds makes no sense: nothing is done by half of it."""
        try:
            yield
        except (ValueError, TypeError, RecursionError):
            raise advised(
                JobConflict(f"The journal {self.path} is damaged."),
                "move it away, or name another with --journal, and see with memory-imports list what has been "
                "imported already",
            ) from None

    def _lock(self, key: str) -> FileLock:
        return FileLock(self.path.with_name(f"{self.path.name}.{key[:16]}.lock"), timeout=0, mode=0o600)


def _job(facts: Sequence[Any]) -> Job:
    key, store_id, files, parts, rows, length = facts
    return Job(key=key, store_id=store_id, files=tuple(json.loads(files)), parts=parts, rows=rows, bytes=length)


def _held(count: int | None) -> int | None:
    return None if count is None else min(count, _MOST)

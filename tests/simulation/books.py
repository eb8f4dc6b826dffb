"""The real journal, twice: in a file as everybody has it, and in memory, where only the file and its lock are missing.

In memory it is the same code with the same statements, on a connection that outlives the process that opened it.
"""

from collections.abc import Generator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from sqlite3 import Connection, connect
from tempfile import TemporaryDirectory
from threading import RLock
from typing import Any

from attrs import define, field
from filelock import Timeout

from memory_imports.jobs import Journal
from memory_imports.jobs.entries import Entry
from memory_imports.jobs.statements import ENTRIES
from tests.simulation.faults.local import Disk

_SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of its own is made in it


@define
class _Lock:
    """Held by one of the journals of a schedule."""

    held: set[str]
    lock_file: str

    def acquire(self) -> None:
        """Take it at once or not at all."""
        if self.lock_file in self.held:
            raise Timeout(self.lock_file)
        self.held.add(self.lock_file)

    def release(self) -> None:
        """Give it back."""
        self.held.discard(self.lock_file)


class _InMemory(Journal):
    """A journal on a connection that is there already."""

    def __init__(self, connection: Connection, held: set[str]) -> None:
        self.path, self._turn, self._held = Path("journal.sqlite3"), RLock(), held
        self._connection: Any = Disk(connection)

    def __exit__(self, *_: object) -> None:
        pass

    def _lock(self, key: str) -> Any:  # noqa: ANN401 - as much of a FileLock as is needed
        return _Lock(self._held, key)


class _OnDisk(Journal):
    """The real one, whose disk can be made to fail."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._connection: Any = Disk(self._connection)


@define
class Shelf:
    """Where the journal of a schedule lies, from process to process. ``reader`` sees what is durable."""

    reader: Connection
    path: Path | None = None
    held: set[str] = field(factory=set)

    def open(self) -> Journal:
        """Open it, as a new process does."""
        return _InMemory(self.reader, self.held) if self.path is None else _OnDisk(self.path)

    def entries(self, key: str) -> dict[int, Entry]:
        """Return how far the parts have come, as a process that starts now would learn."""
        return {part: Entry(*facts) for part, *facts in self.reader.execute(ENTRIES, (key,))}


def spoil(journal: Journal, fault: str) -> None:
    """Let the next thing that the journal does go wrong."""
    disk: Disk = journal._connection  # type: ignore[assignment] # noqa: SLF001 - from below its own code
    disk.fault = fault


@cache
def _memory() -> Connection:
    with TemporaryDirectory() as name:
        Journal(path := Path(name) / "journal.sqlite3").__exit__(None, None, None)
        memory = connect(":memory:", isolation_level=None)
        with closing(connect(path)) as made:
            made.backup(memory)
    return memory


@contextmanager
def shelf(*, on_disk: bool) -> Generator[Shelf]:
    """Give the place of an empty journal."""
    if not on_disk:
        memory = _memory()
        memory.executescript("DELETE FROM jobs; DELETE FROM parts; DELETE FROM digests; DELETE FROM abandoned;")
        yield Shelf(memory)
        return
    where = _SHARED_MEMORY if _SHARED_MEMORY.is_dir() else None
    with TemporaryDirectory(dir=where) as name:
        Journal(path := Path(name) / "journal.sqlite3").__exit__(None, None, None)
        with closing(connect(path, isolation_level=None)) as reader:
            yield Shelf(reader, path)

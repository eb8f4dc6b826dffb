"""What goes wrong on the machine itself: a journal that cannot be written, a file that cannot be read.

The journal's faults come from below its own code, as SQLite would report them.
"""

import errno
import sqlite3
from collections.abc import Generator
from contextlib import contextmanager, nullcontext
from typing import Any, NoReturn
from unittest.mock import patch

from attrs import define

from memory_imports.errors import MemoryImportsError, SourceChanged, unreadable
from tests.simulation.faults.kind import UPLOAD

FULL, LOCKED, UNSURE = "journal-disk-full", "journal-locked", "journal-unsure"
LINE, PLAN = "journal line", "plan"
SPOOL = "spool-disk-full"
_FILE: dict[str, MemoryImportsError] = {
    "file-unreadable": unreadable("people.csv", OSError(errno.EIO, "Input/output error")),
    "file-changed": SourceChanged("people.csv has changed since it was first read."),
}
FILE = tuple(_FILE)
LOCAL = dict.fromkeys((FULL, LOCKED, UNSURE), frozenset({LINE})) | dict.fromkeys(FILE, frozenset({UPLOAD}))
LOCAL |= {SPOOL: frozenset({PLAN})}
_WORDS = {FULL: "database or disk is full", LOCKED: "database is locked", UNSURE: "disk I/O error"}


@define
class Disk:
    """A connection of the journal whose next statement may fail, or do its work and then say that it failed."""

    connection: sqlite3.Connection
    fault: str = ""

    def execute(self, statement: str, given: Any = ()) -> sqlite3.Cursor:  # noqa: ANN401 - as SQLite
        """Do it, or not."""
        fault, self.fault = self.fault, ""
        if not fault:
            return self.connection.execute(statement, given)
        if fault == UNSURE:
            self.connection.execute(statement, given).close()  # one that stays open keeps the file locked
        raise sqlite3.OperationalError(_WORDS[fault])

    def close(self) -> None:
        """Close it."""
        self.connection.close()


@contextmanager
def no_room(fault: str) -> Generator[None]:
    """Let no private copy of a part be made, if that is the fault."""

    def full(*_: object) -> NoReturn:
        raise OSError(errno.ENOSPC, "No space left on device")

    with patch("memory_imports.tables.spool.os.open", full) if fault == SPOOL else nullcontext():
        yield


def spoiled(name: str) -> MemoryImportsError:
    """Return what reading the file ends with."""
    return _FILE[name]

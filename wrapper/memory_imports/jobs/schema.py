"""The tables of a journal: made where there are none, and added to where an earlier version made fewer."""

from pathlib import Path
from sqlite3 import Connection

from memory_imports.errors import JobConflict, advised
from memory_imports.jobs import statements
from memory_imports.jobs.places import ELSEWHERE

# The first version whose tables are still as they were.
_FIRST = 2


def prepare(connection: Connection, path: Path) -> None:
    """Make a database a journal. Raises `JobConflict` where it is something else, or of a newer version."""
    connection.execute("PRAGMA synchronous = FULL")
    if version_of(connection) == statements.VERSION:
        return
    # All or nothing, and one process at a time: a journal that is half made would be taken for somebody else's.
    connection.execute("BEGIN IMMEDIATE")
    version = version_of(connection)
    if version > statements.VERSION:
        raise advised(JobConflict(f"The journal {path} was written by a newer version."), "update memory-imports")
    if version < statements.VERSION:
        if version < _FIRST and connection.execute("SELECT 1 FROM sqlite_master").fetchone() is not None:
            raise advised(JobConflict(f"{path} is a database of something else."), ELSEWHERE)
        for table in statements.TABLES:
            connection.execute(table)
        connection.execute(f"PRAGMA user_version = {statements.VERSION}")
    connection.execute("COMMIT")


def version_of(connection: Connection) -> int:
    """Return which version's tables a database has; 0 for none of ours."""
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version

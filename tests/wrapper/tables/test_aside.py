"""A full disk under the rows of large files: said in one sentence, whoever of the two finds it."""

import errno
import os
import tempfile
from typing import NoReturn

import pytest

from memory_imports.errors import InvalidRequest
from memory_imports.tables.occurrences import Pairs
from memory_imports.tables.resolution import Forest
from memory_imports.tables.sharing import Clusters


@pytest.fixture(autouse=True)
def full(monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder for temporary files without room."""

    def fail() -> NoReturn:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(tempfile, "TemporaryFile", fail)


def test_identifiers_that_find_no_room() -> None:
    """More of them than may stay in memory."""
    with pytest.raises(
        InvalidRequest, match="No space left on device; make room there, or name another folder in TMPDIR"
    ):
        Pairs(0).extend([0], [(1, 2)], 1)


def test_shared_rows_that_find_no_room() -> None:
    """As many as are put aside at a time."""
    clusters = Clusters(Forest(), at_once=1)
    with pytest.raises(InvalidRequest, match="No space left on device"):
        clusters.add(1, 1)

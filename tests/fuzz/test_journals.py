"""Journals with bits that have flipped, or that are cut off: refused in one sentence, or as good as they were."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memory_imports._effects import Record
from memory_imports.jobs import Job, Journal
from tests.fuzz.oracle import environment, examples, judge, ran

STORE = "mem_store_" + 26 * "0"
IMPORT = "mem_import_" + 26 * "0"
RUN = ["run", "people.csv", "--map", "email=Contact.email", "--map", "name=Contact.firstName", "--blank", "overwrite"]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A journal of two jobs."""
    path = tmp_path_factory.mktemp("journal") / "journal.sqlite3"
    with Journal(path) as journal:
        for key in ("a" * 64, "b" * 64):
            journal.begin(Job(key=key, store_id=STORE, files=("/people.csv",), parts=2, rows=2, bytes=9))
            journal.write(key, Record("uploaded", {"part": 0, "import_id": IMPORT}))
            journal.write(key, Record("creating", {"part": 1}))
    with closing(sqlite3.connect(path)) as database:
        database.execute("VACUUM")
    return path


flips = st.lists(st.tuples(st.integers(0, 2**20), st.integers(1, 255)), max_size=12)


@given(flips=flips, cut=st.none() | st.integers(0, 2**15), tail=st.binary(max_size=20))
@examples(60)
def test_a_broken_journal_is_refused_or_works(  # noqa: PLR0917 - pytest passes them by name
    tmp_path: Path, people: Path, whole: Path, flips: list[tuple[int, int]], cut: int | None, tail: bytes
) -> None:
    """By whoever opens it; and what comes after it still has its one object of JSON."""
    content = bytearray(whole.read_bytes())
    for at, change in flips:
        # Most of a page is empty: the interesting places are its two ends.
        place = at % len(content) if at % 2 else at % 200 + len(content) // 4096 * (at % 5) * 1024
        content[place % len(content)] ^= change
    path = tmp_path / "journal.sqlite3"
    path.write_bytes(bytes(content[:cut]) + tail)
    for words in (["jobs", "--all", "--json"], [*RUN, "--json"]):
        judge(ran([*words, "--journal", str(path)], environment(tmp_path)), words)
    assert people.exists()

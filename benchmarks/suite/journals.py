"""What the journal costs a part: its five lines, each on the disk before the next step."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from memory_imports._effects import Record
from memory_imports.jobs import Job, Journal
from suite.figures import ROUNDS, Row, timed

PARTS = 50
LINES = ("creating", "created", "uploading", "uploaded", "ended")


def rows(*, full: bool) -> Iterator[Row]:
    """Yield one row."""
    del full
    with TemporaryDirectory() as folder, Journal(Path(folder, "journal.sqlite3")) as journal:
        job = Job(key="a" * 64, store_id="mem_store", files=("people.csv",), parts=PARTS, rows=1, bytes=1)
        journal.begin(job)

        def write() -> None:
            for part in range(PARTS):
                for line in LINES:
                    journal.write(job.key, Record(line, {"part": part, "import_id": "mem_import_" + 26 * "0"}))

        yield Row(what="the journal, a part", unit="ms", ours=[1000 * timed(write) / PARTS for _ in range(ROUNDS)])

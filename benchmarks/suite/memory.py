"""Peak memory of a whole run against the size of its file, beside an interpreter that only imports httpx."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import memory_imports_sandbox as sandbox
from suite.figures import Row, process, python
from suite.people import MAPPINGS, write_people

SIZES = (1, 10, 100)
LARGE = (1000, 5000)
FLAT = 20


def rows(*, full: bool) -> Iterator[Row]:
    """Yield a row for each size in MB; gigabytes only where all is asked for."""
    bare = process(python("import httpx"))[1]
    settings = sandbox.Settings(pending_seconds=0, processing_seconds=0)
    at_100 = None
    with TemporaryDirectory() as folder, sandbox.running(settings) as service:
        for size in (*SIZES, *(LARGE if full else ())):
            file = Path(folder, f"{size}.csv")
            write_people(file, size * 1_000_000)
            command = [sys.executable, "-m", "memory_imports", "run", str(file), *MAPPINGS, "--no-wait", "--quiet"]
            used = process([*command, "--yes"], _environment(service, folder))[1]
            file.unlink()
            at_100 = used if size == SIZES[-1] else at_100
            grown = None if at_100 is None else used - at_100
            yield Row(
                what=f"memory of a run of {size} MB",
                unit="MiB",
                ours=[used],
                peers={"import httpx": [bare]},
                goal="" if not grown else f"within {FLAT} MiB of 100 MB: {grown:+.0f}",
            )


def _environment(service: sandbox.Announcement, folder: str) -> dict[str, str]:
    return {
        **os.environ,
        "TWILIO_API_KEY": service.username,
        "TWILIO_API_SECRET": service.password,
        "TWILIO_MEMORY_STORE_ID": service.store_id,
        "TWILIO_MEMORY_BASE_URL": service.base_url,
        "XDG_STATE_HOME": folder,
    }

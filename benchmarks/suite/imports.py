"""A whole import, from a file to COMPLETED: ours beside the vendor's SDK with requests, and beside the ideal.

The ideal is a file that somebody else has already checked and cut, every part created at once, sent by curl and asked
about ten times a second: the bytes at the line's rate and the service's own time, and nothing else.
"""

import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import requests
from twilio.http.http_client import TwilioHttpClient  # type: ignore[import-untyped]  # has no types
from twilio.rest import Client  # type: ignore[import-untyped]  # has no types
from twilio.rest.memory.v1.import_ import ImportList  # type: ignore[import-untyped]  # has no types

from memory_imports import MemoryImports
from memory_imports._endpoints import RULES
from suite.figures import Row, in_turn, timed
from suite.people import COLUMNS, write_people
from suite.service import served

GOAL = 1.2
FEW = 2
_SERVER = "https://memory.twilio.com"
CURL = shutil.which("curl") or "curl"
_ENDS = {"COMPLETED", "FAILED"}


def rows(*, full: bool) -> Iterator[Row]:
    """Yield a row for each size; a gigabyte only where all is asked for."""
    # Three minutes a turn are spread enough.
    for size, name, rounds in ((100_000_000, "100 MB", FEW), *([(1_000_000_000, "1 GB", 1)] if full else [])):
        with TemporaryDirectory() as folder:
            yield _row(Path(folder), size, name, rounds)


def _row(folder: Path, size: int, name: str, rounds: int) -> Row:
    file = folder / "people.csv"
    write_people(file, size)
    parts = _parted(file)
    taken = in_turn(
        rounds,
        ideal=partial(_fresh, _ideal, parts),
        ours=partial(_fresh, _ours, [file]),
        sdk=partial(_fresh, _sdk, parts),
    )
    return Row(
        what=f"a whole import of {name}",
        unit="s",
        ours=taken["ours"],
        peers={"the ideal": taken["ideal"], "twilio and requests, cut by hand": taken["sdk"]},
        goal="at most 1.2 times the ideal",
        reached=lambda ratio: ratio <= GOAL,
    )


def _parted(file: Path) -> list[Path]:
    """Return the file in parts as the service takes them, with headers: cut by ``split``, which knows lines only."""
    with file.open("rb") as stream:
        header = stream.readline()
    room = RULES.max_bytes - len(header)
    subprocess.run([shutil.which("split") or "split", "-C", str(room), file.name, "part-"], cwd=file.parent, check=True)
    parts = sorted(file.parent.glob("part-*"))
    for part in parts[1:]:
        with part.open("rb") as rest, part.with_suffix(".csv").open("wb") as whole:
            whole.write(header)
            while some := rest.read(1 << 20):
                whole.write(some)
        part.unlink()
    return [parts[0], *sorted(file.parent.glob("part-*.csv"))]


def _fresh(work: object, files: Sequence[Path]) -> float:
    """Return the seconds that some work takes with a service that holds nothing yet, in a process of its own."""
    assert callable(work)  # noqa: S101 - one of the three below
    with served() as service:
        return timed(partial(work, service, files))


def _client(service: dict[str, str]) -> MemoryImports:
    signed_in = (service["TWILIO_API_KEY"], service["TWILIO_API_SECRET"])
    return MemoryImports(
        service["TWILIO_MEMORY_STORE_ID"], credentials=signed_in, base_url=service["TWILIO_MEMORY_BASE_URL"]
    )


def _ours(service: dict[str, str], files: Sequence[Path]) -> None:
    with _client(service) as client:
        result = client.run(files[0], COLUMNS)
    if result.outcome != "completed":
        raise SystemExit(f"the import ended as {result.outcome}")


def _ideal(service: dict[str, str], files: Sequence[Path]) -> None:
    with _client(service) as client, ThreadPoolExecutor(len(files)) as together:
        list(together.map(partial(_ideally, client), files))


def _ideally(client: MemoryImports, file: Path) -> None:
    created = client.create(file.name, size=file.stat().st_size, mappings=COLUMNS)
    subprocess.run([CURL, "--silent", "--fail", "-T", str(file), created.url], check=True)
    while not client.fetch(created.import_id).ended:
        time.sleep(0.1)


class _Led(TwilioHttpClient):  # type: ignore[misc]  # its base has no types
    """Leads the vendor's SDK to the sandbox."""

    def __init__(self, base_url: str) -> None:
        super().__init__()
        self.base_url = base_url

    def request(self, method: str, url: str, *given: object, **named: object) -> object:
        return super().request(method, url.replace(_SERVER, self.base_url), *given, **named)


def _sdk(service: dict[str, str], files: Sequence[Path]) -> None:
    led = _Led(service["TWILIO_MEMORY_BASE_URL"])
    store_id = service["TWILIO_MEMORY_STORE_ID"]
    memory = Client(service["TWILIO_API_KEY"], service["TWILIO_API_SECRET"], http_client=led).memory.v1
    mappings = [
        dict(zip(("columnName", "traitGroup", "traitName"), (column, *target.split(".")), strict=True))
        for column, target in COLUMNS.items()
    ]
    for file in files:
        asked = {"filename": file.name, "fileSize": file.stat().st_size, "columnMappings": mappings}
        created = memory.imports(store_id).create(ImportList.CreateProfilesImportV2Request(asked))
        with file.open("rb") as stream:
            requests.put(created.url, data=stream, timeout=600).raise_for_status()
        while memory.imports(store_id, created.import_id).fetch().status not in _ENDS:
            time.sleep(1)

"""A file of gigabytes, checked, planned and sent in parts by a process that is killed again and again.

Run it as `python benchmarks/large.py [GB] [KILLS]`. It fails unless the store ends with every row once, and prints what
each step took. The service runs beside it and is not killed; what it holds and the file take twice the size on disk.
"""

import base64
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from suite.service import served

MIB = 1024 * 1024
PROGRAM = (sys.executable, "-m", "memory_imports")
MAPPINGS = ("--map", "email=Contact.email", "--map", "name=Contact.firstName", "--map", "note=Contact.note")
NOTE = "x" * 960


def main(gigabytes: float, kills: int) -> None:
    """Print a line for each step."""
    chance = random.Random(kills)  # noqa: S311 - the same moments every time
    with tempfile.TemporaryDirectory() as folder, served("--data", str(Path(folder, "service"))) as service:
        file = Path(folder, "people.csv")
        rows = write_people(file, int(gigabytes * 1e9))
        print(f"{file.stat().st_size / 1e9:.2f} GB, {rows:,} rows")
        environ = {**os.environ, **service, "XDG_STATE_HOME": folder}
        for command in ("check", "plan"):
            seconds, peak = measure([*PROGRAM, command, str(file), *MAPPINGS, "--json"], environ)
            print(f"{command}: {seconds:.1f} s, at most {peak / MIB:.0f} MiB")
        tried = killed(file, environ, kills, chance, seconds)
        print(f"run: killed {tried} times, then it ended by itself")
        verify(environ, rows)


def write_people(file: Path, size: int) -> int:
    """Write made-up people of about a kilobyte each, and return how many."""
    with file.open("w", encoding="ascii", newline="") as out:
        out.write("email,name,note\n")
        row = 0
        while out.tell() < size:
            out.writelines(f"person{row + at}@example.com,Person {row + at},{NOTE}\n" for at in range(1000))
            row += 1000
    return row


def measure(command: list[str], environ: dict[str, str]) -> tuple[float, int]:
    """Return the seconds and the peak memory in bytes of a command that has to end well."""
    start = time.perf_counter()
    process = subprocess.Popen(command, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{command[3]} ended with {os.waitstatus_to_exitcode(status)}")
    return time.perf_counter() - start, usage.ru_maxrss * 1024


def killed(file: Path, environ: dict[str, str], kills: int, chance: random.Random, reading: float) -> int:
    """Run, kill, and run again; return how often it was killed before it ended by itself."""
    command = [*PROGRAM, "run", str(file), *MAPPINGS, "--json", "--quiet"]
    for tried in range(kills + 1):
        process = subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        # Half of the moments are while it reads, half while it sends.
        patience = chance.uniform(0, 2 * reading) if tried < kills else None
        with suppress(subprocess.TimeoutExpired):
            out, _ = process.communicate(timeout=patience)
            result = json.loads(out)
            if result["exit_code"]:
                raise SystemExit(f"the run ended with {result['exit_code']}: {result['error']}")
            return tried
        process.kill()
        process.communicate()
    raise SystemExit("the last run was killed, too")


def verify(environ: dict[str, str], rows: int) -> None:
    """Hold what the service has taken in against the file."""
    imports = side(environ, "imports?limit=1000")["imports"]
    filled = [one for one in imports if one["status"] != "PENDING"]
    profiles = side(environ, "profiles?limit=1")["total"]
    names = {one["filename"] for one in filled}
    found = (len(names), sum(one["rows"] for one in filled), profiles)
    print(
        f"{len(imports)} imports, {len(filled)} of them with a file; {found[1]:,} rows taken in, {profiles:,} profiles"
    )
    if found != (len(filled), rows, rows) or {one["status"] for one in filled} != {"COMPLETED"}:
        raise SystemExit("not every row is there once")


def side(environ: dict[str, str], view: str) -> Any:  # noqa: ANN401 - JSON
    """Look at what the service holds."""
    signed_in = base64.b64encode(f"{environ['TWILIO_API_KEY']}:{environ['TWILIO_API_SECRET']}".encode()).decode()
    request = Request(  # noqa: S310 - our own service
        f"{environ['TWILIO_MEMORY_BASE_URL']}/_sandbox/{view}", headers={"Authorization": f"Basic {signed_in}"}
    )
    with urlopen(request, timeout=60) as answer:  # noqa: S310 - as above
        return json.load(answer)


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 5, int(sys.argv[2]) if len(sys.argv) > 2 else 50)  # noqa: PLR2004 - words

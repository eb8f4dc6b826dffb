"""Peak memory of `memory-imports run` against the size of its file, beside the interpreter that only imports httpx.

Run it as `python benchmarks/memory.py [MIB ...]`. Both figures are the kernel's own count of resident memory at its
highest, of a process of its own; the ratio travels to other machines, the MiB do not.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import memory_imports_sandbox as sandbox

MIB = 1024 * 1024
MAPPINGS = ("--map", "email=Contact.email", "--map", "name=Contact.firstName", "--map", "note=Contact.note")


def main(sizes: list[int]) -> None:
    """Print one line for each size in MiB."""
    bare = peak([sys.executable, "-c", "import httpx"], dict(os.environ))
    print(f"{'file':>9}  {'peak':>9}  {'of import httpx':>15}")
    with tempfile.TemporaryDirectory() as folder, sandbox.running(sandbox.Settings(processing_seconds=0)) as service:
        for size in sizes:
            file = Path(folder, f"{size}.csv")
            write_people(file, size * MIB)
            command = [sys.executable, "-m", "memory_imports", "run", str(file), *MAPPINGS, "--no-wait", "--quiet"]
            used = peak(command, environment(service, folder))
            print(f"{size:5} MiB  {used / MIB:5.0f} MiB  {used / bare:14.1f}x")


def write_people(file: Path, size: int) -> None:
    """Write made-up people, one in five of them with a quoted cell, until the file has exactly ``size`` bytes."""
    with file.open("wb") as out:
        left = size - out.write(b"email,name,note\n")
        number = 0
        while left:
            number += 1
            note = b'"says ""hello"", twice"' if number % 5 == 0 else b"a person who does not exist" * 3
            row = b"person%d@example.com,Person %d,%s\n" % (number, number, note)
            if left < 2 * len(row):
                row = b"last@example.com,Last,".ljust(left - 1, b"x") + b"\n"
            left -= out.write(row)


def environment(service: sandbox.Announcement, folder: str) -> dict[str, str]:
    """Return what leads a process to the sandbox."""
    return {
        **os.environ,
        "TWILIO_API_KEY": service.username,
        "TWILIO_API_SECRET": service.password,
        "TWILIO_MEMORY_STORE_ID": service.store_id,
        "TWILIO_MEMORY_BASE_URL": service.base_url,
        "XDG_STATE_HOME": folder,
    }


def peak(command: list[str], environ: dict[str, str]) -> int:
    """Run a command and return the most memory it ever held, in bytes."""
    process = subprocess.Popen(command, env=environ, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) != 0:
        raise SystemExit(f"{command} ended with {os.waitstatus_to_exitcode(status)}")
    return usage.ru_maxrss * 1024


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [1, 10, 100])

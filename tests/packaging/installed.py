"""Uses a built wheel as people do: `python installed.py FOLDER PINS`.

Installs the one wheel of FOLDER into new environments outside the tree, with the libraries that the file PINS
names: once with the extras, once without. Then the README's first commands must work, and the command line
without its extra must say how to get it. No test module: the `build` session runs it.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

# Whatever leads back to the tree, or to the environment that this runs in.
LEADS_BACK = {"PYTHONPATH", "PYTHONHOME", "UV_PYTHON", "VIRTUAL_ENV"}
ENVIRONMENT = {name: value for name, value in os.environ.items() if name not in LEADS_BACK}
ENVIRONMENT |= {"TWILIO_API_KEY": "SK", "TWILIO_API_SECRET": "made up"}
MAKE_A_CLIENT = (
    "import memory_imports; memory_imports.MemoryImports(store_id='mem_store_' + 26 * '0').close()"
)
USAGE = 2


class UnusableError(Exception):
    """The wheel does not do what people will ask of it."""


def run(place: Path, *command: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a command in `place`, where the tree cannot be seen, and catch what it says."""
    return subprocess.run(  # noqa: S603 - the commands are the ones below
        command, cwd=place, env=ENVIRONMENT, capture_output=True, text=True, check=False, timeout=300
    )


def said(place: Path, *command: str | Path) -> str:
    """Run a command that must succeed, and give its standard output.

    Raises:
        UnusableError: It did not succeed.
    """
    done = run(place, *command)
    if done.returncode:
        words = " ".join(map(str, command))
        raise UnusableError(f"exit {done.returncode}: {words}\n{done.stdout}\n{done.stderr}")
    return done.stdout


def environment(place: Path, name: str, requirement: str, pins: Path) -> Path:
    """Make an environment that holds the requirement, and give the folder of its programs."""
    home = place / name
    said(place, "uv", "venv", "--quiet", "--python", sys.executable, home)
    said(place, "uv", "pip", "install", "--quiet", "--python", home, "--constraints", pins, requirement)
    return home / "bin"


def try_whole(place: Path, programs: Path) -> None:
    """With the extras: the version, the import, the demo."""
    version = said(
        place, programs / "python", "-c", "import memory_imports; print(memory_imports.__version__)"
    )
    if version.strip() not in said(place, programs / "memory-imports", "--version"):
        raise UnusableError(f"`memory-imports --version` does not say {version.strip()}")
    report = json.loads(said(place, programs / "memory-imports", "demo", "--json"))
    if report["outcome"] not in {"completed", "completed_with_errors"} or not report["rows"]:
        raise UnusableError(f"the demo ended with {report['outcome']} and {report['rows']} rows")


def try_core(place: Path, programs: Path) -> None:
    """Without the extras: a client can be made, and the command line names what is missing, in one line."""
    said(place, programs / "python", "-c", MAKE_A_CLIENT)
    done = run(place, programs / "memory-imports", "demo")
    if done.returncode != USAGE or done.stderr.count("\n") != 1 or "memory-imports[cli" not in done.stderr:
        raise UnusableError(f"without the extra, exit {done.returncode} and:\n{done.stdout}\n{done.stderr}")


def main(folder: Path, pins: Path) -> None:
    """Try the wheel of `folder` both ways."""
    (wheel,) = folder.resolve().glob("*.whl")
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        try_whole(
            place,
            environment(place, "whole", f"memory-imports[cli,sandbox] @ {wheel.as_uri()}", pins.resolve()),
        )
        try_core(place, environment(place, "core", f"memory-imports @ {wheel.as_uri()}", pins.resolve()))
    sys.stdout.write(f"{wheel.name} works with its extras, and says what it lacks without them\n")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))

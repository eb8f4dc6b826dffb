"""Uses an installed wheel as people do: `python installed.py FOLDER`.

FOLDER lies outside the tree and holds two environments: `whole`, with the wheel and its extras, and `core`,
without them. The README's first commands must work in the one; in the other a client can be made, and the
command line says how to get what it lacks. No test module: the `build` session runs it.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

# Whatever could lead back to the tree is left out; the credentials are made up.
ENVIRONMENT = {"PATH": os.defpath, "TWILIO_API_KEY": "SK", "TWILIO_API_SECRET": "made up"}
VERSION = "import memory_imports; print(memory_imports.__version__)"
CONTRACT = "import memory_imports_api as api; print(api.__path__[0] + '/imports.yaml')"
CLIENT = "import memory_imports; memory_imports.MemoryImports(store_id='mem_store_' + 26 * '0').close()"
USAGE = 2


class UnusableError(Exception):
    """The wheel does not do what people will ask of it."""


def run(program: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run an installed program from where the tree cannot be seen, and catch what it says."""
    return subprocess.run(  # noqa: S603 - a program of our own wheel
        [program, *arguments],
        cwd=program.parent,
        env=ENVIRONMENT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def said(program: Path, *arguments: str) -> str:
    """Run a program that must succeed, and give its standard output.

    Raises:
        UnusableError: It did not succeed.
    """
    done = run(program, *arguments)
    if done.returncode:
        command = " ".join((program.name, *arguments))
        raise UnusableError(f"`{command}` ended with {done.returncode}\n{done.stdout}\n{done.stderr}")
    return done.stdout


def try_whole(programs: Path) -> None:
    """With the extras: the import, the version, the detector, the demo."""
    version = said(programs / "python", "-c", VERSION).strip()
    if version not in said(programs / "memory-imports", "--version"):
        raise UnusableError(f"`memory-imports --version` does not say {version}")
    contract = said(programs / "python", "-c", CONTRACT).strip()
    if json.loads(said(programs / "memory-imports", "drift", "spec", contract, "--json"))["verdict"] != "none":
        raise UnusableError("the packaged contract differs from itself")
    report = json.loads(said(programs / "memory-imports", "demo", "--json"))
    if not report["outcome"].startswith("completed") or not report["rows"]:
        raise UnusableError(f"the demo ended with {report['outcome']} and {report['rows']} rows")


def try_core(programs: Path) -> None:
    """Without the extras: a client, and one line on how to get the rest."""
    said(programs / "python", "-c", CLIENT)
    looked = run(programs / "memory-imports", "doctor", "--base-url", "http://127.0.0.1:1")
    if looked.returncode != USAGE or "with its extra cli" not in looked.stdout:
        raise UnusableError(f"without extras `doctor` ended with {looked.returncode}\n{looked.stdout}\n{looked.stderr}")
    done = run(programs / "memory-imports", "demo")
    if done.returncode != USAGE or done.stderr.count("\n") != 1 or "with its extra" not in done.stderr:
        raise UnusableError(f"without extras it ended with {done.returncode}\n{done.stdout}\n{done.stderr}")


def main(away: Path) -> None:
    """Try both environments."""
    try_whole(away / "whole" / "bin")
    try_core(away / "core" / "bin")
    sys.stdout.write("the wheel works with its extras, and says what it lacks without them\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

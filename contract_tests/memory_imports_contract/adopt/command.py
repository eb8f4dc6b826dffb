"""The command around `adopt`: reads, writes whole files or none, has `generated/` written anew, and says what is left.

Run from the tree that holds the contract; the suite is run by whoever runs this.
"""

import argparse
import subprocess
import sys
from pathlib import Path

from memory_imports_contract.adopt.adoption import Adoption, adopted
from memory_imports_contract.adopt.versions import sentence
from memory_imports_contract.errors import DriftUnavailable
from memory_imports_contract.findings import Change
from memory_imports_contract.reports import write
from memory_imports_contract.spec.source import load

DONE, BY_HAND, REFUSED = 0, 1, 2


def main(arguments: list[str] | None = None) -> int:
    """Take a newer specification over, and return the exit code.

    Returns:
        0 if nothing is left to do, 1 if a person has to go on, 2 if it could not be done; then nothing has changed.
    """
    parser = argparse.ArgumentParser(
        prog="adopt", description="Take what the vendor changed into openapi/imports.yaml."
    )
    parser.add_argument("new", help="the vendor's specification: a path or URL, YAML or JSON")
    parser.add_argument("--spec", type=Path, default=Path("openapi/imports.yaml"), help="the contract")
    parser.add_argument("--dry-run", action="store_true", help="say what would be done, and write nothing")
    parser.add_argument("--no-generate", action="store_true", help="leave generated/ as it is")
    given = parser.parse_args(arguments)
    try:
        before = given.spec.read_text(encoding="utf-8")
        outcome = adopted(before, load(given.new), str(given.spec))
        if outcome.text != before and not given.dry_run:
            write(outcome.text, given.spec)
            if not given.no_generate:
                _generate(given.spec, before)
    except (DriftUnavailable, OSError, UnicodeDecodeError) as error:
        sys.stderr.write(f"{error}\n")
        return REFUSED
    sys.stdout.write(summary(outcome))
    return BY_HAND if outcome.by_hand else DONE


def summary(outcome: Adoption) -> str:
    """Return what was taken over, what is left, and what that asks for, as text."""
    lines = [f"Taken over: {len(outcome.adopted)}."]
    lines += [_line(change) for change in outcome.adopted]
    lines += [f"By hand: {len(outcome.by_hand)}."]
    lines += [_line(change) for change in outcome.by_hand]
    lines += [sentence(outcome.bump)]
    if outcome.adopted:
        lines += ["What is new there has no description yet: write it in our own words, then run the tests."]
    return "\n".join(lines) + "\n"


def _line(change: Change) -> str:
    return f"  {change.severity.value} {change.rule} at {change.where}: {change.message}"


def _generate(spec: Path, before: str) -> None:
    """Have `generated/` written; where the contract is refused, put it back as it was."""
    command = [sys.executable, str(spec.parent / "generate.py")]
    ended = subprocess.run(command, check=False, capture_output=True, encoding="utf-8")  # noqa: S603 - our own words
    if ended.returncode:
        write(before, spec)
        raise DriftUnavailable(f"generated/ cannot be written, so nothing was taken over. {ended.stderr.strip()}")
    sys.stdout.write(ended.stdout)

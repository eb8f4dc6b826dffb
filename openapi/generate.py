#!/usr/bin/env python3
"""Writes `generated/` from `imports.yaml`, or with --check says how `generated/` differs from it.

The only way into `generated/`. Nothing about the result may depend on the folder, the settings or the
environment that this runs in.

Exit codes: 0 done, or no difference; 1 a difference; 2 the specification was refused, or a tool failed.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from generation import compare
from generation.produce import GeneratorFailedError, produce
from generation.spec import SpecRefusedError

GROUND = Path(__file__).resolve().parent
STANDING = GROUND.parent / "generated"


def main() -> int:
    """Returns the exit code."""
    parser = argparse.ArgumentParser(description="Write generated/ from openapi/imports.yaml.")
    parser.add_argument("--check", action="store_true", help="write nothing; fail where generated/ differs")
    check = parser.parse_args().check
    with tempfile.TemporaryDirectory() as folder:
        try:
            produce(GROUND, Path(folder))
        except (SpecRefusedError, GeneratorFailedError) as error:
            sys.stderr.write(f"{error}\n")
            return 2
        fresh = Path(folder) / "generated"
        count = len(compare.files(fresh))
        if not check:
            touched = compare.replace(fresh, STANDING)
            sys.stdout.write(f"generated/: {count} files, {len(touched)} changed.\n")
            sys.stdout.writelines(f"  {name}\n" for name in touched)
            return 0
        lines = list(compare.differences(fresh, STANDING))
    sys.stdout.writelines(lines)
    sys.stdout.write(f"generated/: {count} files compared, {'different' if lines else 'no difference'}.\n")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())

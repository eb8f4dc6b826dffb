"""What is drawn at random depends on the seed alone, so that a finding can be looked at again."""

import os
import subprocess
import sys
from pathlib import Path

from live.test_requests import sent
from memory_imports_contract.live.bench import Bench
from memory_imports_contract.live.checks.access import unknown_store
from memory_imports_contract.live.checks.generated import generated

CONTRACT_TESTS = Path(__file__).parents[1]
# Whoever sends the requests of a run in another process has loaded other modules of this project, too.
OTHERS = ("live.faults", "catalogue", "memory_imports.cli", "tally")
PROGRAM = """
import importlib, sys

for name in sys.argv[2:]:
    importlib.import_module(name)

from live.test_drawn import drawn

print(*drawn(int(sys.argv[1])), sep="\\n")
"""


def drawn(seed: int) -> list[str]:
    """The requests of a run that are drawn at random."""

    def both(bench: Bench) -> None:
        unknown_store(bench)
        generated(bench, 16)

    came, _ = sent(both, "create", seed=seed)
    return [f"{one.method} {one.url} {one.content!r}" for one in came]


def elsewhere(seed: int, *modules: str) -> list[str]:
    """The same, in a process of its own that has loaded these modules before, and hashes by a number of its own."""
    environment = {**os.environ, "PYTHONHASHSEED": "1", "PYTHONPATH": str(CONTRACT_TESTS)}
    made = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(seed), *modules],
        check=True,
        capture_output=True,
        text=True,
        env=environment,
        cwd=CONTRACT_TESTS.parent,
        timeout=120,
    )
    return made.stdout.splitlines()


def test_every_process_sends_the_same_requests_for_the_same_seed() -> None:
    """Whatever else it has loaded, and however it orders what it hashes; another seed sends others."""
    here = drawn(7)
    assert 40 <= len(here)
    assert here == elsewhere(7, *OTHERS)
    assert here != drawn(8)

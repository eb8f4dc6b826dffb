"""What is drawn at random depends on the seed alone, so that a finding can be looked at again."""

import os
import subprocess
import sys
from pathlib import Path

CONTRACT_TESTS = Path(__file__).parents[1]
# Whoever sends the requests of a run in another process has loaded other modules of this project, too.
OTHERS = ("live.faults", "catalogue", "memory_imports.cli", "tally")
PROGRAM = """
import importlib, sys

for name in sys.argv[2:]:
    importlib.import_module(name)

from live.test_requests import sent
from memory_imports_contract.live.checks.access import unknown_store
from memory_imports_contract.live.checks.generated import generated

seed = int(sys.argv[1])
came, _ = sent(lambda bench: (unknown_store(bench), generated(bench, 16)), "create", seed=seed)
for one in came:
    print(one.method, one.url, one.content)
"""


def requests(seed: int, *modules: str, hashes: str) -> list[str]:
    """The drawn requests of a run, made in a process of its own that has loaded these modules before."""
    environment = {**os.environ, "PYTHONHASHSEED": hashes, "PYTHONPATH": str(CONTRACT_TESTS)}
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
    alone = requests(7, hashes="1")
    assert 40 <= len(alone)
    assert alone == requests(7, *OTHERS, hashes="2")
    assert alone != requests(8, hashes="1")

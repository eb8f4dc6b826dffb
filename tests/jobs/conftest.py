"""A bench for every test of jobs."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.jobs.bench import QUICK, Bench, bench_at


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    """A bench at a sandbox that works without delay."""
    with bench_at(QUICK, tmp_path) as made:
        yield made

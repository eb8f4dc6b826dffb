"""The drift detector against every drift of the sandbox's catalogue, over a real socket, and against clean sandboxes.

The runs share a few processes and are made before the first test reads one; only those that a test will read.
"""

import os
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from multiprocessing import get_context

import pytest

import catalogue
from catalogue import PLANTED, Run, found, run
from memory_imports_contract.live import RULES

SEEDS = range(6)
LEAST_OF_ALL = 60
# One for each operation of the API, at the worst.
MOST = 3

Runs = Mapping[str | int, Run]


@pytest.fixture(scope="module")
def runs(request: pytest.FixtureRequest) -> Runs:
    """Each run that was selected, by the drift's name or the clean sandbox's seed."""
    here = (item for item in request.session.items if item.path == request.path and hasattr(item, "callspec"))
    wanted = {value for item in here for value in item.callspec.params.values()}
    names, seeds = [name for name in PLANTED if name in wanted], [seed for seed in SEEDS if seed in wanted]
    with ProcessPoolExecutor(min(4, os.cpu_count() or 1), get_context("spawn")) as pool:
        jobs = {name: pool.submit(run, name) for name in names} | {seed: pool.submit(run, None, seed) for seed in seeds}
        made = {key: job.result() for key, job in jobs.items()}
    hits = sum(found(name, made[name]) for name in names)
    alarms = sum(len(made[seed].told) for seed in seeds)
    line = f"planted {len(names)}, found {hits}, false alarms {alarms} over {len(seeds)} seeds"
    _print(request.config.pluginmanager, line)
    return made


def _print(plugins: pytest.PytestPluginManager, line: str) -> None:
    reporter, captures = plugins.get_plugin("terminalreporter"), plugins.get_plugin("capturemanager")
    if reporter is not None:
        with captures.global_and_fixture_disabled() if captures else nullcontext():
            reporter.ensure_newline()
            reporter.write_line(line)


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_drift_is_found_under_a_rule_that_fits(name: str, runs: Runs) -> None:
    """At its level, at one of its operations, and without a flood."""
    assert "" == runs[name].trouble
    assert found(name, runs[name]), f"expected one of {sorted(catalogue.fitting(name))}, came {runs[name].told}"
    assert len(runs[name].told) <= MOST


@pytest.mark.parametrize("seed", SEEDS)
def test_a_clean_sandbox_is_silent(seed: int, runs: Runs) -> None:
    """Whatever is drawn."""
    assert ("", []) == (runs[seed].trouble, runs[seed].told)


def test_there_is_something_to_find_and_every_rule_that_is_expected_exists() -> None:
    """A table of rules that nobody has would find nothing."""
    assert len(PLANTED) >= LEAST_OF_ALL
    assert set() == {rule for name in PLANTED for rule in catalogue.fitting(name)} - set(RULES)

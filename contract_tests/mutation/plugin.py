"""For pytest, `-p mutation.plugin --mutate PATH`: instead of the tests, their verdict on every mutant.

The tests run once as they are, watched line by line. Then each mutant gets a process of its own, a fork of this one,
and the tests that came by its line, those first that come by where few do, until one fails or time is up.
"""

import os
import random
import signal
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import coverage
import hypothesis
import pytest
from _pytest.runner import runtestprotocol
from attrs import define, field, frozen

from live.at_once import without_sockets
from mutation.mutants import PACKAGE, ROOM, Mutant, mutants

_SEED = 20261001
_KILLED, _SURVIVED = 1, 0


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds the options of a mutation run."""
    group = parser.getgroup("mutation", "is each check held by a test")
    group.addoption("--mutate", action="append", type=Path, help="a file or folder of the detector")
    group.addoption("--sample", type=int, default=0, help="mutants of each file, drawn by a fixed seed (default: all)")
    group.addoption("--seconds", type=float, default=10.0, help="of tests for each mutant, on one core (default: 10)")
    group.addoption("--only", default="", help="mutants whose name holds this text")


def pytest_load_initial_conftests() -> None:
    """Puts servers without sockets in the place of those with, before any test has imported them."""
    without_sockets()
    hypothesis.settings.register_profile(
        "mutation", database=None, deadline=None, derandomize=True, phases=[hypothesis.Phase.generate]
    )
    hypothesis.settings.load_profile("mutation")


def pytest_runtestloop(session: pytest.Session) -> bool | None:
    """Judges mutants by the tests that were collected."""
    chosen = session.config.getoption("--mutate")
    if not chosen or session.testsfailed:
        return None
    os.nice(10)
    watched = _watched(session.items)
    verdicts = _Verdicts(session.config.pluginmanager.getplugin("terminalreporter"))
    for mutant in _drawn(chosen, session.config.getoption("--sample"), session.config.getoption("--only")):
        verdicts.note(mutant, _judged(mutant, watched, session.config.getoption("--seconds")))
    if not verdicts.counts:
        raise pytest.exit("There is no mutant to judge.", returncode=2)
    session.config.pluginmanager.register(verdicts)
    return True


def _drawn(chosen: Sequence[Path], most: int, only: str) -> Iterator[Mutant]:
    """The mutants of each file, or so many of them; the same ones for the same file."""
    files = {file.resolve() for one in chosen for file in ([one] if one.is_file() else one.rglob("*.py"))}
    for path in sorted(files):
        found = [one for one in mutants(path) if not only or only in one.name]
        if 0 < most < len(found):
            found = random.Random(_SEED).sample(found, most)  # noqa: S311 - no secret
        yield from sorted(found, key=lambda one: one.line)


@frozen
class _Watched:
    """What the tests did as they are: by file and line who came by, and how long each took."""

    lines: dict[str, dict[int, list[str]]]
    seconds: dict[str, float]
    items: dict[str, pytest.Item]

    def tests(self, mutant: Mutant) -> list[pytest.Item]:
        """The tests that came by, those first that come by where few do; all of them where that cannot be known.

        What holds for a whole module, and what caches keep, is run before any test is watched.
        """
        own = mutant.lines()
        near = {line: names for line, names in self.lines.get(mutant.path, {}).items() if line in own}
        before = [line for line in near if line <= mutant.line]
        came = set(near[max(before)]) if before else {one for names in near.values() for one in names}
        rarest: dict[str, int] = defaultdict(lambda: len(self.items))
        for names in near.values():
            for one in names:
                rarest[one] = min(rarest[one], len(names))
        chosen = (came & self.items.keys()) or self.items.keys()
        return [self.items[one] for one in sorted(chosen, key=lambda one: (rarest[one], self.seconds[one]))]


def _watched(items: Sequence[pytest.Item]) -> _Watched:
    """Runs every test as it is.

    Raises:
        pytest.Exit: One failed, so that a mutant could not be told from it.
    """
    watch = coverage.Coverage(data_file=None, config_file=False, include=[f"{ROOM}/*"])
    seconds = {}
    for item, after in zip(items, [*items[1:], None], strict=True):
        watch.start()
        watch.switch_context(item.nodeid)
        begun = time.perf_counter()
        if not _passes(item, after):
            raise pytest.exit(f"{item.nodeid} fails without any mutant.", returncode=2)
        seconds[item.nodeid] = time.perf_counter() - begun
        watch.stop()
    data = watch.get_data()
    lines = {file: data.contexts_by_lineno(file) for file in data.measured_files()}
    return _Watched(lines, seconds, {item.nodeid: item for item in items})


def _passes(item: pytest.Item, after: pytest.Item | None) -> bool:
    return not any(report.failed for report in runtestprotocol(item, log=False, nextitem=after))


def _judged(mutant: Mutant, watched: _Watched, seconds: float) -> str:
    """`killed`, `survived`, or `late` where the tests did not come to an end."""
    tests = watched.tests(mutant)
    child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status):
            return "late"
        return "survived" if os.WEXITSTATUS(status) == _SURVIVED else "killed"
    verdict = _KILLED
    try:
        # Both end the process. Other work on the machine is no reason to give up; waiting for what never comes is.
        signal.setitimer(signal.ITIMER_PROF, 3 * seconds)
        signal.setitimer(signal.ITIMER_REAL, 60 * seconds)
        until = time.process_time() + seconds
        mutant.put_in()
        verdict = _SURVIVED
        for test, after in zip(tests, [*tests[1:], None], strict=True):
            if not _passes(test, after):
                verdict = _KILLED
                break
            if time.process_time() > until:
                break
    finally:
        os._exit(verdict)


@define(eq=False)  # pytest keeps plugins in sets
class _Verdicts:
    """Counts, and says so at the end of the run."""

    out: pytest.TerminalReporter
    counts: dict[str, Counter[str]] = field(factory=lambda: defaultdict(Counter))
    survivors: list[Mutant] = field(factory=list)

    def note(self, mutant: Mutant, verdict: str) -> None:
        """Takes the verdict on one mutant."""
        self.counts[mutant.module.removeprefix(PACKAGE + ".")][verdict] += 1
        if verdict == "survived":
            self.survivors.append(mutant)
            self.out.write_line(f"{mutant.line}: {mutant.name}")
            self.out.flush()

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """The table."""
        for module, counts in self.counts.items():
            killed = counts["killed"] + counts["late"]
            terminalreporter.write_line(f"| {module} | {counts.total()} | {killed} | {counts['survived']} |")

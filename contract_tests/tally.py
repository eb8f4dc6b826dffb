"""What the suite really ran, in whatever process: planted drifts, clean servers, and what was said of each.

Tests hand in entries; here they are counted, and put into the lines that stand at the end of a run. `gaps` names what
a whole proof lacks, so that a suite that ran nothing cannot be green.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from attrs import asdict, field, frozen

from memory_imports_contract.findings import LiveReport

PROPERTY = "tally"
"""Under this name an entry travels from the process of a test to the one that counts."""
PLANTED, SEED, CLEAN, ASKED = "planted", "seed", "clean", "asked"
"""A planted drift; a seed of a clean sandbox; anything else that is clean; the one server that a run asks about."""
LEAST_SEEDS = 20
BUDGET = 600
"""Requests that a whole run may send, unless somebody allows more."""


@frozen
class Entry:
    """One run: against a drift that was planted, or something that is clean, and how many findings it gave.

    A drift may be planted in several runs; it is found if all of them find it.
    """

    kind: str
    name: str
    findings: int
    found: bool = False
    cases: Mapping[str, int] = field(factory=dict)
    requests: int = 0
    seconds: float = 0.0

    @classmethod
    def of(cls, kind: str, name: str, report: LiveReport, *, found: bool = False) -> "Entry":
        """The entry of a run against a server."""
        return cls(kind, name, len(report.findings), found, report.cases, report.requests, report.seconds)

    def as_property(self) -> dict[str, Any]:
        """Return the entry as plain data."""
        return asdict(self)


def gaps(entries: Iterable[Entry], wanted: Collection[str]) -> list[str]:
    """What is missing from a proof of these planted drifts."""
    done = {kind: {one.name for one in entries if one.kind == kind} for kind in (PLANTED, SEED)}
    untried = [name for name in wanted if name not in done[PLANTED]]
    missing = [f"{len(untried)} planted drifts were not tried, such as {untried[0]}."] if untried else []
    if not wanted:
        missing.append("There is no planted drift.")
    if len(done[SEED]) < LEAST_SEEDS:
        missing.append(f"Of {LEAST_SEEDS} seeds {len(done[SEED])} were tried on a clean sandbox.")
    return missing


def lines(entries: Sequence[Entry]) -> list[str]:
    """The end of a run, in words; nothing of what was not tried."""
    planted, seeds, clean = ([one for one in entries if one.kind == kind] for kind in (PLANTED, SEED, CLEAN))
    told = []
    if planted or seeds:
        names, missed = {one.name for one in planted}, {one.name for one in planted if not one.found}
        alarms = sum(one.findings for one in seeds)
        told.append(f"planted {len(names)}, found {len(names - missed)}, false alarms {alarms} over {len(seeds)} seeds")
    if several := [f"{one.name} ({one.findings})" for one in planted if one.findings > 1]:
        told.append(f"more than one finding: {', '.join(several)}")
    if clean:
        told.append(
            f"false alarms {sum(one.findings for one in clean)} over {len(clean)} other clean servers and forms"
        )
    if seeds:
        requests, seconds = [one.requests for one in seeds], [one.seconds for one in seeds]
        told.append(
            f"a clean run: {min(requests)} to {max(requests)} requests, {min(seconds):.1f} to {max(seconds):.1f} s"
        )
        operations = sorted({name for one in seeds for name in one.cases})
        told.append("cases of a clean run: " + ", ".join(f"{name} {_span(name, seeds)}" for name in operations))
    told += [
        f"{one.name}: {one.findings} findings, {one.requests} requests, {one.seconds:.1f} s"
        for one in entries
        if one.kind == ASKED
    ]
    total: Counter[str] = Counter()
    for one in entries:
        total.update(one.cases)
    if total:
        told.append("cases of all runs: " + ", ".join(f"{name} {count}" for name, count in sorted(total.items())))
    return told


def _span(name: str, entries: Sequence[Entry]) -> str:
    counts = [one.cases.get(name, 0) for one in entries]
    return f"{min(counts)} to {max(counts)}"

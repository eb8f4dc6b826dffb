"""What a number of schedules came to, added up."""

from collections import Counter
from collections.abc import Iterable
from typing import Self

from attrs import define, field

from tests.simulation.faults import ON
from tests.simulation.hunt import complaints
from tests.simulation.machine import Played


@define
class Tally:
    """Counts; ``broken`` holds what was wrong, by the options that play it again."""

    schedules: int = 0
    processes: int = 0
    crashes: int = 0
    struck: Counter[str] = field(factory=Counter)
    endings: Counter[str] = field(factory=Counter)
    broken: dict[str, list[str]] = field(factory=dict)

    def add(self, played: Iterable[Played]) -> "Tally":
        """Count these, too."""
        for one in played:
            self.schedules += 1
            self.processes += one.processes
            self.crashes += one.crashes
            self.struck += one.struck
            self.endings += one.endings
            if words := complaints(one):
                self.broken[one.schedule.command] = words
        return self

    def __iadd__(self, other: "Tally") -> Self:
        self.schedules += other.schedules
        self.processes += other.processes
        self.crashes += other.crashes
        self.struck += other.struck
        self.endings += other.endings
        self.broken |= other.broken
        return self

    @property
    def unseen(self) -> list[str]:
        """Return the kinds of faults that never struck."""
        return sorted(set(ON) - set(self.struck))

    def lines(self) -> list[str]:
        """Return it in words."""
        processes = f"{self.processes} processes, {self.crashes} of them crashed"
        return [
            f"{self.schedules} schedules, {len(self.broken)} of them wrong; {processes}; {self.struck.total()} faults",
            f"how processes ended: {_counts(self.endings)}",
            f"faults: {_counts(self.struck)}",
        ]


def _counts(counted: Counter[str]) -> str:
    return ", ".join(f"{name} {number}" for name, number in sorted(counted.items()))

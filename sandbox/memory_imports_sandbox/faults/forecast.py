"""Which request meets what: drawn from the seed and the request's number, and from nothing else. Pure."""

from collections.abc import Mapping
from random import Random

from attrs import frozen

from memory_imports_sandbox.faults.kind import Kind


@frozen
class Forecast:
    """Draws for each request alone, so that one request more or less changes nothing for the others."""

    seed: int
    rate: float
    kinds: Mapping[str, tuple[Kind, ...]]

    def draw(self, number: int, operation: str) -> tuple[Kind, Random] | None:
        """What happens to the request of that number, and the chance that is left for it; None if nothing does."""
        random = Random(f"{self.seed} {number}")  # noqa: S311 - it has to be foreseen
        if random.random() >= self.rate:
            return None
        # First the area, so that the many forms of one thing do not crowd out the others.
        fitting = [
            fits for kinds in self.kinds.values() if (fits := [kind for kind in kinds if operation in kind.operations])
        ]
        return (random.choice(random.choice(fitting)), random) if fitting else None

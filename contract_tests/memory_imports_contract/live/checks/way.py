"""One file on its way through the service, as far as it has been seen. Sends nothing."""

from attrs import define, field

from memory_imports_contract.live.answers import Answer
from memory_imports_contract.live.bench import Created

RANK = {"PENDING": 0, "PROCESSING": 1, "COMPLETED": 2, "FAILED": 2}
"""How far each state is; none may follow one of a higher rank."""
FINAL = 2


@define
class Way:
    """One file on its way: what is known of it, and every answer about it."""

    mark: str
    content: bytes = field(repr=False)
    made: Created
    answers: list[Answer] = field(factory=list, repr=False)
    sent_at: float | None = None

    @property
    def states(self) -> list[str]:
        """Every state that was seen."""
        return [state for answer in self.answers if (state := answer.get("status")) is not None]

    @property
    def end(self) -> str | None:
        """COMPLETED or FAILED, once that is known."""
        return next((state for state in self.states if RANK[state] == FINAL), None)

    @property
    def errors(self) -> int | None:
        """The bad rows that the service has counted."""
        found = self.answers[-1].get("summary", "errors") if self.answers else None
        return found if isinstance(found, int) else None

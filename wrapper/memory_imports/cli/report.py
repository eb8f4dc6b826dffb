"""What a command has found out so far: at any moment fit to be its last word. Prints nothing."""

import json
from typing import Any

from attrs import define, field

from memory_imports.cli.stops import described, sentence_of, stop_of


@define
class Report:
    """The object that ``--json`` prints: outcome and exit code, the command's own ``fields``, the error.

    ``told`` says that the command has printed its object itself, ``goes_on`` that it would go on where it stopped.
    """

    fields: dict[str, Any] = field(factory=dict[str, Any])
    outcome: str = "completed"
    exit_code: int = 0
    error: dict[str, Any] | None = None
    told: bool = False
    goes_on: bool = False

    def stopped_by(self, problem: BaseException) -> None:
        """Take note of what ended the command; what it had found out stays."""
        stop = stop_of(problem)
        self.outcome, self.exit_code = stop.outcome, stop.exit_code
        self.error = described(problem, goes_on=self.goes_on, begun=self.begun)
        import_id = self.error["import_id"]
        for part in self.fields.get("parts") or ():
            self.error["import_id"] = import_id or part["import_id"]
            self.error["state"] = self.error["state"] or part["state"]

    def told_of(self, problem: BaseException) -> str:
        """Return what to say of a problem, as far as this command has come."""
        words = sentence_of(problem, goes_on=self.goes_on, begun=self.begun)
        parts = self.fields.get("parts") or ()
        inside = sum(part["state"] == "COMPLETED" for part in parts)
        return f"{words} {inside} of {len(parts)} parts are in." if self.begun and inside else words

    @property
    def begun(self) -> bool:
        """Whether it has made imports that the same command would go on with."""
        return self.goes_on and any(part["import_id"] for part in self.fields.get("parts") or ())

    def as_json(self) -> str:
        """Return one line of JSON, in ASCII: nothing can spoil it, and no runner finds an order in it."""
        facts = {"outcome": self.outcome, "exit_code": self.exit_code, **self.fields, "error": self.error}
        return json.dumps(facts, default=str).replace("##", r"#\u0023")

"""What a check found, and how the worst of it ends the command."""

from collections.abc import Sequence
from typing import Literal

from attrs import frozen

from memory_imports.cli.stops import CommandError, stop_of

Verdict = Literal["ok", "warning", "problem"]
# Exit codes, the most telling first: refused credentials, configuration, anything else.
_TELLING = (4, 2)


class UnhealthyError(CommandError):
    """Something would keep an import from going well."""


@frozen
class Finding:
    """One check: what it is called, what came of it, what it saw, and what to do. ``cause`` is what was raised."""

    check: str
    verdict: Verdict
    message: str
    advice: str = ""
    cause: Exception | None = None

    @property
    def words(self) -> str:
        """What it saw and what to do, in one line."""
        return f"{self.message.rstrip('.')}; {self.advice}" if self.advice else self.message

    def described(self) -> dict[str, str]:
        """Return it as an object of ``--json``."""
        return {"check": self.check, "verdict": self.verdict, "message": self.message, "advice": self.advice}


def worst(findings: Sequence[Finding]) -> Exception | None:
    """Return how to end: with the most telling problem, or with none."""
    problems = [finding for finding in findings if finding.verdict == "problem"]
    if not problems:
        return None
    causes = [finding.cause for finding in problems if finding.cause is not None]
    for code in _TELLING:
        for cause in causes:
            if stop_of(cause).exit_code == code:
                return cause
    if len(causes) == 1 and len(problems) == 1:
        return causes[0]
    names = ", ".join(finding.check for finding in problems)
    return UnhealthyError(f"This would keep imports from going well: {names}; see what to do above.")

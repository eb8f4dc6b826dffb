"""What both detectors find, in one model. Knows no format and no specification.

`SpecReport` is what a comparison of two specifications gives, `LiveReport` what a running server gives; `as_json` of
each is the object that `--json` prints.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Literal, TypeAlias

from attrs import field, frozen

Json: TypeAlias = Any  # a JSON value can be anything
SpecVerdict: TypeAlias = Literal["none", "compatible", "breaking"]
LiveVerdict: TypeAlias = Literal["none", "drift"]


class Severity(StrEnum):
    """How a change looks from the client's side of the wire, the worst first."""

    BREAKING = "breaking"
    COMPATIBLE = "compatible"
    NOTE = "note"


@frozen
class Change:
    """One difference between two specifications.

    ``operation`` names every operation that sees it, separated by commas; ``where`` is a JSON pointer into the base,
    to the place itself or to where it would stand; ``old`` and ``new`` are None where there is nothing.
    """

    rule: str
    severity: Severity
    operation: str
    where: str
    old: Json
    new: Json
    message: str

    def as_json(self) -> dict[str, Json]:
        """Return the change as plain data."""
        return {
            "rule": self.rule,
            "severity": self.severity.value,
            "operation": self.operation,
            "where": self.where,
            "old": self.old,
            "new": self.new,
            "message": self.message,
        }


@frozen
class Finding:
    """One way in which a server differs from the contract; ``evidence`` holds no secret."""

    rule: str
    operation: str
    where: str
    message: str
    evidence: str

    def as_json(self) -> dict[str, Json]:
        """Return the finding as plain data."""
        return {
            "rule": self.rule,
            "operation": self.operation,
            "where": self.where,
            "message": self.message,
            "evidence": self.evidence,
        }


@frozen
class SpecReport:
    """The changes between two specifications, the worst first."""

    changes: tuple[Change, ...] = ()

    @property
    def verdict(self) -> SpecVerdict:
        """The worst severity; notes give none."""
        found = {change.severity for change in self.changes}
        if Severity.BREAKING in found:
            return "breaking"
        return "compatible" if Severity.COMPATIBLE in found else "none"

    def as_json(self) -> dict[str, Json]:
        """Return the report as plain data."""
        return {"verdict": self.verdict, "changes": [change.as_json() for change in self.changes]}


@frozen
class LiveReport:
    """What a server showed; ``cases`` counts by operation, ``seconds`` is how long it took."""

    findings: tuple[Finding, ...] = ()
    cases: Mapping[str, int] = field(factory=dict)
    requests: int = 0
    seconds: float = 0.0

    @property
    def verdict(self) -> LiveVerdict:
        """Whether anything was found."""
        return "drift" if self.findings else "none"

    def as_json(self) -> dict[str, Json]:
        """Return the report as plain data."""
        return {
            "verdict": self.verdict,
            "findings": [finding.as_json() for finding in self.findings],
            "cases": dict(self.cases),
            "requests": self.requests,
            "seconds": self.seconds,
        }


Report: TypeAlias = SpecReport | LiveReport
FAIL_ON = ("breaking", "compatible", "never")
DRIFT_EXIT = 6


def exit_code(report: Report, fail_on: str = "compatible") -> int:
    """Return what a command ends with: 6 for drift that ``fail_on`` covers, else 0.

    Args:
        report: What was found. Findings of a live check count as breaking.
        fail_on: The least severity that fails: breaking, compatible, or never.
    """
    covered = {"breaking": ("breaking", "drift"), "compatible": ("breaking", "compatible", "drift"), "never": ()}
    return DRIFT_EXIT if report.verdict in covered[fail_on] else 0

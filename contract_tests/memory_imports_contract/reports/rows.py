"""What every format shows: a report as rows of plain text. Escapes nothing; each format knows its own dangers."""

import json
import re
from typing import Literal, TypeAlias

from attrs import frozen

from memory_imports_contract.findings import Change, Finding, Json, Report, Severity, SpecReport

Level: TypeAlias = Literal["error", "warning", "note"]
LEVELS: dict[Severity, Level] = {Severity.BREAKING: "error", Severity.COMPATIBLE: "warning", Severity.NOTE: "note"}
_SHOWN = 300
_UNPRINTABLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
# What runners of continuous integration obey where a line starts so, or holds it: ::error::, ##[error].
_ORDER = re.compile(r"(?m)(^[ \t]*(?=::)|(?=##\w*\[))([:#])\2")
_WORD_JOINER = "\N{WORD JOINER}"


@frozen
class Row:
    """One change or finding; ``details`` are labelled values, those without any left out."""

    rule: str
    level: Level
    word: str
    operation: str
    where: str
    message: str
    details: tuple[tuple[str, str], ...]


def rows(report: Report) -> list[Row]:
    """Return the rows of a report, in its order."""
    if isinstance(report, SpecReport):
        return [_change(change) for change in report.changes]
    return [_finding(finding) for finding in report.findings]


def headline(report: Report) -> str:
    """Return the one sentence that says how it went."""
    if isinstance(report, SpecReport):
        counts = [sum(change.severity is severity for change in report.changes) for severity in Severity]
        listed = f"{counts[0]} breaking, {counts[1]} compatible, {counted(counts[2], 'note')}"
        return f"Contract against specification: {report.verdict} ({listed})."
    cases = f"{counted(sum(report.cases.values()), 'case')}, {counted(report.requests, 'request')}"
    found = counted(len(report.findings), "finding")
    return f"Contract against server: {report.verdict} ({found}; {cases}, {report.seconds:.1f} s)."


def printable(text: str) -> str:
    """Return a text without what steers a terminal, orders a runner about, turns text around or is not for XML."""
    return _ORDER.sub(rf"\1\2{_WORD_JOINER}\2", _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text))


def one_line(text: str) -> str:
    """Return a text as one line."""
    return " ".join(printable(text).split())


def shown(value: Json) -> str:
    """Return a value as JSON, cut where it gets long."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


def _change(change: Change) -> Row:
    values = (("was", change.old), ("is", change.new))
    details = tuple((label, shown(value)) for label, value in values if value is not None)
    return Row(
        rule=change.rule,
        level=LEVELS[change.severity],
        word=change.severity.value,
        operation=change.operation,
        where=change.where,
        message=change.message,
        details=details,
    )


def _finding(finding: Finding) -> Row:
    return Row(
        rule=finding.rule,
        level="error",
        word="drift",
        operation=finding.operation,
        where=finding.where,
        message=finding.message,
        details=(("evidence", finding.evidence),) if finding.evidence else (),
    )


def counted(number: int, noun: str) -> str:
    """Return a number of things in words."""
    return f"{number} {noun}{'' if number == 1 else 's'}"

"""Changes that are known and accepted for now: a file of entries, each with its reason and its last day.

An entry turns what it matches into a note; it hides nothing. One that has expired, or matches nothing, is reported.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path

import yaml
from attrs import evolve, frozen

from memory_imports_contract.errors import DriftUnavailable
from memory_imports_contract.findings import Change, Json, Severity
from memory_imports_contract.spec.source import content_of

_FIELDS = frozenset(("rule", "where", "operation", "reason", "expires"))


@frozen
class Entry:
    """Which changes (``where`` and ``operation`` are glob patterns), why, and until which day inclusive."""

    rule: str
    where: str
    operation: str
    reason: str
    expires: date

    def matches(self, change: Change) -> bool:
        """Whether it speaks of a change; of several operations, any will do."""
        return (
            fnmatchcase(change.rule, self.rule)
            and fnmatchcase(change.where, self.where)
            and any(fnmatchcase(name, self.operation) for name in change.operation.split(", "))
        )


def load(path: str | Path) -> tuple[Entry, ...]:
    """Return the entries of a YAML file: a list, or an object with the list as `ignore`.

    Raises:
        DriftUnavailable: It cannot be read, or an entry lacks its rule, reason or date.
    """
    content = content_of(Path(path))
    try:
        raw = yaml.safe_load(content)
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError) as error:
        raise DriftUnavailable(f"The ignore file {path} cannot be read ({type(error).__name__}).") from error
    listed = raw.get("ignore") if isinstance(raw, dict) else raw
    if not isinstance(listed, list):
        raise DriftUnavailable(f"The ignore file {path} holds no list of entries.")
    return tuple(_entry(path, number, each) for number, each in enumerate(listed, 1))


def applied(entries: Sequence[Entry], changes: Iterable[Change], today: date) -> tuple[Change, ...]:
    """Return the changes with what the entries accept turned into notes, and a note on each entry that is of no use."""
    live = [entry for entry in entries if entry.expires >= today]
    used: set[Entry] = set()
    result = []
    for change in changes:
        entry = next((each for each in live if each.matches(change)), None)
        used |= {each for each in live if each.matches(change)}
        result.append(_accepted(change, entry) if entry else change)
    result += [_note("ignore-expired", entry, "has expired") for entry in entries if entry not in live]
    result += [_note("ignore-unused", entry, "matches nothing; remove it") for entry in live if entry not in used]
    order = list(Severity)
    return tuple(sorted(result, key=lambda change: order.index(change.severity)))


def _accepted(change: Change, entry: Entry) -> Change:
    message = f"Accepted until {entry.expires}: {entry.reason} ({change.severity.value}) {change.message}"
    return evolve(change, severity=Severity.NOTE, message=message)


def _note(rule: str, entry: Entry, what: str) -> Change:
    about = {"rule": entry.rule, "where": entry.where, "operation": entry.operation}
    message = (
        f"The entry of the ignore file for `{entry.rule}`, good until {entry.expires}, {what}. It said: {entry.reason}"
    )
    return Change(rule, Severity.NOTE, entry.operation, entry.where, about, None, message)


def _entry(path: str | Path, number: int, raw: Json) -> Entry:
    if not isinstance(raw, dict) or (unknown := raw.keys() - _FIELDS):
        what = f" has the unknown field {min(map(str, unknown))}" if isinstance(raw, dict) else " is no object"
        raise DriftUnavailable(f"The ignore file {path}: entry {number}{what}.")
    for name in ("rule", "reason"):
        if not isinstance(raw.get(name), str) or not raw[name].strip():
            raise DriftUnavailable(f"The ignore file {path}: entry {number} has no {name}.")
    expires = raw.get("expires")
    try:
        last = expires if isinstance(expires, date) else date.fromisoformat(str(expires))
    except ValueError:
        raise DriftUnavailable(
            f"The ignore file {path}: entry {number} has no date in `expires` (2027-01-31)."
        ) from None
    return Entry(raw["rule"], str(raw.get("where", "*")), str(raw.get("operation", "*")), raw["reason"].strip(), last)

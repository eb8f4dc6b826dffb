"""Which version number a change of the contract asks for, by our package's own face. Knows no files."""

from collections.abc import Iterable
from typing import Literal, TypeAlias

from memory_imports_contract.findings import Change, Severity

Bump: TypeAlias = Literal["none", "minor", "major"]

# People's own code names these, or gets these: it has to change with them. A limit that moved is the service's to
# say; we only say it sooner, so that code which worked goes on working.
MAJOR = frozenset((
    "additional-properties-closed", "body-removed", "enum-words-changed", "enum-words-removed", "nullable-added",
    "operation-missing", "operation-moved", "parameter-moved", "parameter-removed", "parameter-renamed",
    "property-now-optional", "property-removed", "property-renamed", "required-body-added",
    "required-parameter-added", "required-property-added", "security-changed", "server-changed", "success-changed",
    "success-removed", "type-changed", "type-widened",
))  # fmt: skip


def bump(changes: Iterable[Change]) -> Bump:
    """Return the number that moves: major where people's code has to change, minor where it may."""
    counted = [change for change in changes if change.severity is not Severity.NOTE]
    if any(change.rule in MAJOR and change.severity is Severity.BREAKING for change in counted):
        return "major"
    return "minor" if counted else "none"


def sentence(number: Bump) -> str:
    """Return why."""
    return {
        "none": "No release is asked for.",
        "minor": "This asks for a minor version: what worked goes on working, and more is known of the service.",
        "major": "This asks for a major version: code that uses the package has to change with the service.",
    }[number]

"""Spec against spec: has what the vendor publishes moved away from the contract, where, and whom does it break."""

from datetime import date
from pathlib import Path

from memory_imports_contract.findings import SpecReport
from memory_imports_contract.spec import ignore as ignoring
from memory_imports_contract.spec.compare import differences
from memory_imports_contract.spec.merge import changes
from memory_imports_contract.spec.source import load, packaged


def compare_specs(
    new: str | Path,
    base: str | Path | None = None,
    ignore: str | Path | None = None,
    *,
    today: date | None = None,
) -> SpecReport:
    """Compare what is published with what the client was made from.

    Args:
        new: The newer specification: a path or URL, YAML or JSON, the whole API or a part of it.
        base: The older one; None for the packaged one.
        ignore: A file of changes that are known and accepted for now.
        today: The date that the entries of that file expire by; None for the day it is.

    Raises:
        DriftUnavailable: Something cannot be read, or holds nothing to compare. Never to be read as "no drift".
    """
    entries = ignoring.load(ignore) if ignore else ()
    client = load(packaged())
    before = load(base) if base else client
    found = changes(differences(before, load(new), client))
    return SpecReport(ignoring.applied(entries, found, today or date.today()))  # noqa: DTZ011 - the reader's own day


__all__ = ["compare_specs"]

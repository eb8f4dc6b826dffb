"""The contract, tested from both ends: a published specification against ours, a running server against ours.

Neither end imports the other's libraries. What cannot be checked is `DriftUnavailable`, never a clean report.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from memory_imports_contract.errors import DriftUnavailable
from memory_imports_contract.findings import FAIL_ON, Change, Finding, LiveReport, Severity, SpecReport, exit_code
from memory_imports_contract.reports import FORMATS, render, see, write
from memory_imports_contract.spec import compare_specs

if TYPE_CHECKING:
    from memory_imports_contract.live import drift_live

__all__ = [
    "FAIL_ON",
    "FORMATS",
    "Change",
    "DriftUnavailable",
    "Finding",
    "LiveReport",
    "Severity",
    "SpecReport",
    "compare_specs",
    "drift_live",
    "exit_code",
    "render",
    "see",
    "write",
]


def __getattr__(name: str) -> object:
    """Load what asks a server when it is asked for: it takes seconds, and comparing files needs none of it."""
    if name == "drift_live":
        return import_module("memory_imports_contract.live").drift_live
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

"""The contract, tested from both ends: a published specification against ours, a running server against ours.

Neither end imports the other's libraries. What cannot be checked is `DriftUnavailableError`, never a clean report.
"""

from memory_imports_contract.errors import DriftUnavailableError
from memory_imports_contract.findings import Change, Finding, LiveReport, Severity, SpecReport, exit_code
from memory_imports_contract.reports import FORMATS, render, write
from memory_imports_contract.spec import compare_specs

__all__ = [
    "FORMATS",
    "Change",
    "DriftUnavailableError",
    "Finding",
    "LiveReport",
    "Severity",
    "SpecReport",
    "compare_specs",
    "exit_code",
    "render",
    "write",
]

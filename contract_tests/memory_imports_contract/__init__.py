"""The contract, tested from both ends: a published specification against ours, a running server against ours.

Neither end imports the other's libraries. What cannot be checked is `DriftUnavailable`, never a clean report.
"""

from memory_imports_contract.errors import DriftUnavailable
from memory_imports_contract.findings import FAIL_ON, Change, Finding, LiveReport, Severity, SpecReport, exit_code
from memory_imports_contract.reports import FORMATS, render, write
from memory_imports_contract.spec import compare_specs

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
    "exit_code",
    "render",
    "write",
]

"""A report as SARIF 2.1.0, which code scanning reads.

Every result points to the contract: that is what has to change.
"""

import hashlib
import json
from typing import Any

from memory_imports_contract.findings import Report
from memory_imports_contract.reports.rows import Row, headline, printable, rows

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
CONTRACT = "openapi/imports.yaml"


def render(report: Report) -> str:
    """Return the report as SARIF."""
    found = rows(report)
    names = list(dict.fromkeys(row.rule for row in found))
    driver = {
        "name": "memory-imports",
        "rules": [{"id": name, "shortDescription": {"text": name.replace("-", " ")}} for name in names],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": True}],
        "results": [_result(row, names.index(row.rule)) for row in found],
        "properties": {"verdict": report.verdict, "headline": headline(report)},
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _result(row: Row, index: int) -> dict[str, Any]:
    details = "".join(f"\n{label}: {value}" for label, value in row.details)
    mark = hashlib.sha256(f"{row.rule}\0{row.operation}\0{row.where}".encode("utf-8", "replace")).hexdigest()
    physical = {"artifactLocation": {"uri": CONTRACT}, "region": {"startLine": 1}}
    logical = [{"fullyQualifiedName": printable(row.where or row.operation or row.rule), "kind": "member"}]
    return {
        "ruleId": row.rule,
        "ruleIndex": index,
        "level": row.level,
        # In the text of a SARIF message, brackets make links.
        "message": {"text": _escaped(printable(f"{row.operation}: {row.message}{details}"))},
        "locations": [{"physicalLocation": physical, "logicalLocations": logical}],
        "partialFingerprints": {"contract/v1": mark},
        "properties": {"operation": printable(row.operation), "where": printable(row.where)},
    }


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")

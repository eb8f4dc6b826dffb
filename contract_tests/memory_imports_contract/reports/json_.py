"""A report as the JSON object of the command line."""

import json

from memory_imports_contract.findings import Report


def render(report: Report) -> str:
    """Return the report as JSON, in ASCII, and without what a runner of continuous integration would obey."""
    return json.dumps(report.as_json(), indent=2, allow_nan=False).replace("##", r"#\u0023") + "\n"

"""A report for a terminal: plain words, no colours, and nothing that a terminal would obey."""

from memory_imports_contract.findings import Report
from memory_imports_contract.reports.rows import headline, one_line, rows


def render(report: Report) -> str:
    """Return the report as text."""
    lines = [headline(report)]
    for row in rows(report):
        lines += ["", one_line(f"{row.word} {row.rule} {row.operation}")]
        lines += [f"  {one_line(row.where)}"] if row.where else []
        lines += [f"  {one_line(row.message)}"]
        lines += [f"  {label + ':':<4} {one_line(value)}" for label, value in row.details]
    return "\n".join(lines) + "\n"

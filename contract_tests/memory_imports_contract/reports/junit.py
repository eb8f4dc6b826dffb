"""A report as JUnit XML.

What breaks or may be adopted fails a case, notes pass, and a clean report is a case that passed.
"""

from xml.etree import ElementTree as ET

from memory_imports_contract.findings import LiveReport, Report
from memory_imports_contract.reports.rows import Row, counted, headline, printable, rows


def render(report: Report) -> str:
    """Return the report as XML."""
    cases = [_case(row) for row in rows(report)]
    cases += [_passed(name, counted(count, "case")) for name, count in _quiet(report)]
    if not cases:
        cases = [_passed("contract", headline(report))]
    failures = str(sum(case.find("failure") is not None for case in cases))
    seconds = f"{report.seconds if isinstance(report, LiveReport) else 0:.3f}"
    totals = {"tests": str(len(cases)), "failures": failures, "errors": "0", "time": seconds}
    root = ET.Element("testsuites", {"name": "memory-imports", **totals})
    suite = ET.SubElement(root, "testsuite", {"name": "contract", **totals, "skipped": "0"})
    suite.extend(cases)
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=False).join(
        ('<?xml version="1.0" encoding="UTF-8"?>\n', "\n")
    )


def _quiet(report: Report) -> list[tuple[str, int]]:
    """The operations of a live check that gave no finding, with their cases."""
    if not isinstance(report, LiveReport):
        return []
    loud = {name for finding in report.findings for name in finding.operation.split(", ")}
    return [(name, count) for name, count in report.cases.items() if name not in loud]


def _case(row: Row) -> ET.Element:
    name = f"{row.rule} {row.where}".strip()
    case = ET.Element("testcase", {"classname": printable(row.operation), "name": printable(name), "time": "0"})
    text = "\n".join((row.message, *(f"{label}: {value}" for label, value in row.details)))
    if row.level == "note":
        ET.SubElement(case, "system-out").text = printable(text)
    else:
        ET.SubElement(case, "failure", {"type": row.word, "message": printable(row.message)}).text = printable(text)
    return case


def _passed(name: str, text: str) -> ET.Element:
    case = ET.Element("testcase", {"classname": "contract", "name": printable(name), "time": "0"})
    ET.SubElement(case, "system-out").text = text
    return case

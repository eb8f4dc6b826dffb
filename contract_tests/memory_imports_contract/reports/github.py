"""A report as workflow commands, which GitHub shows beside the run.

A command is a line, so nothing may end one early.
"""

from memory_imports_contract.findings import Report
from memory_imports_contract.reports.rows import headline, printable, rows

_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}
_LINE = (("%", "%25"), ("\n", "%0A"))
_VALUE = (*_LINE, (":", "%3A"), (",", "%2C"))


def render(report: Report) -> str:
    """Return one command a row, and the headline as a notice of its own."""
    commands = [_command("notice", "Contract", headline(report))]
    for row in rows(report):
        details = "".join(f"\n{label}: {value}" for label, value in row.details)
        place = f" at {row.where}" if row.where else ""
        text = f"{row.operation}{place}\n{row.message}{details}"
        commands.append(_command(_COMMANDS[row.level], row.rule, text))
    return "\n".join(commands) + "\n"


def _command(name: str, title: str, text: str) -> str:
    return f"::{name} title={_escaped(title, _VALUE)}::{_escaped(text, _LINE)}"


def _escaped(text: str, table: tuple[tuple[str, str], ...]) -> str:
    text = printable(text)
    for mark, code in table:
        text = text.replace(mark, code)
    return text

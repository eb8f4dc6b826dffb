"""A report for a pull request. What a vendor or a server said stays text: no HTML, no link, no mention, no formula."""

import re

from memory_imports_contract.findings import Report
from memory_imports_contract.reports.rows import Row, headline, one_line, rows

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_CALLS = re.compile(r"([@#])(?=\w)")
_WORD_JOINER = "\N{WORD JOINER}"
_TICKS = re.compile("`+")


def render(report: Report) -> str:
    """Return the report as GitHub's Markdown."""
    found = rows(report)
    lines = [f"### {sentence(headline(report))}", ""]
    if found:
        lines += ["| | rule | operation | where | what |", "|---|---|---|---|---|"]
        lines += [_line(row) for row in found]
    return "\n".join(lines).rstrip() + "\n"


def sentence(text: str) -> str:
    """Return a sentence in which Markdown finds nothing to do; every mark may be escaped by its rules."""
    # GitHub looks for people and issues after Markdown is done, where an escape no longer shows.
    return _CALLS.sub(rf"\1{_WORD_JOINER}", _PUNCTUATION.sub(r"\\\1", _CALLS.sub(rf"\1{_WORD_JOINER}", one_line(text))))


def code(text: str) -> str:
    """Return a value as a code span of a table; a table takes its bars before code is looked for."""
    line = one_line(text)
    if not line:
        return ""
    longest = max((len(run) for run in _TICKS.findall(line)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if line[0] == "`" or line[-1] == "`" or line[0] == line[-1] == " " else ""
    return f"{fence}{pad}{line}{pad}{fence}".replace("|", "\\|")


def _line(row: Row) -> str:
    what = [sentence(row.message), *(f"{label}: {code(value)}" for label, value in row.details)]
    operations = " ".join(code(name) for name in row.operation.split(", "))
    cells = (f"**{row.word}**", code(row.rule), operations, code(row.where), "<br>".join(what))
    return f"| {' | '.join(cells)} |"

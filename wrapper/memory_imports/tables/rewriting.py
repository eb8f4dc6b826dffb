"""Why a file cannot be sent as it stands, in words."""

from memory_imports.tables.dialect import NAMES
from memory_imports.tables.facts import Dialect
from memory_imports.tables.rules import Blank


def form(dialect: Dialect, *, as_is: bool) -> list[str]:
    """Return what is to be changed about how a file is written."""
    if as_is:
        return []
    found: list[str] = []
    if dialect.form != Dialect().form:
        article = "an" if dialect.form[0] in "AE" else "a"
        return [f"it is {article} {dialect.form}, and is sent as a CSV file"]
    if dialect.encoding != "utf-8":
        found.append(f"it is written in {dialect.encoding}, and is sent in UTF-8")
    if dialect.marked:
        found.append("it starts with a byte order mark, which is left out")
    if dialect.delimiter != ",":
        name = NAMES.get(dialect.delimiter, repr(dialect.delimiter))
        found.append(f"its columns are parted by {name}, and are sent parted by commas")
    if dialect.line_end == "\r":
        found.append("its lines end with carriage returns, and are sent ending with line feeds")
    return found or ["it is not a plain CSV file, and is sent as one"]


def content(*, unmapped: int, left_out: int, blanks: int, blank: Blank, completed: int) -> list[str]:
    """Return what of the content is not sent, or not as it stands; each argument but ``blank`` is a number of those."""
    found: list[str] = []
    if unmapped:
        found.append(f"{unmapped} of its columns {'is' if unmapped == 1 else 'are'} not mapped, and not sent")
    if left_out:
        found.append(f"{left_out} of its rows {'is' if left_out == 1 else 'are'} left out")
    if blanks and blank == "delete":
        found.append(f"{blanks} of its blank cells {'is' if blanks == 1 else 'are'} sent as the delete marker")
    if blanks and blank == "keep":
        found.append("its rows are sent in groups by which of their cells are filled, so that blank ones are not sent")
    if completed:
        found.append(f"{completed} of its phone numbers {'is' if completed == 1 else 'are'} sent with the country code")
    return found

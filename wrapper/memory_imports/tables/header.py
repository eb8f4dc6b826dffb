"""The first record: names that the service accepts, and every mapped column among them."""

from collections import Counter
from collections.abc import Sequence
from difflib import get_close_matches

from memory_imports.models import ColumnMapping
from memory_imports.tables.dialect import NAMES
from memory_imports.tables.problems import Problems

_NAMED = 12
_OF_A_TITLE = 3
_TRAILING = " (the first line ends in a delimiter, as lines do that have one after each cell)"


def check_header(
    header: Sequence[str], mappings: Sequence[ColumnMapping], problems: Problems, *, max_columns: int
) -> list[int]:
    """Report what is wrong with a header and return the position of each mapped column that is there."""
    if header[0].startswith("\ufeff"):
        problems.add("byte_order_mark", "the file starts with a byte order mark; save it as UTF-8 without.", line=1)
    if _is_no_header(header, problems) or _is_other_delimiter(header, problems):
        return []
    if len(header) > max_columns:
        problems.add("too_many_columns", f"there are {len(header)} columns; at most {max_columns} are allowed.", line=1)
        return []
    for name, times in Counter(header).items():
        if times > 1 and name.strip():
            problems.add("duplicate_header", f"{times} columns have this name; keep one.", line=1, column=name)
        if (fault := fault_of(name)) is not None:
            trailing = "" if name or header[-1] else _TRAILING
            problems.add("header_spaces", f"{fault}{trailing}.", line=1, column=name)
    return [position for mapping in mappings for position in _find(mapping, mappings, header, problems)]


def fault_of(name: str) -> str | None:
    """Return what the service would refuse about how a column's name is spelled, and what to do; None if nothing."""
    if not name.strip():
        return "a column has no name; name it, or take it out of every line"
    if name != name.strip():
        return "the column's name has spaces around it; take them out"
    return "the column's name has two spaces in a row; leave one" if "  " in name else None


def _is_no_header(header: Sequence[str], problems: Problems) -> bool:
    """Whether the first line is known by its looks for something else, which makes all else there is to say untrue."""
    if header[0].lower().startswith("sep=") and not any(header[1:]):
        message = "the first line tells Excel what parts the columns, and is no header; take it out."
    elif len(header) >= _OF_A_TITLE and header[0].strip() and not any(map(str.strip, header[1:])):
        message = "the first line has one cell and looks like a title; take out what is above the columns' names."
    else:
        return False
    problems.add("no_header", message, line=1)
    return True


def _is_other_delimiter(header: Sequence[str], problems: Problems) -> bool:
    if len(header) > 1:
        return False
    for delimiter, name in NAMES.items():
        if delimiter in header[0]:
            problems.add("wrong_delimiter", f"columns are parted by {name}; save the file with commas.", line=1)
            return True
    return False


def _find(
    mapping: ColumnMapping, mappings: Sequence[ColumnMapping], header: Sequence[str], problems: Problems
) -> list[int]:
    if mapping.column_name in header:
        return [header.index(mapping.column_name)]
    message = f"the file has no such column{_hint(mapping, mappings, header)}"
    problems.add("missing_column", message, line=1, column=mapping.column_name)
    return []


def _hint(mapping: ColumnMapping, mappings: Sequence[ColumnMapping], header: Sequence[str]) -> str:
    folded = {name.casefold(): name for name in reversed(header)}
    if close := get_close_matches(mapping.column_name.casefold(), folded, n=1):
        return f"; did you mean {folded[close[0]]!r}?"
    # Without a header the first record is of people, so its cells are read out only where some are known for names.
    if any(each.column_name in header for each in mappings):
        more = ", ..." if len(header) > _NAMED else ""
        return f"; its columns are {', '.join(map(repr, header[:_NAMED]))}{more}."
    if len(header) == 1:
        return "; its first line has a single cell: the columns' names have to be there."
    return f"; none of its {len(header)} columns has a name like it, and `memory-imports map` shows them."

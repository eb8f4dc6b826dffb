"""The first record: names that the service accepts, and every mapped column among them."""

from collections import Counter
from collections.abc import Sequence
from difflib import get_close_matches

from memory_imports.models import ColumnMapping
from memory_imports.tables.problems import Problems

_OTHER_DELIMITERS = {";": "semicolons", "\t": "tabs", "|": "bars"}


def check_header(
    header: Sequence[str], mappings: Sequence[ColumnMapping], problems: Problems, *, max_columns: int
) -> list[int]:
    """Report what is wrong with a header and return the position of each mapped column that is there."""
    if header[0].startswith("\ufeff"):
        problems.add("byte_order_mark", "the file starts with a byte order mark; save it as UTF-8 without.", line=1)
    if _is_other_delimiter(header, problems):
        return []
    if len(header) > max_columns:
        problems.add("too_many_columns", f"there are {len(header)} columns; at most {max_columns} are allowed.", line=1)
        return []
    for name, times in Counter(header).items():
        if times > 1:
            problems.add("duplicate_header", f"{times} columns have this name; keep one.", line=1, column=name)
        if not name or name != name.strip() or "  " in name:
            problems.add(
                "header_spaces",
                "a column name is blank, or has spaces around it or twice in a row; correct it.",
                line=1,
                column=name,
            )
    return [position for mapping in mappings for position in _find(mapping, header, problems)]


def _is_other_delimiter(header: Sequence[str], problems: Problems) -> bool:
    if len(header) > 1:
        return False
    for delimiter, name in _OTHER_DELIMITERS.items():
        if delimiter in header[0]:
            problems.add("wrong_delimiter", f"columns are parted by {name}; save the file with commas.", line=1)
            return True
    return False


def _find(mapping: ColumnMapping, header: Sequence[str], problems: Problems) -> list[int]:
    if mapping.column_name in header:
        return [header.index(mapping.column_name)]
    close = get_close_matches(mapping.column_name, header, n=1)
    # Without a header the first record is of people, so the names are not read out.
    hint = f"; did you mean {close[0]!r}?" if close else f"; none of its {len(header)} columns has a name like it."
    problems.add("missing_column", f"the file has no such column{hint}", line=1, column=mapping.column_name)
    return []

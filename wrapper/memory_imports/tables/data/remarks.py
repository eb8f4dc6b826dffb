"""What is to be said of the values of columns: each thing once a column, with how often and where first."""

from collections.abc import Iterator

from memory_imports.errors import Problem, Severity

# Keys of objects can be as many as there are people; columns cannot.
_OF_KEYS, _MOST = "late_key", 100

# Of so many cells or numbers, in words that follow their number; the values themselves are never shown.
KINDS: dict[str, tuple[Severity, str, str]] = {
    "nested_value": ("warning", "cell", "with a list or an object, read as JSON text."),
    "error_cell": ("warning", "cell", "with an error such as #N/A, read as blank."),
    "unsaved_formula": (
        "warning",
        "formula",
        "without a saved result, read as blank; save the workbook with a spreadsheet program.",
    ),
    "not_text": ("warning", "cell", "of bytes that are no UTF-8, read as blank; store them as text."),
    "no_text": ("warning", "value", "of a type that has no text, read as blank; convert the column first."),
    "inexact_number": (
        "warning",
        "number",
        "with more digits than are kept, so that the last ones are likely to be wrong; store them as text.",
    ),
    "whole_number": ("note", "number", "stored with a decimal point and whole, read without .0 at the end."),
    "long_number": (
        "note",
        "number",
        "of four digits or more; a + or a zero in front is not kept: store phones and postal codes as text.",
    ),
    "late_key": ("warning", "object", "with this key, which none of the first ones has; it is not read."),
}


class Remarks:
    """Counts what is found in cells."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str | None], tuple[int, int]] = {}

    def add(self, code: str, column: str, row: int, times: int = 1) -> None:
        """Add so many cells of a column, the first of them in this row; rows come in ascending order."""
        place: tuple[str, str | None] = (code, column)
        if code == _OF_KEYS and place not in self._found and len(self._found) >= _MOST:
            place = (code, None)
        first, before = self._found.get(place, (row, 0))
        self._found[place] = (first, before + times)

    def of(self, file: str) -> Iterator[Problem]:
        """Yield what was found in a file."""
        for (code, column), (row, times) in self._found.items():
            severity, noun, rest = KINDS[code]
            message = f"{times:,} {noun}{'s' if times > 1 else ''} {rest}"
            yield Problem(code=code, severity=severity, file=file, row=row, column=column, message=message)

"""How a cell of a spreadsheet becomes text: its value, and what its format says of zeros, a plus, a time of day."""

import re
from datetime import datetime, time
from typing import Any

from memory_imports.tables.data.values import EXACT, of_float, text_of

_LONG = 1000
# A whole number that is shown with a plus or zeros in front.
_SHOWN = re.compile(r'(?P<plus>(?:\\?\+|"\+")?)#*(?P<zeros>0*)')
_WITH_TIME = re.compile(r"[hs]", re.IGNORECASE)


def of_cell(cell: Any) -> tuple[str, str | None]:  # noqa: ANN401 - of a library that brings no types
    """Return the text of a cell, "" for none, and the code of what is to be remarked on it, if anything."""
    value = cell.value
    if value is None or isinstance(value, str):
        return ("", "error_cell") if cell.data_type == "e" else (value or "", None)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _of_number(value, cell.number_format)
    if isinstance(value, datetime) and value.time() == time() and not _WITH_TIME.search(cell.number_format):
        return value.date().isoformat(), None
    return text_of(value)


def _of_number(value: float, shown: str) -> tuple[str, str | None]:
    text, code = (str(value), "whole_number") if isinstance(value, int) else of_float(value)
    if code is None:
        return text, None
    if abs(value) >= EXACT:
        return text, "inexact_number"
    match = _SHOWN.fullmatch(shown)
    if match is not None and value >= 0:
        padded = ("+" if match["plus"] else "") + text.zfill(len(match["zeros"]))
        if padded != text:
            return padded, None
    return text, "long_number" if abs(value) >= _LONG else None

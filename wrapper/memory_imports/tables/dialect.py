"""What parts the cells of a text and what ends its lines, told from its first records."""

import re
from collections import Counter

from memory_imports.errors import InvalidRequest

DELIMITERS = ",;\t|"
# What the others than the usual one are called in sentences.
NAMES = {";": "semicolons", "\t": "tabs", "|": "bars"}
_QUOTED = re.compile(r'"[^"]*+(?:""[^"]*+)*+(?:"|$)')
_LINE_END = re.compile(r"\r\n|\n|\r")
_LOOKED_AT = 50


def delimiter_of(sample: str) -> str:
    """Return the delimiter that stands in the header and as often in most of the next records; a comma if none does."""
    lines = [Counter(line) for line in _LINE_END.split(_QUOTED.sub("", sample), maxsplit=_LOOKED_AT)[:_LOOKED_AT]]
    header = lines[0]

    def rank(delimiter: str) -> tuple[int, int]:
        times = header[delimiter]
        return (sum(line[delimiter] == times for line in lines), times) if times else (0, 0)

    return max(DELIMITERS, key=rank)


def line_end_of(sample: str) -> str:
    """Return what ends the first line; a carriage return only where no line feed stands outside quotes."""
    text = _QUOTED.sub("", sample)
    found = _LINE_END.search(text)
    if found is None:
        return "\n"
    return "\n" if found[0] == "\r" and "\n" in text else found[0]


def checked_delimiter(delimiter: str) -> str:
    """Return a delimiter that somebody names, by itself or in words.

    Raises:
        InvalidRequest: It is none.
    """
    delimiter = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "bar": "|"}.get(delimiter, delimiter)
    if len(delimiter) != 1 or delimiter in '"\r\n\0' or not delimiter.isascii():
        raise InvalidRequest(
            "a delimiter is one character, such as a comma, a semicolon, a tab or a bar.", field="delimiter"
        )
    return delimiter

"""A suggestion as the YAML file that a run reads: what is mapped as lines, all else as comments with the reason."""

import re

from memory_imports.tables.suggest.suggestion import Suggestion, Suggestions

_HEAD = """\
# What goes where: COLUMN: Group.trait, and how sure that is. A line that starts with # is not mapped;
# take the # away to map its column. Then: memory-imports run FILE --mapping THIS_FILE
columns:
"""
# What YAML takes for text without quotes, whatever reads it; words such as yes and null are others' booleans.
_PLAIN = re.compile(r"[^\W\d_]\w*(?:[ .-]\w+)*")
_WORDS = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
_ESCAPES = {"\\": "\\\\", '"': '\\"'}


def as_yaml(suggestions: Suggestions, encoding: str = "utf-8") -> str:
    """Return the file's text; what the encoding does not have is written as YAML's escapes."""
    return _HEAD + "".join(f"  {_line(each, encoding)}\n" for each in suggestions.columns)


def quoted(name: str, encoding: str = "utf-8") -> str:
    """Return a name as YAML reads it, on one line, in quotes only where it needs them."""
    is_plain = _PLAIN.fullmatch(name) and name.casefold() not in _WORDS and _fits(name, encoding)
    return name if is_plain else '"' + "".join(_escaped(letter, encoding) for letter in name) + '"'


def _line(each: Suggestion, encoding: str) -> str:
    name = quoted(each.column, encoding)
    target = "" if each.target is None else f" {quoted(each.target, encoding)}"
    why = f"{each.confidence}: {each.reason}" if each.confidence else each.reason
    line = f"{name}:{target}  # {why.encode(encoding, 'backslashreplace').decode(encoding)}"
    return line if each.mapped else f"# {line}"


def _fits(text: str, encoding: str) -> bool:
    return text.encode(encoding, "ignore").decode(encoding) == text


def _escaped(letter: str, encoding: str) -> str:
    if letter in _ESCAPES:
        return _ESCAPES[letter]
    if letter.isprintable() and _fits(letter, encoding):
        return letter
    return f"\\U{ord(letter):08x}"

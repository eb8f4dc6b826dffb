"""A text as its quotings mean it: percent signs, JSON, HTML and reprs taken back, one within the other.

Pure. Every character remembers where it comes from, so that what is found can be taken out of the text as it is.
"""

import re
from collections.abc import Iterator, Sequence

from attrs import frozen

# Deeper than anybody quotes by accident; each step is shorter than the one before.
_DEEPEST = 8
_ESCAPES = re.compile(
    r"""(?ix)
    (?: % | \\u00 | \\x ) (?P<hex>[0-9a-f]{2})
    | & (?P<entity> \#[0-9]{1,7};? | \#x[0-9a-f]{1,6};? | [a-z][a-z0-9]{1,30}; )
    | (?P<nothing> \\ | <wbr\s*/?> | [\u00ad\u200b-\u200f\u2060-\u2064\ufeff] )
    """
)


@frozen
class Spelled:
    """A text, and where each of its characters begins and ends in the one that it was read from."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Return where a part of it, which is not empty, stands in the first text."""
        return self.starts[start], self.ends[end - 1]


def levels(text: str) -> Iterator[Spelled]:
    """Yield the text as it is, then with what is quoted in it taken back, until nothing is."""
    level: Spelled | None = Spelled(text, range(len(text)), range(1, len(text) + 1))
    for _ in range(_DEEPEST):
        if level is None:
            return
        yield level
        level = _read(level)


def meaning(text: str) -> str:
    """Return what is left when everything that is quoted is taken back."""
    return [level.text for level in levels(text)][-1]


def _read(level: Spelled) -> Spelled | None:
    found = [(escape.span(), each) for escape in _ESCAPES.finditer(level.text) if (each := _letter(escape)) is not None]
    if not found:
        return None
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    done = 0
    for (start, end), letter in [*found, ((len(level.text),) * 2, "")]:
        parts += (level.text[done:start], letter)
        starts += level.starts[done:start]
        ends += level.ends[done:start]
        if letter:
            origin = level.origin(start, end)
            starts.append(origin[0])
            ends.append(origin[1])
        done = end
    return Spelled("".join(parts), starts, ends)


def _letter(escape: "re.Match[str]") -> str | None:
    """Return the one character that is meant, none at all as an empty text, or None where nothing is known of it."""
    if escape["hex"]:
        return chr(int(escape["hex"], 16))
    if not escape["entity"]:
        return ""
    from html import unescape  # noqa: PLC0415 - its table is large, and few texts hold one

    letter = unescape(f"&{escape['entity']}")
    return letter if len(letter) == 1 else None

"""Reads a regular expression, as JSON Schema writes them, into a tree of four shapes. Matches nothing.

Groups, escapes, classes and counts are spelling, and vanish here. What looks around, or back to a group, has no such
tree; it is not understood.
"""

import re
from collections.abc import Iterable
from typing import TypeAlias

from attrs import frozen

Spans: TypeAlias = tuple[tuple[int, int], ...]
LAST = 0x10FFFF
# No text holds these; before the first character stands one and behind the last the other, for `^` and `$` to find.
BEGIN, END = LAST + 1, LAST + 2


@frozen(cache_hash=True)
class One:
    """One character out of spans, both ends included."""

    spans: Spans


@frozen(cache_hash=True)
class Row:
    """One after the other."""

    parts: tuple["Node", ...]


@frozen(cache_hash=True)
class Choice:
    """Any of them."""

    nodes: frozenset["Node"]


@frozen(cache_hash=True)
class Times:
    """So many times; ``most`` None is any number."""

    node: "Node"
    least: int
    most: int | None


Node: TypeAlias = One | Row | Choice | Times
EMPTY, NOTHING = Row(()), Choice(frozenset())
ANY = One(((0, LAST),))
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|(.))", re.DOTALL)
_COUNT = re.compile(r"\{(\d{1,9})(,?)(\d{0,9})\}|([*+?])")
_GROUP = re.compile(r"\((?:\?:|\?<[A-Za-z_$][\w$]*>)?(?!\?)")
_SIMPLE = {"*": (0, None), "+": (1, None), "?": (0, 1)}
_CONTROL = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "v": "\v", "0": "\0"}
_KINDS = {
    "d": "09",
    "w": "09AZ__az",
    "s": "\t\r  \xa0\xa0\u1680\u1680\u2000\u200a\u2028\u2029\u202f\u202f\u205f\u205f\u3000\u3000\ufeff\ufeff",
}
_LINES = "\n\n\r\r\u2028\u2029"


class NotUnderstoodError(Exception):
    """The expression is malformed, or more than a regular one."""


def merged(spans: Iterable[tuple[int, int]]) -> Spans:
    """Return spans in order, with those that touch made one."""
    result: list[tuple[int, int]] = []
    for first, last in sorted(spans):
        if result and first <= result[-1][1] + 1:
            result[-1] = (result[-1][0], max(last, result[-1][1]))
        else:
            result.append((first, last))
    return tuple(result)


def row(*nodes: Node) -> Node:
    """Return what stands one after the other, in its simplest form."""
    parts = tuple(part for node in nodes for part in (node.parts if isinstance(node, Row) else (node,)))
    if NOTHING in parts:
        return NOTHING
    return parts[0] if len(parts) == 1 else Row(parts)


def choice(*nodes: Node) -> Node:
    """Return the choice between nodes, in its simplest form."""
    flat = frozenset(each for node in nodes for each in (node.nodes if isinstance(node, Choice) else (node,)))
    ones = [each for each in flat if isinstance(each, One)]
    if len(ones) > 1:
        flat = flat.difference(ones) | {One(merged(span for one in ones for span in one.spans))}
    return next(iter(flat)) if len(flat) == 1 else Choice(flat)


def times(node: Node, least: int, most: int | None) -> Node:
    """Return a node so many times, in its simplest form."""
    if most == 0 or node == EMPTY:
        return EMPTY
    return node if (least, most) == (1, 1) else Times(node, least, most)


def parsed(text: str) -> Node:
    """Return the tree of an expression.

    Raises:
        NotUnderstoodError: It has none.
    """
    reader = _Reader(text)
    node = reader.choice()
    if reader.at < len(text):
        raise NotUnderstoodError
    return node


class _Reader:
    """An expression and how far it has been read."""

    def __init__(self, text: str) -> None:
        self._text, self.at = text, 0

    def choice(self) -> Node:
        nodes = [self._row()]
        while self._took("|"):
            nodes.append(self._row())
        return choice(*nodes)

    def _row(self) -> Node:
        parts: list[Node] = []
        while self.at < len(self._text) and self._text[self.at] not in "|)":
            parts.append(self._counted(self._atom()))
        return row(*parts)

    def _counted(self, node: Node) -> Node:
        found = self._match(_COUNT)
        if found is None:
            return node
        self._took("?")  # how greedily it matches is not what it matches
        low, comma, high, sign = found.groups()
        least, most = _SIMPLE[sign] if sign else (int(low), int(high or low) if high or not comma else None)
        if most is not None and most < least:
            raise NotUnderstoodError
        return times(node, least, most)

    def _atom(self) -> Node:
        if self._match(_GROUP):
            node = self.choice()
            if not self._took(")"):
                raise NotUnderstoodError
            return node
        for sign, spans in (("^", ((BEGIN, BEGIN),)), ("$", ((END, END),)), (".", _without(_spans(_LINES)))):
            if self._took(sign):
                return One(spans)
        if self._took("["):
            return One(self._class())
        if self._text[self.at] in "*+?(":
            raise NotUnderstoodError
        return One(self._character())

    def _class(self) -> Spans:
        inverted = self._took("^")
        spans: list[tuple[int, int]] = []
        while not self._took("]"):
            one = self._character(inside=True)
            ahead = self._text[self.at : self.at + 2]
            if ahead[:1] == "-" and ahead[1:] not in ("]", ""):
                self.at += 1
                other = self._character(inside=True)
                if one[0][0] != one[-1][1] or other[0][0] != other[-1][1] or other[0][0] < one[0][0]:
                    raise NotUnderstoodError
                one = ((one[0][0], other[0][0]),)
            spans += one
        return _without(merged(spans)) if inverted else merged(spans)

    def _character(self, *, inside: bool = False) -> Spans:
        found = self._match(_ESCAPE)
        if found is None:
            if self.at >= len(self._text) or self._text[self.at] == "\\":
                raise NotUnderstoodError
            self.at += 1
            return _spans(self._text[self.at - 1] * 2)
        two, four, sign = found.groups()
        if sign is None:
            return _spans(chr(int(two or four, 16)) * 2)
        if sign.lower() in _KINDS:
            spans = _spans(_KINDS[sign.lower()])
            return spans if sign.islower() else _without(spans)
        if sign.isalnum() and sign not in _CONTROL and not (inside and sign == "b"):
            raise NotUnderstoodError
        return _spans((_CONTROL | {"b": "\b"}).get(sign, sign) * 2)

    def _took(self, sign: str) -> bool:
        found = self._text.startswith(sign, self.at)
        self.at += len(sign) * found
        return found

    def _match(self, expression: re.Pattern[str]) -> re.Match[str] | None:
        found = expression.match(self._text, self.at)
        self.at = found.end() if found else self.at
        return found


def _spans(ends: str) -> Spans:
    """Spans, written as the first and the last character of each."""
    return merged(zip(map(ord, ends[::2]), map(ord, ends[1::2]), strict=True))


def _without(spans: Spans) -> Spans:
    """Every other character."""
    edges = [-1, *(edge for span in spans for edge in span), LAST + 1]
    return tuple((one + 1, two - 1) for one, two in zip(edges[::2], edges[1::2], strict=True) if one + 1 < two)

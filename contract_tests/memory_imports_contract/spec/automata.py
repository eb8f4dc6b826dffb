"""Turns a tree of an expression into the smallest automaton of what it matches, and compares two. Reads no text.

The states are what is left to match after each character (Brzozowski's derivatives); of those that no continuation
tells apart one is kept (Moore). The result depends on the texts matched alone, not on how the expression was written.
"""

from collections.abc import Iterator
from typing import TypeAlias

from memory_imports_contract.spec.expressions import (
    ANY,
    BEGIN,
    EMPTY,
    END,
    LAST,
    NOTHING,
    Choice,
    Node,
    One,
    Row,
    Spans,
    Times,
    choice,
    merged,
    row,
    times,
)

# Each state: whether a text may end there, and which characters lead where; what leads to no match is left out.
Automaton: TypeAlias = tuple[tuple[bool, tuple[tuple[Spans, int], ...]], ...]
EVERYTHING: Automaton = ((True, ((ANY.spans, 0),)),)
_ALL = times(ANY, 0, None)
# More takes seconds, and a specification may hold hundreds of expressions.
_MOST_STEPS = 150_000


class TooLargeError(Exception):
    """The automaton would take too long."""


def automaton(node: Node) -> Automaton:
    """Return the automaton that finds an expression anywhere in a text. Raises `TooLargeError`."""
    before, behind = row(One(((BEGIN, BEGIN),)), _ALL), row(_ALL, One(((END, END),)))
    derive = _Derivatives()
    order = [derive.after(row(choice(EMPTY, before), node, choice(EMPTY, behind)), BEGIN)]
    numbers, table, samples = {order[0]: 0}, [], _samples(*_spans(node))
    for state in order:  # which grows while it is walked
        derive.spend(len(order) * len(samples) // 4)  # what `_smallest` will do for it
        reached = [derive.after(state, sample) for sample in samples]
        for each in reached:
            if each not in numbers:
                numbers[each] = len(order)
                order.append(each)
        table.append([numbers[each] for each in reached])
    return _smallest([_optional(derive.after(state, END)) for state in order], table, samples)


def lengths(states: Automaton) -> tuple[int, int | None]:
    """Return how long a text is that matches, at least and at most; None is without end."""
    found, reached = [], {0}
    for length in range(len(states) + 1):
        if any(states[state][0] for state in reached):
            found.append(length)
        reached = {to for state in reached for _, to in states[state][1]}
    return min(found, default=0), None if reached else max(found, default=0)


def covers(wide: Automaton, narrow: Automaton) -> bool:
    """Whether one matches every text that the other does."""
    queue = [(0, 0)]
    for mine, theirs in queue:  # which grows while it is walked
        if narrow[theirs][0] and not wide[mine][0]:
            return False
        for spans, after in narrow[theirs][1]:
            for sample in _samples(spans, *(each for each, _ in wide[mine][1])):
                if _in(sample, spans):
                    found = [(to, after) for each, to in wide[mine][1] if _in(sample, each)]
                    if not found:
                        return False
                    queue += [pair for pair in found if pair not in queue]
    return True


def _smallest(ends: list[bool], table: list[list[int]], samples: list[int]) -> Automaton:
    kinds, known = [int(end) for end in ends], 0
    while known < len(set(kinds)):
        known = len(set(kinds))
        looks = [(kinds[state], *(kinds[to] for to in reached)) for state, reached in enumerate(table)]
        names = {look: number for number, look in enumerate(dict.fromkeys(looks))}
        kinds = [names[look] for look in looks]
    heads = {kind: state for state, kind in enumerate(kinds)}
    dead = {kinds[state] for state, reached in enumerate(table) if not ends[state] and _same(kinds, state, reached)}
    order, states = [kinds[0]], []
    for kind in order:  # which grows while it is walked
        leads: dict[int, list[tuple[int, int]]] = {}
        for first, after, to in zip(samples, [*samples[1:], LAST + 1], table[heads[kind]], strict=True):
            if kinds[to] not in dead:
                leads.setdefault(kinds[to], []).append((first, after - 1))
        order += [to for to in leads if to not in order]
        states.append((ends[heads[kind]], tuple((merged(spans), order.index(to)) for to, spans in leads.items())))
    return tuple(states)


def _same(kinds: list[int], state: int, reached: list[int]) -> bool:
    return all(kinds[to] == kinds[state] for to in reached)


def _optional(node: Node) -> bool:
    """Whether it matches the empty text."""
    if isinstance(node, Row):
        return all(map(_optional, node.parts))
    if isinstance(node, Choice):
        return any(map(_optional, node.nodes))
    return not isinstance(node, One) and (node.least == 0 or _optional(node.node))


class _Derivatives:
    """What is left to match, counted by the steps that it takes to know."""

    def __init__(self) -> None:
        self._left = _MOST_STEPS

    def spend(self, steps: int) -> None:
        """Take note of steps. Raises `TooLargeError` when there were enough."""
        self._left -= steps
        if self._left < 0:
            raise TooLargeError

    def after(self, node: Node, character: int) -> Node:
        """Return what is left to match once a character has come."""
        self.spend(1)
        if isinstance(node, One):
            return EMPTY if _in(character, node.spans) else NOTHING
        if isinstance(node, Choice):
            return choice(*(self.after(each, character) for each in node.nodes))
        if isinstance(node, Times):
            fewer = times(node.node, max(node.least - 1, 0), None if node.most is None else node.most - 1)
            return row(self.after(node.node, character), fewer)
        left = []
        for index, part in enumerate(node.parts, 1):
            self.spend(len(node.parts) // 4)
            left.append(row(self.after(part, character), *node.parts[index:]))
            if not _optional(part):
                break
        return choice(*left)


def _spans(node: Node) -> Iterator[Spans]:
    if isinstance(node, One):
        yield node.spans
    elif isinstance(node, Row | Choice):
        for each in node.parts if isinstance(node, Row) else node.nodes:
            yield from _spans(each)
    else:
        yield from _spans(node.node)


def _samples(*spans: Spans) -> list[int]:
    """The first of each run of characters that the spans do not tell apart."""
    edges = {edge for each in spans for first, last in each for edge in (first, last + 1)}
    return sorted({0} | {edge for edge in edges if edge <= LAST})


def _in(character: int, spans: Spans) -> bool:
    return any(first <= character <= last for first, last in spans)

"""Compares `pattern`s by the texts that they match, not by their letters. Knows nothing of schemas."""

from functools import lru_cache

from attrs import field, frozen

from memory_imports_contract.spec.automata import Automaton, TooLargeError, automaton, covers, lengths
from memory_imports_contract.spec.expressions import Node, NotUnderstoodError, One, Row, Times, parsed


@frozen
class Pattern:
    """An expression as it is written, and what it means: a text stands for what is too large, or not understood.

    What it matches is at least ``shortest`` and at most ``longest`` characters long; None is without end.
    """

    text: str = field(eq=False)
    meaning: Automaton | str
    shortest: int = 0
    longest: int | None = None

    def __str__(self) -> str:
        """Return a text that expressions of one meaning share."""
        return str(self.meaning)

    def covers(self, other: "Pattern") -> bool:
        """Whether it surely matches every text that another does."""
        if isinstance(self.meaning, str) or isinstance(other.meaning, str):
            return self == other
        return covers(self.meaning, other.meaning)


@lru_cache(maxsize=256)
def pattern(text: str) -> Pattern:
    """Return what an expression means."""
    try:
        node = parsed(text)
        states = automaton(node)
    except (NotUnderstoodError, RecursionError):
        return Pattern(text, text)
    except TooLargeError:
        return Pattern(text, _spelled(node))
    return Pattern(text, states, *lengths(states))


def _spelled(node: Node) -> str:
    """A tree as a text, the same for every way to write it."""
    if isinstance(node, One):
        return str(node.spans)
    if isinstance(node, Times):
        return f"{_spelled(node.node)}{{{node.least},{node.most}}}"
    return str([*map(_spelled, node.parts)]) if isinstance(node, Row) else str(sorted(map(_spelled, node.nodes)))

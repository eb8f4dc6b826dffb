"""Questions to a person at a terminal, one at a time, on standard error. Asks nobody who is not there."""

import sys
from typing import TYPE_CHECKING

from memory_imports.cli.screen import Ready, Screen, printable
from memory_imports.errors import InvalidRequest
from memory_imports.tables.mapping import parse_mapping

if TYPE_CHECKING:
    from memory_imports.tables.suggest import Limits, Suggestion, Suggestions

_HOW = "Enter takes the answer in capitals; y, n, another Group.trait, or q to leave the rest as comments."


def somebody_is_there() -> bool:
    """Whether a person can see a question and answer it: no stream leads elsewhere."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))


def settled(suggestions: "Suggestions", limits: "Limits", screen: Screen) -> "Suggestions":
    """Return suggestions with what a person says to those in doubt."""
    told = False
    for at in suggestions.doubts:
        each = suggestions.columns[at]
        if each.doubt in suggestions.mapping.values():
            continue
        if not told:
            screen.tell(_HOW)
            told = True
        answer = _answer(each, suggestions, limits, screen)
        if answer is None:
            break
        if answer:
            suggestions = suggestions.mapped_to(at, answer)
    return suggestions


def agreed(question: str, screen: Screen) -> bool:
    """Return whether a person says yes; an end of input, an empty line and all else is a no."""
    screen.tell(Ready(f"{printable(question)} [y/N] "))
    line = sys.stdin.buffer.readline().decode(sys.stdin.encoding, "replace")
    if not line.endswith("\n"):
        screen.tell("")
    return line.strip().lower() in {"y", "yes"}


def _answer(each: "Suggestion", suggestions: "Suggestions", limits: "Limits", screen: Screen) -> str | None:
    """Return the Group.trait for a column, nothing for none, None for an end of questions."""
    proposed = each.doubt or ""
    usual = "y" if each.confidence == "medium" else "n"
    choices = "Y/n" if usual == "y" else "y/N"
    screen.tell(f"Column {each.column!r} to {proposed}? ({each.confidence}: {each.reason})")
    while True:
        screen.tell(Ready(f"  {choices}/Group.trait/q: "))
        line = sys.stdin.buffer.readline().decode(sys.stdin.encoding, "replace")
        if not line:
            screen.tell("")
            return None
        word = line.strip()
        choice = word.lower() or usual
        if choice in {"n", "no"}:
            return ""
        if choice in {"q", "quit"}:
            return None
        target = proposed if choice in {"y", "yes"} else word
        if (wrong := _wrong(each.column, target, suggestions, limits)) is None:
            return target
        screen.tell(wrong, "error")


def _wrong(column: str, target: str, suggestions: "Suggestions", limits: "Limits") -> str | None:
    """Return the sentence on a target that cannot be taken."""
    try:
        parse_mapping({**suggestions.mapping, column: target})
    except InvalidRequest as problem:
        return problem.message
    if max(map(len, target.rsplit(".", 1))) > limits.characters:
        return f"A group and a trait have at most {limits.characters} characters each."
    return None

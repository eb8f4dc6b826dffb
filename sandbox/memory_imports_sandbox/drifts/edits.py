"""Small changes to JSON documents, by JSON pointer, to be put together into drifts.

What a pointer does not find is left alone: a drift of the summary says nothing of an import without one.
"""

import re
from collections.abc import Callable
from copy import deepcopy
from typing import Final

from memory_imports_sandbox.drifts.drift import Json

Edit = Callable[[Json], Json]
"""From a document, which it may change, to the document that takes its place."""

_GONE: Final = object()


def change(pointer: str, new: Callable[[Json], Json]) -> Edit:
    """Puts what `new` makes of the value in its place."""
    *above, last = pointer.split("/")[1:]

    def edit(document: Json) -> Json:
        node = document
        for step in above:
            node = _inside(node, step)
        value = _inside(node, last)
        if value is not _GONE:
            node[int(last) if isinstance(node, list) else last] = new(value)
        return document

    return edit


def _inside(node: Json, step: str) -> Json:
    if isinstance(node, list):
        return node[int(step)] if re.fullmatch("[0-9]+", step) and int(step) < len(node) else _GONE
    return node.get(step, _GONE) if isinstance(node, dict) else _GONE


def put(pointer: str, value: Json) -> Edit:
    """Puts the value in the place of another."""
    return change(pointer, lambda _: deepcopy(value))


def add(pointer: str, value: Json) -> Edit:
    """Adds a property that is not there."""
    parent, _, name = pointer.rpartition("/")
    return _on(parent, lambda node: {**node, name: deepcopy(value)})


def drop(pointer: str) -> Edit:
    """Takes a property away."""
    parent, _, name = pointer.rpartition("/")
    return _on(parent, lambda node: {key: value for key, value in node.items() if key != name})


def rename(pointer: str, new: str) -> Edit:
    """Calls a property something else."""
    parent, _, name = pointer.rpartition("/")
    return _on(parent, lambda node: {new if key == name else key: value for key, value in node.items()})


def word(pointer: str, **words: str) -> Edit:
    """Puts one word in the place of another."""
    return change(pointer, lambda value: words.get(value, value) if isinstance(value, str) else value)


def all_of(*edits: Edit) -> Edit:
    """One edit after another."""

    def edit(document: Json) -> Json:
        for one in edits:
            document = one(document)
        return document

    return edit


def _on(parent: str, new: Callable[[Json], Json]) -> Edit:
    """Changes an object as a whole, the document itself included."""
    guarded = lambda node: new(node) if isinstance(node, dict) else node  # noqa: E731 - a name for the line below
    return change(parent, guarded) if parent else guarded

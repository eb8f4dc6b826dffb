"""One difference as the comparison meets it, and the list that collects them. Decides no severity.

A `Difference` keeps what both documents hold at its place, so that `adopt` can take it over.
"""

import json
from collections.abc import Callable
from typing import Any, TypeAlias

from attrs import frozen

from memory_imports_contract.spec.document import Json
from memory_imports_contract.spec.schema import Schema, Side


@frozen(eq=False)
class Difference:
    """``rule`` by name; ``where`` is a pointer into the base; ``name`` is what the rule's sentence may speak of.

    ``before`` and ``after`` are the schemas or places that were compared; ``scope`` is the part of ``where`` that
    differs only because one answer is written at many places.
    """

    rule: str
    side: Side
    operation: str
    where: str
    old: Json = None
    new: Json = None
    name: str = ""
    before: Any = None
    after: Any = None
    scope: str = ""


Emit: TypeAlias = Callable[..., None]

_KINDS = {"example": "examples-changed", "examples": "examples-changed"}


def words(before: Schema, after: Schema, emit: Emit) -> None:
    """Emit what differs in words, examples and extensions alone."""
    for key in sorted(before.words.keys() | after.words.keys()):
        old, new = before.words.get(key), after.words.get(key)
        at = old.at if old else f"{before.home}/{key}"
        word(key, old.value if old else None, new.value if new else None, at, emit)


def word(key: str, old: Json, new: Json, at: str, emit: Emit) -> None:
    """Emit the note that two values of a keyword for people deserve, if they differ."""
    if same(old, new):
        return
    if key == "deprecated":
        if bool(old) != bool(new):
            emit("deprecated-added" if new else "deprecated-removed", at, old, new)
        return
    kind = "extensions-changed" if key.startswith("x-") else _KINDS.get(key, "words-changed")
    emit(kind, at, old, new)


def same(old: Json, new: Json) -> bool:
    """Whether two plain values are one, the order of keys aside; 1 is not true."""
    return old is new or json.dumps(old, sort_keys=True, default=str) == json.dumps(new, sort_keys=True, default=str)

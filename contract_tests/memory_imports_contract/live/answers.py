"""An answer that was judged: what is in it, and which parts can be relied on.

A check that compares values asks here, so that a value that is wrong in itself is reported once, by the schema.
"""

from collections.abc import Mapping
from enum import Enum
from typing import Any

from attrs import frozen

from memory_imports_contract.live.conformance import pointer
from memory_imports_contract.live.contract import Operation
from memory_imports_contract.live.exchange import Exchange

Json = Any  # a JSON value can be anything


class Gap(Enum):
    """Why there is no value."""

    ABSENT = "it is not there"
    FAULTY = "it, or what holds it, breaks the contract: said already"


@frozen
class Answer:
    """A judged answer; `ok` says that its status is the expected one, and that its body is JSON."""

    operation: Operation
    exchange: Exchange
    ok: bool
    document: Json = None
    faulty: frozenset[str] = frozenset()

    def value(self, *path: str) -> Json:
        """The value at the path, or a `Gap`."""
        if not self.ok:
            return Gap.FAULTY
        place = pointer(list(path))
        if any(bad == place or bad.startswith(place + "/") or place.startswith(bad + "/") for bad in self.faulty):
            return Gap.FAULTY
        found = self.document
        for step in path:
            if not isinstance(found, Mapping):
                return Gap.FAULTY
            if step not in found:
                return Gap.ABSENT
            found = found[step]
        return found

    def get(self, *path: str) -> Json:
        """The value at the path, or None where there is none to rely on."""
        found = self.value(*path)
        return None if isinstance(found, Gap) else found

"""Takes the vendor's changes into a contract, one by one, and keeps only edits that bring the two closer together.

Whether an edit is right is not argued: the specifications are compared again after each. Writes no file.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any

import yaml
from attrs import frozen

from memory_imports_contract.adopt import splice
from memory_imports_contract.adopt.edits import Edit, edits, shifted
from memory_imports_contract.adopt.facts import ByHandError
from memory_imports_contract.adopt.versions import Bump, bump
from memory_imports_contract.errors import DriftUnavailable
from memory_imports_contract.findings import Change, Severity
from memory_imports_contract.spec.compare import differences
from memory_imports_contract.spec.difference import Difference
from memory_imports_contract.spec.document import Document
from memory_imports_contract.spec.merge import changes
from memory_imports_contract.spec.rules import RULES
from memory_imports_contract.spec.source import parse


@frozen
class Adoption:
    """The contract's new text, what was taken over, and what a person has to do."""

    text: str
    adopted: tuple[Change, ...]
    by_hand: tuple[Change, ...]

    @property
    def bump(self) -> Bump:
        """Which number of the version moves once all of it is done."""
        return bump((*self.adopted, *self.by_hand))


def adopted(text: str, new: Document, name: str = "the contract") -> Adoption:
    """Return a contract with a newer specification's facts taken over.

    Args:
        text: The contract, in YAML.
        new: The newer specification.
        name: What to call the contract in sentences.

    Raises:
        DriftUnavailable: One of the two makes no sense.
    """
    first = _left(text, new, name)
    left = first
    progress = True
    while progress:
        progress = False
        for candidate in _candidates(text, left):
            rest = _tried(candidate, new, name)
            if rest is not None and len(rest) < len(left):
                text, left, progress = candidate, rest, True
                break
    by_hand = changes(left)
    keys = {(change.rule, change.where) for change in by_hand}
    done = tuple(change for change in changes(first) if (change.rule, change.where) not in keys)
    return Adoption(text, done, by_hand)


def _left(text: str, new: Document, name: str) -> list[Difference]:
    contract = parse(text.encode(), name)
    return [each for each in differences(contract, new, contract) if _counts(each)]


def _counts(difference: Difference) -> bool:
    return RULES[difference.rule].severity(difference.side) is not Severity.NOTE


def _tried(text: str, new: Document, name: str) -> list[Difference] | None:
    try:
        return _left(text, new, name)
    except DriftUnavailable:
        return None


def _candidates(text: str, left: Sequence[Difference]) -> Iterator[str]:
    """The texts that one difference taken over gives: where it stands, or in a copy where it is used."""
    seen = set()
    for difference in left:
        place = (difference.rule, difference.where, str(difference.new), getattr(difference.before, "at", ""))
        if place in seen:
            continue
        seen.add(place)
        with suppress(ByHandError):
            wanted = edits(difference)
            with suppress(splice.SpliceError):
                yield _applied(text, wanted)
            if used := shifted(difference):
                with suppress(splice.SpliceError):
                    yield _copied(text, wanted, *used)


def _applied(text: str, wanted: Sequence[Edit]) -> str:
    for edit in wanted:
        text = edit.apply(text)
    return text


def _copied(text: str, wanted: Sequence[Edit], use: str, home: str) -> str:
    """The edits made to a copy of a shared component, which then stands where it is used."""
    whole: Any = yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - a safe loader
    for step in home.split("/")[1:]:
        whole = whole[step.replace("~1", "/").replace("~0", "~")]
    return _applied(splice.put(text, use, whole), [edit.moved(home, use) for edit in wanted])

"""Traits that every store has, and names that look like slips of one: the service takes those for new traits."""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from memory_imports.models import ColumnMapping

GROUP = "Contact"
TRAITS = (
    "firstName",
    "lastName",
    "email",
    "phone",
    "whatsapp",
    "street",
    "city",
    "state",
    "postalCode",
    "country",
    "preferredLanguage",
)
# A letter too many, too few, another or in another place; what is less alike is somebody's own trait.
_ALIKE = 0.8


def slips(mappings: Iterable[ColumnMapping]) -> Iterator[tuple[str, str]]:
    """Yield the column of each target that is nearly one of every store's, and what to look at."""
    for mapping in mappings:
        group = _meant(mapping.trait_group, (GROUP,))
        trait = _meant(mapping.trait_name, TRAITS) if group == GROUP else mapping.trait_name
        if (group, trait) != (mapping.trait_group, mapping.trait_name):
            given = f"it is mapped to {mapping.trait_group}.{mapping.trait_name}"
            near = f"which is nearly {group}.{trait}; correct that, unless it is a trait of your own."
            yield mapping.column_name, f"{given}, {near}"


def _meant(name: str, known: Iterable[str]) -> str:
    """Return the known name that a name is a slip of; itself where there is none, or a number tells them apart."""
    folded = {each.casefold(): each for each in known}
    if name in folded.values() or any(map(str.isdecimal, name)):
        return name
    close = get_close_matches(name.casefold(), folded, n=1, cutoff=_ALIKE)
    return folded[close[0]] if close else name

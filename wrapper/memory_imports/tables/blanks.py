"""Cells that would have the service overwrite a stored trait with nothing. Pure."""

from collections.abc import Sequence


def blanks(cells: Sequence[str]) -> list[int]:
    """Return the places of those that are blank."""
    return [at for at, text in enumerate(map(str.strip, cells)) if not text]


def deleting(cells: Sequence[str], marker: str) -> Sequence[str]:
    """Return the cells with the marker that deletes a trait where they are blank."""
    found = list(cells)
    for at in blanks(cells):
        found[at] = marker
    return found

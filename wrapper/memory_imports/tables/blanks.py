"""What is sent of a row, given what a blank cell may do. Pure."""

from collections.abc import Sequence

from attrs import frozen

from memory_imports.tables.rules import Blank


@frozen
class Sent:
    """Cells that are sent; ``filled`` has a bit for each mapping that they go to, the first the lowest."""

    filled: int
    cells: tuple[str, ...]


def sent(cells: Sequence[str], blank: Blank, marker: str) -> Sent:
    """Return what is sent of a row whose blank cells are kept or deleted: its cells in the order of the mappings."""
    if blank == "keep":
        held = [(1 << at, cell) for at, cell in enumerate(cells) if not is_blank(cell)]
        return Sent(sum(bit for bit, _ in held), tuple(cell for _, cell in held))
    return Sent((1 << len(cells)) - 1, tuple(marker if is_blank(cell) else cell for cell in cells))


def is_blank(cell: str) -> bool:
    """Say whether the service would overwrite a stored trait with nothing for the sake of this cell."""
    return not cell or cell.isspace()

"""From the words people write, ``Contact.email``, to mappings."""

from collections.abc import Mapping

from memory_imports.errors import InvalidRequest
from memory_imports.models import ColumnMapping


def parse_mapping(columns: Mapping[str, str]) -> tuple[ColumnMapping, ...]:
    """Return the mappings of ``{"email_address": "Contact.email"}``; the last dot parts group and trait.

    Raises:
        InvalidRequest: A target has no group or no trait or too many blanks, or two columns go to one trait.
    """
    taken: dict[str, str] = {}
    for column, target in columns.items():
        if target != target.strip() or "  " in target:
            raise InvalidRequest(
                f"Column {column!r} is mapped to {target!r}; write it without blanks around or twice in it.",
                field=column,
            )
        group, _, trait = target.rpartition(".")
        if not group or not trait:
            raise InvalidRequest(f"Column {column!r} is mapped to {target!r}; write Group.trait.", field=column)
        if target in taken:
            raise InvalidRequest(
                f"Columns {taken[target]!r} and {column!r} are both mapped to {target}; keep one.",
                field=column,
            )
        taken[target] = column
    return tuple(ColumnMapping(column, *target.rsplit(".", 1)) for target, column in taken.items())

"""The header against the mappings: where each mapped cell goes.

Rules of the vendor's guide: mapped columns exist, no name twice, no stray spaces in names, an identifier among the
mapped traits, and not more columns than the contract allows. One column may feed several traits, never one trait
several columns.
"""

from collections.abc import Mapping, Sequence

from attrs import frozen

from memory_imports_sandbox.contract import CsvRules
from memory_imports_sandbox.ingest.records import BrokenFile


@frozen
class Column:
    """A mapped column: its place in the record, its trait, and the kind of identifier it is, if it is one."""

    index: int
    group: str
    trait: str
    kind: str | None


@frozen
class Plan:
    """All mapped columns, and how many columns a record has."""

    width: int
    columns: Sequence[Column]


def plan(header: list[str] | str, mappings: Sequence[Mapping[str, str]], rules: CsvRules) -> Plan:
    """Where the cells of each record go.

    Raises:
        BrokenFile: The header breaks a rule.
    """
    if isinstance(header, str):
        raise BrokenFile("no_header")
    places = {name: index for index, name in enumerate(header)}
    targets = {(mapping["traitGroup"], mapping["traitName"]) for mapping in mappings}
    faults = {
        "too_many_columns": len(header) > rules.max_columns,
        "duplicate_header": len(places) != len(header),
        "spaces_in_header": any(name != name.strip() or "  " in name for name in header),
        "missing_column": any(mapping["columnName"] not in places for mapping in mappings),
        "duplicate_trait": len(targets) != len(mappings),
        "no_identifier_column": not any(trait in rules.identifiers for _, trait in targets),
    }
    for reason, is_so in faults.items():
        if is_so:
            raise BrokenFile(reason)
    columns = [
        Column(
            index=places[mapping["columnName"]],
            group=mapping["traitGroup"],
            trait=mapping["traitName"],
            kind=mapping["traitName"] if mapping["traitName"] in rules.identifiers else None,
        )
        for mapping in mappings
    ]
    return Plan(len(header), columns)

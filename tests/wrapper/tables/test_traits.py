"""Slips in the names of traits: named where they are near one of every store, and nowhere else."""

import pytest
from tests.wrapper.tables.made import Made

from memory_imports._endpoints import RULES
from memory_imports.models import ColumnMapping
from memory_imports.tables import Options, parse_mapping
from memory_imports.tables.scan import scan
from memory_imports.tables.suggest.vocabulary import vocabulary
from memory_imports.tables.traits import GROUP, TRAITS, slips


@pytest.mark.parametrize(
    ("group", "trait", "meant"),
    [
        ("Contact", "firstname", "Contact.firstName"),
        ("Contact", "fristName", "Contact.firstName"),
        ("Contact", "emial", "Contact.email"),
        ("Contact", "Email", "Contact.email"),
        ("Kontact", "email", "Contact.email"),
        ("contact", "loyalty", "Contact.loyalty"),
        ("Contacts", "postcalCode", "Contact.postalCode"),
    ],
)
def test_a_slip_is_named_with_what_was_meant(group: str, trait: str, meant: str) -> None:
    """The service would keep it as another trait, and an identifier would find nobody."""
    words = f"it is mapped to {group}.{trait}, which is nearly {meant}; correct that, unless it is a trait of your own."
    assert [("c", words)] == list(slips([ColumnMapping("c", group, trait)]))


@pytest.mark.parametrize(
    "target", ["Orders.firstname", "Contact.phone2", "Contact.workEmail", "Contact.status", "VIP.x"]
)
def test_a_trait_of_ones_own_is_none(target: str) -> None:
    """Of another group, with a number, or only somewhat like one."""
    assert [] == list(slips(parse_mapping({"c": target})))


def test_the_traits_of_every_store_are_those_that_are_suggested() -> None:
    """And none of them is a slip of another."""
    assert vocabulary().traits == set(TRAITS)
    assert [] == list(slips(ColumnMapping("c", GROUP, trait) for trait in TRAITS))


def test_a_slip_is_a_warning_and_keeps_nothing_out() -> None:
    """Whoever has such a trait goes on."""
    mappings = parse_mapping({"e": "Contact.email", "p": "Contact.fristName"})
    found = scan([Made("ep", [("a@x.y", "Ada")])], mappings, RULES, Options())
    assert ([("unusual_trait", "warning", "p")], None) == (
        [(each.code, each.severity, each.column) for each in found.problems],
        found.refusal,
    )

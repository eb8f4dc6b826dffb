"""The usual exports, each with what has to become of every one of its columns."""

import pytest
from tests.tables.suggest.exports import TRAITS, Export, exports
from tests.tables.suggest.limits import LIMITS

from memory_imports.tables.suggest import Suggestions, suggest

EXPORTS = exports()


def suggested(export: Export) -> Suggestions:
    """What is suggested for an export by its header alone."""
    return suggest(export.header, [], LIMITS)


@pytest.mark.parametrize("export", EXPORTS, ids=str)
def test_an_export_is_mapped_as_a_person_would(export: Export) -> None:
    """What is sure is mapped, and nothing else."""
    assert export.mapping == suggested(export).mapping


@pytest.mark.parametrize("export", EXPORTS, ids=str)
def test_what_a_person_would_ask_about_is_asked(export: Export) -> None:
    """With medium confidence: probable, but not for a program to decide."""
    found = {each.column: each.target for each in suggested(export).columns if each.confidence == "medium"}
    assert export.unsure == found


def test_enough_was_looked_at() -> None:
    """Six products, nine languages, every trait."""
    products = {export.product for export in EXPORTS}
    languages = {export.language[:2] for export in EXPORTS}
    targets = {target for export in EXPORTS for target in export.mapping.values()}
    assert {"HubSpot", "Salesforce", "Mailchimp", "Shopify", "Google Contacts", "Outlook"} == products
    assert {"en", "de", "fr", "es", "pt", "it", "nl", "pl", "ja"} == languages
    assert {f"Contact.{trait}" for trait in TRAITS.values()} == targets
    assert sum(len(export.header) for export in EXPORTS) > 600
    assert sum(len(export.mapping) for export in EXPORTS) > 280

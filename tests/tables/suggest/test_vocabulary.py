"""The table holds together: each name means one thing, and everything that it refers to is there."""

import pytest
import yaml
from tests.tables.suggest.exports import TRAITS

from memory_imports.tables.suggest import vocabulary as module
from memory_imports.tables.suggest.vocabulary import vocabulary

TABLE = vocabulary()
NAMES = [name for names in TABLE.names.values() for name in names]


def test_the_traits_are_those_of_the_default_group() -> None:
    """The ten of every store, and the identifier that not every one has."""
    assert set(TRAITS.values()) == set(TABLE.traits)


def test_no_name_is_sure_for_two_traits() -> None:
    """What depends on the rest of the file is not sure."""
    sure = {
        key: {name.trait for name in names if name.standing in {"sure", "spare"}} for key, names in TABLE.names.items()
    }
    assert {} == {key: traits for key, traits in sure.items() if len(traits) > 1}


def test_no_name_is_sure_and_something_else_besides() -> None:
    """Neither a name that no trait takes, nor one for which nothing is offered."""
    sure = {key for key, names in TABLE.names.items() if any(name.standing in {"sure", "spare"} for name in names)}
    assert set() == sure & (TABLE.remarks.keys() | TABLE.unsuited.keys())


def test_no_forbidden_phrase_is_part_of_a_name() -> None:
    """It would rule out the name."""
    forbidden = {"".join(words) for words in TABLE.forbidden}
    assert set() == forbidden & TABLE.names.keys()


def test_every_standing_is_known_and_company_is_of_the_service() -> None:
    """A slip in a heading would make a name worthless without a word."""
    assert {"sure", "beside", "spare", "unsure"} == {name.standing for name in NAMES}
    assert all(name.beside <= TABLE.traits for name in NAMES)
    assert all(bool(name.beside) == (name.standing == "beside") for name in NAMES)


def test_kinds_have_ranks_of_their_own_and_say_why_they_leave_doubt() -> None:
    """And only of traits that there are."""
    kinds = set(TABLE.kinds.values())
    assert len(kinds) == len({kind.rank for kind in kinds}) == len({kind.name for kind in kinds})
    assert all(kind.doubt <= {*TABLE.traits, "all"} and bool(kind.doubt) == bool(kind.why) for kind in kinds)


def test_every_source_has_a_name() -> None:
    """A language by its code, a product by its own name."""
    sources = {source for name in NAMES for source in name.sources}
    products = {"HubSpot", "Salesforce", "Mailchimp", "Shopify", "Google Contacts"}
    assert sources - TABLE.languages.keys() <= products
    assert TABLE.languages.keys() <= sources


def test_umlauts_may_be_written_out() -> None:
    """As where a keyboard has none."""
    assert TABLE.kinds["geschaeftlich"] == TABLE.kinds["geschaftlich"]


def test_a_table_can_be_read_without_the_loader_in_c(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not every installation has it."""
    monkeypatch.delattr(yaml, "CBaseLoader")
    monkeypatch.setattr(module, "vocabulary", vocabulary.__wrapped__)
    assert TABLE.names == module.vocabulary().names

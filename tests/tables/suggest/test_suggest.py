"""A file's columns taken together: one column a trait, one address a person, and values that may object."""

from collections.abc import Sequence

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.tables.suggest.exports import exports
from tests.tables.suggest.limits import LIMITS

from memory_imports.tables.suggest import Suggestion, Suggestions, as_yaml, problems_of, suggest
from memory_imports.tables.suggest.vocabulary import vocabulary

NAMES = [name for export in exports() for name in export.header]
COLUMNS = st.lists(st.sampled_from(NAMES) | st.text(max_size=70), max_size=12)
SECRET = "Zq7"
CELLS = st.sampled_from(["", f"{SECRET}@example.com", f"+49 30 1234567 {SECRET}", "+49 30 1234567", SECRET, "\\N"])


def found(header: str, *rows: str) -> Suggestions:
    """What is suggested for columns parted by bars."""
    return suggest(header.split("|"), (row.split("|") for row in rows), LIMITS)


def one(header: str, *rows: str) -> Suggestion:
    """What is suggested for the first column."""
    return found(header, *rows).columns[0]


@settings(deadline=None)
@given(COLUMNS, st.lists(st.lists(CELLS, max_size=12), max_size=5))
@example(["Phone", "Mobile", "phone"], [])
@example(["Land", "Staat", "Country"], [])
def test_no_trait_is_suggested_to_be_mapped_twice(header: list[str], rows: list[list[str]]) -> None:
    """One column a trait, one suggestion a column, and only what is sure is mapped."""
    suggestions = suggest(header, rows, LIMITS)
    targets = [each.target for each in suggestions.columns if each.mapped]
    assert len(set(targets)) == len(targets) == len(suggestions.mapping)
    assert header == [each.column for each in suggestions.columns]
    assert all(each.confidence == "high" for each in suggestions.columns if each.mapped)
    assert all((each.target is None) == (each.confidence is None) for each in suggestions.columns)
    assert all(len(each.column) <= 64 and header.count(each.column) == 1 for each in suggestions.columns if each.mapped)


@settings(deadline=None)
@given(st.lists(st.sampled_from(NAMES), max_size=12), st.lists(st.lists(CELLS, max_size=12), max_size=5))
def test_nothing_of_a_value_comes_out(header: list[str], rows: list[list[str]]) -> None:
    """In no form."""
    suggestions = suggest(header, rows, LIMITS)
    shown = [as_yaml(suggestions), repr(suggestions), repr(problems_of(suggestions, "people.csv", LIMITS))]
    assert [] == [text for text in shown if SECRET in text or "1234567" in text]


@pytest.mark.parametrize(
    ("header", "mapping"),
    [
        ("Phone|Mobile|Home Phone", {"Phone": "phone"}),
        ("Home Phone|Mobile|Work Phone", {"Mobile": "phone"}),
        ("Email|E-mail 2|Work email", {"Email": "email"}),
        ("Province Code|Province|City", {"Province": "state", "City": "city"}),
        ("Country Code|Country|Zip", {"Country": "country", "Zip": "postalCode"}),
        ("Country Code|Zip", {"Country Code": "country", "Zip": "postalCode"}),
        ("Country Code|Phone", {"Phone": "phone"}),
    ],
)
def test_the_better_of_two_columns_gets_the_trait(header: str, mapping: dict[str, str]) -> None:
    """The plainer one; not the one of a workplace, of a household, of somewhere else."""
    assert {name: f"Contact.{trait}" for name, trait in mapping.items()} == found(header).mapping


def test_the_one_that_loses_says_to_which() -> None:
    """And is offered a name of its own."""
    lost = found("Phone|Mobile Phone").columns[1]
    assert ("Contact.mobilePhone", "low", "Contact.phone") == (lost.target, lost.confidence, lost.doubt)
    assert "column 'Phone' is the better one for Contact.phone" == lost.reason


@pytest.mark.parametrize(
    ("header", "street"),
    [
        ("Home Street|Home City|Business Street|Business City", "Home Street"),
        ("Street|City|Home Street|Home City", "Street"),
        ("Country|Home Street|Home City", "Home Street"),
        ("Other Street|Mailing Street|Mailing City", "Mailing Street"),
        ("Ort|Straße privat|Ort privat", "Straße privat"),
    ],
)
def test_a_person_has_one_address(header: str, street: str) -> None:
    """No street of one and city of another; what belongs to none goes with it."""
    suggestions = found(header)
    city = street.replace("Street", "City").replace("Straße", "Ort")
    assert {"Contact.street": street, "Contact.city": city} == {
        target: name for name, target in suggestions.mapping.items() if target in {"Contact.street", "Contact.city"}
    }


def test_a_part_of_another_address_is_not_asked_about() -> None:
    """The person's has no state; that of another place is not it."""
    state = found("Home Street|Home City|Work Street|Work City|Work State/Region").columns[4]
    assert ("Contact.state", "low", False, None) == (state.target, state.confidence, state.mapped, state.doubt)
    assert "another address comes first" in state.reason


@pytest.mark.parametrize(
    ("header", "mapping"),
    [
        ("Vorname|Name", {"Vorname": "firstName", "Name": "lastName"}),
        ("First Name|Name", {"First Name": "firstName"}),
        ("Nome|Cognome", {"Nome": "firstName", "Cognome": "lastName"}),
        ("Nome", {}),
        ("Adresse|PLZ|Ort", {"Adresse": "street", "PLZ": "postalCode", "Ort": "city"}),
        ("Adresse|Ort", {}),
        ("State", {}),
        ("State|City", {"State": "state", "City": "city"}),
        ("prenon|Nom", {}),
        ("Billing State|Billing City", {}),
    ],
)
def test_some_names_are_sure_only_in_company(header: str, mapping: dict[str, str]) -> None:
    """Of their own language, and not of a guess."""
    assert {name: f"Contact.{trait}" for name, trait in mapping.items()} == found(header).mapping


def test_company_does_not_take_the_doubt_of_a_qualifier_away() -> None:
    """The state of the billing address is one, and still that of where bills go."""
    state = one("Billing State|Billing City")
    assert ("medium", "Contact.state") == (state.confidence, state.doubt)
    assert "beside column 'Billing City', but it is where bills go" in state.reason


def test_a_whole_name_is_no_first_or_last_name() -> None:
    """It is said where the service wants it."""
    name = one("Name|Email")
    assert ("Contact.name", "low", None) == (name.target, name.confidence, name.doubt)
    assert "firstName and lastName" in name.reason


@pytest.mark.parametrize(
    ("header", "rows", "expected"),
    [
        ("Email", ["ann@example.com"], ("Contact.email", "high", "a name for it in English")),
        ("Email", ["yes", "no"], ("Contact.email", "low", "few of its values look like email addresses")),
        ("Phone", ["yes", "no"], ("Contact.phone", "low", "few of its values look like phone numbers")),
        ("WhatsApp", ["yes"], ("Contact.whatsapp", "low", "few of its values look like phone numbers")),
        ("Email", ["", ""], ("Contact.email", "low", "blank in the first 2 rows")),
        ("City", [""], ("Contact.city", "low", "blank in the first 1 rows")),
        ("City", ["12"], ("Contact.city", "high", "English")),
        ("Login mail", ["ann@example.com"], ("Contact.email", "medium", "its values look like email addresses")),
        ("Name", ["ann@example.com"], ("Contact.email", "medium", "its values look like email addresses")),
        ("Emial", ["ann@example.com"], ("Contact.email", "medium", "its values look like email addresses")),
        ("Emial", ["ann"], ("Contact.email", "low", "few of its values")),
        ("Kontakt", ["+49 30 1234567"], ("Contact.phone", "medium", "international phone numbers")),
        ("Kontakt", ["0301234567"], ("Contact.kontakt", "low", "no trait")),
        ("Name", ["+49 30 1234567"], ("Contact.name", "low", "a whole name")),
        ("Customer ID", ["ann@example.com"], (None, None, "of the record")),
    ],
)
def test_values_have_a_say(header: str, rows: list[str], expected: tuple[str | None, str | None, str]) -> None:
    """They raise doubts about a name, and make a guess where it says nothing; they make nothing sure."""
    each = one(header, *rows)
    assert expected[:2] == (each.target, each.confidence)
    assert expected[2] in each.reason
    assert (each.confidence == "high") == each.mapped


def test_a_blank_column_gives_way_to_one_with_values() -> None:
    """And is not asked about: mapped, it would only wipe out what is stored."""
    suggestions = found("Phone|Mobile", "|+49 30 1234567")
    assert {"Mobile": "Contact.phone"} == suggestions.mapping
    assert ((), None) == (suggestions.doubts, suggestions.columns[0].doubt)


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        (["Email", "Email", "Phone"], "2 columns have this name"),
        (["", "Phone"], "the column has no name"),
        ([" ", "Phone"], "the column has no name"),
        (["Email" + " " * 60, "Phone"], "the name has 65 characters; at most 64 are allowed"),
    ],
)
def test_a_name_that_the_service_does_not_take_is_not_mapped(header: Sequence[str], reason: str) -> None:
    """The others are."""
    suggestions = suggest(header, [], LIMITS)
    assert (reason, None) == (suggestions.columns[0].reason, suggestions.columns[0].target)
    assert {"Phone": "Contact.phone"} == suggestions.mapping


def test_other_columns_are_offered_names_of_their_own() -> None:
    """In the manner of traits, each once, none that the service has, none that it does not take."""
    suggestions = found(
        f"loyalty_points|Loyalty Points|2nd|E-Mail!!|Email|{' '.join(['longword'] * 7)} {'x' * 8}|Tax (exempt?)"
    )
    assert ["Contact.loyaltyPoints", None, None] == [each.target for each in suggestions.columns[:3]]
    assert [None, "Contact.taxExempt"] == [each.target for each in suggestions.columns[5:]]
    assert {"Contact.email"} == set(suggestions.mapping.values())


def test_those_in_doubt_come_best_first() -> None:
    """So that who is asked is asked about the likeliest column of each trait first."""
    header = "Other Phone|Work Phone|Home Phone"
    names = header.split("|")
    assert ["Home Phone", "Work Phone", "Other Phone"] == [names[at] for at in found(header).doubts]


def test_the_language_of_the_file_is_the_one_that_is_named() -> None:
    """Where a name is one in several."""
    assert "Italian" in one("Telefono|Cognome|CAP").reason
    assert "Spanish" in one("Telefono|Apellidos|Ciudad").reason


@settings(deadline=None)
@given(st.sampled_from([name for names in vocabulary().names.values() for name in names]))
def test_every_name_leads_to_a_trait_of_the_service(name: object) -> None:
    """There is no trait in the table that nothing leads to."""
    assert getattr(name, "trait", None) in vocabulary().traits

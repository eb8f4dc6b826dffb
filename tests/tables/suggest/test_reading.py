"""One name is read with its qualifiers, in any order, run together or parted; a slip is never sure."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.tables.suggest.limits import LIMITS

from memory_imports.tables.suggest import suggest
from memory_imports.tables.suggest.reading import read
from memory_imports.tables.suggest.vocabulary import vocabulary

TABLE = vocabulary()
SURE = sorted(key for key, names in TABLE.names.items() if names[0].standing == "sure")
LETTERS = st.sampled_from("abcdefghijklmnopqrstuvwxyz")


def traits(column: str) -> list[str]:
    """What a name may mean."""
    return [name.trait for name in read(column).names]


@pytest.mark.parametrize(
    ("column", "trait", "kinds"),
    [
        ("E-mail", "email", []),
        ("address email", "email", []),
        ("Number (phone)", "phone", []),
        ("Primary email address (required)", "email", ["own"]),
        ("Customer's preferred e-mail", "email", ["own", "own"]),
        ("What is your email address?", "email", []),
        ("Work email", "email", ["work"]),
        ("E-mail 2 Address", "email", ["later"]),
        ("Default Address Address1", "street", ["own", "address"]),
        ("Default Address Zip", "postalCode", ["own", "address"]),
        ("MAILINGPOSTALCODE", "postalCode", ["own"]),
        ("CONTACTHOMEPHONE", "phone", ["own", "home"]),
        ("Rechnungsadresse", "street", ["billing"]),
        ("Geschäftstelefon", "phone", ["work"]),
        ("phone_home", "phone", ["home"]),
        ("お電話番号", "phone", ["own"]),
        ("勤務先の電話番号", "phone", ["work", "own"]),
        ("契約者TEL自宅", "phone", ["own", "home"]),
        ("Preferred_Language__c", "preferredLanguage", []),
    ],
)
def test_qualifiers_stand_beside_a_name(column: str, trait: str, kinds: list[str]) -> None:
    """Before, behind or within it."""
    reading = read(column)
    assert (trait, kinds) == (reading.names[0].trait, [kind.name for kind in reading.kinds])


@pytest.mark.parametrize(
    "column",
    [
        "Company Phone",
        "Assistant's Phone",
        "Email Opt Out",
        "Email Domain",
        "Accepts Email Marketing",
        "City Tax",
        "Country Manager",
        "会社名",
        "PLZ/Ort",
        "about",
        "homepage",
        "",
        "123",
        "work " * 40,
    ],
)
def test_a_name_with_other_words_means_something_else(column: str) -> None:
    """It is that of a company, or a consent, or two things at once."""
    assert [] == traits(column)


@pytest.mark.parametrize(
    ("column", "word"),
    [
        ("Credit Card Number", "payment"),
        ("IBAN", "payment"),
        ("kreditkarte", "payment"),
        ("ご登録のクレジットカード番号", "payment"),
        ("Blood type", "health"),
        ("Diagnóstico", "health"),
        ("アレルギーの有無", "health"),
        ("Customer ID", "record"),
        ("Username", "record"),
        ("最終更新日", "record"),
        ("E-mail 3 - Type", "kind of value"),
        ("LATITUDE", "guess"),
    ],
)
def test_for_some_nothing_is_suggested(column: str, word: str) -> None:
    """And the reason is said."""
    assert word in read(column).unsuited


def test_a_health_word_within_another_word_is_none() -> None:
    """Only where words are not parted are they looked for in the letters."""
    assert "" == read("wealthy").unsuited


@pytest.mark.parametrize(
    ("column", "trait"),
    [("Emial", "email"), ("frist name", "firstName"), ("Telefonnumer", "phone"), ("Adresse de messagrie", "email")],
)
def test_a_slip_is_recognised(column: str, trait: str) -> None:
    """As a guess."""
    reading = read(column)
    assert (trait, True) == (reading.names[0].trait, reading.guessed)


@pytest.mark.parametrize("column", ["Notes", "Department", "Titel", "Iphone", "tel3x", "Accountname"])
def test_what_is_only_similar_is_left_alone(column: str) -> None:
    """Short ones, those that begin otherwise, and those that are close to what is unsure itself."""
    assert [] == traits(column)


@settings(deadline=None)
@given(st.sampled_from(SURE), st.integers(0, 40), LETTERS, st.sampled_from(["drop", "swap", "add", "change"]))
def test_a_slip_never_gives_high_confidence(name: str, place: int, letter: str, slip: str) -> None:
    """Whatever it does to a name, unless it makes another known one of it."""
    at = place % len(name)
    slipped = {
        "drop": name[:at] + name[at + 1 :],
        "swap": name[:at] + name[at : at + 2][::-1] + name[at + 2 :],
        "add": name[:at] + letter + name[at:],
        "change": name[:at] + letter + name[at + 1 :],
    }[slip]
    reading = read(slipped)
    assume(not reading.names or reading.guessed)
    (found,) = suggest([slipped], [], LIMITS).columns
    assert ("high", True) != (found.confidence, found.mapped)
    assert {} == suggest([slipped], [], LIMITS).mapping


@settings(deadline=None)
@given(st.sampled_from(SURE), st.sampled_from(sorted(TABLE.kinds)), st.booleans())
def test_any_qualifier_may_stand_with_any_name(name: str, qualifier: str, before: bool) -> None:  # noqa: FBT001 - drawn
    """And takes no other meaning from it than the name has by itself, or the two have as a name of their own."""
    together = f"{qualifier} {name}" if before else f"{name} {qualifier}"
    reading = read(together)
    assume(reading.kinds)
    assert not reading.guessed
    assert reading.names or reading.remark or reading.unsuited

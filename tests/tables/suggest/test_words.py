"""Names are compared by their words: case, accents, punctuation and humps are no difference."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from memory_imports.tables.suggest.words import camel, spellings, words_of

SAME = {
    ("first", "name"): ("First Name", "FIRST_NAME", "first-name", "firstName", "FirstName", " first  name: "),
    ("email", "adresse"): ("E-Mail-Adresse", "eMail Adresse", "E_MAIL.ADRESSE", "email adresse"),
    ("strasse",): ("Straße", "STRASSE", "straße"),
    ("prenom",): ("Prénom", "PRE\u0301NOM", "prenom"),
    ("kod", "pocztowy", "glowny"): ("Kod pocztowy główny", "KOD POCZTOWY GŁÓWNY"),
    ("address", "1"): ("Address1", "address_1", "Address 1", "\uff21ddress\u3000\uff11"),
    ("zip", "code"): ("ZIPCode", "zip/code", "Zip Code*"),
    ("preferred", "language"): ("Preferred_Language__c", "preferredLanguage"),
    ("assistant", "phone"): ("Assistant's Phone", "Assistant\u2019s Phone"),
    ("whatsapp", "number"): ("WhatsApp Number", "Whats App number", "whatsapp_number"),
    ("都道府県", "地域"): ("都道府県\uff0f地域", "都道府県/地域"),
    ("ガ",): ("ガ", "ｶﾞ", "カ\u3099"),
    (): ("", " ", "-/-", "\n\0"),
}


@pytest.mark.parametrize("expected", SAME, ids=" ".join)
def test_the_same_words_in_other_clothes(expected: tuple[str, ...]) -> None:
    """However they are parted and written."""
    assert [expected] * len(SAME[expected]) == [words_of(name) for name in SAME[expected]]


@settings(deadline=None)
@given(st.text())
def test_any_name_has_words_and_the_words_have_themselves(name: str) -> None:
    """Nothing fails, and it makes no difference whether accents stand by themselves."""
    words = words_of(name)
    assert words == words_of(unicodedata.normalize("NFD", name))
    assert words == words_of(" ".join(words))


def test_umlauts_are_also_written_out() -> None:
    """And nothing else is changed."""
    assert {"Länder für Ölige", "Laender fuer Oelige"} == spellings("Länder für Ölige")
    assert {"plain"} == spellings("plain")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("loyalty", "points"), "loyaltyPoints"),
        (("address", "2"), "address2"),
        (("2", "address"), None),
        (("会社名",), None),
        (("name", "会社"), None),
        ((), None),
    ],
)
def test_a_trait_is_named_in_plain_letters(words: tuple[str, ...], expected: str | None) -> None:
    """Or not at all."""
    assert expected == camel(words)

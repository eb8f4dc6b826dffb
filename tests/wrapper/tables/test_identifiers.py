"""Identifiers as they are compared, and what cannot be one."""

import sys

import pytest

from memory_imports.errors import InvalidRequest
from memory_imports.tables.identifiers import Reading, completed, reader

NO_EMAIL, NO_PHONE = Reading(None, "malformed_email"), Reading(None, "malformed_phone")
UNLIKE, SHORTENED = Reading(None, "phone_unlike_region"), Reading(None, "shortened_phone")


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("ada@example.org", Reading("ada@example.org")),
        (" Ada @Example.ORG\n", Reading("ada@example.org")),
        ("ada@home", Reading("ada@home")),
        ("ada", NO_EMAIL),
        ("@example.org", NO_EMAIL),
        ("ada@", NO_EMAIL),
        ("a@b@c", NO_EMAIL),
        ("Ada <ada@example.org>", NO_EMAIL),
        ("ada@example.org;eve", NO_EMAIL),
        ("ada@.org", NO_EMAIL),
        ("ada@example.", NO_EMAIL),
    ],
)
def test_an_email_is_lower_cased_and_loses_its_spaces(cell: str, expected: Reading) -> None:
    """What more it may be is not ours to say."""
    assert expected == reader("email", None).read(cell)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("+4930123456", Reading("+4930123456")),
        (" +49 (30) 12-34.56/7\u00a0", Reading("+49301234567")),
        ("4155550100", Reading("+14155550100", "phone_read_as_us")),
        ("1 415 555 0100", Reading("+14155550100", "phone_read_as_us")),
        ("030 1234567 8", Reading(None, "phone_without_country")),
        ("0049301234567", Reading(None, "phone_without_country")),
        ("+0301234567", NO_PHONE),
        ("+49", NO_PHONE),
        ("123", NO_PHONE),
        ("1" * 18, NO_PHONE),
        ("none", NO_PHONE),
        ("\u0661" * 10, NO_PHONE),
    ],
)
def test_a_phone_without_its_country_is_named(cell: str, expected: Reading) -> None:
    """Ten digits are read as a US number, as the service does; any other national number leads nowhere."""
    assert expected == reader("phone", None).read(cell)


@pytest.mark.parametrize(
    ("cell", "expected", "sent"),
    [
        ("030 1234567", Reading("+49301234567", "completed"), "+49301234567"),
        ("0049 30 1234567", Reading("+49301234567", "completed"), "+49301234567"),
        ("+49 30 1234567", Reading("+49301234567"), "+49 30 1234567"),
        ("123456789012", UNLIKE, "123456789012"),
        ("00999123456", UNLIKE, "00999123456"),
        ("4.15556E+11", SHORTENED, "4.15556E+11"),
        ("4,15556e11", SHORTENED, "4,15556e11"),
        ("0301234567 ext. 2", NO_PHONE, "0301234567 ext. 2"),
    ],
)
def test_a_region_completes_its_numbers(cell: str, expected: Reading, sent: str) -> None:
    """What is none of its numbers, shortened or no number at all is told apart."""
    german = reader("phone", "de")
    assert expected == german.read(cell)
    assert sent == completed(cell, german)


def test_what_the_service_reads_rightly_is_sent_as_it_is() -> None:
    """A US number of ten digits needs no completing in the US."""
    american = reader("phone", "US")
    assert Reading("+12015550123") == american.read("201 555 0123")
    assert "201 555 0123" == completed("201 555 0123", american)


def test_other_identifiers_are_trimmed_and_never_taken_for_an_email_or_a_phone() -> None:
    """The same number is another identifier there."""
    assert Reading("whatsapp:+4930123456") == reader("whatsapp", None).read(" +4930123456 ")


@pytest.mark.parametrize("region", ["XX", "", "Germany"])
def test_an_unknown_region_is_named(region: str) -> None:
    """With an example of a good one."""
    with pytest.raises(InvalidRequest, match=r"There is no region .*such as DE\."):
        reader("phone", region)


@pytest.mark.parametrize(("region", "letters"), [("UK", "GB"), ("usa", "US")])
def test_a_region_that_is_often_misnamed_is_given_its_letters(region: str, letters: str) -> None:
    """Those of the standard, which are not always those of daily use."""
    with pytest.raises(InvalidRequest, match=rf"no region '{region}'; the letters of that country are {letters}\."):
        reader("phone", region)


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is asked for only by those who name a region."""
    monkeypatch.setitem(sys.modules, "phonenumbers", None)
    with pytest.raises(InvalidRequest, match="needs another library; install memory-imports with its extra cli, from"):
        reader("phone", "DE")
    reader("phone", None)

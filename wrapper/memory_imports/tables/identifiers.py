"""Identifiers as the service compares them. What it would read as somebody else's is named, never repaired by a guess.

An email is lower-cased and loses its spaces, a phone becomes E.164, any other identifier is trimmed.
"""

import re
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from memory_imports.errors import InvalidRequest, how_to_install

_MARKS = str.maketrans("", "", " \t-.()/\u00a0")
_PHONE = r"\+[1-9][0-9]{6,14}"
_E164 = re.compile(_PHONE)
# As spreadsheets write numbers that are too long for them; the rest of the digits is gone.
_SHORTENED = re.compile(r"[0-9]+(?:,[0-9]+)?[Ee]\+?[0-9]+")
_PART = r"[^\s@<>,;:\"()\[\]\\]+"
_EMAIL = re.compile(f"{_PART}@(?!\\.){_PART}(?<!\\.)")
COMPLETED = "completed"
_US_DIGITS = 10
_TWO_LETTERS = "give a country's two letters, such as DE"
_MISNAMED = {"UK": "GB", "EN": "GB", "GREAT BRITAIN": "GB", "USA": "US"}
_LONGEST_NUMBER = 15
_SHORTEST_NUMBER = 4


class Reading(NamedTuple):
    """An identifier as it is compared, None where it cannot be one; ``code`` names what is wrong or doubtful."""

    value: str | None
    code: str | None = None


class Reader(NamedTuple):
    """How identifiers of one kind are read.

    ``plain`` matches many cells in lower case, each ended by a line feed, that are all good as they stand; None where
    no such cells are known.
    """

    read: Callable[[str], Reading]
    plain: re.Pattern[str] | None = None


def reader(kind: str, region: str | None) -> Reader:
    """Return how identifiers of this kind are read; ``region`` is the country of phones that name none.

    Raises:
        InvalidRequest: There is no such region, or the library that knows its numbers is not installed.
    """
    if kind == "email":
        return Reader(_email, re.compile(f"(?:{_EMAIL.pattern}\n)*"))
    if kind == "phone":
        complete = _regional(region) if region is not None else None
        return Reader(partial(_phone, complete=complete), re.compile(f"(?:{_PHONE}\n)*"))
    return Reader(partial(_other, kind=kind))


def _other(cell: str, kind: str) -> Reading:
    # Neither an email nor a phone holds a colon: no two kinds can be taken for each other.
    return Reading(f"{kind}:{cell.strip()}")


def completed(cell: str, region: Reader) -> str:
    """Return what to send of a phone: in full where the service would read it as another number."""
    value, code = region.read(cell)
    return value if value is not None and code == COMPLETED else cell


def _email(cell: str) -> Reading:
    address = "".join(cell.split()).lower()
    return Reading(address) if _EMAIL.fullmatch(address) else Reading(None, "malformed_email")


def _phone(cell: str, complete: Callable[[str], str | None] | None) -> Reading:
    digits = cell.strip().translate(_MARKS)
    if _E164.fullmatch(digits):
        return Reading(digits)
    if _SHORTENED.fullmatch(digits):
        return Reading(None, "shortened_phone")
    if not (digits.isascii() and digits.isdecimal() and _SHORTEST_NUMBER <= len(digits) <= _LONGEST_NUMBER + 2):
        return Reading(None, "malformed_phone")
    american = "+" + (digits if len(digits) == _US_DIGITS + 1 and digits.startswith("1") else "1" + digits)
    if complete is None:
        is_american = len(american) == len("+1") + _US_DIGITS
        return Reading(american, "phone_read_as_us") if is_american else Reading(None, "phone_without_country")
    number = complete(digits)
    if number is None:
        return Reading(None, "phone_unlike_region")
    return Reading(number, None if number == american else COMPLETED)


def _regional(region: str) -> Callable[[str], str | None]:
    try:
        import phonenumbers  # noqa: PLC0415 - heavy, and only those who name a region need it
    except ImportError:
        raise InvalidRequest(
            f"Completing phones of a region needs another library; {how_to_install('cli')}.", field="region"
        ) from None
    country = region.upper()
    if country not in phonenumbers.SUPPORTED_REGIONS:
        known = f"the letters of that country are {_MISNAMED[country]}" if country in _MISNAMED else _TWO_LETTERS
        raise InvalidRequest(f"There is no region {region!r}; {known}.", field="region")

    def complete(digits: str) -> str | None:
        try:
            number = phonenumbers.parse(digits, country)
        except phonenumbers.NumberParseException:
            return None
        text = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        return text if phonenumbers.is_valid_number(number) and _E164.fullmatch(text) else None

    return complete

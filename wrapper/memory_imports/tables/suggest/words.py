"""From a column's name to its words: without case, accents, punctuation and camelCase. Knows no vocabulary."""

import re
import unicodedata

# Letters that are no plain letter with an accent, so that decomposing them does not help.
_LETTERS = str.maketrans(
    {
        "ł": "l",
        "Ł": "L",
        "ø": "o",
        "Ø": "O",
        "đ": "d",
        "Đ": "D",
        "\u0131": "i",
        "æ": "ae",
        "Æ": "AE",
        "œ": "oe",
        "Œ": "OE",
    }
)
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
_CUSTOM_FIELD = re.compile(r"__[cr]$", re.IGNORECASE)  # Salesforce's mark of a field that somebody added
_HUMP = re.compile(r"(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
# One word each, however they are parted.
_JOINED = re.compile(r"\b(?:(e)[\W_]*(mail)|(whats)[\W_]*(app))")
_GENITIVE = re.compile(r"(?<=\w)['\u2019]s\b")
_WORD = re.compile(r"[^\W\d_]+|\d+")
_ACCENTS = re.compile("[\u0300-\u036f]")


def words_of(name: str) -> tuple[str, ...]:
    """Return the words of a name, for comparison: ``E-Mail-Adresse 1`` is ``email``, ``adresse``, ``1``."""
    text = _ACCENTS.sub("", unicodedata.normalize("NFKD", name))
    text = unicodedata.normalize("NFC", text).translate(_LETTERS)
    text = _GENITIVE.sub("", _HUMP.sub(" ", _CUSTOM_FIELD.sub("", text)).casefold())
    return tuple(_WORD.findall(_JOINED.sub(_together, text)))


def _together(match: re.Match[str]) -> str:
    return "".join(filter(None, match.groups()))


def spellings(phrase: str) -> set[str]:
    """Return a phrase as it is, and as it is written where there are no umlauts."""
    return {phrase, unicodedata.normalize("NFC", phrase).translate(_UMLAUTS)}


def camel(words: tuple[str, ...]) -> str | None:
    """Return words as a trait's name, such as ``loyaltyPoints``; None if they make none in plain letters."""
    if not words or not words[0].isalpha() or not all(word.isascii() for word in words):
        return None
    return words[0] + "".join(word.capitalize() for word in words[1:])

"""What somebody else wrote, fit to be shown: the one place where secrets are taken out of it.

Pure but for what the process holds. A text is searched as it is and in every way in which it may be quoted: for what
this process holds as secrets, and for what is spelled like one.
"""

import re

from memory_imports._held import found_in
from memory_imports._spelled import levels

# Characters: a sentence is never longer. Twice as much is looked at, for what is cut through here.
_MUCH = 32 * 1024

_BETWEEN = r"""["'\])\s]* (?: [=:>] | (?<=["']) \s* , ) [\s\[(]* (?:b(?=["']))? ["']*"""
_SIGNED = re.compile(
    rf"""(?ix)
    (?: X-(?:Amz|Goog)-(?:Signature|Credential|Security-Token) | AWSAccessKeyId | Signature(?:Provided)? )
    (?: %(?:25)*3D                                                     # in a text that is quoted as a whole
      | {_BETWEEN}
      | \s+ ["']
      | \s+ (?=[\w+/=%-]{{16}})
    )
    (?P<value> (?: [^&\s"'<>\\] | \\+/ )+ )
    | (?: Authorization {_BETWEEN} (?:(?:Basic|Bearer)\s+)? | \b (?:Basic|Bearer) \s+ (?=[\w+/=.~-]{{16}}) )
    (?P<signed_in> [^&\s"'<>\\]+ )
    """
)
# A URL may be signed in ways unknown to us, so no query stays.
_QUERY = re.compile(r"""(?i)(?:https?://[^\s?"']{1,2048}\?|\?(?=[\w.~%-]+=))(?P<value>[^\s"']+)""")
_ID = re.compile(r"[a-z0-9][a-z0-9_.-]{0,63}", re.ASCII | re.IGNORECASE)


def scrub(text: str) -> str:
    """Return the text without the secrets that this process holds and without all that signs a URL or signs in."""
    return _without(text, _SIGNED)


def clean(text: str) -> str:
    """Return the text without these and without the query of any URL."""
    return _without(text, _SIGNED, _QUERY)


def in_a_line(text: str, longest: int = 300) -> str:
    """Return what somebody else said so that it can stand in a sentence: on one line, cut, and without a secret."""
    scrubbed = _without(text[: 2 * _MUCH], _SIGNED, end=_MUCH)
    printable = "".join(letter if letter.isprintable() else " " for letter in scrubbed)
    return " ".join(printable.split())[:longest]


def identifier(text: str) -> str | None:
    """Return an id that somebody else gave; None for what does not look like one, which may be anything."""
    # Its signs quote nothing: it means what it shows.
    return text if _ID.fullmatch(text) and next(found_in(text), None) is None else None


def _without(text: str, *patterns: "re.Pattern[str]", end: int | None = None) -> str:
    """Return a text up to its end without what is held, what the patterns find, and what of it goes past the end."""
    spans: list[tuple[int, int]] = []
    for level in levels(text):
        spans += (level.origin(*span) for span in found_in(level.text))
        for found in (each for pattern in patterns for each in pattern.finditer(level.text)):
            spans.append(level.origin(*found.span(found.lastgroup or 0)))
    kept: list[str] = []
    done = 0
    for first, last in sorted(span for span in spans if end is None or span[0] < end):
        if first >= done:
            kept += (text[done:first], "***")
        done = max(done, last)
    return "".join((*kept, text[done:end]))

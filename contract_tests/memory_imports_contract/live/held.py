"""The secrets that a run holds, and every text without them: a server may repeat what it was sent, a report is public.

A server that wants to give them away can do so without this report; what is taken out is what an honest one repeats,
in the spellings of URLs, JSON and HTML, whatever stands around it.
"""

import base64
import html
import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from attrs import define, field

_QUERY = re.compile(r"https?://[^\s\"'<>?]+\?([^\s\"'<>#]+)", re.IGNORECASE)
# Names of what signs a URL, in the styles of S3 and its likes.
_SIGNS = re.compile(r"signature|credential|token|keyid|secret|password|\bsig\b", re.IGNORECASE)
_LEAST, _LEAST_SIGNING = 4, 8
# More is never shown, and a hostile body may be long.
_LONGEST = 1 << 15
_ENTITIES = {"&": "amp", "<": "lt", ">": "gt", '"': "quot", "=": "equals", "+": "plus", "/": "sol", ":": "colon"}
# In base64 for URLs, and in a JSON pointer.
_ALIKE = {"+": ("-",), "/": ("_", "~1"), "~": ("~0",)}
GONE = "***"


@define
class Held:
    """Texts that must not be shown. What is shorter than a secret can be is none."""

    _texts: set[str] = field(factory=set, repr=False)

    def credentials(self, user: str, password: str) -> None:
        """Holds a password, and the header that it and a user name make."""
        for text in (password, password[::-1], base64.b64encode(f"{user}:{password}".encode()).decode().rstrip("=")):
            self._hold(text, _LEAST)

    def url(self, url: str) -> None:
        """Holds what signs a URL."""
        for pair in url.partition("?")[2].split("&"):
            name, _, value = pair.partition("=")
            if _SIGNS.search(unquote(name)):
                self._hold(unquote(value), _LEAST_SIGNING)

    def answer(self, body: bytes) -> None:
        """Holds what signs the URLs in a body."""
        text = body[:_LONGEST].decode(errors="replace")
        if "?" in text:
            for each in (*_texts(text), html.unescape(text)):
                for query in _QUERY.findall(each):
                    self.url("?" + query)

    def without(self, text: str) -> str:
        """The text, of which nobody needs more than its beginning, with every secret replaced."""
        text = text[:_LONGEST]
        for secret in sorted(self._texts, key=len, reverse=True):
            # Most texts hold none, and to see that is quicker than to look for every spelling.
            if _core(secret) in text.lower():
                text = re.sub(_spelled(secret), GONE, text, flags=re.IGNORECASE)
        return text

    def _hold(self, text: str, least: int) -> None:
        if len(text) >= least:
            self._texts.add(text)


def _core(secret: str) -> str:
    """The longest run of letters and digits, which every spelling has as it is."""
    runs: list[str] = re.findall(r"[a-z0-9]*", secret.lower())
    return max(runs, key=len)


def _spelled(secret: str) -> str:
    return "".join(map(_letter, secret))


def _letter(letter: str) -> str:
    if letter.isascii() and letter.isalnum():
        return letter
    number = ord(letter)
    percent = "".join(f"%(?:25)*{byte:02x}" for byte in letter.encode())
    spellings = [rf"\\*{re.escape(letter)}", percent, rf"\\+u{number:04x}", rf"&\#0*{number};", rf"&\#x0*{number:x};"]
    spellings += [f"&{_ENTITIES[letter]};"] if letter in _ENTITIES else []
    spellings += map(re.escape, _ALIKE.get(letter, ()))
    return f"(?:{'|'.join(spellings)})"


def _texts(text: str) -> Iterator[str]:
    try:
        left: list[Any] = [json.loads(text)]
    except (ValueError, RecursionError):
        return
    while left:
        value = left.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            left += [*value, *value.values()]
        elif isinstance(value, list):
            left += value

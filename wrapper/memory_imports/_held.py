"""What this process holds as secrets, to be known again wherever a text that somebody else wrote repeats it.

Patterns find what is spelled like a secret; a server that echoes one need not. Whoever makes credentials or a signed
URL has them held here; only the latest are, so that a process that runs for years keeps no more of them than it needs.
"""

import re
from binascii import b2a_base64
from collections.abc import Iterator
from functools import lru_cache
from threading import Lock
from urllib.parse import urlsplit

from memory_imports._spelled import levels, meaning

# Characters: what is shorter may be part of any word.
SHORTEST = 8
# Parts of a query that sign nothing, and are the same in many.
_OPEN = {
    "expires",
    "x-amz-algorithm",
    "x-amz-content-sha256",
    "x-amz-date",
    "x-amz-expires",
    "x-amz-sdk-checksum-algorithm",
    "x-amz-signedheaders",
    "x-id",
}
_ID = re.compile(r"mem_[a-z]+_[0-9a-z]+")


class _Latest:
    """The latest of many texts, as bytes in small letters: each in the ways in which it may be read."""

    def __init__(self, most: int) -> None:
        self._most, self._kept, self._lock = most, dict[bytes, None](), Lock()

    def add(self, secret: str) -> None:
        with self._lock:
            read = [level.text for level in levels(secret)]
            for text in (*read, *(each.replace("\\", "") for each in read)):
                # The signs that fill up base64 are often left out; a backslash at the end may be that of a quote.
                known = _plain(text.rstrip("=\\"))
                if len(known) >= SHORTEST:
                    self._kept.pop(known, None)
                    self._kept[known] = None
            while len(self._kept) > self._most:
                del self._kept[next(iter(self._kept))]

    def all(self) -> tuple[bytes, ...]:
        return tuple(self._kept)

    def clear(self) -> None:
        self._kept.clear()


_CREDENTIALS, _URLS = _Latest(64), _Latest(512)


def hold_credentials(username: str, password: str) -> None:
    """Know a secret again from now on, by itself and as it is sent to sign in."""
    _CREDENTIALS.add(password)
    _CREDENTIALS.add(b2a_base64(f"{username}:{password}".encode("utf-8", "replace"), newline=False).decode())


@lru_cache(maxsize=16)  # each attempt of an upload comes with its URL once more
def hold_url(url: str) -> None:
    """Know again what signs a URL, in whatever way: each value of its query that says nothing else."""
    try:
        query = urlsplit(url).query
    except ValueError:
        return
    for pair in query.split("&"):
        name, _, value = pair.partition("=")
        if name.lower() in _OPEN or _ID.fullmatch(value):
            continue
        _URLS.add(value)
        if name.lower() == "x-amz-credential":
            _URLS.add(meaning(value).partition("/")[0])


def forget() -> None:
    """Hold nothing any more."""
    _CREDENTIALS.clear()
    _URLS.clear()
    hold_url.cache_clear()


def found_in(text: str) -> Iterator[tuple[int, int]]:
    """Yield where a secret that is held begins and ends in a text."""
    plain = _plain(text)
    for secret in (*_CREDENTIALS.all(), *_URLS.all()):
        start = plain.find(secret)
        while start >= 0:
            yield start, start + len(secret)
            start = plain.find(secret, start + 1)


def _plain(text: str) -> bytes:
    """Return a byte for each character, in small letters: whoever repeats a secret may have changed them."""
    return text.encode("ascii", "replace").lower()

"""How the characters of a file are written: told from its bytes, and turned into UTF-8. Opens nothing."""

import codecs
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import TypeAlias

from memory_imports.errors import InvalidRequest

CHUNK = 1024 * 1024

# Gives the next so many bytes of a file, fewer at its end and then none.
Read: TypeAlias = Callable[[int], bytes]

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_SAMPLE = 4096
# A byte that starts a character in UTF-8 with one that goes on: chance seldom writes that in any other encoding.
_PAIRED = re.compile(rb"[\xc2-\xf4][\x80-\xbf]{1,3}")
# What may be the start of such a character at the end of a chunk, no more than three bytes.
_CUT, _CUT_LENGTH = re.compile(rb"(?:[\xc2-\xf4][\x80-\xbf]{0,2})?\Z"), 3
_HIGH = bytes(range(0x80, 0x100))
# So many high bytes tell what they are; of fewer, one that is damaged could decide for all that follow.
_TELLING = 64
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x19\x1c-\x1f]")

# What cannot be decoded comes as this, which is no UTF-8 either: so the record that holds it is found to be faulty.
_FOREIGN = "memory_imports.foreign"


def _foreign(problem: UnicodeError) -> tuple[str, int]:
    # Only decoders are given this.
    return ("\udcff", problem.end) if isinstance(problem, UnicodeDecodeError) else ("", 0)


codecs.register_error(_FOREIGN, _foreign)


class NotText(Exception):  # noqa: N818 - a finding about the file, turned into a problem by the reader of it
    """The bytes are of no text that is known here."""


def detect(chunks: Iterable[bytes]) -> tuple[str, int]:
    """Return Python's name of the encoding and the length of the mark in front, reading until it is certain.

    Raises:
        NotText: The bytes are no text.
    """
    following = iter(chunks)
    first = next(following, b"")
    for mark, encoding in _MARKS:
        if first.startswith(mark):
            return encoding, len(mark)
    return _wide(first[:_SAMPLE]) or _of_high_bytes(_uncut(chain((first,), following))), 0


def marked(head: bytes) -> str | None:
    """Return the encoding that a mark in front names, None without one."""
    return next((encoding for mark, encoding in _MARKS if head.startswith(mark)), None)


def named(encoding: str, head: bytes) -> tuple[str, int]:
    """Return Python's name of an encoding that somebody names, and the length of the mark in front of ``head``.

    Raises:
        InvalidRequest: There is no such encoding of text.
    """
    try:
        name = codecs.lookup(encoding).name
        "".encode(name)
    except (LookupError, ValueError):
        raise InvalidRequest(
            f"there is no encoding {encoding!r}; give one like utf-8 or cp1252.", field="encoding"
        ) from None
    name = {"utf-8-sig": "utf-8", "utf-16": "utf-16-le"}.get(name, name)
    for mark, marked in _MARKS:
        if head.startswith(mark) and marked[:5] == name[:5]:
            return marked, len(mark)
    return name, 0


def as_utf8(read: Read, encoding: str, mark: int) -> Iterator[bytes]:
    """Yield a file's text in UTF-8, without its mark; what cannot be decoded becomes bytes that are no UTF-8."""
    chunks = _without(read, mark)
    if encoding == "utf-8":
        yield from chunks
        return
    decoder = codecs.getincrementaldecoder(encoding)(_FOREIGN)
    for chunk in chunks:
        yield decoder.decode(chunk).encode("utf-8", "surrogatepass")
    yield decoder.decode(b"", final=True).encode("utf-8", "surrogatepass")


def _without(read: Read, mark: int) -> Iterator[bytes]:
    """Yield chunks but for so many bytes in front; a read may give more or less than it is asked for."""
    while chunk := read(CHUNK):
        yield chunk[mark:]
        mark = max(0, mark - len(chunk))


def _wide(sample: bytes) -> str | None:
    """Return which UTF-16 without a mark this is: every other byte of Latin text is NUL."""
    first, second = sample[0::2].count(0), sample[1::2].count(0)
    enough = len(sample) // 8
    if second > max(enough, 4 * first):
        return "utf-16-le"
    if first > max(enough, 4 * second):
        return "utf-16-be"
    return None


def _uncut(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the same bytes with no character of UTF-8 in two chunks."""
    rest = b""
    for chunk in chunks:
        some = rest + chunk
        found = _CUT.search(some[-_CUT_LENGTH:])
        rest = found[0] if found else b""
        yield some[: len(some) - len(rest)]
    yield rest


def _of_high_bytes(chunks: Iterable[bytes]) -> str:
    high = paired = 0
    has_controls = False
    for chunk in chunks:
        if chunk.isascii():
            continue
        paired += sum(map(len, _PAIRED.findall(chunk)))
        high += len(chunk) - len(chunk.translate(None, _HIGH))
        has_controls = has_controls or _CONTROLS.search(chunk) is not None
        if high >= _TELLING:
            break
    if 2 * paired >= high:
        return "utf-8"
    if has_controls:
        raise NotText
    return "cp1252"

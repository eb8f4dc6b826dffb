"""Ids in the vendor's shape: a prefix and 26 characters that sort by time, as a TypeID does.

Randomness is an argument: the same source gives the same ids.
"""

from collections.abc import Callable

Randomness = Callable[[int], bytes]
"""Gives so many random bytes."""

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_LENGTH = 26
_RANDOM_BYTES = 10


def spell(prefix: str, number: int) -> str:
    """The number behind the prefix, in 26 characters of which the first is 0 to 7 (128 bits)."""
    return prefix + "".join(_ALPHABET[number >> shift & 31] for shift in range(5 * (_LENGTH - 1), -1, -5))


def read(prefix: str, spelled: str) -> int | None:
    """The number that `spell` was given, or None if this is not its work."""
    digits = spelled.removeprefix(prefix)
    if digits == spelled or len(digits) != _LENGTH or not set(digits) <= set(_ALPHABET):
        return None
    number = 0
    for digit in digits:
        number = number << 5 | _ALPHABET.index(digit)
    return number


def made_at(prefix: str, spelled: str) -> float:
    """When `new` made an id, in seconds since the epoch; 0 for what is none."""
    return ((read(prefix, spelled) or 0) >> 8 * _RANDOM_BYTES) / 1000


def new(prefix: str, now: float, random: Randomness) -> str:
    """An id that sorts behind those of earlier milliseconds."""
    milliseconds = int(now * 1000) & (1 << 48) - 1
    return spell(prefix, milliseconds << 8 * _RANDOM_BYTES | int.from_bytes(random(_RANDOM_BYTES)))

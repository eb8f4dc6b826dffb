"""Page tokens: opaque, and worth something only as this sandbox gave them.

A token says from which import a page goes on, in which direction and in which order; a signature keeps it honest.
"""

import base64
import binascii
import hashlib
import hmac
from typing import Literal, cast

from attrs import frozen

Order = Literal["ASC", "DESC"]
_SIGNATURE_BYTES = 16


@frozen
class Place:
    """Where a page lies: the ids behind (or, going back, before) a position of the list."""

    order: Order
    back: bool
    position: int


def give(secret: bytes, place: Place) -> str:
    """The token for the place."""
    words = f"{place.order} {place.back:d} {place.position}".encode()
    return base64.urlsafe_b64encode(_sign(secret, words) + words).decode().rstrip("=")


def take(secret: bytes, token: str) -> Place | None:
    """The place of the token, or None if it is not one of ours."""
    try:
        raw = base64.b64decode(token.encode("ascii") + b"=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    signature, words = raw[:_SIGNATURE_BYTES], raw[_SIGNATURE_BYTES:]
    if not hmac.compare_digest(signature, _sign(secret, words)):
        return None
    order, back, position = words.decode().split(" ")
    return Place(cast("Order", order), back == "1", int(position))


def _sign(secret: bytes, words: bytes) -> bytes:
    return hmac.digest(secret, words, hashlib.sha256)[:_SIGNATURE_BYTES]

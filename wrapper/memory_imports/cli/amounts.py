"""Amounts, as people type them and as they read them."""

import argparse
import math
import re


def seconds(text: str) -> float:
    """Read a positive number.

    Raises:
        argparse.ArgumentTypeError: It is none.
    """
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not 0 < number < math.inf:
        raise argparse.ArgumentTypeError(f"{text!r} is not a positive number")
    return number


def pause(text: str) -> float:
    """Read a number of seconds that may be 0.

    Raises:
        argparse.ArgumentTypeError: It is none.
    """
    return 0.0 if text == "0" else seconds(text)


def count(text: str) -> int:
    """Read a positive whole number.

    Raises:
        argparse.ArgumentTypeError: It is none.
    """
    if not (text.isascii() and text.isdigit() and int(text) > 0):
        raise argparse.ArgumentTypeError(f"{text!r} is not a positive whole number")
    return int(text)


def share(text: str) -> float:
    """Read a number above 0 and at most 1.

    Raises:
        argparse.ArgumentTypeError: It is none.
    """
    number = seconds(text)
    if number > 1:
        raise argparse.ArgumentTypeError(f"{text!r} is more than all; give a number up to 1")
    return number


def milliseconds(text: str) -> float:
    """Read milliseconds, 0 included, as seconds.

    Raises:
        argparse.ArgumentTypeError: They are none.
    """
    return pause(text) / _THOUSAND


def amount(text: str) -> int:
    """Read an amount of bytes, as `size` writes it or in binary units: 5MB, 64 KiB, 1000.

    Raises:
        argparse.ArgumentTypeError: It is none.
    """
    found = re.fullmatch(r"([0-9]+(?:\.[0-9]+)?) ?([kmg]?)(i?)b?", text.strip().lower().removesuffix("/s"))
    factor = 1024 if found and found[3] else _THOUSAND
    bytes_ = int(float(found[1]) * factor ** " kmg".index(found[2] or " ")) if found else 0
    if not bytes_:
        raise argparse.ArgumentTypeError(f"{text!r} is not an amount of bytes, such as 500kB, 5MB or 64KiB")
    return bytes_


def port(text: str) -> int:
    """Read a TCP port; 0 stands for a free one.

    Raises:
        argparse.ArgumentTypeError: It is none.
    """
    if not (text.isascii() and text.isdigit() and int(text) <= _LAST_PORT):
        raise argparse.ArgumentTypeError(f"{text!r} is not a port, 0 to {_LAST_PORT}")
    return int(text)


_LAST_PORT = 65535


def delimiter(text: str) -> str:
    """Read the one character that parts columns; a tab may be named, since it is hard to type.

    Raises:
        argparse.ArgumentTypeError: It is none.
    """
    character = "\t" if text in {"tab", r"\t"} else text
    if len(character) != 1 or character in '"\r\n\0':
        raise argparse.ArgumentTypeError(f"{text!r} does not part columns; name one character, or tab")
    return character


def size(amount: int) -> str:
    """Return so many bytes in words."""
    number, unit = float(amount), "bytes"
    for larger in ("kB", "MB", "GB"):
        if number < _THOUSAND:
            break
        number, unit = number / _THOUSAND, larger
    return f"{number:,.0f} {unit}" if unit == "bytes" else f"{number:,.1f} {unit}"


_THOUSAND = 1000


def plural(amount: int, thing: str) -> str:
    """Return so many things in words."""
    return f"{amount:,} {thing}" if amount == 1 else f"{amount:,} {thing}s"

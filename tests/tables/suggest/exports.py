"""Reads `exports.txt`: what each product calls its columns, and what has to become of them."""

import re
from pathlib import Path

from attrs import frozen

TRAITS = {
    "email": "email",
    "phone": "phone",
    "whatsapp": "whatsapp",
    "first": "firstName",
    "last": "lastName",
    "street": "street",
    "city": "city",
    "state": "state",
    "zip": "postalCode",
    "country": "country",
    "language": "preferredLanguage",
}
_MARKED = re.compile(rf"({'|'.join(TRAITS)})([=?])(.+)")


@frozen
class Export:
    """One header row, and of its columns what is to be mapped and what is to be asked."""

    product: str
    language: str
    header: tuple[str, ...]
    mapping: dict[str, str]
    unsure: dict[str, str]

    def __str__(self) -> str:
        return f"{self.product}: {self.language}"


def exports() -> list[Export]:
    """All of the file."""
    text = Path(__file__).with_suffix(".txt").read_text(encoding="utf-8")
    return [_export(*block.split("\n", 1)) for block in text.split("== ")[1:]]


def _export(title: str, lines: str) -> Export:
    product, _, language = title.partition(": ")
    cells = [cell.strip() for line in lines.splitlines() for cell in line.split(" | ") if cell.strip()]
    marked = [match.groups() if (match := _MARKED.fullmatch(cell)) else ("", "", cell) for cell in cells]
    found = {
        mark: {name: f"Contact.{TRAITS[word]}" for word, sign, name in marked if sign == mark} for mark in ("=", "?")
    }
    return Export(product, language, tuple(name for *_, name in marked), found["="], found["?"])

"""One record against the plan: the links that identify a person, and the values of the traits.

An identifier is stored as it is compared: email in lower case without spaces, phone as E.164, others trimmed. A
phone of ten digits is read as a US number, as the vendor does, and so a foreign one without its country code is
either wrong or somebody else's.
"""

import json
import re
from collections.abc import Callable

from memory_imports_sandbox.contract import CsvRules
from memory_imports_sandbox.ingest.columns import Plan
from memory_imports_sandbox.settings import Settings

Value = str | list[object] | None
"""What a trait becomes; None deletes it."""
Row = tuple[list[str], list[Value]]
"""Links (`email:ada@example.org`) and the values, in the order of the plan's columns."""

_PHONE_MARKS = str.maketrans("", "", " \t-.()/\u00a0")
_E164 = re.compile(r"\+[1-9][0-9]{6,14}")
_NOT_LATIN = re.compile(r"[^\W\d_a-zA-Z\u00aa\u00ba\u00c0-\u024f\u1e00-\u1eff]")


def email(cell: str) -> str | None:
    """The address as it is compared, or None if it is none."""
    address = "".join(cell.split()).lower()
    return address if address.count("@") == 1 and address[0] != "@" and address[-1] != "@" else None


def phone(cell: str) -> str | None:
    """The number in E.164, read as a US one where it has no country code, or None if it is none."""
    if _E164.fullmatch(cell):
        return cell
    digits = cell.strip().translate(_PHONE_MARKS)
    if len(digits) == 10 and digits.isascii() and digits.isdecimal():  # noqa: PLR2004 - a US number
        digits = "+1" + digits
    elif len(digits) == 11 and digits.startswith("1"):  # noqa: PLR2004 - the same with its country code
        digits = "+" + digits
    return digits if _E164.fullmatch(digits) else None


def _trimmed(cell: str) -> str | None:
    return cell.strip()


def judge(plan: Plan, rules: CsvRules, settings: Settings) -> Callable[[list[str]], Row | str]:
    """What makes a row of a record, or the word for what is wrong with it."""
    readers = {"email": email, "phone": phone}
    columns = [(column.index, column.kind, readers.get(column.kind or "", _trimmed)) for column in plan.columns]
    width, marker, longest = plan.width, rules.delete_marker, rules.max_trait_characters
    refuse, lists = settings.characters == "refuse", settings.arrays == "json"

    def row(record: list[str]) -> Row | str:
        if len(record) != width:
            return "ragged_row"
        links: list[str] = []
        values: list[Value] = []
        for index, kind, reader in columns:
            cell = record[index]
            if cell == marker:
                values.append(None)
            elif len(cell) > longest:
                return "trait_too_long"
            elif refuse and is_foreign(cell):
                return "characters"
            elif kind is None or not cell or cell.isspace():
                values.append(_listed(cell) if lists and cell.startswith("[") else cell)
            elif (read := reader(cell)) is None:
                return "bad_" + kind
            else:
                links.append(f"{kind}:{read}")
                values.append(read)
        return (links, values) if links else "no_identifier"

    return row


def is_foreign(text: str) -> bool:
    """Whether the text has letters that are not Latin."""
    return not text.isascii() and _NOT_LATIN.search(text) is not None


def _listed(cell: str) -> Value:
    try:
        value = json.loads(cell)
    except (ValueError, RecursionError):
        return cell
    return value if isinstance(value, list) else cell

"""What is taken over of every planted change, line by line: `adoptions.json` holds all of it.

`python -m spec.adoptions` writes the file anew; read the difference before it is kept.
"""

import json
from collections.abc import Mapping
from copy import deepcopy
from difflib import unified_diff
from pathlib import Path

from memory_imports_contract.adopt import Adoption, adopted
from memory_imports_contract.spec import source
from memory_imports_contract.spec.document import Document

from .pair import SCHEMAS, Change, Spec, all_of, put
from .pairs_exchanges import PAIRS as EXCHANGES
from .pairs_schemas import PAIRS as BARE

FILE = Path(__file__).with_name("adoptions.json")
_STATUS = f"{SCHEMAS}/ImportStatus/properties"
FACTS: Mapping[str, Change] = {
    "every fact of a text": put(
        f"{_STATUS}/word",
        {
            "maxLength": 9,
            "minLength": 2,
            "pattern": "^[a-z]+$",
            "format": "uri",
            "default": "ab",
            "nullable": True,
            "enum": ["zz", "ab"],
            "type": "string",
            "description": "Words of theirs.",
            "example": "zz",
        },
    ),
    "every fact of numbers and lists": all_of(
        put(f"{_STATUS}/share", {"type": "number", "maximum": 1.5, "minimum": 0.5}),
        put(f"{_STATUS}/parts", {"type": "array", "items": {"type": "boolean"}, "maxItems": 9, "minItems": 1}),
    ),
    "a fact that no reader knows": put(f"{_STATUS}/odd", {"type": "integer", "multipleOf": 3}),
    "an object of its own": put(f"{_STATUS}/deep", {"type": "object", "properties": {"a": {"type": "string"}}}),
}
ALL: Mapping[str, Change] = {**{pair.name: pair.change for pair in (*BARE, *EXCHANGES)}, **FACTS}
"""Every change by name."""


def of(change: Change, packaged: Spec, text: str) -> Adoption:
    """What is made of one."""
    raw = deepcopy(packaged)
    change(raw)
    return adopted(text, Document(raw, "new", older=True))


def told(text: str, outcome: Adoption) -> list[str]:
    """The lines that differ, the number that moves, and what is left to a person."""
    lines = unified_diff(text.splitlines(), outcome.text.splitlines(), n=0, lineterm="")
    return [*list(lines)[2:], outcome.bump, *(f"by hand: {change.rule} {change.where}" for change in outcome.by_hand)]


def main() -> None:
    """Writes the file."""
    text = source.packaged().read_text(encoding="utf-8")
    packaged = source.load(source.packaged()).raw
    found = {name: told(text, of(change, packaged, text)) for name, change in ALL.items()}
    FILE.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

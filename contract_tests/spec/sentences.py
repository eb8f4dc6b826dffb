"""What the detector says of every planted pair and silent form, word for word: `sentences.json` holds all of it.

`python -m spec.sentences` writes the file anew; read the difference before it is kept.
"""

import json
from collections.abc import Mapping
from copy import deepcopy
from pathlib import Path

from memory_imports_contract.spec import source
from memory_imports_contract.spec.compare import differences
from memory_imports_contract.spec.document import Document
from memory_imports_contract.spec.merge import changes

from .pair import IMPORTS, RESPONSES, SCHEMAS, Change, Spec, add, all_of, drop, put
from .pairs_exchanges import PAIRS as EXCHANGES
from .pairs_schemas import PAIRS as BARE
from .silent import SILENT

FILE = Path(__file__).with_name("sentences.json")
PLANTED: Mapping[str, Change] = {pair.name: pair.change for pair in (*BARE, *EXCHANGES)}
FORMS: Mapping[str, Change] = {f"silent: {name}": change for name, change in SILENT.items()}
NOTED: Mapping[str, Change] = {
    "note: operation deprecated": put(f"{IMPORTS}/get/deprecated", value=True),
    "note: property deprecated": put(f"{SCHEMAS}/FileSize/deprecated", value=True),
    "note: title and examples": all_of(
        put(f"{SCHEMAS}/FileSize/title", "Size"),
        put(f"{SCHEMAS}/FileSize/example", 7),
        put(f"{SCHEMAS}/FileSize/x-a", 1),
    ),
    "note: examples of an answer": put(f"{RESPONSES}/NotFound/content/application~1json/examples", {}),
    "note: words gone": drop(f"{SCHEMAS}/FileSize/description"),
    "note: long words": put(f"{IMPORTS}/get/summary", "word " * 100),
    "note: one more server": add("/servers", {"url": "https://memory.ie1.example"}),
}
ALL = {**PLANTED, **FORMS, **NOTED}
"""Every change by name."""


def said(name: str, packaged: Spec, client: Document) -> dict[str, list[Spec]]:
    """What is said of one, notes included: of the change, and of its way back."""
    raw = deepcopy(packaged)
    ALL[name](raw)
    changed = Document(raw, "new", older=str(raw["openapi"]).startswith("3.0"))
    pairs = {"there": (client, changed), "back": (changed, client)}
    return {way: [each.as_json() for each in changes(differences(*pair, client))] for way, pair in pairs.items()}


def main() -> None:
    """Writes the file."""
    client = source.load(source.packaged())
    told = {name: said(name, client.raw, client) for name in ALL}
    lines = [f"{json.dumps(name)}: {{\n{_listed(ways)}\n}}" for name, ways in told.items()]
    FILE.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def _listed(ways: Mapping[str, list[Spec]]) -> str:
    """One change a line, so that a difference of the file can be read."""
    return ",\n".join(f'"{way}": [\n' + ",\n".join(map(json.dumps, found)) + "\n]" for way, found in ways.items())


if __name__ == "__main__":
    main()

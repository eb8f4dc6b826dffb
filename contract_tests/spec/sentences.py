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

from .pair import Change, Spec
from .pairs_exchanges import PAIRS as EXCHANGES
from .pairs_schemas import PAIRS as SCHEMAS
from .silent import SILENT

FILE = Path(__file__).with_name("sentences.json")
PLANTED: Mapping[str, Change] = {pair.name: pair.change for pair in (*SCHEMAS, *EXCHANGES)}
FORMS: Mapping[str, Change] = {f"silent: {name}": change for name, change in SILENT.items()}
ALL = {**PLANTED, **FORMS}
"""Every change by name."""


def said(name: str, packaged: Spec, client: Document) -> list[Spec]:
    """What is said of one, notes included."""
    new = deepcopy(packaged)
    ALL[name](new)
    document = Document(new, "new", older=str(new["openapi"]).startswith("3.0"))
    return [change.as_json() for change in changes(differences(client, document, client))]


def main() -> None:
    """Writes the file."""
    client = source.load(source.packaged())
    told = {name: said(name, client.raw, client) for name in ALL}
    FILE.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

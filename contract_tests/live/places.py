"""Where each planted fault is reported, place by place: `places.json` holds all of it.

`python -m live.places` writes the file anew, by servers without sockets; read the difference before it is kept.
"""

import json
from pathlib import Path
from typing import Any

from attrs import evolve

import catalogue
from live.changes import PASSWORD, STORE, USERNAME
from live.faults import FAULTS
from live.faulty import Fault, faulty
from memory_imports_contract.findings import LiveReport
from memory_imports_contract.live import drift_live

FILE = Path(__file__).with_name("places.json")
_PATIENCE = 4.0


def told(report: LiveReport) -> list[list[str]]:
    """Rule, operations in the order of the alphabet, and place of each finding."""
    return [[one.rule, ", ".join(sorted(one.operation.split(", "))), one.where] for one in report.findings]


def wordless(report: LiveReport) -> list[Any]:
    """The findings that have no sentence, or no request that shows them."""
    return [
        one.as_json()
        for one in report.findings
        if not one.message.endswith(".") or "None" in one.message or not one.evidence.startswith("curl -i -X ")
    ]


def report_of(fault: Fault) -> LiveReport:
    """What the detector says of a sandbox with the fault."""
    settings = evolve(fault.settings, store_id=STORE, username=USERNAME, password=PASSWORD)
    with faulty(evolve(fault, settings=settings)) as here:
        return drift_live(
            here.base_url, here.store_id, (here.username, here.password), level=fault.level, patience=_PATIENCE
        )


def kept() -> dict[str, list[list[str]]]:
    """What the file says, by the name of the fault and the level of the run."""
    found: dict[str, list[list[str]]] = json.loads(FILE.read_text(encoding="utf-8"))
    return found


def main() -> None:
    """Writes the file."""
    from live.at_once import without_sockets  # noqa: PLC0415 - tests of sockets need none of it

    without_sockets()
    found = {f"{one.name}, {one.level}": told(report_of(one)) for one in FAULTS}
    for name in (one for one in catalogue.PLANTED if one not in catalogue.HASTY):
        found |= {f"{name}, {level}": told(catalogue.run(name, level).report) for level in catalogue.levels(name)}
    lines = ",\n".join(f" {json.dumps(name)}: {json.dumps(places)}" for name, places in found.items())
    FILE.write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")


if __name__ == "__main__":
    main()

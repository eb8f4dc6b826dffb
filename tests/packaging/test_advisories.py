"""Versions with known faults: none is pinned, and none is the oldest that is allowed."""

import re
from pathlib import Path

import pytest
from packaging.version import Version
from tests.packaging.test_requirements import FILES, pins

LINES = Path(__file__).with_name("advisories.txt").read_text(encoding="utf-8").splitlines()
ADVISORIES = [line.split(maxsplit=3) for line in LINES if not line.startswith("#")]


def faults(versions: dict[str, str]) -> list[str]:
    """Return the numbers of the faults that these versions have."""
    return [
        number
        for name, mended, number, _ in ADVISORIES
        if name in versions and Version(versions[name]) < Version(mended)
    ]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_no_version_that_is_used_has_a_known_fault(file: Path) -> None:
    """Nor has the oldest that is promised to work, which the pins of the floor are."""
    assert [] == faults(pins(file.stem))


def test_the_list_is_one_and_speaks_of_what_is_used() -> None:
    """Each line has its four words, its date stands above, and it would see a fault."""
    assert re.search(r"as known on \d{4}-\d\d-\d\d", LINES[0])
    assert [] == [line for line in ADVISORIES if len(line) != 4 or not re.fullmatch(r"CVE-\d{4}-\d{4,}", line[2])]
    used = {name for file in FILES for name in pins(file.stem)}
    assert [] == [name for name, *_ in ADVISORIES if name not in used]
    assert ["CVE-2025-62727"] == faults({"starlette": "0.49.0", "h11": "0.16.0"})

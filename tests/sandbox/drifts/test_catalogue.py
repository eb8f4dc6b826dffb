"""Every planted drift does what it says, and nothing else that a scripted session could see."""

import os
import subprocess
import sys
from collections import Counter
from typing import Any

import pytest
from tests.sandbox.drifts.acts import session
from tests.sandbox.drifts.script import Step

from memory_imports_sandbox import SandboxError, Settings
from memory_imports_sandbox.drifts import AREAS, CATALOGUE, Drift, find, provoking
from memory_imports_sandbox.drifts.drift import LEVELS, OPERATIONS

RATE = 0.01
LEAST_OF_ALL = 80
FIELDS = [
    name for name, drift in CATALOGUE.items() if drift.where.startswith("answer:/") and drift.where != "answer:/Code"
]
# A URL that is no good looks like another until it is used, and what is optional need not be there from the first.
UNUSED = {"create-url-elsewhere", "create-url-signed-wrongly"}
UNUSED |= {"fetch-size-missing", "fetch-mappings-missing", "fetch-updated-at-missing"}
ABOVE_READ = [name for name, drift in CATALOGUE.items() if drift.level != "read" and name not in UNUSED]


def flat(document: Any, pointer: str = "") -> dict[str, Any]:  # noqa: ANN401 - it is JSON
    """Every value of a document by its JSON pointer, what holds others as the kind of thing it is."""
    if not isinstance(document, dict | list):
        return {pointer: document}
    inner = document.items() if isinstance(document, dict) else enumerate(document)
    found = {pointer: type(document)}
    for name, value in inner:
        found |= flat(value, f"{pointer}/{name}")
    return found


def differences(drift: Drift, level: Any) -> list[tuple[Step, Step]]:  # noqa: ANN401 - a level
    """The steps that end otherwise with the drift."""
    rate = RATE if "retry-after" in drift.where else None
    clean, bent = session(None, level, rate), session(drift.name, level, rate)
    assert len(clean) == len(bent)
    return [(one, other) for one, other in zip(clean, bent, strict=True) if one != other]


def test_names_are_unique_and_every_operation_is_covered() -> None:
    """A name that came twice would hide a drift; an operation without drifts would go untested."""
    drifts = [drift for area in AREAS.values() for drift in area]
    assert len(CATALOGUE) == len(drifts) >= LEAST_OF_ALL
    for of, count in (
        ("area", {area: len(found) for area, found in AREAS.items()}),
        ("operation", Counter(operation for drift in drifts for operation in drift.operations)),
        ("level", Counter(drift.level for drift in drifts)),
    ):
        print(f"planted by {of}: " + ", ".join(f"{name} {number}" for name, number in count.items()))  # noqa: T201 - who runs it may want to know
    assert set(OPERATIONS) == {operation for drift in drifts for operation in drift.operations}
    assert set(LEVELS) == {drift.level for drift in drifts}


def test_sentences_are_unique_within_an_operation() -> None:
    """Two drifts that say the same would be one."""
    said = Counter((drift.operations, drift.where, drift.says) for drift in CATALOGUE.values())
    assert [] == [what for what, count in said.items() if count > 1]


@pytest.mark.parametrize("name", CATALOGUE)
def test_a_drift_shows_at_its_operations_and_nowhere_else(name: str) -> None:
    """It differs at its level, and only where it says."""
    drift = CATALOGUE[name]
    found = differences(drift, drift.level)
    assert found, "it does nothing"
    assert [] == [one.what for one, _ in found if not set(one.operation.split()) & set(drift.operations)]


@pytest.mark.parametrize("name", ABOVE_READ)
def test_a_drift_cannot_be_seen_below_its_level(name: str) -> None:
    """Whoever does less than the level says, sees nothing of it."""
    drift = CATALOGUE[name]
    below = LEVELS[LEVELS.index(drift.level) - 1]
    assert [] == [(one.what, other.reply) for one, other in differences(drift, below)]


@pytest.mark.parametrize("name", FIELDS)
def test_a_drift_of_a_field_leaves_the_others_alone(name: str) -> None:
    """Every value that differs lies at the place, or is a new neighbour of it."""
    drift = CATALOGUE[name]
    place = drift.where.removeprefix("answer:")
    for one, other in differences(drift, drift.level):
        before, after = flat(one.document), flat(other.document)
        gone = {pointer for pointer in before if before[pointer] != after.get(pointer, ...)}
        new = set(after) - set(before)
        assert {one.reply.status} == {other.reply.status}
        assert [] == [pointer for pointer in gone if not (pointer + "/").startswith(place + "/")]
        assert [] == [pointer for pointer in new if not pointer.startswith(place.rpartition("/")[0] + "/")]


def test_what_a_drift_wants_is_left_alone_where_somebody_has_chosen() -> None:
    """A drift that shows only in haste brings a limit along, one of old URLs lets them grow old soon."""
    wanted = {drift.name: dict(drift.wants) for drift in CATALOGUE.values() if drift.wants}
    hasty, old = {"rate": 20.0}, {"url_lifetime": 40}
    assert {"retry-after-missing": hasty, "retry-after-date": hasty, "store-expired-taken": old} == wanted
    assert 20.0 == provoking(Settings(drift="retry-after-date")).rate
    assert 3.0 == provoking(Settings(drift="retry-after-date", rate=3.0)).rate
    assert 40 == provoking(Settings(drift="store-expired-taken", rate=3.0)).url_lifetime
    assert Settings(drift="retry-after-date", rate=3.0) == provoking(Settings(drift="retry-after-date", rate=3.0))


def test_a_name_that_nobody_knows_is_answered_with_those_that_come_near() -> None:
    """A person mistypes."""
    with pytest.raises(SandboxError, match="did you mean fetch-size-missing"):
        Settings(drift="fetch-size-mising")
    with pytest.raises(SandboxError, match=f"there are {len(CATALOGUE)}, such as"):
        find("?")


def test_a_sandbox_without_a_drift_loads_none() -> None:
    """Who wants no drift does not pay for them."""
    code = (
        "import sys; from memory_imports_sandbox import Settings, world, server; Settings();"
        "assert not [name for name in sys.modules if 'drifts' in name]"
    )
    assert (
        0
        == subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            check=False,
        ).returncode
    )

"""The ledger of the vendor's contradictions says what the specification says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

LEDGER = Path(__file__).resolve().parents[2] / "openapi" / "ledger.yaml"
ENTRIES: list[dict[str, Any]] = yaml.safe_load(LEDGER.read_bytes())
ABSENT = object()


def at(document: Any, pointer: str) -> Any:  # noqa: ANN401 - a pointer may lead to anything
    """Returns what a JSON pointer leads to, or ABSENT where only its last step leads nowhere."""
    steps = [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]
    for step in steps[:-1]:
        document = document[step]
    return document.get(steps[-1], ABSENT)


def test_every_contradiction_known_is_there() -> None:
    """An emptied or shortened ledger would pass every other test."""
    expected = {
        "page-size-above-page",
        "created-id-without-pattern",
        "created-fields-optional-or-required",
        "trait-name-length",
        "upload-url-signature",
        "error-code-maximum",
        "error-code-numbering",
        "older-import-path",
        "second-version-on-first-path",
        "store-id-of-a-service",
        "credentials-of-the-example",
        "completed-with-errors",
        "request-id-undeclared",
        "retry-after-not-required",
    }
    assert expected <= {entry["id"] for entry in ENTRIES}
    assert len(ENTRIES) == len({entry["id"] for entry in ENTRIES})


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["id"])
def test_entry_matches_the_specification(entry: dict[str, Any], spec: dict[str, Any]) -> None:
    """Each entry is complete, and the specification holds what it claims."""
    assert {"id", "what", "choice", "why", "since", "holds"} == set(entry)
    assert entry["holds"]
    for claim in entry["holds"]:
        found = at(spec, claim["at"])
        if "is" in claim:
            assert claim["is"] == found, claim["at"]
        else:
            assert {"at": claim["at"], "absent": True} == claim
            assert found is ABSENT, claim["at"]

"""The witness sees what it is there to see."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from tests.cli.program import Ended
from tests.soak.witness import held_badly, said_badly

PEOPLE = {"a@s1.example": "A", "b@s1.example": "B"}
GOOD = {"importId": "i", "uploads": 1, "created": 2, "updated": 0, "merged": 0, "errors": 0}
LEFT = {**GOOD, "importId": "left", "uploads": 0, "created": 0}
DONE = Ended(0, json.dumps({"exit_code": 0, "parts": [{"import_id": "i"}]}) + "\n", "")


class Held:
    """A sandbox that holds what it is told."""

    access = {"TWILIO_API_SECRET": "hush"}  # noqa: RUF012 - nobody changes it

    def __init__(self, people: Mapping[str, str], *imports: Mapping[str, Any]) -> None:
        self.views: dict[str, list[Mapping[str, Any]]] = {
            "profiles": [{"traits": {"Contact": {"email": one, "firstName": name}}} for one, name in people.items()],
            "imports": list(imports),
        }

    def everything(self, view: str) -> list[Mapping[str, Any]]:
        """Return all of the view."""
        return self.views[view]


def test_nothing_is_found_where_nothing_is_wrong() -> None:
    """An import that got no file is none's loss."""
    assert [] == held_badly(Held(PEOPLE, GOOD, LEFT), PEOPLE, DONE)
    assert [] == said_badly(DONE, Held(PEOPLE))


@pytest.mark.parametrize(
    ("held", "words"),
    [
        (Held({"a@s1.example": "A"}, GOOD), "1 of 2 rows are not there once"),
        (Held({**PEOPLE, "c@s1.example": "C"}, GOOD), "0 of 2 rows are not there once, among 3"),
        (Held({**PEOPLE, "b@s1.example": ""}, GOOD), "1 of 2 rows"),
        (Held(PEOPLE, {**GOOD, "uploads": 2}), "files came more than once: [2]"),
        (Held(PEOPLE, GOOD, {**LEFT, "uploads": 1}), "2 imports hold files, 1 are told of"),
        (Held(PEOPLE, {**GOOD, "importId": "j"}), "1 imports hold files, 1 are told of"),
        (Held(PEOPLE, {**GOOD, "created": 1, "updated": 1}), "the rows became {'created': 1, 'updated': 1"),
    ],
)
def test_what_is_wrong_in_the_store_is_found(held: Held, words: str) -> None:
    """Each in its own words."""
    assert [] != [found for found in held_badly(held, PEOPLE, DONE) if words in found]


def test_an_end_that_is_none_is_found() -> None:
    """Before anybody looks at the store."""
    assert ["it never ended well, at last with 1: ['no']"] == held_badly(Held({}), PEOPLE, Ended(1, "", "no\n"))


@pytest.mark.parametrize(
    ("done", "words"),
    [
        (Ended(0, DONE.out, "Traceback (most"), "Traceback"),
        (Ended(0, DONE.out, "Exception ignored in"), "Exception ignored"),
        (Ended(0, DONE.out, "with hush"), "'hush'"),
        (Ended(0, DONE.out, "a@s1.example"), "'@s'"),
        (Ended(0, DONE.out, "?X-Amz-Signature=1"), "X-Amz-Signature"),
        (Ended(1, DONE.out, ""), "not that of exit code 1"),
        (Ended(0, DONE.out * 2, ""), "not that of exit code 0"),
    ],
)
def test_what_should_not_be_said_is_found(done: Ended, words: str) -> None:
    """Each in its own words; of a process that was killed no last word is expected."""
    assert [] != [found for found in said_badly(done, Held({})) if words in found]
    assert [] == said_badly(Ended(-9, "", ""), Held({}))

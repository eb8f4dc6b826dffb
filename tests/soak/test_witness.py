"""The witness sees what it is there to see."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from tests.cli.program import Ended
from tests.soak.crowd import Crowd
from tests.soak.witness import held_badly, said_badly

PEOPLE = {"a@s1.example": "A", "b@s1.example": "B"}
CROWD = Crowd([], 2, {email: {"email": email, "firstName": name} for email, name in PEOPLE.items()})
GOOD = {"importId": "i", "uploads": 1, "rows": 2, "created": 2, "updated": 0, "merged": 0, "errors": 0}
LEFT = {**GOOD, "importId": "left", "uploads": 0, "rows": 0, "created": 0}


def told(*abandoned: str) -> Ended:
    """Return what a run says that ended well."""
    parts = [{"import_id": "i", "abandoned": abandoned}]
    return Ended(0, json.dumps({"exit_code": 0, "parts": parts}) + "\n", "")


DONE = told()


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
    assert [] == held_badly(Held(PEOPLE, GOOD, LEFT), CROWD, told("left"))
    assert [] == said_badly(DONE, Held(PEOPLE))


@pytest.mark.parametrize(
    ("held", "words"),
    [
        (Held({"a@s1.example": "A"}, GOOD), "1 of 2 people are not there once"),
        (Held({**PEOPLE, "c@s1.example": "C"}, GOOD), "0 of 2 people are not there once, among 3"),
        (Held({**PEOPLE, "b@s1.example": ""}, GOOD), "1 of 2 people"),
        (Held(PEOPLE, {**GOOD, "uploads": 2}), "files came more than once: [2]"),
        (Held(PEOPLE, GOOD, {**LEFT, "uploads": 1}), "2 imports hold files, 1 are told of"),
        (Held(PEOPLE, {**GOOD, "importId": "j"}), "1 imports hold files, 1 are told of"),
        (Held(PEOPLE, {**GOOD, "rows": 4, "updated": 2}), "2 rows were 4, 0 of them bad; 2 created, 0 merged"),
        (Held(PEOPLE, {**GOOD, "errors": 1}), "2 rows were 2, 1 of them bad"),
    ],
)
def test_what_is_wrong_in_the_store_is_found(held: Held, words: str) -> None:
    """Each in its own words."""
    assert [] != [found for found in held_badly(held, CROWD, DONE) if words in found]


def test_an_import_that_holds_a_file_is_not_abandoned() -> None:
    """Whoever looks for what was left behind may take one for another."""
    assert ["1 imports that hold files are told of as abandoned"] == held_badly(Held(PEOPLE, GOOD), CROWD, told("i"))


def test_an_end_that_is_none_is_found() -> None:
    """Before anybody looks at the store."""
    assert ["it never ended well, at last with 1: ['no']"] == held_badly(Held({}), CROWD, Ended(1, "", "no\n"))


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

"""Each rule of a schema, on both sides of the wire and in both directions."""

from typing import Any, TypeAlias

import pytest

from memory_imports_contract import DriftUnavailable, Severity
from memory_imports_contract.spec import schemas
from memory_imports_contract.spec.difference import Difference
from memory_imports_contract.spec.document import Document, Place
from memory_imports_contract.spec.effects import Effect
from memory_imports_contract.spec.merge import changes
from memory_imports_contract.spec.schema import Side, read

from .pairs_keywords import EQUAL_30, EQUAL_31, KEYWORDS, WORD, Keyword

Json: TypeAlias = Any  # a schema is any JSON
BREAKS, FITS = Severity.BREAKING, Severity.COMPATIBLE
SEVERITIES: dict[tuple[Effect, Side], Severity] = {
    (Effect.TIGHTENED, "request"): BREAKS,
    (Effect.TIGHTENED, "answer"): FITS,
    (Effect.LOOSENED, "request"): FITS,
    (Effect.LOOSENED, "answer"): BREAKS,
    (Effect.CHANGED, "request"): BREAKS,
    (Effect.CHANGED, "answer"): BREAKS,
}
OTHER_WAY = {Effect.TIGHTENED: Effect.LOOSENED, Effect.LOOSENED: Effect.TIGHTENED, Effect.CHANGED: Effect.CHANGED}
SIDES: tuple[Side, ...] = ("request", "answer")


def compared(before: Json, after: Json, side: Side, *, older: bool = True) -> list[tuple[str, Severity]]:
    """The rules and severities of the changes between two schemas."""
    found: list[Difference] = []

    def emit(rule: str, where: str, old: object = None, new: object = None, **more: str) -> None:
        found.append(Difference(rule, side, "Operation", where, old, new, **more))

    pair = [
        read(Document({"schema": raw}, name, older=older), [Place(raw, "/schema")], side)
        for name, raw in (("base", before), ("new", after))
    ]
    schemas.compare(pair[0], pair[1], emit, set())
    return [(change.rule, change.severity) for change in changes(found)]


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("keyword", KEYWORDS, ids=lambda keyword: f"{keyword.rule} {keyword.after}")
def test_a_rule_weighs_on_one_side_what_its_reverse_weighs_on_the_other(keyword: Keyword, side: Side) -> None:
    """Tightened breaks requests and suits answers; loosened the other way round; sideways breaks both."""
    assert [(keyword.rule, SEVERITIES[keyword.effect, side])] == compared(keyword.before, keyword.after, side)
    back = SEVERITIES[OTHER_WAY[keyword.effect], side]
    assert [(keyword.back, back)] == compared(keyword.after, keyword.before, side)


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("keyword", KEYWORDS, ids=lambda keyword: f"{keyword.rule} {keyword.after}")
def test_a_schema_is_like_itself(keyword: Keyword, side: Side) -> None:
    """Nothing is found where nothing changed."""
    assert [] == compared(keyword.before, keyword.before, side)
    assert [] == compared(keyword.after, keyword.after, side)


@pytest.mark.parametrize(
    ("pair", "older"), [*((pair, True) for pair in EQUAL_30), *((pair, False) for pair in EQUAL_31)]
)
def test_one_meaning_said_twice_is_no_change(pair: tuple[Json, Json], older: bool) -> None:  # noqa: FBT001 - pytest names it
    """In either order."""
    assert [] == compared(*pair, "answer", older=older)
    assert [] == compared(*pair[::-1], "request", older=older)


def test_a_schema_that_contains_itself_is_compared_once() -> None:
    """Recursion ends, and what differs inside is found."""
    tree = {"type": "object", "properties": {"size": {"type": "integer"}, "leaf": {"$ref": "#/tree"}}}
    other = {"type": "object", "properties": {"size": {"type": "number"}, "leaf": {"$ref": "#/tree"}}}
    found: list[str] = []
    pair = [
        read(Document({"tree": raw}, "x", older=True), [Place({"$ref": "#/tree"}, "/use")], "answer")
        for raw in (tree, other)
    ]
    schemas.compare(pair[0], pair[1], lambda rule, *_, **__: found.append(rule), set())
    assert {"type-widened"} == set(found)
    assert pair[0].fingerprint() != pair[1].fingerprint()


@pytest.mark.parametrize(
    "raw",
    [{"$ref": "#/nowhere"}, {"$ref": "other.yaml#/a"}, {"$ref": "#/schema"}, {"maximum": "3"}, "words", {"allOf": [3]}],
)
def test_a_schema_that_makes_no_sense_cannot_be_compared(raw: Json) -> None:
    """That is said, and never taken for an unchanged schema."""
    with pytest.raises(DriftUnavailable):
        read(Document({"schema": raw}, "x", older=True), [Place(raw, "/schema")], "answer")


def test_three_one_reads_what_stands_beside_a_reference_and_three_zero_does_not() -> None:
    """The dialects differ there."""
    beside = {"$ref": "#/word", "maxLength": 3}
    lengths = [
        "maxLength"
        in read(Document({"word": {"type": "string"}}, "x", older=older), [Place(beside, "/s")], "answer").facts
        for older in (True, False)
    ]
    assert [False, True] == lengths


def test_a_choice_of_which_one_is_null_adds_null_to_a_list_of_words() -> None:
    """Beside `type`, a list of words without null has none; a choice is another matter."""
    listed = WORD | {"enum": ["a"]}
    either = {"anyOf": [listed, {"type": "null"}]}
    assert [("nullable-added", BREAKS)] == compared(listed, either, "answer", older=False)
    assert [] == compared(listed, {"type": ["string", "null"], "enum": ["a"]}, "answer", older=False)


def test_a_schema_has_one_fingerprint_however_its_shapes_are_written() -> None:
    """The order of names is nobody's business."""
    names = {name: {"type": "string", "maxLength": size} for size, name in enumerate("abc")}
    shapes = [dict(pairs) for pairs in (names.items(), reversed(names.items()))]
    raws = [{"oneOf": [{"type": "object", "properties": shape}, {"type": "string"}]} for shape in shapes]
    prints = {read(Document({}, "x", older=True), [Place(raw, "/x")], "answer").fingerprint() for raw in raws}
    assert 1 == len(prints)


def test_a_type_beside_words_has_its_place() -> None:
    """Where the words alone do not say it: a whole number is a number, too."""
    raw = {"type": "number", "enum": [1, 1.5]}
    assert "/x/type" == read(Document({}, "x", older=True), [Place(raw, "/x")], "answer").facts["type"].at


def test_names_that_go_together_become_the_names_that_are_most_like_them() -> None:
    """As many of one look came as went: each is a change of name, however many look alike."""
    before, after = (
        {"type": "object", "properties": dict.fromkeys(names, WORD)}
        for names in (("nextToken", "previousToken", "key"), ("previous", "next", "key"))
    )
    assert [("property-renamed", BREAKS)] * 2 == compared(before, after, "answer")
    fewer = {"type": "object", "properties": {"tokens": WORD, "key": WORD}}
    assert ["property-removed"] * 2 + ["property-added"] == [rule for rule, _ in compared(before, fewer, "answer")]

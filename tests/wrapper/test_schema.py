"""The checker of the contract agrees with an independent library, and names the place of what is wrong."""

import copy
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st
from jsonschema import Draft4Validator, FormatChecker

from memory_imports._schema import escape, read_date_time, violations
from memory_imports_api.contract import SCHEMAS

Json = Any
URIS = ("https://www.example.com/docs/errors/20404", "urn:x:1")
# One of every kind, and what is nearly right; 1.0, leap seconds and trailing line breaks are pinned further down.
ODD: tuple[Json, ...] = (
    None,
    True,
    False,
    0,
    -1,
    1.5,
    "",
    "x",
    "PENDING ",
    "2026-02-30T00:00:00Z",
    [],
    [None],
    {},
    10**12,
)
DATE_TIMES = st.from_regex(
    r"[0-9]{4}-[01][0-9]-[0-3][0-9][Tt ][0-2][0-9]:[0-6][0-9]:[0-5][0-9]"
    r"(\.[0-9]{1,9})?([Zz]|[+-][0-2][0-9]:[0-6][0-9])?",
    fullmatch=True,
)


CHECKER = FormatChecker(formats=("date-time",))


@CHECKER.checks("uri")
def is_uri(value: object) -> bool:
    """RFC 3986 in one line, for the library checks no URI by itself."""
    return not isinstance(value, str) or re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[!-~]+", value) is not None


def resolved(schema: Mapping[str, Any]) -> dict[str, Any]:
    """The same schema as JSON Schema draft 4 says it: references put in place, null among the types."""
    if "$ref" in schema:
        return resolved(SCHEMAS[schema["$ref"].removeprefix("#/components/schemas/")])
    plain = {keyword: value for keyword, value in schema.items() if keyword not in {"nullable", "default"}}
    if schema.get("nullable"):
        plain["type"] = [schema["type"], "null"]
    if "items" in schema:
        plain["items"] = resolved(schema["items"])
    if "properties" in schema:
        plain["properties"] = {name: resolved(each) for name, each in schema["properties"].items()}
    return plain


def accepts(schema: Mapping[str, Any], value: Json) -> bool:
    """What the library says."""
    return Draft4Validator(resolved(schema), format_checker=CHECKER).is_valid(value)


def texts(schema: Mapping[str, Any]) -> st.SearchStrategy[str]:
    """Texts on both sides of a schema's limits."""
    if "enum" in schema:
        return st.sampled_from([*schema["enum"], schema["enum"][0].lower()])
    if "pattern" in schema:
        exactly = schema["pattern"].removeprefix("^").removesuffix("$")
        return st.one_of(
            st.from_regex(exactly, fullmatch=True), st.from_regex(exactly).filter(lambda it: it[-1:] != "\n")
        )
    if schema.get("format") == "date-time":
        return st.one_of(DATE_TIMES, st.datetimes(timezones=st.just(UTC)).map(datetime.isoformat))
    if schema.get("format") == "uri":
        return st.sampled_from(URIS)
    limit = schema.get("maxLength", 20)
    return st.one_of(st.text(max_size=20), st.sampled_from([limit, limit + 1]).map(lambda length: "é" * length))


def near(schema: Mapping[str, Any]) -> st.SearchStrategy[Json]:
    """Values at and just beyond a schema's limits."""
    schema = resolved(schema)
    match schema["type"]:
        case "string":
            return texts(schema)
        case "integer":
            low, high = schema.get("minimum", -5), schema.get("maximum", 5)
            return st.sampled_from([low - 1, low, low + 1, high - 1, high, high + 1])
        case "array":
            low, high = schema.get("minItems", 0), schema["maxItems"]
            one = near(schema["items"])
            return st.one_of(
                st.lists(one, min_size=low, max_size=low + 2),
                st.tuples(one, st.sampled_from([low - 1, low, high, high + 1])).map(lambda it: [it[0]] * it[1]),
            )
    members = {name: near(each) for name, each in schema["properties"].items()}
    required = {name: members.pop(name) for name in schema.get("required", ())}
    return st.fixed_dictionaries(required, optional=members)


def places(value: Json, at: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Every place in a value, itself first."""
    yield at
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, member in inside:
        yield from places(member, (*at, step))


@st.composite
def mutated(draw: st.DrawFn, schema: Mapping[str, Any]) -> Json:
    """A value near a schema with one place of it changed, removed or added to."""
    value = draw(near(schema))
    *path, last = draw(st.sampled_from(list(places([value]))[1:]))
    root = [copy.deepcopy(value)]
    parent: Any = root
    for step in path:
        parent = parent[step]
    how = draw(st.sampled_from(("change", "remove", "add")))
    if how == "remove" and isinstance(parent, dict):
        del parent[last]
    elif how == "add" and isinstance(parent[last], dict):
        parent[last]["new~/field"] = draw(st.sampled_from(ODD))
    else:
        parent[last] = draw(st.sampled_from(ODD))
    return root[0]


@pytest.mark.parametrize("name", SCHEMAS)
@settings(deadline=None)
@given(data=st.data())
def test_agrees_with_an_independent_library_on_every_schema(name: str, data: st.DataObject) -> None:
    """There are violations exactly where the library refuses."""
    value = data.draw(st.one_of(near(SCHEMAS[name]), mutated(SCHEMAS[name])))
    expected = accepts(SCHEMAS[name], value)
    event(f"accepted: {expected}")
    assert expected == (not list(violations(value, SCHEMAS[name], SCHEMAS)))


@settings(deadline=None)
@given(DATE_TIMES)
def test_date_times_are_those_of_rfc_3339(text: str) -> None:
    """Weeks, missing zones, the 60th minute and the 30th of February are no date-times."""
    assert CHECKER.conforms(text, "date-time") == (read_date_time(text) is not None)


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-01T00:60:00Z",
        "2026-01-01T00:00:61Z",
        "2026-01-01T24:00:00Z",
        "2026-01-01T00:00:00+01:60",
        "2026-01-01T00:00:00+24:00",
        "2026-W01-1T00:00:00Z",
        "20260101T000000Z",
        "2026-01-01T00:00:00",
        "2026-01-01 00:00:00Z",
        "2026-02-30T00:00:00Z",
        "0000-01-01T00:00:00Z",
        "2026-01-01T00:00:00,5Z",
        "2026-01-01T00:00:00Z\n",
        "\uff12026-01-01T00:00:00Z",
        "",
    ],
)
def test_no_date_time(text: str) -> None:
    """What is nearly RFC 3339 is not."""
    assert read_date_time(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-01-01T00:00:00Z", datetime(2026, 1, 1, tzinfo=UTC)),
        ("2026-01-01t00:00:00z", datetime(2026, 1, 1, tzinfo=UTC)),
        ("2026-01-01T02:30:00+02:30", datetime(2026, 1, 1, tzinfo=UTC)),
        ("2026-01-01T00:00:00.1234567Z", datetime(2026, 1, 1, microsecond=123456, tzinfo=UTC)),
    ],
)
def test_reads_a_date_time(text: str, expected: datetime) -> None:
    """Either case of the letters, any zone, any number of decimals."""
    assert expected == read_date_time(text)


def test_a_leap_second_reads_as_the_second_before_it() -> None:
    """RFC 3339 has leap seconds, the library and Python's clock have none."""
    assert datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC) == read_date_time("2026-12-31T23:59:60Z")
    assert not CHECKER.conforms("2026-12-31T23:59:60Z", "date-time")


def test_a_final_dollar_is_the_end_of_the_text() -> None:
    """The library's dollar, Python's, also stands before a last line break: an id with one would go into a path."""
    value = f"mem_store_{'0' * 26}\n"
    assert accepts(SCHEMAS["StoreId"], value)
    assert ["pattern"] == [each.keyword for each in violations(value, SCHEMAS["StoreId"], SCHEMAS)]


def test_an_integer_may_be_written_with_a_zero_fraction() -> None:
    """JSON knows one kind of number; draft 4 of the library told them apart, later drafts do not."""
    assert not accepts(SCHEMAS["PageSize"], 50.0)
    assert [] == list(violations(50.0, SCHEMAS["PageSize"], SCHEMAS))
    assert ["type"] == [each.keyword for each in violations(float("inf"), SCHEMAS["PageSize"], SCHEMAS)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (URIS[0], True),
        (URIS[1], True),
        ("", False),
        ("errors/20404", False),
        ("https://", False),
        ("https://[half/", False),
        ("https://example.com/a b", False),
        ("https://example.com/\n", False),
        ("https://example.com/<a>", False),
    ],
)
def test_uris_have_a_scheme_and_no_blanks(text: str, expected: bool) -> None:  # noqa: FBT001 - a table
    """A relative reference leads nowhere by itself."""
    assert expected == (not list(violations({"more_info": text}, SCHEMAS["Error"], SCHEMAS)))


PLACES: dict[str, tuple[Json, dict[str, Any], str, str, str]] = {
    "the whole": (1, {"type": "string"}, "", "must be of type string", "type"),
    "a property": ({"a": 1}, {"properties": {"a": {"enum": ["x", "y"]}}}, "/a", "must be one of ['x', 'y']", "enum"),
    "an escaped property": (
        {"a/b~c": ""},
        {"properties": {"a/b~c": {"minLength": 1}}},
        "/a~1b~0c",
        "must have at least 1 characters",
        "minLength",
    ),
    "an item": (["x", "yy"], {"items": {"maxLength": 1}}, "/1", "must have at most 1 characters", "maxLength"),
    "an item's property": (
        [{"a": 3}],
        {"items": {"properties": {"a": {"maximum": 2}}}},
        "/0/a",
        "must be at most 2",
        "maximum",
    ),
    "what is missing": ({}, {"required": ["a/b"]}, "/a~1b", "is required and is missing", "required"),
    "what is new": (
        {"n/w": 1},
        {"additionalProperties": False},
        "/n~1w",
        "is not a property that the contract knows",
        "additionalProperties",
    ),
    "too many": ({"a": 1, "b": 2}, {"maxProperties": 1}, "", "must have at most 1 properties", "maxProperties"),
    "too short a list": ([], {"minItems": 1}, "", "must have at least 1 items", "minItems"),
    "too long a list": ([1, 2], {"maxItems": 1}, "", "must have at most 1 items", "maxItems"),
    "too small": (0, {"type": "number", "minimum": 0.5}, "", "must be at least 0.5", "minimum"),
    "another pattern": ("b", {"pattern": "^a$"}, "", "must match ^a$", "pattern"),
    "another format": ("now", {"format": "date-time"}, "", "must be a date-time", "format"),
}


@pytest.mark.parametrize("case", PLACES)
def test_names_the_place_the_rule_and_what_should_be_there(case: str) -> None:
    """One violation, whose pointer leads to it."""
    value, schema, pointer, sentence, keyword = PLACES[case]
    assert [(pointer, sentence, keyword)] == [
        (each.pointer, each.sentence, each.keyword) for each in violations(value, schema, {})
    ]


def test_yields_every_violation() -> None:
    """One mistake does not hide another."""
    value = {"filename": 1, "fileSize": 0, "columnMappings": [{"columnName": "x" * 65, "traitGroup": "g"}]}
    assert {
        "/filename",
        "/fileSize",
        "/columnMappings",
        "/columnMappings/0/traitName",
        "/columnMappings/0/columnName",
    } == {each.pointer for each in violations(value, SCHEMAS["CreateImportRequest"], SCHEMAS)}


@settings(deadline=None)
@given(data=st.data())
def test_sentences_never_hold_the_value(data: st.DataObject) -> None:
    """A refused value may be personal data."""
    secret = "b5f0-secret"
    schema = SCHEMAS[data.draw(st.sampled_from(["StoreId", "SortOrder", "ImportId", "FileSize", "ColumnMappings"]))]
    found = list(violations(secret, schema, SCHEMAS))
    assert found
    assert all(secret not in each.sentence and secret not in each.pointer for each in found)


def test_tolerance_lets_new_properties_through_at_every_depth_and_nothing_else() -> None:
    """An answer with a further field says all that it said before."""
    value = {"meta": {"key": "imports", "new": 1}, "imports": [], "new": 1, "newer": 1}
    schema = SCHEMAS["ImportList"]
    assert ["maxProperties"] == [each.keyword for each in violations(value, schema, SCHEMAS)]
    assert [] == list(violations(value, schema, SCHEMAS, tolerant=True))
    assert [] == list(violations({"code": 20404, "new": 1}, SCHEMAS["Error"], SCHEMAS, tolerant=True))
    value["meta"] = {"key": 1}
    assert ["/meta/key"] == [each.pointer for each in violations(value, schema, SCHEMAS, tolerant=True)]


def test_null_passes_only_where_it_is_named() -> None:
    """`nullable` is the dialect's null; without it null is a wrong type."""
    assert [] == list(violations(None, {"type": "string", "nullable": True}, {}))
    assert ["type"] == [each.keyword for each in violations(None, {"type": "string", "nullable": False}, {})]
    assert ["type"] == [each.keyword for each in violations(None, {"type": "string"}, {})]


def test_one_schema_may_be_refined_by_another() -> None:
    """A reference cannot have neighbours in this dialect, so it is wrapped to get some."""
    schema = {"allOf": [{"$ref": "#/components/schemas/Name"}], "nullable": True, "maxLength": 1}
    schemas = {"Name": {"type": "string", "minLength": 1, "maxLength": 2}}
    assert [] == list(violations(None, schema, schemas))
    assert [] == list(violations("a", schema, schemas))
    assert ["maxLength"] == [each.keyword for each in violations("ab", schema, schemas)]
    assert ["minLength"] == [each.keyword for each in violations("", schema, schemas)]


@pytest.mark.parametrize(
    ("kind", "value"), [("boolean", 0), ("integer", True), ("number", False), ("object", []), ("array", {})]
)
def test_kinds_that_python_mixes_up_are_told_apart(kind: str, value: Json) -> None:
    """True is not 1."""
    assert ["type"] == [each.keyword for each in violations(value, {"type": kind}, {})]


def test_a_number_may_be_of_either_kind() -> None:
    """Whole and broken ones."""
    assert [] == [*violations(1, {"type": "number"}, {}), *violations(1.5, {"type": "number"}, {})]


def test_a_format_that_nobody_checks_refuses_nothing() -> None:
    """The contract's int32 says what its minimum and maximum say better."""
    assert [] == list(violations("x", {"type": "string", "format": "password"}, {}))


def test_escapes_the_steps_of_a_pointer() -> None:
    """RFC 6901: the tilde first, so that no escape is escaped again."""
    assert "~01~1" == escape("~1/")

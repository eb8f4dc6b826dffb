"""Drifts in what fetch says of the file and its rows: size, mappings and summary."""

from memory_imports_sandbox.drifts.drift import FETCH, Drift, Json
from memory_imports_sandbox.drifts.edits import add, change, drop, put, rename
from memory_imports_sandbox.drifts.rules import answers

_fetched = answers(FETCH, "create", 200)
_ended = answers(FETCH, "upload", 200)
_KIB = 1024


def _turned(mappings: list[Json]) -> list[Json]:
    return mappings[::-1]


def _with_column(mapping: Json) -> Json:
    return {("column" if key == "columnName" else key): value for key, value in mapping.items()}


SIZES: tuple[Drift, ...] = (
    _ended("fetch-size-missing", "/fileSize", "The file's size is not told.", drop("/fileSize")),
    _fetched("fetch-size-renamed", "/fileSize", "The file's size is called size.", rename("/fileSize", "size")),
    _fetched("fetch-size-string", "/fileSize", "The file's size is a string.", change("/fileSize", str)),
    _fetched("fetch-size-null", "/fileSize", "The file's size is null.", put("/fileSize", None)),
    _fetched(
        "fetch-size-one-more",
        "/fileSize",
        "The file's size is one byte more.",
        change("/fileSize", lambda size: size + 1),
    ),
    _fetched(
        "fetch-size-kilobytes",
        "/fileSize",
        "The file's size is in KiB.",
        change("/fileSize", lambda size: size // _KIB + 1),
    ),
)

MAPPINGS: tuple[Drift, ...] = (
    _ended("fetch-mappings-missing", "/columnMappings", "The mappings are not told.", drop("/columnMappings")),
    _fetched(
        "fetch-mappings-renamed",
        "/columnMappings",
        "The mappings are called mappings.",
        rename("/columnMappings", "mappings"),
    ),
    _fetched("fetch-mappings-empty", "/columnMappings", "The mappings are told as none.", put("/columnMappings", [])),
    _fetched(
        "fetch-mappings-turned", "/columnMappings", "The mappings are in reverse.", change("/columnMappings", _turned)
    ),
    _fetched(
        "fetch-mappings-lose-last",
        "/columnMappings",
        "The last mapping is dropped.",
        change("/columnMappings", lambda mappings: mappings[:-1]),
    ),
    _fetched(
        "fetch-mapping-column-renamed",
        "/columnMappings",
        "Within a mapping, columnName is called column.",
        change("/columnMappings", lambda mappings: list(map(_with_column, mappings))),
    ),
    _fetched(
        "fetch-mapping-extra-field",
        "/columnMappings",
        "A mapping has a fourth property, type.",
        change("/columnMappings", lambda mappings: [{**one, "type": "STRING"} for one in mappings]),
    ),
    _fetched(
        "fetch-mapping-group-lower-case",
        "/columnMappings",
        "The group of a trait is in lower case.",
        change("/columnMappings", lambda found: [{**one, "traitGroup": one["traitGroup"].lower()} for one in found]),
    ),
    _fetched(
        "fetch-mappings-object",
        "/columnMappings",
        "The mappings are an object by column.",
        change("/columnMappings", lambda mappings: {one["columnName"]: one["traitName"] for one in mappings}),
    ),
)

SUMMARY: tuple[Drift, ...] = (
    _ended("summary-missing", "/summary", "A finished import has no summary.", drop("/summary")),
    _ended("summary-renamed", "/summary", "The summary is called result.", rename("/summary", "result")),
    _ended("summary-null", "/summary", "The summary is null.", put("/summary", None)),
    _ended(
        "summary-errors-renamed", "/summary/errors", "errors is called failed.", rename("/summary/errors", "failed")
    ),
    _ended("summary-errors-missing", "/summary/errors", "errors is missing.", drop("/summary/errors")),
    _ended(
        "summary-errors-one-more",
        "/summary/errors",
        "One bad row too many is counted.",
        change("/summary/errors", lambda count: count + 1),
    ),
    _ended("summary-errors-negative", "/summary/errors", "errors is -1.", put("/summary/errors", -1)),
    _ended("summary-errors-string", "/summary/errors", "errors is a string.", change("/summary/errors", str)),
    _ended("summary-warnings-list", "/summary/warnings", "warnings is a list.", put("/summary/warnings", [])),
    _ended("summary-extra-field", "/summary", "The summary tells created, too.", add("/summary/created", 2)),
)

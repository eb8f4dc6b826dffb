"""Drifts in what a request may hold: each limit of the contract moved by one, in the copy that requests are judged by.

Whether a limit is moved outwards (too much is taken) or inwards (too much is refused) is in the name.
"""

import re
from collections.abc import Callable

from memory_imports_sandbox.contract import load
from memory_imports_sandbox.drifts.drift import API, CREATE, FETCH, LIST, Drift, Json, Scene
from memory_imports_sandbox.drifts.rules import asking, parameters
from memory_imports_sandbox.messages import Request

_LARGEST = load().largest_file


def _patched(rule: str, value: Json) -> Callable[[Json], None]:
    """Gives another value to a rule of the contract's schemas; the last dot parts the two."""
    where, _, keyword = rule.rpartition(".")

    def patch(contract: Json) -> None:
        node = contract["components"]["schemas"]
        for step in where.split("/"):
            node = node[step]
        node[keyword] = value

    return patch


def _body(name: str, pointer: str, rule: str, value: Json, says: str) -> Drift:
    return Drift(
        name=name,
        operations=(CREATE,),
        where=f"request:{pointer}",
        says=says,
        level="create",
        contract=_patched(rule, value),
    )


def _query(name: str, parameter: str, rule: str, value: Json, says: str) -> Drift:
    where = f"request:query/{parameter}"
    contract = _patched(rule, value)
    return Drift(name=name, operations=(LIST,), where=where, says=says, level="read", contract=contract)


def _path(name: str, parameter: str, rule: str, value: Json, says: str) -> Drift:
    operations = API if parameter == "storeId" else (FETCH,)
    where = f"request:path/{parameter}"
    contract = _patched(rule, value)
    return Drift(name=name, operations=operations, where=where, says=says, level="read", contract=contract)


def _ignored(name: str, parameter: str, pattern: str, says: str) -> Drift:
    """A query parameter that counts for nothing where its value is of this shape."""

    def rule(_: Scene, request: Request) -> Request:
        value = parameters(request).get(parameter)
        unfit = value is not None and re.fullmatch(pattern, value)
        return asking(request, **{parameter: None}) if unfit else request

    where = f"request:query/{parameter}"
    return Drift(name=name, operations=(LIST,), where=where, says=says, level="read", request=rule)


_REQUEST = "CreateImportRequest"
_NAME, _GROUP, _TRAIT = (f"ColumnMapping/properties/{name}" for name in ("columnName", "traitGroup", "traitName"))
_THREE = ("filename", "fileSize", "columnMappings")

FILE: tuple[Drift, ...] = (
    _body("size-0-taken", "/fileSize", "FileSize.minimum", 0, "An empty file is taken."),
    _body("size-1-refused", "/fileSize", "FileSize.minimum", 2, "A file of one byte is refused."),
    _body(
        "size-over-taken",
        "/fileSize",
        "FileSize.maximum",
        _LARGEST + 1,
        "A file of one byte more than the limit is taken.",
    ),
    _body("size-largest-refused", "/fileSize", "FileSize.maximum", _LARGEST - 1, "The largest file is refused."),
    _body("size-string-taken", "/fileSize", "FileSize.type", ["integer", "string"], "A file size may be a string."),
    _body("size-fraction-taken", "/fileSize", "FileSize.type", "number", "A file size may have a fraction."),
    _body("filename-256-taken", "/filename", "FileName.maxLength", 256, "A filename of 256 characters is taken."),
    _body("filename-255-refused", "/filename", "FileName.maxLength", 254, "A filename of 255 characters is refused."),
    _body(
        "filename-accents-refused", "/filename", "FileName.pattern", "^[ -~]*$", "A filename beyond ASCII is refused."
    ),
    _body("filename-ending-demanded", "/filename", "FileName.pattern", r"\.csv$", "A filename must end in .csv."),
    _body("filename-number-taken", "/filename", "FileName.type", ["string", "integer"], "A filename may be a number."),
    _body("body-extra-taken", "", f"{_REQUEST}.maxProperties", 4, "A request may have a fourth property."),
    _body(
        "body-fourth-demanded", "", f"{_REQUEST}.required", [*_THREE, "mode"], "A property nobody knows is demanded."
    ),
)

MAPPINGS: tuple[Drift, ...] = (
    _body("mappings-1-taken", "/columnMappings", "ColumnMappings.minItems", 1, "One mapping is taken."),
    _body("mappings-2-refused", "/columnMappings", "ColumnMappings.minItems", 3, "Two mappings are refused."),
    _body("mappings-101-taken", "/columnMappings", "ColumnMappings.maxItems", 101, "101 mappings are taken."),
    _body("mappings-100-refused", "/columnMappings", "ColumnMappings.maxItems", 99, "100 mappings are refused."),
    _body(
        "column-65-taken",
        "/columnMappings/0/columnName",
        f"{_NAME}.maxLength",
        65,
        "A column's name of 65 characters is taken.",
    ),
    _body(
        "column-64-refused",
        "/columnMappings/0/columnName",
        f"{_NAME}.maxLength",
        63,
        "A column's name of 64 characters is refused.",
    ),
    _body(
        "group-65-taken",
        "/columnMappings/0/traitGroup",
        f"{_GROUP}.maxLength",
        65,
        "A trait's group of 65 characters is taken.",
    ),
    _body(
        "group-64-refused",
        "/columnMappings/0/traitGroup",
        f"{_GROUP}.maxLength",
        63,
        "A trait's group of 64 characters is refused.",
    ),
    _body(
        "trait-65-taken",
        "/columnMappings/0/traitName",
        f"{_TRAIT}.maxLength",
        65,
        "A trait's name of 65 characters is taken.",
    ),
    _body(
        "trait-64-refused",
        "/columnMappings/0/traitName",
        f"{_TRAIT}.maxLength",
        63,
        "A trait's name of 64 characters is refused.",
    ),
    _body(
        "mapping-extra-taken",
        "/columnMappings/0",
        "ColumnMapping.additionalProperties",
        {},
        "A mapping may have a fourth property.",
    ),
    _body(
        "mapping-group-optional",
        "/columnMappings/0/traitGroup",
        "ColumnMapping.required",
        ["columnName", "traitName"],
        "A mapping may lack its group.",
    ),
    _body(
        "mapping-trait-null-taken",
        "/columnMappings/0/traitName",
        f"{_TRAIT}.nullable",
        True,  # noqa: FBT003 - a value of the contract
        "A trait's name may be null.",
    ),
)
_STORE = r"^mem_store_[0-7][0-9a-z]{25}$"

PARAMETERS: tuple[Drift, ...] = (
    _query("page-size-0-taken", "pageSize", "PageSize.minimum", 0, "A page of none may be asked for."),
    _query("page-size-1-refused", "pageSize", "PageSize.minimum", 2, "A page of one is refused."),
    _query(
        "page-size-1001-taken",
        "pageSize",
        "PageSize.maximum",
        1001,
        "A page of 1001 may be asked for.",
    ),
    _query("page-size-1000-refused", "pageSize", "PageSize.maximum", 999, "A page of 1000 is refused."),
    _query(
        "order-lower-case-taken",
        "orderBy",
        "SortOrder.enum",
        ["ASC", "DESC", "asc"],
        "An order may be in lower case.",
    ),
    _query("order-asc-refused", "orderBy", "SortOrder.enum", ["DESC"], "The order ASC is refused."),
    _ignored("order-word-taken", "orderBy", r"(?!ASC$|DESC$).*", "An order that is no order is ignored."),
    _ignored("page-size-word-taken", "pageSize", r"(?!-?[0-9]+$).*", "A page size that is no number is ignored."),
    _ignored("page-size-fraction-taken", "pageSize", r"[0-9]+\.[0-9]+", "A page size with a fraction is ignored."),
    _path(
        "service-store-refused",
        "storeId",
        "StoreId.pattern",
        _STORE,
        "Ids with mem_service_ are called malformed.",
    ),
    _path(
        "import-first-digit-refused",
        "importId",
        "ImportId.pattern",
        r"^mem_import_[0-3][0-9a-z]{25}$",
        "An id that starts with 7 is malformed.",
    ),
)

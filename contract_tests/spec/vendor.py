"""The same contract as the vendor lays it out: objects where they are used, one error, the server with each path.

The layout only; the words are ours.
"""

import json

from .pair import Spec

SERVERS = [{"url": "https://memory.twilio.com"}]
ERRORS = {
    "400": "BadRequest",
    "401": "Unauthorized",
    "403": "Forbidden",
    "404": "NotFound",
    "429": "TooManyRequests",
    "500": "InternalServerError",
    "503": "ServiceUnavailable",
}
TIME = {"type": "string", "format": "date-time"}
NAME = {"type": "string", "maxLength": 64}
FILE = {"type": "string", "maxLength": 255}
SIZE = {"type": "integer", "minimum": 1, "maximum": 100 * 1024 * 1024}
MAPPINGS = {
    "type": "array",
    "minItems": 2,
    "maxItems": 100,
    "items": {"$ref": "#/components/schemas/ColumnMappingItem"},
}


def _ref(kind: str, name: str) -> Spec:
    return {"$ref": f"#/components/{kind}/{name}"}


def _content(schema: Spec) -> Spec:
    return {"application/json": {"schema": schema}}


def _answers(status: str, schema: Spec) -> Spec:
    good = {"description": "Good.", "content": _content(schema)}
    return {status: good} | {code: _ref("responses", name) for code, name in ERRORS.items()}


def _error(name: str) -> Spec:
    answer = {"description": name, "content": _content(_ref("schemas", "TwilioError"))}
    if name == "TooManyRequests":
        answer["headers"] = {"Retry-After": {"schema": {"type": "string", "pattern": "^[0-9]+$"}}}
    return answer


def _path(name: str, spot: str, schema: Spec, *, required: bool = True) -> Spec:
    return {"name": name, "in": spot, "required": required, "schema": schema}


def _object(required: list[str], **properties: Spec) -> Spec:
    return {"type": "object", "properties": properties} | ({"required": required} if required else {})


CREATE = {
    "operationId": "CreateProfilesImportV2",
    "requestBody": {
        "required": True,
        "content": _content(
            _object(["filename", "fileSize", "columnMappings"], filename=FILE, fileSize=SIZE, columnMappings=MAPPINGS)
            | {"maxProperties": 3}
        ),
    },
    "responses": _answers(
        "201",
        _object(
            ["importId", "url"],
            importId={"type": "string", "maxLength": 39},
            url={"type": "string", "maxLength": 2048},
        )
        | {"maxProperties": 2},
    ),
}
LIST = {
    "operationId": "ListProfileImportsV2",
    "responses": _answers(
        "200",
        _object(
            [],
            imports={"type": "array", "maxItems": 100, "items": _ref("schemas", "ImportID")},
            meta={"allOf": [_ref("schemas", "ProfilesMeta")], "properties": {"key": {"example": "imports"}}},
        )
        | {"maxProperties": 2},
    ),
    "parameters": [_ref("parameters", name) for name in ("PageSize", "PageToken", "OrderBy")],
}
FETCH = {
    "operationId": "FetchProfileImportV2",
    "responses": _answers(
        "200",
        _object(
            ["status", "filename", "createdAt"],
            status={"type": "string", "enum": ["PENDING", "PROCESSING", "COMPLETED", "FAILED"]},
            filename=FILE,
            createdAt=TIME,
            updatedAt=TIME,
            fileSize=SIZE,
            columnMappings=MAPPINGS,
            summary=_object([], errors={"type": "integer"}, warnings={"type": "integer"}),
        ),
    ),
}
TOKEN = {"type": "string", "maxLength": 4096}
SCHEMAS = {
    "TwilioError": _object(
        [],
        code={"type": "integer", "format": "int32", "minimum": 100, "maximum": 999999},
        message={"type": "string", "maxLength": 1024},
        more_info={"type": "string", "format": "uri"},
        status={"type": "integer", "format": "int32", "minimum": 100, "maximum": 599},
    )
    | {"additionalProperties": False, "maxProperties": 10},
    "ImportID": {"type": "string", "pattern": "^mem_import_[0-7][0-9a-z]{25}$"},
    "ColumnMappingItem": _object(
        ["columnName", "traitGroup", "traitName"], columnName=NAME, traitGroup=NAME, traitName=NAME
    )
    | {"additionalProperties": False},
    "ProfilesMeta": _object(
        [],
        key={"type": "string", "nullable": False, "maxLength": 64},
        pageSize={"type": "integer", "default": 50},
        nextToken=TOKEN,
        previousToken=TOKEN,
    )
    | {"maxProperties": 4},
}
PARAMETERS = {
    "StoreId": _path("storeId", "path", {"type": "string", "pattern": "^mem_(store|service)_[0-7][0-9a-z]{25}$"}),
    "ImportId": _path("importId", "path", {"type": "string", "pattern": "^mem_import_[0-7][0-9a-z]{25}$"}),
    "PageSize": _path(
        "pageSize", "query", {"type": "integer", "default": 50, "minimum": 1, "maximum": 1000}, required=False
    ),
    "PageToken": _path("pageToken", "query", TOKEN, required=False),
    "OrderBy": _path(
        "orderBy", "query", {"type": "string", "enum": ["ASC", "DESC"], "default": "DESC"}, required=False
    ),
}
_SHARED: Spec = {
    "openapi": "3.0.1",
    "info": {"title": "Memory", "version": "1.0"},
    "servers": SERVERS,
    "security": [{"accountSid_authToken": []}],
    "paths": {
        "/v1/Stores/{storeId}/Profiles/Imports": {
            "servers": SERVERS,
            "parameters": [_ref("parameters", "StoreId")],
            "x-twilio": {"pathType": "list"},
            "get": LIST,
            "post": CREATE,
        },
        "/v1/Stores/{storeId}/Profiles/Imports/{importId}": {
            "servers": SERVERS,
            "parameters": [_ref("parameters", "StoreId"), _ref("parameters", "ImportId")],
            "get": FETCH,
        },
    },
    "components": {
        "securitySchemes": {
            "basic_apikey_or_accountsid": {"type": "http", "scheme": "basic"},
            "accountSid_authToken": {"type": "http", "scheme": "basic"},
        },
        "schemas": SCHEMAS,
        "parameters": PARAMETERS,
        "responses": {name: _error(name) for name in ERRORS.values()},
    },
}
# Through JSON, so that a test which changes one place changes no other.
VENDOR: Spec = json.loads(json.dumps(_SHARED))

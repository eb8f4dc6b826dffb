"""The contract as data. Written by openapi/generate.py; edit openapi/imports.yaml instead."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, TypedDict


class Value(TypedDict):
    """A parameter or a header."""

    required: bool
    schema: Mapping[str, Any]


class Request(TypedDict):
    """A JSON body that is sent."""

    required: bool
    schema: Mapping[str, Any]


class Answer(TypedDict):
    """A JSON body that comes back under one status, and its headers by their names."""

    schema: Mapping[str, Any]
    headers: Mapping[str, Value]


class Operation(TypedDict):
    """One operation; parameters by place (path, query) and name, responses by status."""

    method: str
    path: str
    parameters: Mapping[str, Mapping[str, Value]]
    request: Request | None
    responses: Mapping[int, Answer]


class CsvRules(TypedDict):
    """What binds a file but cannot be said in JSON Schema."""

    maxRows: int
    maxColumns: int
    toleratedRowErrors: int
    identifiers: Sequence[str]
    maxTraitCharacters: int
    deleteMarker: str


SERVER: Final = "https://memory.twilio.com"
SPEC_SHA256: Final = "9a153d28d20183bffd5e6fa591dc1701920cd411e9a678e52f8a5be85ef8c5c9"
GENERATOR: Final = "openapi-python-client 0.29.1"
FORMATTER: Final = "ruff 0.17.6"

OPERATIONS: Final[Mapping[str, Operation]] = {
    "ListProfileImportsV2": {
        "method": "GET",
        "path": "/v1/Stores/{storeId}/Profiles/Imports",
        "parameters": {
            "path": {"storeId": {"required": True, "schema": {"$ref": "#/components/schemas/StoreId"}}},
            "query": {
                "pageSize": {"required": False, "schema": {"$ref": "#/components/schemas/PageSize"}},
                "pageToken": {"required": False, "schema": {"$ref": "#/components/schemas/PageToken"}},
                "orderBy": {"required": False, "schema": {"$ref": "#/components/schemas/SortOrder"}},
            },
        },
        "request": None,
        "responses": {
            200: {
                "schema": {"$ref": "#/components/schemas/ImportList"},
                "headers": {"twilio-request-id": {"required": False, "schema": {"type": "string"}}},
            },
            400: {
                "schema": {"$ref": "#/components/schemas/Error"},
                "headers": {"twilio-request-id": {"required": False, "schema": {"type": "string"}}},
            },
            401: {
                "schema": {"$ref": "#/components/schemas/Error"},
                "headers": {"twilio-request-id": {"required": False, "schema": {"type": "string"}}},
            },
            403: {
                "schema": {"$ref": "#/components/schemas/Error"},
                "headers": {"twilio-request-id": {"required": False, "schema": {"type": "string"}}},
            },
            404: {
                "schema": {"$ref": "#/components/schemas/Error"},
                "headers": {"twilio-request-id": {"required": False, "schema": {"type": "string"}}},
            },
            429: {
                "schema": {"$ref": "#/components/schemas/Error"},
                "headers": {
                    "twilio-request-id": {"required": False, "schema": {"type": "string"}},
                    "Retry-After": {"required": False, "schema": {"type": "string", "pattern": "^[0-9]+$"}},
                },
            },
            500: {
                "schema": {"$ref": "#/components/schemas/Error"},
                "headers": {"twilio-request-id": {"required": False, "schema": {"type": "string"}}},
            },
            503: {
                "schema": {"$ref": "#/components/schemas/Error"},
                "headers": {"twilio-request-id": {"required": False, "schema": {"type": "string"}}},
            },
        },
    },
    "CreateProfilesImportV2": {
        "method": "POST",
        "path": "/v1/Stores/{storeId}/Profiles/Imports",
        "parameters": {
            "path": {"storeId": {"required": True, "schema": {"$ref": "#/components/schemas/StoreId"}}},
            "query": {},
        },
        "request": {"required": True, "schema": {"$ref": "#/components/schemas/CreateImportRequest"}},
        "responses": {
            201: {
                "schema": {"$ref": "#/components/schemas/CreatedImport"},
                "headers": {"twilio-request-id": {"required": False, "schema": {"type": "string"}}},
            },
            400: {
                "schema": {"$ref": "#/components/schemas/Error"},
                "headers": {"twilio-request-id": {"required": False, "schema": {"type": "string"}}},
            },
            401: {
                "schema": {"$ref": "#/components/schemas/Error"},
                "headers": {"twilio-request-id": {"required": False, "schema": {"type": "string"}}},
            },
            403: {
                "schema": {"$ref": "#/components/schemas/Error"},
                "headers": {"twilio-request-id": {"required": False, "schema": {"type": "string"}}},
            },
            404: {
                "schema": {"$ref": "#/components/schemas/Error"},
                "headers": {"twilio-request-id": {"required": False, "schema": {"type": "string"}}},
            },
            429: {
                "schema": {"$ref": "#/components/schemas/Error"},
                "headers": {
                    "twilio-request-id": {"required": False, "schema": {"type": "string"}},
                    "Retry-After": {"required": False, "schema": {"type": "string", "pattern": "^[0-9]+$"}},
                },
            },
            500: {
                "schema": {"$ref": "#/components/schemas/Error"},
                "headers": {"twilio-request-id": {"required": False, "schema": {"type": "string"}}},
            },
            503: {
                "schema": {"$ref": "#/components/schemas/Error"},
                "headers": {"twilio-request-id": {"required": False, "schema": {"type": "string"}}},
            },
        },
    },
    "FetchProfileImportV2": {
        "method": "GET",
        "path": "/v1/Stores/{storeId}/Profiles/Imports/{importId}",
        "parameters": {
            "path": {
                "storeId": {"required": True, "schema": {"$ref": "#/components/schemas/StoreId"}},
                "importId": {"required": True, "schema": {"$ref": "#/components/schemas/ImportId"}},
            },
            "query": {},
        },
        "request": None,
        "responses": {
            200: {
                "schema": {"$ref": "#/components/schemas/ImportStatus"},
                "headers": {"twilio-request-id": {"required": False, "schema": {"type": "string"}}},
            },
            400: {
                "schema": {"$ref": "#/components/schemas/Error"},
                "headers": {"twilio-request-id": {"required": False, "schema": {"type": "string"}}},
            },
            401: {
                "schema": {"$ref": "#/components/schemas/Error"},
                "headers": {"twilio-request-id": {"required": False, "schema": {"type": "string"}}},
            },
            403: {
                "schema": {"$ref": "#/components/schemas/Error"},
                "headers": {"twilio-request-id": {"required": False, "schema": {"type": "string"}}},
            },
            404: {
                "schema": {"$ref": "#/components/schemas/Error"},
                "headers": {"twilio-request-id": {"required": False, "schema": {"type": "string"}}},
            },
            429: {
                "schema": {"$ref": "#/components/schemas/Error"},
                "headers": {
                    "twilio-request-id": {"required": False, "schema": {"type": "string"}},
                    "Retry-After": {"required": False, "schema": {"type": "string", "pattern": "^[0-9]+$"}},
                },
            },
            500: {
                "schema": {"$ref": "#/components/schemas/Error"},
                "headers": {"twilio-request-id": {"required": False, "schema": {"type": "string"}}},
            },
            503: {
                "schema": {"$ref": "#/components/schemas/Error"},
                "headers": {"twilio-request-id": {"required": False, "schema": {"type": "string"}}},
            },
        },
    },
}

SCHEMAS: Final[Mapping[str, Mapping[str, Any]]] = {
    "StoreId": {"type": "string", "pattern": "^mem_(store|service)_[0-7][0-9a-z]{25}$"},
    "ImportId": {"type": "string", "pattern": "^mem_import_[0-7][0-9a-z]{25}$"},
    "PageSize": {"type": "integer", "minimum": 1, "maximum": 1000, "default": 50},
    "PageToken": {"type": "string", "maxLength": 4096},
    "SortOrder": {"type": "string", "enum": ["ASC", "DESC"], "default": "DESC"},
    "FileName": {"type": "string", "maxLength": 255},
    "FileSize": {"type": "integer", "minimum": 1, "maximum": 104857600},
    "ColumnMapping": {
        "type": "object",
        "required": ["columnName", "traitGroup", "traitName"],
        "additionalProperties": False,
        "properties": {
            "columnName": {"type": "string", "maxLength": 64},
            "traitGroup": {"type": "string", "maxLength": 64},
            "traitName": {"type": "string", "maxLength": 64},
        },
    },
    "ColumnMappings": {
        "type": "array",
        "minItems": 2,
        "maxItems": 100,
        "items": {"$ref": "#/components/schemas/ColumnMapping"},
    },
    "CreateImportRequest": {
        "type": "object",
        "required": ["filename", "fileSize", "columnMappings"],
        "maxProperties": 3,
        "properties": {
            "filename": {"$ref": "#/components/schemas/FileName"},
            "fileSize": {"$ref": "#/components/schemas/FileSize"},
            "columnMappings": {"$ref": "#/components/schemas/ColumnMappings"},
        },
    },
    "CreatedImport": {
        "type": "object",
        "required": ["importId", "url"],
        "maxProperties": 2,
        "properties": {
            "importId": {"type": "string", "maxLength": 39},
            "url": {"type": "string", "maxLength": 2048},
        },
    },
    "ImportState": {"type": "string", "enum": ["PENDING", "PROCESSING", "COMPLETED", "FAILED"]},
    "ImportSummary": {
        "type": "object",
        "properties": {"errors": {"type": "integer"}, "warnings": {"type": "integer"}},
    },
    "ImportStatus": {
        "type": "object",
        "required": ["status", "filename", "createdAt"],
        "properties": {
            "status": {"$ref": "#/components/schemas/ImportState"},
            "filename": {"$ref": "#/components/schemas/FileName"},
            "createdAt": {"type": "string", "format": "date-time"},
            "updatedAt": {"type": "string", "format": "date-time"},
            "fileSize": {"$ref": "#/components/schemas/FileSize"},
            "columnMappings": {"$ref": "#/components/schemas/ColumnMappings"},
            "summary": {"$ref": "#/components/schemas/ImportSummary"},
        },
    },
    "ListMeta": {
        "type": "object",
        "maxProperties": 4,
        "properties": {
            "key": {"type": "string", "nullable": False, "maxLength": 64},
            "pageSize": {"type": "integer"},
            "nextToken": {"$ref": "#/components/schemas/PageToken"},
            "previousToken": {"$ref": "#/components/schemas/PageToken"},
        },
    },
    "ImportList": {
        "type": "object",
        "maxProperties": 2,
        "properties": {
            "imports": {"type": "array", "maxItems": 100, "items": {"$ref": "#/components/schemas/ImportId"}},
            "meta": {"$ref": "#/components/schemas/ListMeta"},
        },
    },
    "Error": {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "code": {"type": "integer", "format": "int32", "minimum": 100, "maximum": 999999},
            "message": {"type": "string", "maxLength": 1024},
            "more_info": {"type": "string", "format": "uri"},
            "status": {"type": "integer", "format": "int32", "minimum": 100, "maximum": 599},
        },
    },
}

CSV_RULES: Final[CsvRules] = {
    "maxRows": 1000000,
    "maxColumns": 100,
    "toleratedRowErrors": 100,
    "identifiers": ["email", "phone", "whatsapp"],
    "maxTraitCharacters": 1024,
    "deleteMarker": "\\N",
}

"""The only importer of the generated package: builds requests with it, reads replies with it, translates once.

The generated operations import httpx, so each is imported when it is first used. Their ``_get_kwargs`` builds a
request without sending it, which the generator offers under no public name.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar

from attrs import evolve

from memory_imports import _answers
from memory_imports._effects import Call, Reply
from memory_imports._policy import http_date
from memory_imports._quoted import in_a_line
from memory_imports._schema import Schema, Violation, read_date_time, violations
from memory_imports._url import ends_at, is_upload_url
from memory_imports.errors import InvalidRequest
from memory_imports.models import ColumnMapping, CreatedImport, ImportStatus, ImportSummary
from memory_imports.tables import Rules
from memory_imports_api import contract, models
from memory_imports_api.types import UNSET, Unset

BASE_URL: str = contract.SERVER
SPEC_SHA256: str = contract.SPEC_SHA256
RULES = Rules(
    max_bytes=contract.SCHEMAS["FileSize"]["maximum"],
    max_rows=contract.CSV_RULES["maxRows"],
    max_columns=contract.CSV_RULES["maxColumns"],
    max_characters=contract.CSV_RULES["maxTraitCharacters"],
    identifiers=frozenset(contract.CSV_RULES["identifiers"]),
    delete_marker=contract.CSV_RULES["deleteMarker"],
)
# Of a column, a group or a trait; and how few columns no import may have.
NAME_CHARACTERS: int = contract.SCHEMAS["ColumnMapping"]["properties"]["columnName"]["maxLength"]
LEAST_MAPPINGS: int = contract.SCHEMAS["ColumnMappings"]["minItems"]

CREATE = "CreateProfilesImportV2"
LIST = "ListProfileImportsV2"
FETCH = "FetchProfileImportV2"

Known = TypeVar("Known")
_REQUEST: Schema = contract.SCHEMAS["CreateImportRequest"]


def create_call(store_id: str, filename: str, size: int, mappings: Sequence[ColumnMapping]) -> Call:
    """Build the request that creates an import; ``size`` is in bytes.

    Raises:
        InvalidRequest: The contract forbids an argument.
    """
    from memory_imports_api.api.imports import create_profiles_import_v2 as operation  # noqa: PLC0415 - httpx

    columns = [models.ColumnMapping(each.column_name, each.trait_group, each.trait_name) for each in mappings]
    body = models.CreateImportRequest(filename, size, columns)
    _refuse(violations(body.to_dict(), _REQUEST, contract.SCHEMAS))
    _refuse_unencodable(body.to_dict())
    _refuse_parameters(CREATE, path={"storeId": store_id})
    return _call(CREATE, operation._get_kwargs(store_id, body=body))  # noqa: SLF001 - see above


def check_early(store_id: str | None, mappings: Sequence[ColumnMapping]) -> None:
    """See what the contract says of a store and of mappings, before large files are read for nothing.

    Raises:
        InvalidRequest: It forbids them.
    """
    listed = [models.ColumnMapping(each.column_name, each.trait_group, each.trait_name).to_dict() for each in mappings]
    _refuse(violations(listed, contract.SCHEMAS["ColumnMappings"], contract.SCHEMAS), prefix="columnMappings")
    if store_id is not None:
        _refuse_parameters(CREATE, path={"storeId": store_id})


def fetch_call(store_id: str, import_id: str) -> Call:
    """Build the request for one import's status. Raises `InvalidRequest`."""
    from memory_imports_api.api.imports import fetch_profile_import_v2 as operation  # noqa: PLC0415 - httpx

    _refuse_parameters(FETCH, path={"storeId": store_id, "importId": import_id})
    return _call(FETCH, operation._get_kwargs(store_id, import_id), import_id)  # noqa: SLF001 - see above


def list_call(store_id: str, order: str, page_size: int | None, page_token: str | None) -> Call:
    """Build the request for one page of import ids, ``order`` being asc or desc. Raises `InvalidRequest`."""
    from memory_imports_api.api.imports import list_profile_imports_v2 as operation  # noqa: PLC0415 - httpx

    query = {"orderBy": str(order).upper(), "pageSize": page_size, "pageToken": page_token}
    given = {name: value for name, value in query.items() if value is not None}
    _refuse_parameters(LIST, path={"storeId": store_id}, query=given)
    kwargs = operation._get_kwargs(  # noqa: SLF001 - see above
        store_id,
        page_size=UNSET if page_size is None else page_size,
        page_token=UNSET if page_token is None else page_token,
        order_by=models.SortOrder(str(order).upper()),
    )
    return _call(LIST, kwargs)


def read_created(call: Call, reply: Reply) -> CreatedImport:
    """Read the answer to a create. Raises `ServiceError` and `ContractBroken`."""
    body = _read(call, reply)
    created = models.CreatedImport.from_dict(body)
    if (broken := _unusable(created)) is not None:
        _answers.drifted(evolve(call, import_id=in_a_line(created.import_id)), reply, broken)
    end = ends_at(created.url)
    # Counted from the signer's clock, so that a wrong clock here neither shortens nor stretches it.
    signer_now = http_date(reply.headers.get("date", "")) or reply.at
    return CreatedImport(
        import_id=created.import_id,
        url=created.url,
        file_size=call.json["fileSize"],
        expires_at=None if end is None else _moment(reply.at + end - signer_now),
        request_id=reply.request_id,
        extra=_extra(body, "CreatedImport"),
    )


def _unusable(created: models.CreatedImport) -> Violation | None:
    """Return why an import could not be gone on with: its file would be sent and never heard of again."""
    schema = contract.OPERATIONS[FETCH]["parameters"]["path"]["importId"]["schema"]
    for broken in violations(created.import_id, schema, contract.SCHEMAS, at="/importId"):
        return broken
    return None if is_upload_url(created.url) else Violation("/url", "must be an absolute http or https URL", "format")


def read_status(call: Call, reply: Reply) -> ImportStatus:
    """Read the answer to a fetch. Raises `ServiceError`, `UnknownState` and `ContractBroken`."""
    body = _read(call, reply)
    # The generated code reads fewer date-times than the contract allows.
    times = {name: str(read_date_time(body[name])) for name in ("createdAt", "updatedAt") if name in body}
    found = models.ImportStatus.from_dict(body | times)
    return ImportStatus(
        import_id=str(call.import_id),
        state=found.status,
        filename=found.filename,
        created_at=found.created_at,
        updated_at=_known(found.updated_at),
        file_size=_known(found.file_size),
        column_mappings=_mappings(_known(found.column_mappings)),
        summary=_summary(_known(found.summary)),
        request_id=reply.request_id,
        extra=_extra(body, "ImportStatus"),
    )


def read_page(call: Call, reply: Reply) -> tuple[tuple[str, ...], str | None]:
    """Read one page: its import ids and the token of the next. Raises `ServiceError` and `ContractBroken`."""
    page = models.ImportList.from_dict(_read(call, reply))
    meta = _known(page.meta)
    return tuple(_known(page.imports) or ()), (_known(meta.next_token) if meta else None) or None


def mappings_of(call: Call) -> tuple[ColumnMapping, ...]:
    """Return the mappings that a create request asked for."""
    body = models.CreateImportRequest.from_dict(call.json)
    return _mappings(body.column_mappings) or ()


def _call(operation: str, kwargs: Mapping[str, Any], import_id: str | None = None) -> Call:
    return Call(
        operation=operation,
        method=kwargs["method"].upper(),
        path=kwargs["url"],
        query=kwargs.get("params", {}),
        json=kwargs.get("json"),
        import_id=import_id,
    )


def _read(call: Call, reply: Reply) -> dict[str, Any]:
    answers = {status: answer["schema"] for status, answer in contract.OPERATIONS[call.operation]["responses"].items()}
    return _answers.read(call, reply, answers, contract.SCHEMAS)


_WORDS = {
    "": "The request",
    "columnMappings": "The list of mapped columns",
    "fileSize": "The file's size",
    "filename": "The file's name",
    "importId": "The import id",
    "storeId": "The store id",
}


def _refuse(found: Iterator[Violation], prefix: str = "") -> None:
    for broken in found:
        field = (prefix + broken.pointer).removeprefix("/").replace("/", ".")
        raise InvalidRequest(f"{_WORDS.get(field, field)} {broken.sentence}; nothing was sent.", field=field)


def _refuse_unencodable(body: Mapping[str, Any]) -> None:
    try:
        json.dumps(body, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        message = "A name holds characters that are not text (a badly decoded file name?); nothing was sent."
        raise InvalidRequest(message, field="filename") from None


def _refuse_parameters(operation: str, **given: Mapping[str, Any]) -> None:
    for place, values in given.items():
        known = contract.OPERATIONS[operation]["parameters"][place]
        for name, value in values.items():
            _refuse(violations(value, known[name]["schema"], contract.SCHEMAS), prefix=name)


def _extra(body: Mapping[str, Any], schema: str) -> dict[str, Any]:
    known = contract.SCHEMAS[schema]["properties"]
    return {name: value for name, value in body.items() if name not in known}


def _known(value: Known | Unset) -> Known | None:
    return None if isinstance(value, Unset) else value


def _mappings(found: Sequence[models.ColumnMapping] | None) -> tuple[ColumnMapping, ...] | None:
    if found is None:
        return None
    return tuple(ColumnMapping(each.column_name, each.trait_group, each.trait_name) for each in found)


def _summary(found: models.ImportSummary | None) -> ImportSummary | None:
    return (
        None
        if found is None
        else ImportSummary(
            errors=_known(found.errors), warnings=_known(found.warnings), extra=found.additional_properties
        )
    )


def _moment(seconds: float) -> datetime | None:
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None

from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.create_import_request import CreateImportRequest
from ...models.created_import import CreatedImport
from ...models.error import Error
from ...types import Response


def _get_kwargs(
    store_id: str,
    *,
    body: CreateImportRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/Stores/{store_id}/Profiles/Imports".format(
            store_id=quote(str(store_id), safe=""),
        ),
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> CreatedImport | Error | None:
    if response.status_code == 201:
        response_201 = CreatedImport.from_dict(response.json())

        return response_201

    if response.status_code == 400:
        response_400 = Error.from_dict(response.json())

        return response_400

    if response.status_code == 401:
        response_401 = Error.from_dict(response.json())

        return response_401

    if response.status_code == 403:
        response_403 = Error.from_dict(response.json())

        return response_403

    if response.status_code == 404:
        response_404 = Error.from_dict(response.json())

        return response_404

    if response.status_code == 429:
        response_429 = Error.from_dict(response.json())

        return response_429

    if response.status_code == 500:
        response_500 = Error.from_dict(response.json())

        return response_500

    if response.status_code == 503:
        response_503 = Error.from_dict(response.json())

        return response_503

    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[CreatedImport | Error]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    store_id: str,
    *,
    client: AuthenticatedClient | Client,
    body: CreateImportRequest,
) -> Response[CreatedImport | Error]:
    """Create an import

     Announces a file and gets the URL to send it to. Nothing is imported before the file has arrived
    there.
    There is no idempotency key: repeating a request whose answer was lost may create a second import.

    Args:
        store_id (str): The id of a store; two prefixes are in use. Example:
            mem_store_00000000000000000000000000.
        body (CreateImportRequest): A file, announced before it is sent. Example: {'filename':
            'people.csv', 'fileSize': 81234, 'columnMappings': [{'columnName': 'email_address',
            'traitGroup': 'Contact', 'traitName': 'email'}, {'columnName': 'first_name', 'traitGroup':
            'Contact', 'traitName': 'firstName'}]}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[CreatedImport | Error]
    """

    kwargs = _get_kwargs(
        store_id=store_id,
        body=body,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    store_id: str,
    *,
    client: AuthenticatedClient | Client,
    body: CreateImportRequest,
) -> CreatedImport | Error | None:
    """Create an import

     Announces a file and gets the URL to send it to. Nothing is imported before the file has arrived
    there.
    There is no idempotency key: repeating a request whose answer was lost may create a second import.

    Args:
        store_id (str): The id of a store; two prefixes are in use. Example:
            mem_store_00000000000000000000000000.
        body (CreateImportRequest): A file, announced before it is sent. Example: {'filename':
            'people.csv', 'fileSize': 81234, 'columnMappings': [{'columnName': 'email_address',
            'traitGroup': 'Contact', 'traitName': 'email'}, {'columnName': 'first_name', 'traitGroup':
            'Contact', 'traitName': 'firstName'}]}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        CreatedImport | Error
    """

    return sync_detailed(
        store_id=store_id,
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    store_id: str,
    *,
    client: AuthenticatedClient | Client,
    body: CreateImportRequest,
) -> Response[CreatedImport | Error]:
    """Create an import

     Announces a file and gets the URL to send it to. Nothing is imported before the file has arrived
    there.
    There is no idempotency key: repeating a request whose answer was lost may create a second import.

    Args:
        store_id (str): The id of a store; two prefixes are in use. Example:
            mem_store_00000000000000000000000000.
        body (CreateImportRequest): A file, announced before it is sent. Example: {'filename':
            'people.csv', 'fileSize': 81234, 'columnMappings': [{'columnName': 'email_address',
            'traitGroup': 'Contact', 'traitName': 'email'}, {'columnName': 'first_name', 'traitGroup':
            'Contact', 'traitName': 'firstName'}]}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[CreatedImport | Error]
    """

    kwargs = _get_kwargs(
        store_id=store_id,
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    store_id: str,
    *,
    client: AuthenticatedClient | Client,
    body: CreateImportRequest,
) -> CreatedImport | Error | None:
    """Create an import

     Announces a file and gets the URL to send it to. Nothing is imported before the file has arrived
    there.
    There is no idempotency key: repeating a request whose answer was lost may create a second import.

    Args:
        store_id (str): The id of a store; two prefixes are in use. Example:
            mem_store_00000000000000000000000000.
        body (CreateImportRequest): A file, announced before it is sent. Example: {'filename':
            'people.csv', 'fileSize': 81234, 'columnMappings': [{'columnName': 'email_address',
            'traitGroup': 'Contact', 'traitName': 'email'}, {'columnName': 'first_name', 'traitGroup':
            'Contact', 'traitName': 'firstName'}]}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        CreatedImport | Error
    """

    return (
        await asyncio_detailed(
            store_id=store_id,
            client=client,
            body=body,
        )
    ).parsed

from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.error import Error
from ...models.import_status import ImportStatus
from ...types import Response


def _get_kwargs(
    store_id: str,
    import_id: str,
) -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/v1/Stores/{store_id}/Profiles/Imports/{import_id}".format(
            store_id=quote(str(store_id), safe=""),
            import_id=quote(str(import_id), safe=""),
        ),
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Error | ImportStatus | None:
    if response.status_code == 200:
        response_200 = ImportStatus.from_dict(response.json())

        return response_200

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
) -> Response[Error | ImportStatus]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    store_id: str,
    import_id: str,
    *,
    client: AuthenticatedClient | Client,
) -> Response[Error | ImportStatus]:
    """Fetch one import

     How far an import has come, and the counts of its bad rows once the service knows them.

    Args:
        store_id (str): The id of a store; two prefixes are in use. Example:
            mem_store_00000000000000000000000000.
        import_id (str): The id of an import. Example: mem_import_00000000000000000000000000.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Error | ImportStatus]
    """

    kwargs = _get_kwargs(
        store_id=store_id,
        import_id=import_id,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    store_id: str,
    import_id: str,
    *,
    client: AuthenticatedClient | Client,
) -> Error | ImportStatus | None:
    """Fetch one import

     How far an import has come, and the counts of its bad rows once the service knows them.

    Args:
        store_id (str): The id of a store; two prefixes are in use. Example:
            mem_store_00000000000000000000000000.
        import_id (str): The id of an import. Example: mem_import_00000000000000000000000000.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Error | ImportStatus
    """

    return sync_detailed(
        store_id=store_id,
        import_id=import_id,
        client=client,
    ).parsed


async def asyncio_detailed(
    store_id: str,
    import_id: str,
    *,
    client: AuthenticatedClient | Client,
) -> Response[Error | ImportStatus]:
    """Fetch one import

     How far an import has come, and the counts of its bad rows once the service knows them.

    Args:
        store_id (str): The id of a store; two prefixes are in use. Example:
            mem_store_00000000000000000000000000.
        import_id (str): The id of an import. Example: mem_import_00000000000000000000000000.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Error | ImportStatus]
    """

    kwargs = _get_kwargs(
        store_id=store_id,
        import_id=import_id,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    store_id: str,
    import_id: str,
    *,
    client: AuthenticatedClient | Client,
) -> Error | ImportStatus | None:
    """Fetch one import

     How far an import has come, and the counts of its bad rows once the service knows them.

    Args:
        store_id (str): The id of a store; two prefixes are in use. Example:
            mem_store_00000000000000000000000000.
        import_id (str): The id of an import. Example: mem_import_00000000000000000000000000.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Error | ImportStatus
    """

    return (
        await asyncio_detailed(
            store_id=store_id,
            import_id=import_id,
            client=client,
        )
    ).parsed

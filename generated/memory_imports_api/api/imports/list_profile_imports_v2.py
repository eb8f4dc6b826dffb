from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.error import Error
from ...models.import_list import ImportList
from ...models.sort_order import SortOrder
from ...types import UNSET, Response, Unset


def _get_kwargs(
    store_id: str,
    *,
    page_size: int | Unset = UNSET,
    page_token: str | Unset = UNSET,
    order_by: SortOrder | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["pageSize"] = page_size

    params["pageToken"] = page_token

    json_order_by: str | Unset = UNSET
    if not isinstance(order_by, Unset):
        json_order_by = order_by.value

    params["orderBy"] = json_order_by

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/v1/Stores/{store_id}/Profiles/Imports".format(
            store_id=quote(str(store_id), safe=""),
        ),
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Error | ImportList | None:
    if response.status_code == 200:
        response_200 = ImportList.from_dict(response.json())

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
) -> Response[Error | ImportList]:
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
    page_size: int | Unset = UNSET,
    page_token: str | Unset = UNSET,
    order_by: SortOrder | Unset = UNSET,
) -> Response[Error | ImportList]:
    """List the imports of a store

     One page of import ids, by age. The tokens in `meta` lead to the pages on either side.

    Args:
        store_id (str): The id of a store; two prefixes are in use. Example:
            mem_store_00000000000000000000000000.
        page_size (int | Unset): A wish, not a promise; a page never holds more ids than `imports`
            may. Example: 50.
        page_token (str | Unset): Opaque; only what an earlier page gave is worth anything.
            Example: bmV4dDoy.
        order_by (SortOrder | Unset): `DESC` puts the newest first, `ASC` the oldest. Example:
            DESC.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Error | ImportList]
    """

    kwargs = _get_kwargs(
        store_id=store_id,
        page_size=page_size,
        page_token=page_token,
        order_by=order_by,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    store_id: str,
    *,
    client: AuthenticatedClient | Client,
    page_size: int | Unset = UNSET,
    page_token: str | Unset = UNSET,
    order_by: SortOrder | Unset = UNSET,
) -> Error | ImportList | None:
    """List the imports of a store

     One page of import ids, by age. The tokens in `meta` lead to the pages on either side.

    Args:
        store_id (str): The id of a store; two prefixes are in use. Example:
            mem_store_00000000000000000000000000.
        page_size (int | Unset): A wish, not a promise; a page never holds more ids than `imports`
            may. Example: 50.
        page_token (str | Unset): Opaque; only what an earlier page gave is worth anything.
            Example: bmV4dDoy.
        order_by (SortOrder | Unset): `DESC` puts the newest first, `ASC` the oldest. Example:
            DESC.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Error | ImportList
    """

    return sync_detailed(
        store_id=store_id,
        client=client,
        page_size=page_size,
        page_token=page_token,
        order_by=order_by,
    ).parsed


async def asyncio_detailed(
    store_id: str,
    *,
    client: AuthenticatedClient | Client,
    page_size: int | Unset = UNSET,
    page_token: str | Unset = UNSET,
    order_by: SortOrder | Unset = UNSET,
) -> Response[Error | ImportList]:
    """List the imports of a store

     One page of import ids, by age. The tokens in `meta` lead to the pages on either side.

    Args:
        store_id (str): The id of a store; two prefixes are in use. Example:
            mem_store_00000000000000000000000000.
        page_size (int | Unset): A wish, not a promise; a page never holds more ids than `imports`
            may. Example: 50.
        page_token (str | Unset): Opaque; only what an earlier page gave is worth anything.
            Example: bmV4dDoy.
        order_by (SortOrder | Unset): `DESC` puts the newest first, `ASC` the oldest. Example:
            DESC.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Error | ImportList]
    """

    kwargs = _get_kwargs(
        store_id=store_id,
        page_size=page_size,
        page_token=page_token,
        order_by=order_by,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    store_id: str,
    *,
    client: AuthenticatedClient | Client,
    page_size: int | Unset = UNSET,
    page_token: str | Unset = UNSET,
    order_by: SortOrder | Unset = UNSET,
) -> Error | ImportList | None:
    """List the imports of a store

     One page of import ids, by age. The tokens in `meta` lead to the pages on either side.

    Args:
        store_id (str): The id of a store; two prefixes are in use. Example:
            mem_store_00000000000000000000000000.
        page_size (int | Unset): A wish, not a promise; a page never holds more ids than `imports`
            may. Example: 50.
        page_token (str | Unset): Opaque; only what an earlier page gave is worth anything.
            Example: bmV4dDoy.
        order_by (SortOrder | Unset): `DESC` puts the newest first, `ASC` the oldest. Example:
            DESC.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Error | ImportList
    """

    return (
        await asyncio_detailed(
            store_id=store_id,
            client=client,
            page_size=page_size,
            page_token=page_token,
            order_by=order_by,
        )
    ).parsed

# Made from specs/jellyfin.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py jellyfin
from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx

from .... import reading as _reading
from ... import errors
from ...client import AuthenticatedClient, Client
from ...types import UNSET, Response, Unset

if TYPE_CHECKING:
    from ...models.base_item_dto_query_result import BaseItemDtoQueryResult
    from ...models.problem_details import ProblemDetails


def request_kwargs(
    *,
    user_id: str | Unset = UNSET,
    parent_id: str | Unset = UNSET,
    search_term: str | Unset = UNSET,
    start_index: int | Unset = UNSET,
    limit: int | Unset = UNSET,
) -> dict[str, Any]:

    _query: dict[str, Any] = {}

    _query["userId"] = user_id

    _query["parentId"] = parent_id

    _query["searchTerm"] = search_term

    _query["startIndex"] = start_index

    _query["limit"] = limit

    _query = {k: v for k, v in _query.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/Artists",
        "params": _query,
    }

    return _kwargs


def read_answer(status_code: int, data: Any) -> Any | BaseItemDtoQueryResult | ProblemDetails | str:
    """Read a decoded body: JSON as dicts and lists, text as str, anything else as bytes.

    Raises:
        UnreadableAnswer: It is not what the spec says.
        UndocumentedAnswer: The spec has no such status, or none with such a body.
    """
    from ...models.base_item_dto_query_result import BaseItemDtoQueryResult
    from ...models.problem_details import ProblemDetails

    if 200 <= status_code <= 299:
        return BaseItemDtoQueryResult.from_dict(data)
    if status_code == 400 or status_code == 404:
        return _reading.failure(ProblemDetails.from_dict, data)
    if status_code == 401:
        return None
    if status_code == 403 or status_code == 500 or status_code == 503:
        return _reading.failure(_reading.text, data)
    raise _reading.UndocumentedAnswer


def parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Any | BaseItemDtoQueryResult | ProblemDetails | str | None:
    content_type = response.headers.get("content-type", "")
    data = _reading.decoded(content_type, response.content, ())
    try:
        return read_answer(response.status_code, data)
    except _reading.UndocumentedAnswer:
        if client.raise_on_unexpected_status:
            raise errors.UnexpectedStatus(response.status_code, response.content, response.headers) from None
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[Any | BaseItemDtoQueryResult | ProblemDetails | str]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    user_id: str | Unset = UNSET,
    parent_id: str | Unset = UNSET,
    search_term: str | Unset = UNSET,
    start_index: int | Unset = UNSET,
    limit: int | Unset = UNSET,
) -> Response[Any | BaseItemDtoQueryResult | ProblemDetails | str]:
    """List artists.

     Those of tracks and those of albums.

    Args:
        user_id (str | Unset):
        parent_id (str | Unset):
        search_term (str | Unset):
        start_index (int | Unset):
        limit (int | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | BaseItemDtoQueryResult | ProblemDetails | str]
    """

    kwargs = request_kwargs(
        user_id=user_id,
        parent_id=parent_id,
        search_term=search_term,
        start_index=start_index,
        limit=limit,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient | Client,
    user_id: str | Unset = UNSET,
    parent_id: str | Unset = UNSET,
    search_term: str | Unset = UNSET,
    start_index: int | Unset = UNSET,
    limit: int | Unset = UNSET,
) -> Any | BaseItemDtoQueryResult | ProblemDetails | str | None:
    """List artists.

     Those of tracks and those of albums.

    Args:
        user_id (str | Unset):
        parent_id (str | Unset):
        search_term (str | Unset):
        start_index (int | Unset):
        limit (int | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | BaseItemDtoQueryResult | ProblemDetails | str
    """

    return sync_detailed(
        client=client,
        user_id=user_id,
        parent_id=parent_id,
        search_term=search_term,
        start_index=start_index,
        limit=limit,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    user_id: str | Unset = UNSET,
    parent_id: str | Unset = UNSET,
    search_term: str | Unset = UNSET,
    start_index: int | Unset = UNSET,
    limit: int | Unset = UNSET,
) -> Response[Any | BaseItemDtoQueryResult | ProblemDetails | str]:
    """List artists.

     Those of tracks and those of albums.

    Args:
        user_id (str | Unset):
        parent_id (str | Unset):
        search_term (str | Unset):
        start_index (int | Unset):
        limit (int | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | BaseItemDtoQueryResult | ProblemDetails | str]
    """

    kwargs = request_kwargs(
        user_id=user_id,
        parent_id=parent_id,
        search_term=search_term,
        start_index=start_index,
        limit=limit,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    user_id: str | Unset = UNSET,
    parent_id: str | Unset = UNSET,
    search_term: str | Unset = UNSET,
    start_index: int | Unset = UNSET,
    limit: int | Unset = UNSET,
) -> Any | BaseItemDtoQueryResult | ProblemDetails | str | None:
    """List artists.

     Those of tracks and those of albums.

    Args:
        user_id (str | Unset):
        parent_id (str | Unset):
        search_term (str | Unset):
        start_index (int | Unset):
        limit (int | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | BaseItemDtoQueryResult | ProblemDetails | str
    """

    return (
        await asyncio_detailed(
            client=client,
            user_id=user_id,
            parent_id=parent_id,
            search_term=search_term,
            start_index=start_index,
            limit=limit,
        )
    ).parsed

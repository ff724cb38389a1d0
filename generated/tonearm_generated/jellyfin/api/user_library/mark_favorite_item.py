# Made from specs/jellyfin.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py jellyfin
from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import httpx

from .... import reading as _reading
from ... import errors
from ...client import AuthenticatedClient, Client
from ...types import UNSET, Response, Unset

if TYPE_CHECKING:
    from ...models.problem_details import ProblemDetails
    from ...models.user_item_data_dto import UserItemDataDto


def request_kwargs(
    item_id: str,
    *,
    user_id: str | Unset = UNSET,
) -> dict[str, Any]:

    _query: dict[str, Any] = {}

    _query["userId"] = user_id

    _query = {k: v for k, v in _query.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/UserFavoriteItems/{item_id}".format(
            item_id=quote(str(item_id), safe=""),
        ),
        "params": _query,
    }

    return _kwargs


def read_answer(status_code: int, data: Any) -> Any | ProblemDetails | UserItemDataDto | str:
    """Read a decoded body: JSON as dicts and lists, text as str, anything else as bytes.

    Raises:
        UnreadableAnswer: It is not what the spec says.
        UndocumentedAnswer: The spec has no such status, or none with such a body.
    """
    from ...models.problem_details import ProblemDetails
    from ...models.user_item_data_dto import UserItemDataDto

    if 200 <= status_code <= 299:
        return UserItemDataDto.from_dict(data)
    if status_code == 400 or status_code == 404:
        return _reading.failure(ProblemDetails.from_dict, data)
    if status_code == 401:
        return None
    if status_code == 403 or status_code == 500 or status_code == 503:
        return _reading.failure(_reading.text, data)
    raise _reading.UndocumentedAnswer


def parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Any | ProblemDetails | UserItemDataDto | str | None:
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
) -> Response[Any | ProblemDetails | UserItemDataDto | str]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=parse_response(client=client, response=response),
    )


def sync_detailed(
    item_id: str,
    *,
    client: AuthenticatedClient | Client,
    user_id: str | Unset = UNSET,
) -> Response[Any | ProblemDetails | UserItemDataDto | str]:
    """Make an item a favourite.

     One that is a favourite already stays one.

    Args:
        item_id (str):
        user_id (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | ProblemDetails | UserItemDataDto | str]
    """

    kwargs = request_kwargs(
        item_id=item_id,
        user_id=user_id,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    item_id: str,
    *,
    client: AuthenticatedClient | Client,
    user_id: str | Unset = UNSET,
) -> Any | ProblemDetails | UserItemDataDto | str | None:
    """Make an item a favourite.

     One that is a favourite already stays one.

    Args:
        item_id (str):
        user_id (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | ProblemDetails | UserItemDataDto | str
    """

    return sync_detailed(
        item_id=item_id,
        client=client,
        user_id=user_id,
    ).parsed


async def asyncio_detailed(
    item_id: str,
    *,
    client: AuthenticatedClient | Client,
    user_id: str | Unset = UNSET,
) -> Response[Any | ProblemDetails | UserItemDataDto | str]:
    """Make an item a favourite.

     One that is a favourite already stays one.

    Args:
        item_id (str):
        user_id (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | ProblemDetails | UserItemDataDto | str]
    """

    kwargs = request_kwargs(
        item_id=item_id,
        user_id=user_id,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    item_id: str,
    *,
    client: AuthenticatedClient | Client,
    user_id: str | Unset = UNSET,
) -> Any | ProblemDetails | UserItemDataDto | str | None:
    """Make an item a favourite.

     One that is a favourite already stays one.

    Args:
        item_id (str):
        user_id (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | ProblemDetails | UserItemDataDto | str
    """

    return (
        await asyncio_detailed(
            item_id=item_id,
            client=client,
            user_id=user_id,
        )
    ).parsed

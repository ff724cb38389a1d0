# Made from specs/jellyfin.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py jellyfin
from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import httpx

from .... import reading as _reading
from ... import errors
from ...client import AuthenticatedClient, Client
from ...types import Response

if TYPE_CHECKING:
    from ...models.playback_info_dto import PlaybackInfoDto
    from ...models.playback_info_response import PlaybackInfoResponse
    from ...models.problem_details import ProblemDetails


def request_kwargs(
    item_id: str,
    *,
    body: PlaybackInfoDto,
) -> dict[str, Any]:
    _headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/Items/{item_id}/PlaybackInfo".format(
            item_id=quote(str(item_id), safe=""),
        ),
    }

    _kwargs["json"] = body.to_dict()

    _headers["Content-Type"] = "application/json"

    _kwargs["headers"] = _headers
    return _kwargs


def read_answer(status_code: int, data: Any) -> Any | PlaybackInfoResponse | ProblemDetails | str:
    """Read a decoded body: JSON as dicts and lists, text as str, anything else as bytes.

    Raises:
        UnreadableAnswer: It is not what the spec says.
        UndocumentedAnswer: The spec has no such status, or none with such a body.
    """
    from ...models.playback_info_response import PlaybackInfoResponse
    from ...models.problem_details import ProblemDetails

    if 200 <= status_code <= 299:
        return PlaybackInfoResponse.from_dict(data)
    if status_code == 400 or status_code == 404:
        return _reading.failure(ProblemDetails.from_dict, data)
    if status_code == 401:
        return None
    if status_code == 403 or status_code == 500 or status_code == 503:
        return _reading.failure(_reading.text, data)
    raise _reading.UndocumentedAnswer


def parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Any | PlaybackInfoResponse | ProblemDetails | str | None:
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
) -> Response[Any | PlaybackInfoResponse | ProblemDetails | str]:
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
    body: PlaybackInfoDto,
) -> Response[Any | PlaybackInfoResponse | ProblemDetails | str]:
    """Let the server choose how a player gets an item.

     Each file of the item comes with whether the player can have it as it is, and otherwise with where
    it is encoded.

    Args:
        item_id (str):
        body (PlaybackInfoDto): What a player can play.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | PlaybackInfoResponse | ProblemDetails | str]
    """

    kwargs = request_kwargs(
        item_id=item_id,
        body=body,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    item_id: str,
    *,
    client: AuthenticatedClient | Client,
    body: PlaybackInfoDto,
) -> Any | PlaybackInfoResponse | ProblemDetails | str | None:
    """Let the server choose how a player gets an item.

     Each file of the item comes with whether the player can have it as it is, and otherwise with where
    it is encoded.

    Args:
        item_id (str):
        body (PlaybackInfoDto): What a player can play.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | PlaybackInfoResponse | ProblemDetails | str
    """

    return sync_detailed(
        item_id=item_id,
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    item_id: str,
    *,
    client: AuthenticatedClient | Client,
    body: PlaybackInfoDto,
) -> Response[Any | PlaybackInfoResponse | ProblemDetails | str]:
    """Let the server choose how a player gets an item.

     Each file of the item comes with whether the player can have it as it is, and otherwise with where
    it is encoded.

    Args:
        item_id (str):
        body (PlaybackInfoDto): What a player can play.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | PlaybackInfoResponse | ProblemDetails | str]
    """

    kwargs = request_kwargs(
        item_id=item_id,
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    item_id: str,
    *,
    client: AuthenticatedClient | Client,
    body: PlaybackInfoDto,
) -> Any | PlaybackInfoResponse | ProblemDetails | str | None:
    """Let the server choose how a player gets an item.

     Each file of the item comes with whether the player can have it as it is, and otherwise with where
    it is encoded.

    Args:
        item_id (str):
        body (PlaybackInfoDto): What a player can play.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | PlaybackInfoResponse | ProblemDetails | str
    """

    return (
        await asyncio_detailed(
            item_id=item_id,
            client=client,
            body=body,
        )
    ).parsed

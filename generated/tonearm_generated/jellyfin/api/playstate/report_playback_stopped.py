# Made from specs/jellyfin.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py jellyfin
from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx

from .... import reading as _reading
from ... import errors
from ...client import AuthenticatedClient, Client
from ...types import Response

if TYPE_CHECKING:
    from ...models.playback_stop_info import PlaybackStopInfo
    from ...models.problem_details import ProblemDetails


def request_kwargs(
    *,
    body: PlaybackStopInfo,
) -> dict[str, Any]:
    _headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/Sessions/Playing/Stopped",
    }

    _kwargs["json"] = body.to_dict()

    _headers["Content-Type"] = "application/json"

    _kwargs["headers"] = _headers
    return _kwargs


def read_answer(status_code: int, data: Any) -> Any | ProblemDetails | str:
    """Read a decoded body: JSON as dicts and lists, text as str, anything else as bytes.

    Raises:
        UnreadableAnswer: It is not what the spec says.
        UndocumentedAnswer: The spec has no such status, or none with such a body.
    """
    from ...models.problem_details import ProblemDetails

    if 200 <= status_code <= 299:
        return None
    if status_code == 400:
        return _reading.failure(ProblemDetails.from_dict, data)
    if status_code == 401:
        return None
    if status_code == 403 or status_code == 500 or status_code == 503:
        return _reading.failure(_reading.text, data)
    raise _reading.UndocumentedAnswer


def parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Any | ProblemDetails | str | None:
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
) -> Response[Any | ProblemDetails | str]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: PlaybackStopInfo,
) -> Response[Any | ProblemDetails | str]:
    """Tell that playback has ended.

     Keeps the place to resume from, and ends the encoding of the play session.

    Args:
        body (PlaybackStopInfo): Playback that has ended.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | ProblemDetails | str]
    """

    kwargs = request_kwargs(
        body=body,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient | Client,
    body: PlaybackStopInfo,
) -> Any | ProblemDetails | str | None:
    """Tell that playback has ended.

     Keeps the place to resume from, and ends the encoding of the play session.

    Args:
        body (PlaybackStopInfo): Playback that has ended.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | ProblemDetails | str
    """

    return sync_detailed(
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: PlaybackStopInfo,
) -> Response[Any | ProblemDetails | str]:
    """Tell that playback has ended.

     Keeps the place to resume from, and ends the encoding of the play session.

    Args:
        body (PlaybackStopInfo): Playback that has ended.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | ProblemDetails | str]
    """

    kwargs = request_kwargs(
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    body: PlaybackStopInfo,
) -> Any | ProblemDetails | str | None:
    """Tell that playback has ended.

     Keeps the place to resume from, and ends the encoding of the play session.

    Args:
        body (PlaybackStopInfo): Playback that has ended.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | ProblemDetails | str
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
        )
    ).parsed

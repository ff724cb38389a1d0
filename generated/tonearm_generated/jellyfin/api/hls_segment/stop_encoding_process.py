# Made from specs/jellyfin.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py jellyfin
from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx

from .... import reading as _reading
from ... import errors
from ...client import AuthenticatedClient, Client
from ...types import UNSET, Response

if TYPE_CHECKING:
    from ...models.problem_details import ProblemDetails


def request_kwargs(
    *,
    device_id: str,
    play_session_id: str,
) -> dict[str, Any]:

    _query: dict[str, Any] = {}

    _query["deviceId"] = device_id

    _query["playSessionId"] = play_session_id

    _query = {k: v for k, v in _query.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "delete",
        "url": "/Videos/ActiveEncodings",
        "params": _query,
    }

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
    if status_code == 403 or status_code == 503:
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
    device_id: str,
    play_session_id: str,
) -> Response[Any | ProblemDetails | str]:
    """Stop the encoding of a playback.

     Ends every encoding of the play session and deletes what it has made so far, finished or not. That
    there is none is no error. The device must be named, and counts for nothing.

    Args:
        device_id (str):
        play_session_id (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | ProblemDetails | str]
    """

    kwargs = request_kwargs(
        device_id=device_id,
        play_session_id=play_session_id,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient | Client,
    device_id: str,
    play_session_id: str,
) -> Any | ProblemDetails | str | None:
    """Stop the encoding of a playback.

     Ends every encoding of the play session and deletes what it has made so far, finished or not. That
    there is none is no error. The device must be named, and counts for nothing.

    Args:
        device_id (str):
        play_session_id (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | ProblemDetails | str
    """

    return sync_detailed(
        client=client,
        device_id=device_id,
        play_session_id=play_session_id,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    device_id: str,
    play_session_id: str,
) -> Response[Any | ProblemDetails | str]:
    """Stop the encoding of a playback.

     Ends every encoding of the play session and deletes what it has made so far, finished or not. That
    there is none is no error. The device must be named, and counts for nothing.

    Args:
        device_id (str):
        play_session_id (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | ProblemDetails | str]
    """

    kwargs = request_kwargs(
        device_id=device_id,
        play_session_id=play_session_id,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    device_id: str,
    play_session_id: str,
) -> Any | ProblemDetails | str | None:
    """Stop the encoding of a playback.

     Ends every encoding of the play session and deletes what it has made so far, finished or not. That
    there is none is no error. The device must be named, and counts for nothing.

    Args:
        device_id (str):
        play_session_id (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | ProblemDetails | str
    """

    return (
        await asyncio_detailed(
            client=client,
            device_id=device_id,
            play_session_id=play_session_id,
        )
    ).parsed

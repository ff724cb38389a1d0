# Made from specs/aioz.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py aioz
from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx

from .... import reading as _reading
from ... import errors
from ...client import AuthenticatedClient, Client
from ...types import Response

if TYPE_CHECKING:
    from ...models.create_audio_request import CreateAudioRequest
    from ...models.error_response import ErrorResponse
    from ...models.media_response import MediaResponse


def request_kwargs(
    *,
    body: CreateAudioRequest,
) -> dict[str, Any]:
    _headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/media/create",
    }

    _kwargs["json"] = body.to_dict()

    _headers["Content-Type"] = "application/json"

    _kwargs["headers"] = _headers
    return _kwargs


def read_answer(status_code: int, data: Any) -> ErrorResponse | MediaResponse:
    """Read a decoded body: JSON as dicts and lists, text as str, anything else as bytes.

    Raises:
        UnreadableAnswer: It is not what the spec says.
        UndocumentedAnswer: The spec has no such status, or none with such a body.
    """
    from ...models.error_response import ErrorResponse
    from ...models.media_response import MediaResponse

    if status_code == 201:
        return MediaResponse.from_dict(data)
    if 200 <= status_code <= 299:
        return MediaResponse.from_dict(data)
    return _reading.failure(ErrorResponse.from_dict, data)


def parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ErrorResponse | MediaResponse | None:
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
) -> Response[ErrorResponse | MediaResponse]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: CreateAudioRequest,
) -> Response[ErrorResponse | MediaResponse]:
    """Create an audio object.

     Makes an empty object in state `new`. Its file is sent afterwards with `upload_audio_part`, and
    `complete_audio` ends the upload. Not idempotent: each call makes another object.

    Args:
        body (CreateAudioRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | MediaResponse]
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
    body: CreateAudioRequest,
) -> ErrorResponse | MediaResponse | None:
    """Create an audio object.

     Makes an empty object in state `new`. Its file is sent afterwards with `upload_audio_part`, and
    `complete_audio` ends the upload. Not idempotent: each call makes another object.

    Args:
        body (CreateAudioRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | MediaResponse
    """

    return sync_detailed(
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: CreateAudioRequest,
) -> Response[ErrorResponse | MediaResponse]:
    """Create an audio object.

     Makes an empty object in state `new`. Its file is sent afterwards with `upload_audio_part`, and
    `complete_audio` ends the upload. Not idempotent: each call makes another object.

    Args:
        body (CreateAudioRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | MediaResponse]
    """

    kwargs = request_kwargs(
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    body: CreateAudioRequest,
) -> ErrorResponse | MediaResponse | None:
    """Create an audio object.

     Makes an empty object in state `new`. Its file is sent afterwards with `upload_audio_part`, and
    `complete_audio` ends the upload. Not idempotent: each call makes another object.

    Args:
        body (CreateAudioRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | MediaResponse
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
        )
    ).parsed

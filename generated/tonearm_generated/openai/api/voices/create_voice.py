# Made from specs/openai.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py openai
from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx

from .... import reading as _reading
from ... import errors
from ...client import AuthenticatedClient, Client
from ...types import Response

if TYPE_CHECKING:
    from ...models.create_voice_request import CreateVoiceRequest
    from ...models.error_response import ErrorResponse
    from ...models.voice import Voice


def request_kwargs(
    *,
    body: CreateVoiceRequest,
) -> dict[str, Any]:
    _headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/audio/voices",
    }

    _kwargs["files"] = body.to_multipart()

    _kwargs["headers"] = _headers
    return _kwargs


def read_answer(status_code: int, data: Any) -> ErrorResponse | Voice:
    """Read a decoded body: JSON as dicts and lists, text as str, anything else as bytes.

    Raises:
        UnreadableAnswer: It is not what the spec says.
        UndocumentedAnswer: The spec has no such status, or none with such a body.
    """
    from ...models.error_response import ErrorResponse
    from ...models.voice import Voice

    if 200 <= status_code <= 299:
        return Voice.from_dict(data)
    return _reading.failure(ErrorResponse.from_dict, data)


def parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> ErrorResponse | Voice | None:
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
) -> Response[ErrorResponse | Voice]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: CreateVoiceRequest,
) -> Response[ErrorResponse | Voice]:
    """Make a voice.

     Of the sample of a person who has consented, or from a description in words. Speech takes only
    voices that are made of a sample.

    Args:
        body (CreateVoiceRequest): A voice to make - of a sample, with `consent` and
            `audio_sample`, or of words, with `type` and `prompt`.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | Voice]
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
    body: CreateVoiceRequest,
) -> ErrorResponse | Voice | None:
    """Make a voice.

     Of the sample of a person who has consented, or from a description in words. Speech takes only
    voices that are made of a sample.

    Args:
        body (CreateVoiceRequest): A voice to make - of a sample, with `consent` and
            `audio_sample`, or of words, with `type` and `prompt`.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | Voice
    """

    return sync_detailed(
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: CreateVoiceRequest,
) -> Response[ErrorResponse | Voice]:
    """Make a voice.

     Of the sample of a person who has consented, or from a description in words. Speech takes only
    voices that are made of a sample.

    Args:
        body (CreateVoiceRequest): A voice to make - of a sample, with `consent` and
            `audio_sample`, or of words, with `type` and `prompt`.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | Voice]
    """

    kwargs = request_kwargs(
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    body: CreateVoiceRequest,
) -> ErrorResponse | Voice | None:
    """Make a voice.

     Of the sample of a person who has consented, or from a description in words. Speech takes only
    voices that are made of a sample.

    Args:
        body (CreateVoiceRequest): A voice to make - of a sample, with `consent` and
            `audio_sample`, or of words, with `type` and `prompt`.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | Voice
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
        )
    ).parsed

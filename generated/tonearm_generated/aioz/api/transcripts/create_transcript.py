# Made from specs/aioz.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py aioz
from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import httpx

from .... import reading as _reading
from ... import errors
from ...client import AuthenticatedClient, Client
from ...types import Response

if TYPE_CHECKING:
    from ...models.error_response import ErrorResponse
    from ...models.transcript_response import TranscriptResponse
    from ...models.upload_track_request import UploadTrackRequest


def request_kwargs(
    audio_id: str,
    lan: str,
    *,
    body: UploadTrackRequest,
) -> dict[str, Any]:
    _headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/media/{audio_id}/transcripts/{lan}".format(
            audio_id=quote(str(audio_id), safe=""),
            lan=quote(str(lan), safe=""),
        ),
    }

    _kwargs["files"] = body.to_multipart()

    _kwargs["headers"] = _headers
    return _kwargs


def read_answer(status_code: int, data: Any) -> ErrorResponse | TranscriptResponse:
    """Read a decoded body: JSON as dicts and lists, text as str, anything else as bytes.

    Raises:
        UnreadableAnswer: It is not what the spec says.
        UndocumentedAnswer: The spec has no such status, or none with such a body.
    """
    from ...models.error_response import ErrorResponse
    from ...models.transcript_response import TranscriptResponse

    if 200 <= status_code <= 299:
        return TranscriptResponse.from_dict(data)
    return _reading.failure(ErrorResponse.from_dict, data)


def parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ErrorResponse | TranscriptResponse | None:
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
) -> Response[ErrorResponse | TranscriptResponse]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=parse_response(client=client, response=response),
    )


def sync_detailed(
    audio_id: str,
    lan: str,
    *,
    client: AuthenticatedClient | Client,
    body: UploadTrackRequest,
) -> Response[ErrorResponse | TranscriptResponse]:
    """Add transcripts in one language.

     A second one in the same primary language is refused: `en-US` beside `en` too.

    Args:
        audio_id (str):
        lan (str):
        body (UploadTrackRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | TranscriptResponse]
    """

    kwargs = request_kwargs(
        audio_id=audio_id,
        lan=lan,
        body=body,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    audio_id: str,
    lan: str,
    *,
    client: AuthenticatedClient | Client,
    body: UploadTrackRequest,
) -> ErrorResponse | TranscriptResponse | None:
    """Add transcripts in one language.

     A second one in the same primary language is refused: `en-US` beside `en` too.

    Args:
        audio_id (str):
        lan (str):
        body (UploadTrackRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | TranscriptResponse
    """

    return sync_detailed(
        audio_id=audio_id,
        lan=lan,
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    audio_id: str,
    lan: str,
    *,
    client: AuthenticatedClient | Client,
    body: UploadTrackRequest,
) -> Response[ErrorResponse | TranscriptResponse]:
    """Add transcripts in one language.

     A second one in the same primary language is refused: `en-US` beside `en` too.

    Args:
        audio_id (str):
        lan (str):
        body (UploadTrackRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | TranscriptResponse]
    """

    kwargs = request_kwargs(
        audio_id=audio_id,
        lan=lan,
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    audio_id: str,
    lan: str,
    *,
    client: AuthenticatedClient | Client,
    body: UploadTrackRequest,
) -> ErrorResponse | TranscriptResponse | None:
    """Add transcripts in one language.

     A second one in the same primary language is refused: `en-US` beside `en` too.

    Args:
        audio_id (str):
        lan (str):
        body (UploadTrackRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | TranscriptResponse
    """

    return (
        await asyncio_detailed(
            audio_id=audio_id,
            lan=lan,
            client=client,
            body=body,
        )
    ).parsed

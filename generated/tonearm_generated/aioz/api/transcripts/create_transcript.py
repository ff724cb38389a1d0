# Made from specs/aioz.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py aioz
from typing import Any
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...models.error_response import ErrorResponse
from ...models.transcript_response import TranscriptResponse
from ...models.upload_track_request import UploadTrackRequest
from ...types import Response


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


def parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ErrorResponse | TranscriptResponse:
    if response.status_code == 201:
        response_201 = TranscriptResponse.from_dict(response.json())

        return response_201

    if response.status_code == 400:
        response_400 = ErrorResponse.from_dict(response.json())

        return response_400

    if response.status_code == 401:
        response_401 = ErrorResponse.from_dict(response.json())

        return response_401

    if response.status_code == 403:
        response_403 = ErrorResponse.from_dict(response.json())

        return response_403

    if response.status_code == 404:
        response_404 = ErrorResponse.from_dict(response.json())

        return response_404

    if response.status_code == 429:
        response_429 = ErrorResponse.from_dict(response.json())

        return response_429

    if response.status_code == 500:
        response_500 = ErrorResponse.from_dict(response.json())

        return response_500

    response_default = ErrorResponse.from_dict(response.json())

    return response_default


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

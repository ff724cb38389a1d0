# Made from specs/aioz.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py aioz
from typing import Any
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...models.error_response import ErrorResponse
from ...models.message_response import MessageResponse
from ...models.upload_thumbnail_request import UploadThumbnailRequest
from ...types import Response


def request_kwargs(
    audio_id: str,
    *,
    body: UploadThumbnailRequest,
) -> dict[str, Any]:
    _headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/media/{audio_id}/thumbnail".format(
            audio_id=quote(str(audio_id), safe=""),
        ),
    }

    _kwargs["files"] = body.to_multipart()

    _kwargs["headers"] = _headers
    return _kwargs


def parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ErrorResponse | MessageResponse:
    if response.status_code == 200:
        response_200 = MessageResponse.from_dict(response.json())

        return response_200

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
) -> Response[ErrorResponse | MessageResponse]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=parse_response(client=client, response=response),
    )


def sync_detailed(
    audio_id: str,
    *,
    client: AuthenticatedClient | Client,
    body: UploadThumbnailRequest,
) -> Response[ErrorResponse | MessageResponse]:
    """Set the cover picture, in place of an earlier one.

     A PNG or JPEG file. The extension of its file name must be that of its contents.

    Args:
        audio_id (str):
        body (UploadThumbnailRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | MessageResponse]
    """

    kwargs = request_kwargs(
        audio_id=audio_id,
        body=body,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    audio_id: str,
    *,
    client: AuthenticatedClient | Client,
    body: UploadThumbnailRequest,
) -> ErrorResponse | MessageResponse | None:
    """Set the cover picture, in place of an earlier one.

     A PNG or JPEG file. The extension of its file name must be that of its contents.

    Args:
        audio_id (str):
        body (UploadThumbnailRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | MessageResponse
    """

    return sync_detailed(
        audio_id=audio_id,
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    audio_id: str,
    *,
    client: AuthenticatedClient | Client,
    body: UploadThumbnailRequest,
) -> Response[ErrorResponse | MessageResponse]:
    """Set the cover picture, in place of an earlier one.

     A PNG or JPEG file. The extension of its file name must be that of its contents.

    Args:
        audio_id (str):
        body (UploadThumbnailRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | MessageResponse]
    """

    kwargs = request_kwargs(
        audio_id=audio_id,
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    audio_id: str,
    *,
    client: AuthenticatedClient | Client,
    body: UploadThumbnailRequest,
) -> ErrorResponse | MessageResponse | None:
    """Set the cover picture, in place of an earlier one.

     A PNG or JPEG file. The extension of its file name must be that of its contents.

    Args:
        audio_id (str):
        body (UploadThumbnailRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | MessageResponse
    """

    return (
        await asyncio_detailed(
            audio_id=audio_id,
            client=client,
            body=body,
        )
    ).parsed

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
    from ...models.live_key_response import LiveKeyResponse
    from ...models.update_live_key_request import UpdateLiveKeyRequest


def request_kwargs(
    live_key_id: str,
    *,
    body: UpdateLiveKeyRequest,
) -> dict[str, Any]:
    _headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "put",
        "url": "/live_streams/{live_key_id}".format(
            live_key_id=quote(str(live_key_id), safe=""),
        ),
    }

    _kwargs["json"] = body.to_dict()

    _headers["Content-Type"] = "application/json"

    _kwargs["headers"] = _headers
    return _kwargs


def read_answer(status_code: int, data: Any) -> ErrorResponse | LiveKeyResponse:
    """Read a decoded body: JSON as dicts and lists, text as str, anything else as bytes.

    Raises:
        UnreadableAnswer: It is not what the spec says.
        UndocumentedAnswer: The spec has no such status, or none with such a body.
    """
    from ...models.error_response import ErrorResponse
    from ...models.live_key_response import LiveKeyResponse

    if 200 <= status_code <= 299:
        return LiveKeyResponse.from_dict(data)
    return _reading.failure(ErrorResponse.from_dict, data)


def parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ErrorResponse | LiveKeyResponse | None:
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
) -> Response[ErrorResponse | LiveKeyResponse]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=parse_response(client=client, response=response),
    )


def sync_detailed(
    live_key_id: str,
    *,
    client: AuthenticatedClient | Client,
    body: UpdateLiveKeyRequest,
) -> Response[ErrorResponse | LiveKeyResponse]:
    """Change a key for live audio.

    Args:
        live_key_id (str):
        body (UpdateLiveKeyRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | LiveKeyResponse]
    """

    kwargs = request_kwargs(
        live_key_id=live_key_id,
        body=body,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    live_key_id: str,
    *,
    client: AuthenticatedClient | Client,
    body: UpdateLiveKeyRequest,
) -> ErrorResponse | LiveKeyResponse | None:
    """Change a key for live audio.

    Args:
        live_key_id (str):
        body (UpdateLiveKeyRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | LiveKeyResponse
    """

    return sync_detailed(
        live_key_id=live_key_id,
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    live_key_id: str,
    *,
    client: AuthenticatedClient | Client,
    body: UpdateLiveKeyRequest,
) -> Response[ErrorResponse | LiveKeyResponse]:
    """Change a key for live audio.

    Args:
        live_key_id (str):
        body (UpdateLiveKeyRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | LiveKeyResponse]
    """

    kwargs = request_kwargs(
        live_key_id=live_key_id,
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    live_key_id: str,
    *,
    client: AuthenticatedClient | Client,
    body: UpdateLiveKeyRequest,
) -> ErrorResponse | LiveKeyResponse | None:
    """Change a key for live audio.

    Args:
        live_key_id (str):
        body (UpdateLiveKeyRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | LiveKeyResponse
    """

    return (
        await asyncio_detailed(
            live_key_id=live_key_id,
            client=client,
            body=body,
        )
    ).parsed

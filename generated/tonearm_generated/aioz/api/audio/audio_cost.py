# Made from specs/aioz.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py aioz
from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import httpx

from .... import reading as _reading
from ... import errors
from ...client import AuthenticatedClient, Client
from ...types import UNSET, Response

if TYPE_CHECKING:
    from ...models.cost_response import CostResponse
    from ...models.error_response import ErrorResponse


def request_kwargs(
    *,
    qualities: str,
    type_: Literal["audio"],
    duration: float,
) -> dict[str, Any]:

    _query: dict[str, Any] = {}

    _query["qualities"] = qualities

    _query["type"] = type_

    _query["duration"] = duration

    _query = {k: v for k, v in _query.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/media/cost",
        "params": _query,
    }

    return _kwargs


def read_answer(status_code: int, data: Any) -> CostResponse | ErrorResponse:
    """Read a decoded body: JSON as dicts and lists, text as str, anything else as bytes.

    Raises:
        UnreadableAnswer: It is not what the spec says.
        UndocumentedAnswer: The spec has no such status, or none with such a body.
    """
    from ...models.cost_response import CostResponse
    from ...models.error_response import ErrorResponse

    if 200 <= status_code <= 299:
        return CostResponse.from_dict(data)
    return _reading.failure(ErrorResponse.from_dict, data)


def parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> CostResponse | ErrorResponse | None:
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
) -> Response[CostResponse | ErrorResponse]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    qualities: str,
    type_: Literal["audio"],
    duration: float,
) -> Response[CostResponse | ErrorResponse]:
    """Estimate the price of transcoding.

     Prices presets only; encoder settings of single renditions do not enter.

    Args:
        qualities (str):
        type_ (Literal['audio']):
        duration (float):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[CostResponse | ErrorResponse]
    """

    kwargs = request_kwargs(
        qualities=qualities,
        type_=type_,
        duration=duration,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient | Client,
    qualities: str,
    type_: Literal["audio"],
    duration: float,
) -> CostResponse | ErrorResponse | None:
    """Estimate the price of transcoding.

     Prices presets only; encoder settings of single renditions do not enter.

    Args:
        qualities (str):
        type_ (Literal['audio']):
        duration (float):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        CostResponse | ErrorResponse
    """

    return sync_detailed(
        client=client,
        qualities=qualities,
        type_=type_,
        duration=duration,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    qualities: str,
    type_: Literal["audio"],
    duration: float,
) -> Response[CostResponse | ErrorResponse]:
    """Estimate the price of transcoding.

     Prices presets only; encoder settings of single renditions do not enter.

    Args:
        qualities (str):
        type_ (Literal['audio']):
        duration (float):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[CostResponse | ErrorResponse]
    """

    kwargs = request_kwargs(
        qualities=qualities,
        type_=type_,
        duration=duration,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    qualities: str,
    type_: Literal["audio"],
    duration: float,
) -> CostResponse | ErrorResponse | None:
    """Estimate the price of transcoding.

     Prices presets only; encoder settings of single renditions do not enter.

    Args:
        qualities (str):
        type_ (Literal['audio']):
        duration (float):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        CostResponse | ErrorResponse
    """

    return (
        await asyncio_detailed(
            client=client,
            qualities=qualities,
            type_=type_,
            duration=duration,
        )
    ).parsed

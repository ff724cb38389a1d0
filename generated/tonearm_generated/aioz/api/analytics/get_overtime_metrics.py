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
    from ...models.metric_interval import MetricInterval
    from ...models.metric_name import MetricName
    from ...models.metric_rows_request import MetricRowsRequest
    from ...models.metric_rows_response import MetricRowsResponse


def request_kwargs(
    metric: MetricName,
    interval: MetricInterval,
    *,
    body: MetricRowsRequest,
) -> dict[str, Any]:
    _headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/analytics/metrics/timeseries/{metric}/{interval}".format(
            metric=quote(str(metric), safe=""),
            interval=quote(str(interval), safe=""),
        ),
    }

    _kwargs["json"] = body.to_dict()

    _headers["Content-Type"] = "application/json"

    _kwargs["headers"] = _headers
    return _kwargs


def read_answer(status_code: int, data: Any) -> ErrorResponse | MetricRowsResponse:
    """Read a decoded body: JSON as dicts and lists, text as str, anything else as bytes.

    Raises:
        UnreadableAnswer: It is not what the spec says.
        UndocumentedAnswer: The spec has no such status, or none with such a body.
    """
    from ...models.error_response import ErrorResponse
    from ...models.metric_rows_response import MetricRowsResponse

    if 200 <= status_code <= 299:
        return MetricRowsResponse.from_dict(data)
    return _reading.failure(ErrorResponse.from_dict, data)


def parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ErrorResponse | MetricRowsResponse | None:
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
) -> Response[ErrorResponse | MetricRowsResponse]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=parse_response(client=client, response=response),
    )


def sync_detailed(
    metric: MetricName,
    interval: MetricInterval,
    *,
    client: AuthenticatedClient | Client,
    body: MetricRowsRequest,
) -> Response[ErrorResponse | MetricRowsResponse]:
    """Read a number for each hour or day.

     Read-only, though a POST.

    Args:
        metric (MetricName): What is counted.
        interval (MetricInterval): For what each row stands.
        body (MetricRowsRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | MetricRowsResponse]
    """

    kwargs = request_kwargs(
        metric=metric,
        interval=interval,
        body=body,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    metric: MetricName,
    interval: MetricInterval,
    *,
    client: AuthenticatedClient | Client,
    body: MetricRowsRequest,
) -> ErrorResponse | MetricRowsResponse | None:
    """Read a number for each hour or day.

     Read-only, though a POST.

    Args:
        metric (MetricName): What is counted.
        interval (MetricInterval): For what each row stands.
        body (MetricRowsRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | MetricRowsResponse
    """

    return sync_detailed(
        metric=metric,
        interval=interval,
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    metric: MetricName,
    interval: MetricInterval,
    *,
    client: AuthenticatedClient | Client,
    body: MetricRowsRequest,
) -> Response[ErrorResponse | MetricRowsResponse]:
    """Read a number for each hour or day.

     Read-only, though a POST.

    Args:
        metric (MetricName): What is counted.
        interval (MetricInterval): For what each row stands.
        body (MetricRowsRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | MetricRowsResponse]
    """

    kwargs = request_kwargs(
        metric=metric,
        interval=interval,
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    metric: MetricName,
    interval: MetricInterval,
    *,
    client: AuthenticatedClient | Client,
    body: MetricRowsRequest,
) -> ErrorResponse | MetricRowsResponse | None:
    """Read a number for each hour or day.

     Read-only, though a POST.

    Args:
        metric (MetricName): What is counted.
        interval (MetricInterval): For what each row stands.
        body (MetricRowsRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | MetricRowsResponse
    """

    return (
        await asyncio_detailed(
            metric=metric,
            interval=interval,
            client=client,
            body=body,
        )
    ).parsed

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
    from ...models.problem_details import ProblemDetails
    from ...models.quick_connect_result import QuickConnectResult


def request_kwargs() -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/QuickConnect/Initiate",
    }

    return _kwargs


def read_answer(status_code: int, data: Any) -> ProblemDetails | QuickConnectResult | str:
    """Read a decoded body: JSON as dicts and lists, text as str, anything else as bytes.

    Raises:
        UnreadableAnswer: It is not what the spec says.
        UndocumentedAnswer: The spec has no such status, or none with such a body.
    """
    from ...models.problem_details import ProblemDetails
    from ...models.quick_connect_result import QuickConnectResult

    if 200 <= status_code <= 299:
        return QuickConnectResult.from_dict(data)
    if status_code == 400:
        return _reading.failure(ProblemDetails.from_dict, data)
    if status_code == 401 or status_code == 500 or status_code == 503:
        return _reading.failure(_reading.text, data)
    raise _reading.UndocumentedAnswer


def parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ProblemDetails | QuickConnectResult | str | None:
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
) -> Response[ProblemDetails | QuickConnectResult | str]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
) -> Response[ProblemDetails | QuickConnectResult | str]:
    """Begin a Quick Connect request.

     Gives a code for the user to approve in another client, and a secret to ask with. The Authorization
    header must name client, device, its id and version. 401 says that the administrator has switched
    Quick Connect off.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ProblemDetails | QuickConnectResult | str]
    """

    kwargs = request_kwargs()

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient | Client,
) -> ProblemDetails | QuickConnectResult | str | None:
    """Begin a Quick Connect request.

     Gives a code for the user to approve in another client, and a secret to ask with. The Authorization
    header must name client, device, its id and version. 401 says that the administrator has switched
    Quick Connect off.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ProblemDetails | QuickConnectResult | str
    """

    return sync_detailed(
        client=client,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
) -> Response[ProblemDetails | QuickConnectResult | str]:
    """Begin a Quick Connect request.

     Gives a code for the user to approve in another client, and a secret to ask with. The Authorization
    header must name client, device, its id and version. 401 says that the administrator has switched
    Quick Connect off.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ProblemDetails | QuickConnectResult | str]
    """

    kwargs = request_kwargs()

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
) -> ProblemDetails | QuickConnectResult | str | None:
    """Begin a Quick Connect request.

     Gives a code for the user to approve in another client, and a secret to ask with. The Authorization
    header must name client, device, its id and version. 401 says that the administrator has switched
    Quick Connect off.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ProblemDetails | QuickConnectResult | str
    """

    return (
        await asyncio_detailed(
            client=client,
        )
    ).parsed

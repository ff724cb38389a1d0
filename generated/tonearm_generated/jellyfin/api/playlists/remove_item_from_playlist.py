# Made from specs/jellyfin.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py jellyfin
from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import httpx

from .... import reading as _reading
from ... import errors
from ...client import AuthenticatedClient, Client
from ...types import UNSET, Response, Unset

if TYPE_CHECKING:
    from ...models.problem_details import ProblemDetails


def request_kwargs(
    playlist_id: str,
    *,
    entry_ids: str | Unset = UNSET,
) -> dict[str, Any]:

    _query: dict[str, Any] = {}

    _query["entryIds"] = entry_ids

    _query = {k: v for k, v in _query.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "delete",
        "url": "/Playlists/{playlist_id}/Items".format(
            playlist_id=quote(str(playlist_id), safe=""),
        ),
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
    if status_code == 400 or status_code == 404:
        return _reading.failure(ProblemDetails.from_dict, data)
    if status_code == 401:
        return None
    if status_code == 403 or status_code == 500 or status_code == 503:
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
    playlist_id: str,
    *,
    client: AuthenticatedClient | Client,
    entry_ids: str | Unset = UNSET,
) -> Response[Any | ProblemDetails | str]:
    """Take entries off a playlist.

     Entries are named by their own ids, as an item may be on a playlist twice.

    Args:
        playlist_id (str):
        entry_ids (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | ProblemDetails | str]
    """

    kwargs = request_kwargs(
        playlist_id=playlist_id,
        entry_ids=entry_ids,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    playlist_id: str,
    *,
    client: AuthenticatedClient | Client,
    entry_ids: str | Unset = UNSET,
) -> Any | ProblemDetails | str | None:
    """Take entries off a playlist.

     Entries are named by their own ids, as an item may be on a playlist twice.

    Args:
        playlist_id (str):
        entry_ids (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | ProblemDetails | str
    """

    return sync_detailed(
        playlist_id=playlist_id,
        client=client,
        entry_ids=entry_ids,
    ).parsed


async def asyncio_detailed(
    playlist_id: str,
    *,
    client: AuthenticatedClient | Client,
    entry_ids: str | Unset = UNSET,
) -> Response[Any | ProblemDetails | str]:
    """Take entries off a playlist.

     Entries are named by their own ids, as an item may be on a playlist twice.

    Args:
        playlist_id (str):
        entry_ids (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | ProblemDetails | str]
    """

    kwargs = request_kwargs(
        playlist_id=playlist_id,
        entry_ids=entry_ids,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    playlist_id: str,
    *,
    client: AuthenticatedClient | Client,
    entry_ids: str | Unset = UNSET,
) -> Any | ProblemDetails | str | None:
    """Take entries off a playlist.

     Entries are named by their own ids, as an item may be on a playlist twice.

    Args:
        playlist_id (str):
        entry_ids (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | ProblemDetails | str
    """

    return (
        await asyncio_detailed(
            playlist_id=playlist_id,
            client=client,
            entry_ids=entry_ids,
        )
    ).parsed

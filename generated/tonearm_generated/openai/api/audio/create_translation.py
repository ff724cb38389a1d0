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
    from ...models.create_translation_request import CreateTranslationRequest
    from ...models.create_translation_response_json import CreateTranslationResponseJson
    from ...models.create_translation_response_verbose_json import CreateTranslationResponseVerboseJson
    from ...models.error_response import ErrorResponse


def request_kwargs(
    *,
    body: CreateTranslationRequest,
) -> dict[str, Any]:
    _headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/audio/translations",
    }

    _kwargs["files"] = body.to_multipart()

    _kwargs["headers"] = _headers
    return _kwargs


def read_answer(
    status_code: int, data: Any
) -> CreateTranslationResponseJson | CreateTranslationResponseVerboseJson | ErrorResponse | str:
    """Read a decoded body: JSON as dicts and lists, text as str, anything else as bytes.

    Raises:
        UnreadableAnswer: It is not what the spec says.
        UndocumentedAnswer: The spec has no such status, or none with such a body.
    """
    from ...models.create_translation_response_json import CreateTranslationResponseJson
    from ...models.create_translation_response_verbose_json import CreateTranslationResponseVerboseJson
    from ...models.error_response import ErrorResponse

    if 200 <= status_code <= 299:
        if isinstance(data, str):
            return data
        read: _reading.Reader[CreateTranslationResponseVerboseJson | CreateTranslationResponseJson] = _reading.first(
            (CreateTranslationResponseVerboseJson.from_dict, CreateTranslationResponseJson.from_dict)
        )
        return read(data)
    return _reading.failure(ErrorResponse.from_dict, data)


def parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> CreateTranslationResponseJson | CreateTranslationResponseVerboseJson | ErrorResponse | str | None:
    content_type = response.headers.get("content-type", "")
    data = _reading.decoded(content_type, response.content, ("text/plain",))
    try:
        return read_answer(response.status_code, data)
    except _reading.UndocumentedAnswer:
        if client.raise_on_unexpected_status:
            raise errors.UnexpectedStatus(response.status_code, response.content, response.headers) from None
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[CreateTranslationResponseJson | CreateTranslationResponseVerboseJson | ErrorResponse | str]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: CreateTranslationRequest,
) -> Response[CreateTranslationResponseJson | CreateTranslationResponseVerboseJson | ErrorResponse | str]:
    """Write down in English what is said in another language.

     OpenAI has announced the end of this operation for 26 February 2027; compatible servers keep it.

    Args:
        body (CreateTranslationRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[CreateTranslationResponseJson | CreateTranslationResponseVerboseJson | ErrorResponse | str]
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
    body: CreateTranslationRequest,
) -> CreateTranslationResponseJson | CreateTranslationResponseVerboseJson | ErrorResponse | str | None:
    """Write down in English what is said in another language.

     OpenAI has announced the end of this operation for 26 February 2027; compatible servers keep it.

    Args:
        body (CreateTranslationRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        CreateTranslationResponseJson | CreateTranslationResponseVerboseJson | ErrorResponse | str
    """

    return sync_detailed(
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: CreateTranslationRequest,
) -> Response[CreateTranslationResponseJson | CreateTranslationResponseVerboseJson | ErrorResponse | str]:
    """Write down in English what is said in another language.

     OpenAI has announced the end of this operation for 26 February 2027; compatible servers keep it.

    Args:
        body (CreateTranslationRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[CreateTranslationResponseJson | CreateTranslationResponseVerboseJson | ErrorResponse | str]
    """

    kwargs = request_kwargs(
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    body: CreateTranslationRequest,
) -> CreateTranslationResponseJson | CreateTranslationResponseVerboseJson | ErrorResponse | str | None:
    """Write down in English what is said in another language.

     OpenAI has announced the end of this operation for 26 February 2027; compatible servers keep it.

    Args:
        body (CreateTranslationRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        CreateTranslationResponseJson | CreateTranslationResponseVerboseJson | ErrorResponse | str
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
        )
    ).parsed

# Made from specs/jellyfin.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py jellyfin
from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import httpx

from .... import reading as _reading
from ... import errors
from ...client import AuthenticatedClient, Client
from ...types import UNSET, File, Response, Unset

if TYPE_CHECKING:
    from ...models.problem_details import ProblemDetails


def request_kwargs(
    item_id: str,
    *,
    user_id: str | Unset = UNSET,
    container: str | Unset = UNSET,
    media_source_id: str | Unset = UNSET,
    device_id: str | Unset = UNSET,
    audio_codec: str | Unset = UNSET,
    max_audio_channels: int | Unset = UNSET,
    transcoding_audio_channels: int | Unset = UNSET,
    max_streaming_bitrate: int | Unset = UNSET,
    audio_bit_rate: int | Unset = UNSET,
    start_time_ticks: int | Unset = UNSET,
    transcoding_container: str | Unset = UNSET,
    transcoding_protocol: str | Unset = UNSET,
    max_audio_sample_rate: int | Unset = UNSET,
    max_audio_bit_depth: int | Unset = UNSET,
    enable_remote_media: bool | Unset = UNSET,
    enable_audio_vbr_encoding: bool | Unset = UNSET,
    enable_redirection: bool | Unset = UNSET,
    range_: str | Unset = UNSET,
    if_range: str | Unset = UNSET,
) -> dict[str, Any]:
    _headers: dict[str, Any] = {}
    if not isinstance(range_, Unset):
        _headers["Range"] = range_

    if not isinstance(if_range, Unset):
        _headers["If-Range"] = if_range

    _query: dict[str, Any] = {}

    _query["userId"] = user_id

    _query["container"] = container

    _query["mediaSourceId"] = media_source_id

    _query["deviceId"] = device_id

    _query["audioCodec"] = audio_codec

    _query["maxAudioChannels"] = max_audio_channels

    _query["transcodingAudioChannels"] = transcoding_audio_channels

    _query["maxStreamingBitrate"] = max_streaming_bitrate

    _query["audioBitRate"] = audio_bit_rate

    _query["startTimeTicks"] = start_time_ticks

    _query["transcodingContainer"] = transcoding_container

    _query["transcodingProtocol"] = transcoding_protocol

    _query["maxAudioSampleRate"] = max_audio_sample_rate

    _query["maxAudioBitDepth"] = max_audio_bit_depth

    _query["enableRemoteMedia"] = enable_remote_media

    _query["enableAudioVbrEncoding"] = enable_audio_vbr_encoding

    _query["enableRedirection"] = enable_redirection

    _query = {k: v for k, v in _query.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/Audio/{item_id}/universal".format(
            item_id=quote(str(item_id), safe=""),
        ),
        "params": _query,
    }

    _kwargs["headers"] = _headers
    return _kwargs


def read_answer(status_code: int, data: Any) -> Any | File | ProblemDetails | str:
    """Read a decoded body: JSON as dicts and lists, text as str, anything else as bytes.

    Raises:
        UnreadableAnswer: It is not what the spec says.
        UndocumentedAnswer: The spec has no such status, or none with such a body.
    """
    from ...models.problem_details import ProblemDetails

    if status_code == 206:
        return File(BytesIO(_reading.content(data)))
    if 200 <= status_code <= 299:
        return File(BytesIO(_reading.content(data)))
    if status_code == 302 or status_code == 304 or status_code == 401 or status_code == 416:
        return None
    if status_code == 400 or status_code == 404:
        return _reading.failure(ProblemDetails.from_dict, data)
    if status_code == 403 or status_code == 500 or status_code == 503:
        return _reading.failure(_reading.text, data)
    raise _reading.UndocumentedAnswer


def parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Any | File | ProblemDetails | str | None:
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
) -> Response[Any | File | ProblemDetails | str]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=parse_response(client=client, response=response),
    )


def sync_detailed(
    item_id: str,
    *,
    client: AuthenticatedClient | Client,
    user_id: str | Unset = UNSET,
    container: str | Unset = UNSET,
    media_source_id: str | Unset = UNSET,
    device_id: str | Unset = UNSET,
    audio_codec: str | Unset = UNSET,
    max_audio_channels: int | Unset = UNSET,
    transcoding_audio_channels: int | Unset = UNSET,
    max_streaming_bitrate: int | Unset = UNSET,
    audio_bit_rate: int | Unset = UNSET,
    start_time_ticks: int | Unset = UNSET,
    transcoding_container: str | Unset = UNSET,
    transcoding_protocol: str | Unset = UNSET,
    max_audio_sample_rate: int | Unset = UNSET,
    max_audio_bit_depth: int | Unset = UNSET,
    enable_remote_media: bool | Unset = UNSET,
    enable_audio_vbr_encoding: bool | Unset = UNSET,
    enable_redirection: bool | Unset = UNSET,
    range_: str | Unset = UNSET,
    if_range: str | Unset = UNSET,
) -> Response[Any | File | ProblemDetails | str]:
    """Stream an item in the form that the server chooses.

     The original where `container` names its format, honouring byte ranges; otherwise audio that is
    encoded while it is sent, under a play session of the server's own. With the protocol `hls` the
    answer is a text playlist, whatever its media type says, and a file on another server may be
    answered with a redirect.

    Args:
        item_id (str):
        user_id (str | Unset):
        container (str | Unset):
        media_source_id (str | Unset):
        device_id (str | Unset):
        audio_codec (str | Unset):
        max_audio_channels (int | Unset):
        transcoding_audio_channels (int | Unset):
        max_streaming_bitrate (int | Unset):
        audio_bit_rate (int | Unset):
        start_time_ticks (int | Unset):
        transcoding_container (str | Unset):
        transcoding_protocol (str | Unset):
        max_audio_sample_rate (int | Unset):
        max_audio_bit_depth (int | Unset):
        enable_remote_media (bool | Unset):
        enable_audio_vbr_encoding (bool | Unset):
        enable_redirection (bool | Unset):
        range_ (str | Unset):
        if_range (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | File | ProblemDetails | str]
    """

    kwargs = request_kwargs(
        item_id=item_id,
        user_id=user_id,
        container=container,
        media_source_id=media_source_id,
        device_id=device_id,
        audio_codec=audio_codec,
        max_audio_channels=max_audio_channels,
        transcoding_audio_channels=transcoding_audio_channels,
        max_streaming_bitrate=max_streaming_bitrate,
        audio_bit_rate=audio_bit_rate,
        start_time_ticks=start_time_ticks,
        transcoding_container=transcoding_container,
        transcoding_protocol=transcoding_protocol,
        max_audio_sample_rate=max_audio_sample_rate,
        max_audio_bit_depth=max_audio_bit_depth,
        enable_remote_media=enable_remote_media,
        enable_audio_vbr_encoding=enable_audio_vbr_encoding,
        enable_redirection=enable_redirection,
        range_=range_,
        if_range=if_range,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    item_id: str,
    *,
    client: AuthenticatedClient | Client,
    user_id: str | Unset = UNSET,
    container: str | Unset = UNSET,
    media_source_id: str | Unset = UNSET,
    device_id: str | Unset = UNSET,
    audio_codec: str | Unset = UNSET,
    max_audio_channels: int | Unset = UNSET,
    transcoding_audio_channels: int | Unset = UNSET,
    max_streaming_bitrate: int | Unset = UNSET,
    audio_bit_rate: int | Unset = UNSET,
    start_time_ticks: int | Unset = UNSET,
    transcoding_container: str | Unset = UNSET,
    transcoding_protocol: str | Unset = UNSET,
    max_audio_sample_rate: int | Unset = UNSET,
    max_audio_bit_depth: int | Unset = UNSET,
    enable_remote_media: bool | Unset = UNSET,
    enable_audio_vbr_encoding: bool | Unset = UNSET,
    enable_redirection: bool | Unset = UNSET,
    range_: str | Unset = UNSET,
    if_range: str | Unset = UNSET,
) -> Any | File | ProblemDetails | str | None:
    """Stream an item in the form that the server chooses.

     The original where `container` names its format, honouring byte ranges; otherwise audio that is
    encoded while it is sent, under a play session of the server's own. With the protocol `hls` the
    answer is a text playlist, whatever its media type says, and a file on another server may be
    answered with a redirect.

    Args:
        item_id (str):
        user_id (str | Unset):
        container (str | Unset):
        media_source_id (str | Unset):
        device_id (str | Unset):
        audio_codec (str | Unset):
        max_audio_channels (int | Unset):
        transcoding_audio_channels (int | Unset):
        max_streaming_bitrate (int | Unset):
        audio_bit_rate (int | Unset):
        start_time_ticks (int | Unset):
        transcoding_container (str | Unset):
        transcoding_protocol (str | Unset):
        max_audio_sample_rate (int | Unset):
        max_audio_bit_depth (int | Unset):
        enable_remote_media (bool | Unset):
        enable_audio_vbr_encoding (bool | Unset):
        enable_redirection (bool | Unset):
        range_ (str | Unset):
        if_range (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | File | ProblemDetails | str
    """

    return sync_detailed(
        item_id=item_id,
        client=client,
        user_id=user_id,
        container=container,
        media_source_id=media_source_id,
        device_id=device_id,
        audio_codec=audio_codec,
        max_audio_channels=max_audio_channels,
        transcoding_audio_channels=transcoding_audio_channels,
        max_streaming_bitrate=max_streaming_bitrate,
        audio_bit_rate=audio_bit_rate,
        start_time_ticks=start_time_ticks,
        transcoding_container=transcoding_container,
        transcoding_protocol=transcoding_protocol,
        max_audio_sample_rate=max_audio_sample_rate,
        max_audio_bit_depth=max_audio_bit_depth,
        enable_remote_media=enable_remote_media,
        enable_audio_vbr_encoding=enable_audio_vbr_encoding,
        enable_redirection=enable_redirection,
        range_=range_,
        if_range=if_range,
    ).parsed


async def asyncio_detailed(
    item_id: str,
    *,
    client: AuthenticatedClient | Client,
    user_id: str | Unset = UNSET,
    container: str | Unset = UNSET,
    media_source_id: str | Unset = UNSET,
    device_id: str | Unset = UNSET,
    audio_codec: str | Unset = UNSET,
    max_audio_channels: int | Unset = UNSET,
    transcoding_audio_channels: int | Unset = UNSET,
    max_streaming_bitrate: int | Unset = UNSET,
    audio_bit_rate: int | Unset = UNSET,
    start_time_ticks: int | Unset = UNSET,
    transcoding_container: str | Unset = UNSET,
    transcoding_protocol: str | Unset = UNSET,
    max_audio_sample_rate: int | Unset = UNSET,
    max_audio_bit_depth: int | Unset = UNSET,
    enable_remote_media: bool | Unset = UNSET,
    enable_audio_vbr_encoding: bool | Unset = UNSET,
    enable_redirection: bool | Unset = UNSET,
    range_: str | Unset = UNSET,
    if_range: str | Unset = UNSET,
) -> Response[Any | File | ProblemDetails | str]:
    """Stream an item in the form that the server chooses.

     The original where `container` names its format, honouring byte ranges; otherwise audio that is
    encoded while it is sent, under a play session of the server's own. With the protocol `hls` the
    answer is a text playlist, whatever its media type says, and a file on another server may be
    answered with a redirect.

    Args:
        item_id (str):
        user_id (str | Unset):
        container (str | Unset):
        media_source_id (str | Unset):
        device_id (str | Unset):
        audio_codec (str | Unset):
        max_audio_channels (int | Unset):
        transcoding_audio_channels (int | Unset):
        max_streaming_bitrate (int | Unset):
        audio_bit_rate (int | Unset):
        start_time_ticks (int | Unset):
        transcoding_container (str | Unset):
        transcoding_protocol (str | Unset):
        max_audio_sample_rate (int | Unset):
        max_audio_bit_depth (int | Unset):
        enable_remote_media (bool | Unset):
        enable_audio_vbr_encoding (bool | Unset):
        enable_redirection (bool | Unset):
        range_ (str | Unset):
        if_range (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | File | ProblemDetails | str]
    """

    kwargs = request_kwargs(
        item_id=item_id,
        user_id=user_id,
        container=container,
        media_source_id=media_source_id,
        device_id=device_id,
        audio_codec=audio_codec,
        max_audio_channels=max_audio_channels,
        transcoding_audio_channels=transcoding_audio_channels,
        max_streaming_bitrate=max_streaming_bitrate,
        audio_bit_rate=audio_bit_rate,
        start_time_ticks=start_time_ticks,
        transcoding_container=transcoding_container,
        transcoding_protocol=transcoding_protocol,
        max_audio_sample_rate=max_audio_sample_rate,
        max_audio_bit_depth=max_audio_bit_depth,
        enable_remote_media=enable_remote_media,
        enable_audio_vbr_encoding=enable_audio_vbr_encoding,
        enable_redirection=enable_redirection,
        range_=range_,
        if_range=if_range,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    item_id: str,
    *,
    client: AuthenticatedClient | Client,
    user_id: str | Unset = UNSET,
    container: str | Unset = UNSET,
    media_source_id: str | Unset = UNSET,
    device_id: str | Unset = UNSET,
    audio_codec: str | Unset = UNSET,
    max_audio_channels: int | Unset = UNSET,
    transcoding_audio_channels: int | Unset = UNSET,
    max_streaming_bitrate: int | Unset = UNSET,
    audio_bit_rate: int | Unset = UNSET,
    start_time_ticks: int | Unset = UNSET,
    transcoding_container: str | Unset = UNSET,
    transcoding_protocol: str | Unset = UNSET,
    max_audio_sample_rate: int | Unset = UNSET,
    max_audio_bit_depth: int | Unset = UNSET,
    enable_remote_media: bool | Unset = UNSET,
    enable_audio_vbr_encoding: bool | Unset = UNSET,
    enable_redirection: bool | Unset = UNSET,
    range_: str | Unset = UNSET,
    if_range: str | Unset = UNSET,
) -> Any | File | ProblemDetails | str | None:
    """Stream an item in the form that the server chooses.

     The original where `container` names its format, honouring byte ranges; otherwise audio that is
    encoded while it is sent, under a play session of the server's own. With the protocol `hls` the
    answer is a text playlist, whatever its media type says, and a file on another server may be
    answered with a redirect.

    Args:
        item_id (str):
        user_id (str | Unset):
        container (str | Unset):
        media_source_id (str | Unset):
        device_id (str | Unset):
        audio_codec (str | Unset):
        max_audio_channels (int | Unset):
        transcoding_audio_channels (int | Unset):
        max_streaming_bitrate (int | Unset):
        audio_bit_rate (int | Unset):
        start_time_ticks (int | Unset):
        transcoding_container (str | Unset):
        transcoding_protocol (str | Unset):
        max_audio_sample_rate (int | Unset):
        max_audio_bit_depth (int | Unset):
        enable_remote_media (bool | Unset):
        enable_audio_vbr_encoding (bool | Unset):
        enable_redirection (bool | Unset):
        range_ (str | Unset):
        if_range (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | File | ProblemDetails | str
    """

    return (
        await asyncio_detailed(
            item_id=item_id,
            client=client,
            user_id=user_id,
            container=container,
            media_source_id=media_source_id,
            device_id=device_id,
            audio_codec=audio_codec,
            max_audio_channels=max_audio_channels,
            transcoding_audio_channels=transcoding_audio_channels,
            max_streaming_bitrate=max_streaming_bitrate,
            audio_bit_rate=audio_bit_rate,
            start_time_ticks=start_time_ticks,
            transcoding_container=transcoding_container,
            transcoding_protocol=transcoding_protocol,
            max_audio_sample_rate=max_audio_sample_rate,
            max_audio_bit_depth=max_audio_bit_depth,
            enable_remote_media=enable_remote_media,
            enable_audio_vbr_encoding=enable_audio_vbr_encoding,
            enable_redirection=enable_redirection,
            range_=range_,
            if_range=if_range,
        )
    ).parsed
